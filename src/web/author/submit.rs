//! Sending a draft for review: everything that stands in the way at once, or the form that sends it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use time::Date;

use super::pay_line;
use super::sent::{Sent, due_on, only_step, with_absence};
use super::version::{At, at, frame, href_of, open, show_refusals};
use crate::db::{DbError, Deciders, NewSubmission, PlannedStep, Version};
use crate::domain::checks;
use crate::domain::content::Content;
use crate::domain::details::ChangeKind;
use crate::domain::ids::MembershipId;
use crate::domain::route::{Facts, StepKind, changed_sections};
use crate::domain::template;
use crate::domain::text::{LONGEST_TEXT, count, long_date};
use crate::domain::version::{Act, Event, StateName};
use crate::domain::working_days::weekday_and_date;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};
use crate::web::paths;
use crate::web::review::plan::{self, Placed};
use crate::web::review::{largest, way};

#[derive(Template)]
#[template(path = "author/submit.html")]
struct SubmitPage<'a> {
    frame: Frame,
    form: Form,
    version: &'a Version,
    at: paths::Version<'a>,
    /// Where each problem leads, and what it says.
    problems: Vec<(String, String)>,
    /// The same of what the template points out, which stops nothing.
    advice: Vec<(String, String)>,
    /// The steps of the employer's route; none: one approval.
    way: Option<way::Way>,
    approvers: Vec<Choice>,
    /// Managers who wrote or proposed some of it, and so may not approve it.
    barred: String,
    /// By when it would be decided: `Friday 4 December`.
    due: String,
    /// When it will be looked at again.
    review: String,
    kinds: Vec<Choice>,
    yes_no: Vec<Choice>,
}

fn shown<'a>(
    me: &'a As<Authors>,
    version: &'a Version,
    (problems, content): (&[checks::Problem], &Content),
    deciders: &Deciders,
    form: Form,
) -> Result<Response, AppError> {
    let at = at(me, version);
    let had_a_hand = |id: &MembershipId| deciders.editors.contains(id) || deciders.proposers.contains(id);
    let others = deciders.managers.iter().filter(|manager| manager.id != me.staff().membership);
    let (barred, approvers): (Vec<_>, Vec<_>) = others.partition(|manager| had_a_hand(&manager.id));
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = SubmitPage {
        frame: frame(me, version, "Send for review"),
        form,
        at,
        problems: led_to(problems, at),
        advice: led_to(&template::advice(content, version.template.as_ref()), at),
        way: deciders.route.as_ref().map(|route| way::of(me, deciders, route)),
        approvers: std::iter::once(Choice::new("", "Choose who approves it"))
            .chain(approvers.iter().map(|manager| Choice::new(manager.id, with_absence(me, deciders, manager.id))))
            .collect(),
        barred: barred.iter().map(|manager| manager.name.as_str()).collect::<Vec<_>>().join(", "),
        due: weekday_and_date(due_on(me, deciders), me.today()),
        review: next_look(version, me.today()),
        kinds: ChangeKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())).collect(),
        yes_no: vec![Choice::new("yes", "Yes, or it might"), Choice::new("no", "No")],
        version,
    };
    page_with(status, &page)
}

pub async fn form(me: As<Authors>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    grant::<act::Submit>(&me.actor(), version.subject(), me.now)?;
    if !version.state.name().is_editable() {
        return Ok(see_other_noting(at(&me, &version).page(), &already(&version)));
    }
    let content = tx.content(version.employer, version.id).await?;
    let deciders = tx.deciders(&version, me.today()).await?;
    let mut problems = checks::before_submitting(&version.details, &content);
    problems = template::problems(problems, &content, version.template.as_ref());
    problems.extend(pay_line::untold(&version, me.today()));
    let approver = version.profile.unit_manager.map(|manager| manager.to_string()).unwrap_or_default();
    let form = Form::filled([("approver", approver), ("note", version.change.note.clone())]);
    shown(&me, &version, (&problems, &content), &deciders, form)
}

/// Each with the place that it leads to.
pub(super) fn led_to(problems: &[checks::Problem], at: paths::Version<'_>) -> Vec<(String, String)> {
    problems.iter().map(|problem| (href_of(problem, at), problem.text.clone())).collect()
}

/// `Its review is due on 22 November 2028, 24 months after it comes into force.`
pub(super) fn next_look(version: &Version, from: Date) -> String {
    let months = version.review_months;
    match (version.next_review(from), version.profile.review_date) {
        (Some(day), _) => format!(
            "Nobody has set a day for its next review, so issuing it sets one, {} later: {} if it is in force from {}.",
            count(months as usize, "month", "months"),
            long_date(day),
            long_date(from)
        ),
        (None, Some(day)) if day > from => format!("Its next review is due on {}.", long_date(day)),
        (None, _) => String::new(),
    }
}

/// What to say to a second click, or to somebody who was slower.
fn already(version: &Version) -> String {
    match &version.open_task {
        Some(task) => format!("It is with {} for review already", task.everybody),
        None => format!("This version is {} now", version.state.name().said()),
    }
}

pub async fn submit(
    me: As<Authors>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let granted = grant::<act::Submit>(&me.actor(), version.subject(), me.now)?;
    let at = at(&me, &version);
    if version.state.name() == StateName::InReview {
        return Ok(see_other_noting(at.page(), &already(&version)));
    }
    match tx.hold_version(&version).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(see_other_noting(at.page(), "It was sent for review a moment ago")),
        Err(error) => return Err(error.into()),
    }
    let mut contents = tx.contents(version.employer, &largest::compared(&version)).await?;
    let content = contents.remove(&version.id).unwrap_or_default();
    let deciders = tx.deciders(&version, me.today()).await?;
    let mut problems = checks::before_submitting(&version.details, &content);
    problems = template::problems(problems, &content, version.template.as_ref());
    problems.extend(pay_line::untold(&version, me.today()));
    let (mut form, said) = read(&submitted, &deciders);
    let Some(mut said) = said else {
        return shown(&me, &version, (&problems, &content), &deciders, form);
    };
    let sent = Sending { me: &me, version: &version, content: &content, before: contents.values().next(), said: &said };
    let planned = match sent.planned(&deciders, &submitted, &mut form) {
        Some(planned) => planned,
        None => return shown(&me, &version, (&problems, &content), &deciders, form),
    };
    said.approver = approver_of(&planned).unwrap_or(said.approver);
    let (editors, proposers) = (deciders.editors.clone(), deciders.proposers.clone());
    let all_the_same = submitted.raw("despite") == "yes";
    if all_the_same && !problems.is_empty() {
        said.exception = submitted.text("exception");
        form.require("exception", &said.exception, "Say why it should be approved with these");
        form.limit("exception", &said.exception, LONGEST_TEXT);
        if form.has_errors() {
            return shown(&me, &version, (&problems, &content), &deciders, form);
        }
        said.findings = problems.iter().map(|problem| problem.text.clone()).collect();
    }
    let blocking = if all_the_same { Vec::new() } else { problems.clone() };
    let event = Event::Submit { problems: blocking, approver: said.approver, editors, proposers };
    let act = Act { by: me.staff().membership, at: me.now };
    let next = match version.state.clone().after(event, act) {
        Ok(next) => next,
        Err(refusals) => {
            show_refusals(&mut form, &refusals, at);
            return shown(&me, &version, (&problems, &content), &deciders, form);
        }
    };
    said.largest = largest::told(&mut tx, &me.scope(), (&version, &content), contents).await?;
    let steps: Vec<PlannedStep> = planned.iter().map(|(step, _)| step.clone()).collect();
    let submitted = match tx.submit_to(&granted, &version, &content, &next, (&said, &steps)).await {
        Ok(submitted) => submitted,
        Err(DbError::Stale) => return Ok(see_other_noting(at.page(), "It was sent for review a moment ago")),
        Err(error) => return Err(error.into()),
    };
    let sent = Sent { version: &version, said: &said, planned: &planned, submitted: &submitted };
    sent.tell(&mut tx, &me, &deciders).await?;
    tx.commit().await?;
    Ok(see_other_saying(at.page(), &sent.in_words(&deciders)))
}

/// Who approves it first; that person had no hand in it.
fn approver_of(planned: &[(PlannedStep, Option<Placed>)]) -> Option<MembershipId> {
    let approval = planned.iter().find(|(step, _)| step.kind == StepKind::Approve)?;
    approval.1.as_ref().map(|placed| placed.opening.to)
}

/// A draft with what its author says of it.
struct Sending<'a> {
    me: &'a As<Authors>,
    version: &'a Version,
    content: &'a Content,
    /// What it is compared with.
    before: Option<&'a Content>,
    said: &'a NewSubmission,
}

impl Sending<'_> {
    /// The steps that it takes, or what is wrong with them in the form.
    fn planned(
        &self,
        deciders: &Deciders,
        submitted: &Submitted,
        form: &mut Form,
    ) -> Option<Vec<(PlannedStep, Option<Placed>)>> {
        let Some(route) = &deciders.route else { return Some(vec![only_step(self.me, deciders, self.said.approver)]) };
        let facts = Facts {
            is_new: self.version.issued.is_none() && self.version.base.is_none(),
            kind: self.said.kind,
            affects_grade: self.said.affects_grade,
            sections: changed_sections(self.before, self.content),
            grades: self.version.pay.iter().map(|grade| grade.id).collect(),
        };
        let (sender, today) = (self.me.staff().membership, self.me.today());
        let draft = plan::Draft { facts: &facts, content: self.content, sender, today };
        let chosen = |field: &str| submitted.raw(field).parse().ok().map(MembershipId);
        match plan::planned(deciders, route, &draft, chosen) {
            Ok(planned) => Some(planned),
            Err(none) => {
                for one in none {
                    let why = "an administrator can change the route, or give somebody the role";
                    form.problem(&one.field, format!("Nobody can take “{}” now: {why}", one.step));
                }
                None
            }
        }
    }
}

/// What the author says, or the form again with what is missing.
fn read(submitted: &Submitted, deciders: &Deciders) -> (Form, Option<NewSubmission>) {
    let mut form = Form::again(submitted);
    let note = submitted.text("note");
    form.require("note", &note, "Say what this version changes and why");
    form.limit("note", &note, LONGEST_TEXT);
    let approver = submitted.raw("approver").parse().ok().map(MembershipId);
    let approver = approver.filter(|id| deciders.managers.iter().any(|manager| manager.id == *id));
    // On a route, each step has somebody; the form names them where there is a choice.
    let by_route = deciders.route.as_ref().map(|_| MembershipId(0));
    let approver = by_route.or(approver);
    if approver.is_none() {
        form.problem("approver", "Choose who approves it");
    }
    let kind = ChangeKind::parse(submitted.raw("kind"));
    if kind.is_none() {
        form.problem("kind", "Say whether this is a minor or a major change");
    }
    let affects_grade = match submitted.raw("affects_grade") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    if affects_grade.is_none() {
        form.problem("affects_grade", "Say whether anything here might affect the grade");
    }
    let said = match (approver, kind, affects_grade, form.has_errors()) {
        (Some(approver), Some(kind), Some(affects_grade), false) => {
            let (findings, exception, largest) = (Vec::new(), String::new(), Vec::new());
            Some(NewSubmission { approver, note, kind, affects_grade, findings, exception, largest })
        }
        (_, _, _, _) => None,
    };
    (form, said)
}

//! Sending a draft for review: everything that stands in the way at once, or the form that sends it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::version::{At, at, frame, href_of, open, show_refusals};
use crate::db::{DbError, Deciders, NewSubmission, Placement, Version};
use crate::domain::away::{Decider, away_until, until};
use crate::domain::checks;
use crate::domain::details::ChangeKind;
use crate::domain::ids::MembershipId;
use crate::domain::text::LONGEST_TEXT;
use crate::domain::version::{Act, Event, StateName};
use crate::domain::working_days::{Due, weekday_and_date};
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{act, grant};
use crate::reference::bank_holidays;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/submit.html")]
struct SubmitPage<'a> {
    frame: Frame,
    form: Form,
    version: &'a Version,
    at: paths::Version<'a>,
    /// Where each problem leads, and what it says.
    problems: Vec<(String, String)>,
    approvers: Vec<Choice>,
    /// By when it would be decided: `Friday 4 December`.
    due: String,
    kinds: Vec<Choice>,
    yes_no: Vec<Choice>,
}

fn shown<'a>(
    me: &'a As<Authors>,
    version: &'a Version,
    problems: &[checks::Problem],
    deciders: &Deciders,
    form: Form,
) -> Result<Response, AppError> {
    let at = at(me, version);
    let approvers = deciders.managers.iter().filter(|manager| manager.id != me.staff().membership);
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = SubmitPage {
        frame: frame(me, version, "Send for review"),
        form,
        at,
        problems: problems.iter().map(|problem| (href_of(problem, at), problem.text.clone())).collect(),
        approvers: std::iter::once(Choice::new("", "Choose who approves it"))
            .chain(approvers.map(|manager| Choice::new(manager.id, with_absence(me, deciders, manager.id))))
            .collect(),
        due: weekday_and_date(due_on(me, deciders), me.today()),
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
    let problems = checks::before_submitting(&version.details, &content);
    let approver = version.profile.unit_manager.map(|manager| manager.to_string()).unwrap_or_default();
    let form = Form::filled([("approver", approver), ("note", version.change.note.clone())]);
    shown(&me, &version, &problems, &deciders, form)
}

/// What to say to a second click, or to somebody who was slower.
fn already(version: &Version) -> String {
    match &version.open_task {
        Some(task) => format!("It is with {} for review already", task.assignee),
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
    let content = tx.content(version.employer, version.id).await?;
    let deciders = tx.deciders(&version, me.today()).await?;
    let problems = checks::before_submitting(&version.details, &content);
    let (mut form, said) = read(&submitted, &deciders);
    let Some(mut said) = said else {
        return shown(&me, &version, &problems, &deciders, form);
    };
    let (placement, stuck) = place(&me, &deciders, &mut said);
    let (editors, proposers) = tx.writers(version.id).await?;
    let event = Event::Submit { problems: problems.clone(), approver: said.approver, editors, proposers };
    let act = Act { by: me.staff().membership, at: me.now };
    let next = match version.state.clone().after(event, act) {
        Ok(next) => next,
        Err(refusals) => {
            show_refusals(&mut form, &refusals, at);
            return shown(&me, &version, &problems, &deciders, form);
        }
    };
    let task = match tx.submit_to(&granted, &version, &content, &next, (&said, &placement)).await {
        Ok(task) => task,
        Err(DbError::Stale) => return Ok(see_other_noting(at.page(), "It was sent for review a moment ago")),
        Err(error) => return Err(error.into()),
    };
    let link = me.app.config.link(&me.paths().task(task));
    let due = Due::on(placement.due_on, me.today(), bank_holidays::of(deciders.settings.nation)).text;
    let asked = review::Asked {
        title: version.title(),
        from: &me.staff().person.name,
        note: &said.note,
        due: &due,
        because: &placement.because,
        link: &link,
    };
    tx.queue_to_member(&review::review_requested(said.approver, asked), me.now).await?;
    if let Some(why) = &stuck {
        let link = me.app.config.link(&me.paths().reassign(task));
        let (subject, body) = review::waits_for_nobody(version.title(), why, &link);
        tx.queue_to_admins(version.employer, (&subject, &body), me.now).await?;
    }
    tx.commit().await?;
    Ok(see_other_saying(at.page(), &sent(&deciders, &said, &placement, stuck.as_deref())))
}

/// What the author is told: who has it, and in whose place.
fn sent(deciders: &Deciders, said: &NewSubmission, placement: &Placement, stuck: Option<&str>) -> String {
    let name = deciders.name(said.approver);
    match (placement.instead_of, stuck) {
        (_, Some(why)) => format!("Sent to {name} for review. {why}: the administrators were told"),
        (Some(_), None) => format!("Sent to {name} for review. {}", placement.because),
        (None, None) => format!("Sent to {name} for review"),
    }
}

fn due_on(me: &As<Authors>, deciders: &Deciders) -> time::Date {
    bank_holidays::of(deciders.settings.nation).after(me.today(), deciders.settings.review_days)
}

/// `Helen Whitworth (away until 3 March 2027: it goes to Daniel Osei)`
fn with_absence(me: &As<Authors>, deciders: &Deciders, asked: MembershipId) -> String {
    let name = deciders.name(asked);
    let Some(absence) = deciders.absence_of(asked) else { return name };
    let away = until(absence.absence.last_day);
    match deciders.decider(asked, me.staff().membership, me.today()) {
        Decider::Asked => name,
        Decider::Instead(instead) => format!("{name} ({away}: it goes to {})", deciders.name(instead)),
        Decider::Nobody(why) => format!("{name} ({away}, and {})", why.said(|who| deciders.name(who))),
    }
}

/// By when it is decided, and by whom in place of somebody who is away; what is said too is why nobody could be found.
fn place(me: &As<Authors>, deciders: &Deciders, said: &mut NewSubmission) -> (Placement, Option<String>) {
    let mut placement = Placement { due_on: Some(due_on(me, deciders)), ..Placement::default() };
    let Some(absence) = deciders.absence_of(said.approver) else { return (placement, None) };
    let away = away_until(&absence.name, absence.absence.last_day);
    match deciders.decider(said.approver, me.staff().membership, me.today()) {
        Decider::Asked => (placement, None),
        Decider::Instead(instead) => {
            placement.instead_of = Some(std::mem::replace(&mut said.approver, instead));
            placement.because = away;
            (placement, None)
        }
        Decider::Nobody(why) => (placement, Some(format!("{away}, and {}", why.said(|who| deciders.name(who))))),
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
            Some(NewSubmission { approver, note, kind, affects_grade })
        }
        (_, _, _, _) => None,
    };
    (form, said)
}

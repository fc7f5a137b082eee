//! What follows a decision: the steps that open next, or the end of the review, and who is told.

use super::plan::{self, Placed};
use crate::app::App;
use crate::clock::london_date;
use crate::db::{DbError, Deciders, OpenTask, Opened, Opening, ReviewStep, Said, StaffVisit, Tx, Version, instance};
use crate::domain::ids::{MembershipId, VersionId};
use crate::domain::route::{Asked, Instance, NotThat, StepId};
use crate::domain::version::{Act, Event, Refusal, State};
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::mail::review;
use crate::policy::Granted;
use crate::reference::bank_holidays;
use crate::web::gate::{As, Gate};
use crate::web::guest::invite;
use crate::web::paths;
use time::{Date, OffsetDateTime};

/// Where an act takes place: what links and messages need to know, whoever acts.
#[derive(Clone, Copy)]
pub struct Office<'a> {
    pub app: &'a App,
    pub paths: paths::Employer<'a>,
    pub employer_name: &'a str,
    pub now: OffsetDateTime,
}

impl<'a> Office<'a> {
    pub fn of<G: Gate<Who = StaffVisit>>(me: &'a As<G>) -> Self {
        Office { app: &me.app, paths: me.paths(), employer_name: &me.who.employer.name, now: me.now }
    }

    pub fn today(self) -> Date {
        london_date(self.now)
    }
}

/// What comes after a step.
pub struct Next {
    /// The state that the version comes to, where it was the last step.
    pub state: Option<State>,
    pub opening: Vec<(StepId, Placed)>,
    /// Steps that nobody can take, by name.
    pub nobody: Vec<String>,
}

/// Whether this person may take the step at all: asked, and without a hand in the text.
pub fn refusals(version: &Version, open: &OpenTask, deciders: &Deciders, act: Act) -> Vec<Refusal> {
    let (editors, proposers) = (deciders.editors.clone(), deciders.proposers.clone());
    let event = Event::Approve { approver: open.assigned_to, editors, proposers };
    version.state.clone().after(event, act).err().unwrap_or_default()
}

pub fn submitter(version: &Version) -> Option<MembershipId> {
    version.state.sent().map(|sent| sent.by)
}

/// What comes once the instance stands like that.
pub fn next(
    version: &Version,
    deciders: &Deciders,
    (instance, opened): (&Instance, Vec<StepId>),
    (today, at): (time::Date, time::OffsetDateTime),
) -> Result<Next, Vec<Refusal>> {
    let mut next = Next { state: None, opening: Vec::new(), nobody: Vec::new() };
    let sender = submitter(version).unwrap_or(version.history.created_by);
    for id in opened {
        let Some(step) = deciders.steps.iter().find(|step| step.id == id) else { continue };
        if matches!(step.asked, Asked::Guest { .. }) {
            // A guest gets a link, not a task.
            continue;
        }
        match plan::place(deciders, sender, (step.kind, &step.asked, step.chosen), (today, step.days)) {
            Some(placed) => next.opening.push((id, placed)),
            None => next.nobody.push(step.title().to_owned()),
        }
    }
    if let (true, Some(approver)) = (instance.is_over(), instance.approved_by()) {
        let (editors, proposers) = (deciders.editors.clone(), deciders.proposers.clone());
        let event = Event::Approve { approver, editors, proposers };
        next.state = Some(version.state.clone().after(event, Act { by: approver, at })?);
    }
    Ok(next)
}

/// A step was done: the rest of the route, as the steps now stand.
pub fn after_finishing<G: Gate<Who = StaffVisit>>(
    me: &As<G>,
    version: &Version,
    deciders: &Deciders,
    open: &OpenTask,
) -> Result<Next, Vec<String>> {
    let mut instance = instance(&deciders.steps);
    let said = |error: NotThat| vec![error.to_string()];
    let opened = instance.finish(open.step, Some(me.staff().membership), me.now).map_err(said)?;
    next(version, deciders, (&instance, opened), (me.today(), me.now))
        .map_err(|refusals| refusals.iter().map(ToString::to_string).collect())
}

impl Next {
    pub fn openings(&self) -> Vec<(StepId, Opening)> {
        self.opening.iter().map(|(step, placed)| (*step, placed.opening.clone())).collect()
    }

    /// Writes the decision with what follows it, and tells those whom it concerns.
    pub async fn write<A: crate::policy::Act<Id = VersionId>>(
        &self,
        tx: &mut Tx,
        (office, from): (Office<'_>, &str),
        (granted, deciders): (&Granted<A>, &Deciders),
        (version, open, said): (&Version, &OpenTask, &Said),
    ) -> Result<(), AppError> {
        let opened = tx.finish_step(granted, version, open, (said, self.state.as_ref()), &self.openings()).await?;
        self.tell(tx, office, (version, deciders, &opened), (from, &said.note)).await
    }

    /// Tells the submitter of the end, and those whose step opened that it is theirs.
    pub async fn tell(
        &self,
        tx: &mut Tx,
        office: Office<'_>,
        (version, deciders, opened): (&Version, &Deciders, &[Opened]),
        (from, note): (&str, &str),
    ) -> Result<(), AppError> {
        let mut messages = Vec::new();
        if let (Some(_), Some(submitter)) = (&self.state, submitter(version)) {
            let page = office.paths.profile(version.profile.number).version(version.number).page();
            let link = office.app.config.link(&page);
            messages.push(review::approved(submitter, version.title(), (from, note), &link));
        }
        messages.extend(self.asked(office, version, deciders, opened));
        tx.queue_to_members(&messages, office.now).await?;
        self.tell_administrators(tx, office, version).await?;
        if deciders.steps.iter().any(|step| matches!(step.asked, Asked::Guest { .. })) && self.state.is_none() {
            invite::guests(tx, office, version).await?;
        }
        Ok(())
    }

    /// The messages to those whose step opened.
    pub fn asked(
        &self,
        office: Office<'_>,
        version: &Version,
        deciders: &Deciders,
        opened: &[Opened],
    ) -> Vec<review::ToMember> {
        let holidays = bank_holidays::of(deciders.settings.nation);
        let from = version.history.submitter.clone().unwrap_or_default();
        let mut messages = Vec::new();
        for one in opened {
            let Some((_, placed)) = self.opening.iter().find(|(step, _)| *step == one.step) else { continue };
            let Some(step) = deciders.steps.iter().find(|step| step.id == one.step) else { continue };
            let asked = review::Asked {
                kind: step.kind,
                title: version.title(),
                from: &from,
                note: &version.change.note,
                largest: &deciders.largest,
                due: &Due::on(placed.opening.due_on, office.today(), holidays).text,
                because: &placed.opening.because,
                link: &office.app.config.link(&office.paths.task(one.task)),
            };
            messages.push(review::review_requested(one.to, asked));
        }
        messages
    }

    /// Where nobody can take what comes next.
    pub async fn tell_administrators(&self, tx: &mut Tx, office: Office<'_>, version: &Version) -> Result<(), DbError> {
        let page = office.paths.profile(version.profile.number).version(version.number).act("review");
        let stuck = self.opening.iter().filter_map(|(_, placed)| placed.stuck.clone());
        let nobody = self.nobody.iter().map(|step| format!("nobody can take the step “{step}”"));
        for why in stuck.chain(nobody) {
            let (subject, body) = review::waits_for_nobody(version.title(), &why, &office.app.config.link(&page));
            tx.queue_to_admins(version.employer, (&subject, &body), office.now).await?;
        }
        Ok(())
    }

    /// The end of a sentence: who is asked now.
    pub fn in_words(&self, deciders: &Deciders) -> String {
        let names: Vec<String> = self.opening.iter().map(|(_, placed)| deciders.name(placed.opening.to)).collect();
        let now = match names.is_empty() {
            true => String::new(),
            false => format!(". It goes on to {}", names.join(" and ")),
        };
        let nobody: Vec<String> = self.nobody.iter().map(|step| format!("“{step}”")).collect();
        match nobody.is_empty() {
            true => now,
            false => format!("{now}. Nobody can take {}: the administrators were told", nobody.join(" and ")),
        }
    }
}

/// Steps as they were before somebody began the review again.
pub fn planned_again(step: &ReviewStep) -> crate::db::PlannedStep {
    crate::db::PlannedStep {
        route_step: step.route_step,
        place: step.place,
        kind: step.kind,
        name: step.name.clone(),
        asked: step.asked.clone(),
        chosen: step.chosen,
        days: step.days,
        section: step.section.clone(),
        questions: step.questions.clone(),
        kept: None,
        opens: None,
    }
}

//! What administrators do to a review under way: skip a step, begin it again, cancel it. Each has a reason that stays in
//! the record, and tells those whom it concerns.

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::finish::{self, Next, Office};
use super::plan::Placed;
use crate::db::{DbError, Deciders, Opened, ReviewStep, Tx, Version, instance};
use crate::domain::ids::MembershipId;
use crate::domain::route::{Asked, StepId};
use crate::domain::text::LONGEST_TEXT;
use crate::domain::version::{Act, Event, StateName};
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{act, grant};
use crate::web::author::reason::ReasonPage;
use crate::web::author::version::{At, at, frame, load_with_remarks, not_now};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::guest::invite;
use crate::web::page::{see_other_noting, see_other_saying};

/// Which step a page is about.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    pub step: String,
}

pub const GONE: &str = "That step is over, or the review has ended meanwhile";

/// The page before an act.
fn page_before(me: &As<Admins>, version: &Version, what: What, form: Form) -> Result<Response, AppError> {
    ReasonPage {
        frame: frame(me, version, what.heading()),
        form,
        heading: format!("{}: {}", what.heading(), version.title()),
        means: what.means(),
        reason: Some("Why?"),
        button: what.heading(),
        back: at(me, version).act("review"),
        is_weighty: true,
    }
    .show()
}

/// What is done.
#[derive(Clone, Copy)]
enum What {
    Skip,
    Restart,
    Cancel,
}

impl What {
    fn heading(self) -> &'static str {
        match self {
            What::Skip => "Skip the step",
            What::Restart => "Begin the review again",
            What::Cancel => "Cancel the review",
        }
    }

    fn means(self) -> Vec<&'static str> {
        match self {
            What::Skip => vec![
                "The step is left out of this review, and what comes after it begins.",
                "Whoever was asked and whoever sent it are told, with your reason. It stays in the record.",
            ],
            What::Restart => vec![
                "Every step is asked again from the first, of the same people where they are there.",
                "What was decided stays in the record, and no longer counts. Those who are asked and whoever sent it are told.",
            ],
            What::Cancel => vec![
                "The version becomes a draft again, and nobody is asked any more.",
                "Those who were asked and whoever sent it are told, with your reason.",
            ],
        }
    }
}

pub fn step_of(version: &Version, wanted: &str) -> Option<ReviewStep> {
    let id = wanted.parse().ok().map(StepId)?;
    version.steps.iter().find(|step| step.id == id && step.ended.is_none()).cloned()
}

pub async fn load(me: &As<Admins>, tx: &mut Tx, profile: &str, number: &str) -> Result<Version, AppError> {
    Ok(load_with_remarks(tx, &me.scope(), profile, number).await?.0)
}

pub async fn skip_form(
    me: As<Admins>,
    Path((_, profile, number)): At,
    Query(wanted): Query<Wanted>,
) -> Result<Response, AppError> {
    let version = load(&me, &mut me.begin().await?, &profile, &number).await?;
    grant::<act::SkipStep>(&me.actor(), version.subject(), me.now)?;
    let Some(_) = step_of(&version, &wanted.step).filter(|_| version.state.name() == StateName::InReview) else {
        return Ok(see_other_noting(at(&me, &version).act("review"), GONE));
    };
    page_before(&me, &version, What::Skip, Form::empty())
}

pub async fn restart_form(me: As<Admins>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let version = load(&me, &mut me.begin().await?, &profile, &number).await?;
    grant::<act::RestartReview>(&me.actor(), version.subject(), me.now)?;
    match version.state.name() == StateName::InReview {
        true => page_before(&me, &version, What::Restart, Form::empty()),
        false => Ok(not_now(&me, &version)),
    }
}

pub async fn cancel_form(me: As<Admins>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let version = load(&me, &mut me.begin().await?, &profile, &number).await?;
    grant::<act::CancelReview>(&me.actor(), version.subject(), me.now)?;
    match version.state.name() == StateName::InReview {
        true => page_before(&me, &version, What::Cancel, Form::empty()),
        false => Ok(not_now(&me, &version)),
    }
}

/// The reason, or the page again.
pub fn reason(submitted: &Submitted) -> (String, Form) {
    let reason = submitted.text("reason");
    let mut form = Form::again(submitted);
    form.require("reason", &reason, "Say why: the reason stays in the record and reaches those it concerns");
    form.limit("reason", &reason, LONGEST_TEXT);
    (reason, form)
}

pub async fn skip(
    me: As<Admins>,
    Path((_, profile, number)): At,
    Query(wanted): Query<Wanted>,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let version = load(&me, &mut tx, &profile, &number).await?;
    let granted = grant::<act::SkipStep>(&me.actor(), version.subject(), me.now)?;
    let path = at(&me, &version).act("review");
    // The page before it names the step in its address, and a form may name it too.
    let named = if wanted.step.is_empty() { submitted.raw("step") } else { &wanted.step };
    let found = step_of(&version, named).filter(|_| version.state.name() == StateName::InReview);
    let Some(step) = found else { return Ok(see_other_noting(path, GONE)) };
    let (reason, mut form) = reason(&submitted);
    if form.has_errors() {
        return page_before(&me, &version, What::Skip, form);
    }
    if tx.hold_version(&version).await.is_err() {
        return Ok(see_other_noting(path, GONE));
    }
    let deciders = tx.deciders(&version, me.today()).await?;
    let mut instance = instance(&deciders.steps);
    let next = match instance.skip(step.id) {
        Ok(opened) => finish::next(&version, &deciders, (&instance, opened), (me.today(), me.now)),
        Err(refusal) => {
            form.problem_at("", refusal.to_string());
            return page_before(&me, &version, What::Skip, form);
        }
    };
    let Ok(next) = next else { return Ok(see_other_noting(path, GONE)) };
    let opened = match tx.skip_step(&granted, &version, (&step, &reason), next.state.as_ref(), &next.openings()).await {
        Ok(opened) => opened,
        Err(DbError::Stale) => return Ok(see_other_noting(path, GONE)),
        Err(error) => return Err(error.into()),
    };
    let what = format!("the step “{}” was skipped", step.title());
    let concerned = step.task.iter().map(|(_, who, _)| *who);
    let mut messages = told(&me, &version, concerned, (&what, &reason));
    messages.extend(next.asked(Office::of(&me), &version, &deciders, &opened));
    tx.queue_to_members(&messages, me.now).await?;
    next.tell_administrators(&mut tx, Office::of(&me), &version).await?;
    invite::guests(&mut tx, Office::of(&me), &version).await?;
    tx.commit().await?;
    Ok(see_other_saying(path, &format!("Skipped “{}”{}", step.title(), next.in_words(&deciders))))
}

/// A message to the submitter and those whom an act concerns.
pub fn told(
    me: &As<Admins>,
    version: &Version,
    concerned: impl Iterator<Item = MembershipId>,
    (what, reason): (&str, &str),
) -> Vec<review::ToMember> {
    let link = me.app.config.link(&at(me, version).act("review"));
    let by = me.staff().person.name.as_str();
    let mut to: Vec<MembershipId> = finish::submitter(version).into_iter().chain(concerned).collect();
    to.sort();
    to.dedup();
    to.into_iter().map(|to| review::steered(to, version.title(), (by, what), reason, &link)).collect()
}

pub async fn restart(
    me: As<Admins>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let version = load(&me, &mut tx, &profile, &number).await?;
    let granted = grant::<act::RestartReview>(&me.actor(), version.subject(), me.now)?;
    let (reason, form) = reason(&submitted);
    if form.has_errors() {
        return page_before(&me, &version, What::Restart, form);
    }
    if version.state.name() != StateName::InReview || tx.hold_version(&version).await.is_err() {
        return Ok(not_now(&me, &version));
    }
    let deciders = tx.deciders(&version, me.today()).await?;
    let (planned, next) = again(&version, &deciders, me.today());
    let opened = tx.restart_review(&granted, &version, &planned, &reason).await?;
    let concerned = deciders.steps.iter().filter_map(|step| step.task.as_ref().map(|(_, who, _)| *who));
    let mut messages = told(&me, &version, concerned, ("it begins again", &reason));
    messages.extend(next.asked(Office::of(&me), &version, &deciders, &in_place_of(&next, opened)));
    tx.queue_to_members(&messages, me.now).await?;
    next.tell_administrators(&mut tx, Office::of(&me), &version).await?;
    invite::guests(&mut tx, Office::of(&me), &version).await?;
    tx.commit().await?;
    Ok(see_other_saying(
        at(&me, &version).act("review"),
        &format!("The review begins again{}", next.in_words(&deciders)),
    ))
}

/// What was opened, under the steps that it takes the place of: new steps follow the order of the old ones.
fn in_place_of(next: &Next, mut opened: Vec<Opened>) -> Vec<Opened> {
    opened.sort_by_key(|one| one.step);
    next.opening.iter().zip(opened).map(|((step, _), one)| Opened { step: *step, ..one }).collect()
}

/// The same steps from the first on, with whoever takes each today.
fn again(version: &Version, deciders: &Deciders, today: time::Date) -> (Vec<crate::db::PlannedStep>, Next) {
    let sender = finish::submitter(version).unwrap_or(version.history.created_by);
    let first = deciders.steps.iter().map(|step| step.place).min();
    let mut next = Next { state: None, opening: Vec::new(), nobody: Vec::new() };
    let planned = deciders.steps.iter().map(|step| {
        let mut planned = finish::planned_again(step);
        if Some(step.place) == first && !matches!(step.asked, Asked::Guest { .. }) {
            let asked = (step.kind, &step.asked, step.chosen);
            let placed: Option<Placed> = super::plan::place(deciders, sender, asked, (today, step.days));
            planned.opens = placed.as_ref().map(|placed| placed.opening.clone());
            match placed {
                Some(placed) => next.opening.push((step.id, placed)),
                None => next.nobody.push(step.title().to_owned()),
            }
        }
        planned
    });
    (planned.collect(), next)
}

pub async fn cancel(
    me: As<Admins>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let version = load(&me, &mut tx, &profile, &number).await?;
    let granted = grant::<act::CancelReview>(&me.actor(), version.subject(), me.now)?;
    let (reason, form) = reason(&submitted);
    if form.has_errors() {
        return page_before(&me, &version, What::Cancel, form);
    }
    let event = Event::Recall { administrator: true };
    let act = Act { by: me.staff().membership, at: me.now };
    let Ok(next) = version.state.clone().after(event, act) else { return Ok(not_now(&me, &version)) };
    match tx.cancel_review(&granted, &version, &next, &reason).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(not_now(&me, &version)),
        Err(error) => return Err(error.into()),
    }
    let concerned = version.steps.iter().filter_map(|step| step.task.as_ref().map(|(_, who, _)| *who));
    let told = told(&me, &version, concerned, ("it was cancelled, and the version is a draft again", &reason));
    tx.queue_to_members(&told, me.now).await?;
    tx.commit().await?;
    Ok(see_other_saying(at(&me, &version).page(), "The review is cancelled: it is a draft again"))
}

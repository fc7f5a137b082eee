//! An administrator goes straight to a later step of a review: what comes before it is left out, with a reason that stays
//! in the record and reaches those whom it concerns. Never over somebody's own work: whoever had a hand in the text does
//! not leave out what others were to say about it, and nobody gets a step about words of their own.

use axum::extract::{Path, Query};
use axum::response::Response;

use super::finish::{self, Next, Office};
use super::steer::{GONE, Wanted, load, reason, step_of, told};
use crate::db::{Deciders, ReviewStep, Tx, Version, instance};
use crate::domain::route::StepId;
use crate::domain::version::StateName;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::author::reason::ReasonPage;
use crate::web::author::version::{At, at, frame};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::guest::invite;
use crate::web::page::{see_other_noting, see_other_saying};

const OWN_WORK: &str = "You sent, edited or proposed some of these words: another administrator has to decide that what \
                        others were to say about them is left out";
const NOBODY: &str = "Nobody could take that step who had no hand in the text: give the role to somebody first, or choose \
                      another step";

fn page_before(me: &As<Admins>, version: &Version, step: &ReviewStep, form: Form) -> Result<Response, AppError> {
    ReasonPage {
        frame: frame(me, version, "Go straight to a step"),
        form,
        heading: format!("Go straight to “{}”: {}", step.title(), version.title()),
        means: vec![
            "Every step before it that is not over is left out of this review, and this one begins.",
            "Those who were asked, those who are asked now and whoever sent it are told, with your reason. It stays in the \
             record.",
        ],
        reason: Some("Why?"),
        button: "Go straight to it",
        back: at(me, version).act("review"),
        is_weighty: true,
    }
    .show()
}

/// A step that has not begun, of a review under way.
fn target(version: &Version, wanted: &str) -> Option<ReviewStep> {
    let later = step_of(version, wanted).filter(|step| step.opened_at.is_none());
    later.filter(|_| version.state.name() == StateName::InReview)
}

pub async fn form(
    me: As<Admins>,
    Path((_, profile, number)): At,
    Query(wanted): Query<Wanted>,
) -> Result<Response, AppError> {
    let version = load(&me, &mut me.begin().await?, &profile, &number).await?;
    grant::<act::JumpToStep>(&me.actor(), version.subject(), me.now)?;
    match target(&version, &wanted.step) {
        Some(step) => page_before(&me, &version, &step, Form::empty()),
        None => Ok(see_other_noting(at(&me, &version).act("review"), GONE)),
    }
}

pub async fn jump(
    me: As<Admins>,
    Path((_, profile, number)): At,
    Query(wanted): Query<Wanted>,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let version = load(&me, &mut tx, &profile, &number).await?;
    let granted = grant::<act::JumpToStep>(&me.actor(), version.subject(), me.now)?;
    let path = at(&me, &version).act("review");
    let named = if wanted.step.is_empty() { submitted.raw("step") } else { &wanted.step };
    let Some(step) = target(&version, named) else { return Ok(see_other_noting(path, GONE)) };
    let (reason, mut form) = reason(&submitted);
    if form.has_errors() {
        return page_before(&me, &version, &step, form);
    }
    if tx.hold_version(&version).await.is_err() {
        return Ok(see_other_noting(path, GONE));
    }
    let deciders = tx.deciders(&version, me.today()).await?;
    let way = match way(&me, &version, &deciders, step.id) {
        Ok(way) => way,
        Err(problem) => {
            form.problem_at("", problem);
            return page_before(&me, &version, &step, form);
        }
    };
    match write(&me, tx, (&version, &deciders), (&granted, &step, &reason), &way).await {
        Ok(()) => {}
        Err(AppError::Conflict(_)) => return Ok(see_other_noting(path, GONE)),
        Err(error) => return Err(error),
    }
    Ok(see_other_saying(path, &format!("Went straight to “{}”{}", step.title(), way.next.in_words(&deciders))))
}

/// What is left out, and what comes then.
struct Way {
    left_out: Vec<StepId>,
    next: Next,
}

/// Why it can't be done, in a sentence.
fn way(me: &As<Admins>, version: &Version, deciders: &Deciders, to: StepId) -> Result<Way, String> {
    let sender = finish::submitter(version).unwrap_or(version.history.created_by);
    if deciders.had_a_hand(sender).contains(&me.staff().membership) {
        return Err(OWN_WORK.to_owned());
    }
    let mut instance = instance(&deciders.steps);
    let (left_out, opened) = instance.jump(to).map_err(|refusal| refusal.to_string())?;
    let next = finish::next(version, deciders, (&instance, opened), (me.today(), me.now))
        .map_err(|refusals| refusals.iter().map(|refusal| format!("{refusal}.")).collect::<Vec<_>>().join(" "))?;
    match next.nobody.is_empty() {
        true => Ok(Way { left_out, next }),
        false => Err(NOBODY.to_owned()),
    }
}

async fn write(
    me: &As<Admins>,
    mut tx: Tx,
    (version, deciders): (&Version, &Deciders),
    (granted, step, reason): (&crate::policy::Granted<act::JumpToStep>, &ReviewStep, &str),
    way: &Way,
) -> Result<(), AppError> {
    let opened = tx.jump_to_step(granted, version, (step, &way.left_out, reason), &way.next.openings()).await?;
    let what = format!("it went straight to “{}”", step.title());
    let left_out = deciders.steps.iter().filter(|one| way.left_out.contains(&one.id));
    let concerned = left_out.filter_map(|one| one.task.as_ref().map(|(_, who, _)| *who));
    let mut messages = told(me, version, concerned, (&what, reason));
    messages.extend(way.next.asked(Office::of(me), version, deciders, &opened));
    tx.queue_to_members(&messages, me.now).await?;
    way.next.tell_administrators(&mut tx, Office::of(me), version).await?;
    invite::guests(&mut tx, Office::of(me), version).await?;
    tx.commit().await?;
    Ok(())
}

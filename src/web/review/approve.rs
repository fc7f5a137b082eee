//! Approving a submission, and every other way of doing what a step asks.

use axum::extract::Path;
use axum::response::Response;

use super::decide::{self, AtTask};
use super::finish::Office;
use super::{answers, finish};
use crate::db::{Deciders, OpenTask, Said, Tx, Version};
use crate::domain::ids::{TaskId, VersionId};
use crate::domain::route::StepKind;
use crate::domain::text::LONGEST_TEXT;
use crate::domain::version::{Act, Refusal};
use crate::error::AppError;
use crate::policy::{Action, Granted, act, grant};
use crate::web::author::version::may;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{see_other_noting, see_other_saying};

/// What a second click is told.
pub const DECIDED: &str = "It was decided on already, or taken back: nothing waits for you there";

/// The step is an approval, with suggestions or without.
pub async fn approve(me: As<StaffOnly>, Path((_, task)): AtTask, submitted: Submitted) -> Result<Response, AppError> {
    let task = TaskId(task);
    let mut tx = me.begin().await?;
    tx.hold_review(task).await?;
    let Some(version) = tx.version_of_task(&me.scope(), task).await? else {
        return super::looked::decided_or_unknown(&mut tx, &me, task).await;
    };
    let granted = grant::<act::Approve>(&me.actor(), version.subject(), me.now)?;
    let open = open_at(&version, task, |kind| kind == StepKind::Approve)?;
    done(&me, tx, (&granted, &version, &open), &submitted).await
}

/// Any other step: reviewed, evaluated, agreed, acknowledged.
pub async fn complete(me: As<StaffOnly>, Path((_, task)): AtTask, submitted: Submitted) -> Result<Response, AppError> {
    let task = TaskId(task);
    let mut tx = me.begin().await?;
    tx.hold_review(task).await?;
    let Some(version) = tx.version_of_task(&me.scope(), task).await? else {
        return super::looked::decided_or_unknown(&mut tx, &me, task).await;
    };
    let granted = grant::<act::CompleteStep>(&me.actor(), version.subject(), me.now)?;
    let open = open_at(&version, task, |kind| kind != StepKind::Approve)?;
    done(&me, tx, (&granted, &version, &open), &submitted).await
}

fn open_at(version: &Version, task: TaskId, fits: impl Fn(StepKind) -> bool) -> Result<OpenTask, AppError> {
    version.open_task.clone().filter(|open| open.id == task && fits(open.kind)).ok_or(AppError::NotFound)
}

async fn done<A: crate::policy::Act<Id = VersionId>>(
    me: &As<StaffOnly>,
    mut tx: Tx,
    (granted, version, open): (&Granted<A>, &Version, &OpenTask),
    submitted: &Submitted,
) -> Result<Response, AppError> {
    let mut form = Form::again(submitted);
    if submitted.number::<i32>("submission")? != open.submission_number {
        form.problem_at("", "It was sent again since you opened this page: look at what changed, then decide");
        return decide::show(me, &mut tx, version, open.id, form).await;
    }
    let mut said = said(version, open, submitted, &mut form);
    said.waives = waives(me, version, open, submitted, &mut form);
    if form.has_errors() {
        return decide::show(me, &mut tx, version, open.id, form).await;
    }
    let deciders = tx.deciders(version, me.today()).await?;
    let refusals = finish::refusals(version, open, &deciders, Act { by: me.staff().membership, at: me.now });
    if !refusals.is_empty() {
        for sentence in refusals.iter().map(ToString::to_string).chain(who_can(version, &deciders, &refusals)) {
            form.problem_at("", sentence);
        }
        return decide::show(me, &mut tx, version, open.id, form).await;
    }
    let next = match finish::after_finishing(me, version, &deciders, open) {
        Ok(next) => next,
        Err(refusals) => {
            refusals.into_iter().for_each(|sentence| form.problem_at("", sentence));
            return decide::show(me, &mut tx, version, open.id, form).await;
        }
    };
    let office = (Office::of(me), me.staff().person.name.as_str());
    match next.write(&mut tx, office, (granted, &deciders), (version, open, &said)).await {
        Ok(()) => tx.commit().await?,
        Err(AppError::Conflict(_)) => return Ok(see_other_noting(me.after_task(), DECIDED)),
        Err(error) => return Err(error),
    }
    let with = if said.leaves_comment { ", with suggestions for the next draft" } else { "" };
    let sentence = format!("You {} {}{with}{}", open.kind.done(), version.title(), next.in_words(&deciders));
    Ok(see_other_saying(me.after_task(), &sentence))
}

/// What was said with the decision, and in the form what is wrong with it.
fn said(version: &Version, open: &OpenTask, submitted: &Submitted, form: &mut Form) -> Said {
    let note = submitted.text("note");
    form.limit("note", &note, LONGEST_TEXT);
    if !submitted.text("reason").is_empty() {
        let instead = open.kind.button();
        form.problem(
            "reason",
            format!("You wrote what has to change: request changes, or empty the box for “{instead}”"),
        );
    }
    match open.kind {
        StepKind::Evaluate if note.is_empty() => form.problem("note", "Say what the evaluation found"),
        StepKind::Approve if note.is_empty() && submitted.raw("with") == "suggestions" => {
            form.problem("note", "Write what the next draft should do, or approve without suggestions");
        }
        StepKind::Approve | StepKind::Evaluate | StepKind::Review | StepKind::Agree | StepKind::Acknowledge => {}
    }
    let step = version.steps.iter().find(|step| step.id == open.step);
    let answers = step.map(|step| answers::read(step, submitted, form, true)).unwrap_or_default();
    let leaves_comment = open.kind == StepKind::Approve && !note.is_empty();
    Said { reason: String::new(), note, leaves_comment, answers, waives: String::new() }
}

/// Why what stood in the way may stand; empty where nothing does, or it was let stand before.
fn waives(me: &As<StaffOnly>, version: &Version, open: &OpenTask, submitted: &Submitted, form: &mut Form) -> String {
    let settled = open.findings.is_empty() || version.steps.iter().any(|step| !step.waives.is_empty());
    if settled || open.kind != StepKind::Approve {
        return String::new();
    }
    if !may(me, version, Action::OverrideFindings) {
        let sentence = "It was sent with points still open. Only somebody whose role as hiring manager covers the whole \
                        employer can approve it so: request changes, or give it to one of them";
        form.problem_at("#findings", sentence);
        return String::new();
    }
    let waives = submitted.text("waives");
    form.require("waives", &waives, "Say why the open points may stand, or request changes");
    form.limit("waives", &waives, LONGEST_TEXT);
    waives
}

/// Whom to hand the decision to, where somebody may not take it because they had a hand in the text.
fn who_can(version: &Version, deciders: &Deciders, refusals: &[Refusal]) -> Option<String> {
    let own = |refusal: &Refusal| matches!(refusal, Refusal::OwnEdit | Refusal::OwnProposal | Refusal::OwnSubmission);
    if !refusals.iter().any(own) {
        return None;
    }
    let taken = deciders.had_a_hand(finish::submitter(version).unwrap_or(version.history.created_by));
    let free = deciders.managers.iter().filter(|one| !taken.contains(&one.id));
    let names: Vec<&str> = free.map(|manager| manager.name.as_str()).collect();
    Some(match names.is_empty() {
        true => "Nobody else can approve for this unit: ask an administrator to give somebody the role".to_owned(),
        false => format!("An administrator can give the review to {}", names.join(" or ")),
    })
}

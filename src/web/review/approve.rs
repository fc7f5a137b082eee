//! Approving a submission.

use axum::extract::Path;
use axum::response::Response;

use super::decide::{self, AtTask};
use crate::db::{DbError, Tx, Version};
use crate::domain::ids::{MembershipId, TaskId};
use crate::domain::version::{Act, Event, Refusal};
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{see_other_noting, see_other_saying};

/// What a second click is told.
pub const DECIDED: &str = "It was decided on already, or taken back: nothing waits for you there";

pub async fn approve(me: As<StaffOnly>, Path((_, task)): AtTask, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let task = TaskId(task);
    let Some(version) = tx.version_of_task(&me.scope(), task).await? else {
        return super::looked::decided_or_unknown(&mut tx, &me, task).await;
    };
    let granted = grant::<act::Approve>(&me.actor(), version.subject(), me.now)?;
    let open = version.open_task.clone().filter(|open| open.id == task).ok_or(AppError::NotFound)?;
    let mut form = Form::again(&submitted);
    if submitted.number::<i32>("submission")? != open.submission_number {
        form.problem_at("", "It was sent again since you opened this page: look at what changed, then decide");
        return decide::show(&me, &mut tx, &version, task, form).await;
    }
    if !submitted.text("reason").is_empty() {
        form.problem("reason", "You wrote what has to change: request changes, or empty the box to approve");
        return decide::show(&me, &mut tx, &version, task, form).await;
    }
    let (editors, proposers) = tx.writers(version.id).await?;
    let taken = [editors.clone(), proposers.clone()].concat();
    let event = Event::Approve { approver: open.assigned_to, editors, proposers };
    let next = match version.state.clone().after(event, Act { by: me.staff().membership, at: me.now }) {
        Ok(next) => next,
        Err(refusals) => {
            let who_can = who_can(&mut tx, &version, &taken, &refusals).await?;
            for said in refusals.iter().map(ToString::to_string).chain(who_can) {
                form.problem_at("", said);
            }
            return decide::show(&me, &mut tx, &version, task, form).await;
        }
    };
    match tx.approve(&granted, &version, &open, &next).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(see_other_noting(me.paths().work(), DECIDED)),
        Err(error) => return Err(error.into()),
    }
    if let crate::domain::version::State::InReview { submitted } = &version.state {
        let page = me.paths().profile(version.profile.number).version(version.number).page();
        let link = format!("{}{page}", me.app.config.public_url);
        let message = review::approved(submitted.by, version.title(), &me.staff().person.name, &link);
        tx.queue_to_member(&message, me.now).await?;
    }
    tx.commit().await?;
    Ok(see_other_saying(me.paths().work(), &format!("You approved {}", version.title())))
}

/// Whom to hand the decision to, where somebody may not take it because they had a hand in the text.
async fn who_can(
    tx: &mut Tx,
    version: &Version,
    taken: &[MembershipId],
    refusals: &[Refusal],
) -> Result<Option<String>, AppError> {
    let own = |refusal: &Refusal| matches!(refusal, Refusal::OwnEdit | Refusal::OwnProposal | Refusal::OwnSubmission);
    if !refusals.iter().any(own) {
        return Ok(None);
    }
    let submitter = version.history.submitter.as_deref();
    let managers = tx.managers_for(version.employer, version.profile.unit).await?;
    let free = managers.iter().filter(|one| !taken.contains(&one.id) && Some(one.name.as_str()) != submitter);
    let names: Vec<&str> = free.map(|manager| manager.name.as_str()).collect();
    Ok(Some(match names.is_empty() {
        true => "Nobody else can approve for this unit: ask an administrator to give somebody the role".to_owned(),
        false => format!("An administrator can give the review to {}", names.join(" or ")),
    }))
}

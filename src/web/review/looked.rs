//! Closing the task that follows an emergency issue: the unit's manager has looked at it.

use axum::extract::Path;
use axum::response::Response;

use super::approve::DECIDED;
use super::decide::AtTask;
use crate::db::{DbError, StaffVisit, TaskKind, Tx, Version};
use crate::domain::ids::{MembershipId, TaskId};
use crate::domain::version::State;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::gate::{As, Gate, StaffOnly};
use crate::web::page::{see_other_noting, see_other_saying};

const OWN_ISSUE: &str = "You issued it, so somebody else has to look at it: give the task to another manager";

pub async fn looked(me: As<StaffOnly>, Path((_, task)): AtTask) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let task = TaskId(task);
    let Some(open) = tx.task(&me.scope(), task).await? else {
        return decided_or_unknown(&mut tx, &me, task).await;
    };
    let granted = grant::<act::ReviewEmergencyIssue>(&me.actor(), open.subject(), me.now)?;
    let mine = open.kind == TaskKind::ReviewEmergencyIssue && open.assigned_to == me.staff().membership;
    if !mine {
        return Err(AppError::Denied);
    }
    let version = tx.version_by_id(&me.scope(), open.version).await?.ok_or(AppError::NotFound)?;
    if issuer(&version) == Some(me.staff().membership) {
        return Ok(see_other_noting(me.after_task(), OWN_ISSUE));
    }
    match tx.close_emergency_review(&granted).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(me.after_task(), DECIDED)),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(me.after_task(), "Recorded that you looked at it"))
}

fn issuer(version: &Version) -> Option<MembershipId> {
    match &version.state {
        State::Issued(issue) | State::Superseded { issue, .. } => Some(issue.issued.by),
        State::Draft
        | State::InReview { .. }
        | State::ChangesRequested { .. }
        | State::Approved { .. }
        | State::Withdrawn { .. }
        | State::Discarded { .. } => None,
    }
}

/// A task that is closed by now says so to those who could see it; any other is unknown.
pub async fn decided_or_unknown<G: Gate<Who = StaffVisit>>(
    tx: &mut Tx,
    me: &As<G>,
    task: TaskId,
) -> Result<Response, AppError> {
    match tx.was_task(&me.scope(), task).await? {
        true => Ok(see_other_noting(me.after_task(), DECIDED)),
        false => Err(AppError::NotFound),
    }
}

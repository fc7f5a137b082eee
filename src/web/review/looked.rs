//! Closing the task that follows an emergency issue: the unit's manager has looked at it.

use axum::extract::Path;
use axum::response::Response;

use super::approve::DECIDED;
use super::decide::AtTask;
use crate::db::{DbError, TaskKind, Tx};
use crate::domain::ids::TaskId;
use crate::error::AppError;
use crate::policy::{Subject, act, grant};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn looked(me: As<StaffOnly>, Path((_, task)): AtTask) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let task = TaskId(task);
    let Some(open) = tx.task(&me.scope(), task).await? else {
        return decided_or_unknown(&mut tx, &me, task).await;
    };
    let subject = open.subject();
    let subject = Subject {
        id: open.version,
        employer: subject.employer,
        unit: subject.unit,
        person: None,
        profile: subject.profile,
        name: subject.name,
    };
    let granted = grant::<act::Approve>(&me.actor(), subject, me.now)?;
    let mine = open.kind == TaskKind::ReviewEmergencyIssue && open.assigned_to == me.staff().membership;
    if !mine {
        return Err(AppError::Denied);
    }
    match tx.close_emergency_review(&granted, task).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(me.paths().work(), DECIDED)),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(me.paths().work(), "Recorded that you looked at it"))
}

/// A task that is closed by now says so to those who could see it; any other is unknown.
pub async fn decided_or_unknown(tx: &mut Tx, me: &As<StaffOnly>, task: TaskId) -> Result<Response, AppError> {
    match tx.was_my_task(&me.scope(), task).await? {
        true => Ok(see_other_noting(me.paths().work(), DECIDED)),
        false => Err(AppError::NotFound),
    }
}

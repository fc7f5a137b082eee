//! Settling a thread, and opening it again.

use axum::extract::Path;
use axum::response::Response;

use super::desk::{AtRemark, Desk, done, not_done};
use crate::db::DbError;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::Submitted;
use crate::web::gate::{As, StaffOnly};

pub async fn resolve(me: As<StaffOnly>, at: AtRemark, submitted: Submitted) -> Result<Response, AppError> {
    settle(&me, at, &submitted, true).await
}

pub async fn reopen(me: As<StaffOnly>, at: AtRemark, submitted: Submitted) -> Result<Response, AppError> {
    settle(&me, at, &submitted, false).await
}

async fn settle(
    me: &As<StaffOnly>,
    Path((_, profile, number, comment)): AtRemark,
    submitted: &Submitted,
    resolved: bool,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(me, &profile, &number, false).await?;
    let comment = desk.comment(&comment)?;
    let id = comment.reply_to.unwrap_or(comment.id);
    let granted = grant::<act::ResolveComment>(&me.actor(), desk.version.subject_as(id), me.now)?;
    let place = desk.back(me, submitted.raw("back"), &format!("comment-{id}"));
    match desk.tx.settle_comment(&granted, resolved).await {
        Ok(()) => desk.tx.commit().await?,
        Err(DbError::Stale) if resolved => return Ok(not_done(&place, "It was resolved already")),
        Err(DbError::Stale) => return Ok(not_done(&place, "It is open already")),
        Err(error) => return Err(error.into()),
    }
    Ok(done(&place, if resolved { "Resolved. You can reopen it." } else { "Open again" }))
}

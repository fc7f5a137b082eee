//! Taking back what one suggested oneself.

use axum::extract::Path;
use axum::response::Response;

use super::desk::{AtRemark, Desk, done, not_done};
use crate::db::DbError;
use crate::error::AppError;
use crate::policy::{Subject, act, grant};
use crate::web::form::Submitted;
use crate::web::gate::{As, StaffOnly};

pub const DECIDED: &str = "It was decided on already";

pub async fn withdraw(
    me: As<StaffOnly>,
    Path((_, profile, number, suggestion)): AtRemark,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, false).await?;
    let suggestion = desk.suggestion(&suggestion)?;
    let id = suggestion.id;
    let own = (suggestion.by == me.staff().membership).then_some(me.staff().person.id);
    let subject = Subject { person: own, ..desk.version.subject_as(id) };
    let granted = grant::<act::WithdrawSuggestion>(&me.actor(), subject, me.now)?;
    let place = desk.back(&me, submitted.raw("back"), &format!("suggestion-{id}"));
    match desk.tx.withdraw_suggestion(&granted).await {
        Ok(()) => desk.tx.commit().await?,
        Err(DbError::Stale) => return Ok(not_done(&place, DECIDED)),
        Err(error) => return Err(error.into()),
    }
    Ok(done(&place, "Your suggestion is withdrawn"))
}

//! Sending a submission back, with the reason that reaches its author.

use axum::extract::Path;
use axum::response::Response;

use super::approve::DECIDED;
use super::decide::{self, AtTask};
use crate::db::DbError;
use crate::domain::ids::TaskId;
use crate::domain::text::LONGEST_TEXT;
use crate::domain::version::{Act, Event, State};
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{act, grant};
use crate::web::author::version::show_refusals;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn request(me: As<StaffOnly>, Path((_, task)): AtTask, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let task = TaskId(task);
    let Some(version) = tx.version_of_task(&me.scope(), task).await? else {
        return super::looked::decided_or_unknown(&mut tx, &me, task).await;
    };
    let granted = grant::<act::RequestChanges>(&me.actor(), version.subject(), me.now)?;
    let open = version.open_task.clone().filter(|open| open.id == task).ok_or(AppError::NotFound)?;
    let at = me.paths().profile(version.profile.number).version(version.number);
    let reason = submitted.text("reason");
    let mut form = Form::again(&submitted);
    form.limit("reason", &reason, LONGEST_TEXT);
    let event = Event::RequestChanges { approver: open.assigned_to, reason: reason.clone() };
    let next =
        match (version.state.clone().after(event, Act { by: me.staff().membership, at: me.now }), form.has_errors()) {
            (Ok(next), false) => next,
            (result, _) => {
                if let Err(refusals) = result {
                    show_refusals(&mut form, &refusals, at);
                }
                return decide::show(&me, &mut tx, &version, task, form).await;
            }
        };
    match tx.request_changes(&granted, &version, &open, &next, &reason).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(see_other_noting(me.paths().work(), DECIDED)),
        Err(error) => return Err(error.into()),
    }
    if let State::InReview { submitted } = &version.state {
        let link = format!("{}{}", me.app.config.public_url, at.edit());
        let from = &me.staff().person.name;
        tx.queue_to_member(&review::changes_requested(submitted.by, version.title(), from, &reason, &link), me.now)
            .await?;
    }
    tx.commit().await?;
    let who = version.history.submitter.clone().unwrap_or_default();
    Ok(see_other_saying(me.paths().work(), &format!("Sent back to {who} with your reason")))
}

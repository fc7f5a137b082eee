//! Sending a submission back, with the reason that reaches its author.

use axum::extract::Path;
use axum::response::Response;

use super::answers;
use super::approve::DECIDED;
use super::decide::{self, AtTask};
use crate::db::{DbError, Said};
use crate::domain::ids::TaskId;
use crate::domain::route::StepKind;
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
    tx.hold_review(task).await?;
    let Some(version) = tx.version_of_task(&me.scope(), task).await? else {
        return super::looked::decided_or_unknown(&mut tx, &me, task).await;
    };
    let granted = grant::<act::RequestChanges>(&me.actor(), version.subject(), me.now)?;
    let open = version.open_task.clone().filter(|open| open.id == task).ok_or(AppError::NotFound)?;
    if open.kind == StepKind::Approve {
        // Whoever sends an approval back is one who could give it.
        grant::<act::Approve>(&me.actor(), version.subject(), me.now)?;
    }
    let at = me.paths().profile(version.profile.number).version(version.number);
    let reason = submitted.text("reason");
    let mut form = Form::again(&submitted);
    form.limit("reason", &reason, LONGEST_TEXT);
    let step = version.steps.iter().find(|step| step.id == open.step);
    let answers = step.map(|step| answers::read(step, &submitted, &mut form, false)).unwrap_or_default();
    let said = Said { reason: reason.clone(), answers, ..Said::default() };
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
    match tx.send_back(&granted, &version, &open, &next, &said).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(see_other_noting(me.after_task(), DECIDED)),
        Err(error) => return Err(error.into()),
    }
    if let State::InReview { submitted } = &version.state {
        let link = format!("{}{}", me.app.config.public_url, at.edit());
        let from = &me.staff().person.name;
        let mut messages = vec![review::changes_requested(submitted.by, version.title(), from, &reason, &link)];
        let page = me.app.config.link(&at.page());
        let others = version.steps.iter().filter(|step| step.id != open.step).filter_map(|step| step.task.as_ref());
        messages.extend(others.map(|(_, who, _)| review::no_longer_asked(*who, version.title(), from, &page)));
        tx.queue_to_members(&messages, me.now).await?;
    }
    tx.commit().await?;
    let who = version.history.submitter.clone().unwrap_or_default();
    Ok(see_other_saying(me.after_task(), &format!("Sent back to {who} with your reason")))
}

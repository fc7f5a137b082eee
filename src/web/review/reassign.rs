//! Giving a review to somebody else: an administrator's act, recorded with its reason.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::approve::DECIDED;
use super::decide::AtTask;
use crate::db::{DbError, Manager, Task, TaskKind, Tx};
use crate::domain::ids::{MembershipId, TaskId};
use crate::domain::text::LONGEST_TEXT;
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};

#[derive(Template)]
#[template(path = "review/reassign.html")]
struct ReassignPage {
    frame: Frame,
    form: Form,
    title: String,
    assignee: String,
    managers: Vec<Choice>,
    back: String,
}

fn shown(me: &As<Admins>, task: &Task, managers: &[Manager], form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let others = managers.iter().filter(|manager| manager.id != task.assigned_to);
    let page = ReassignPage {
        frame: me
            .frame(format!("Give the review of {} to somebody else", task.title))
            .crumb("My work", me.paths().work()),
        form,
        title: task.title.clone(),
        assignee: task.assignee.clone(),
        managers: std::iter::once(Choice::new("", "Choose a person"))
            .chain(others.map(|manager| Choice::new(manager.id, &manager.name)))
            .collect(),
        back: me.paths().task(task.id),
    };
    page_with(status, &page)
}

pub async fn form(me: As<Admins>, Path((_, task)): AtTask) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let task = tx.task(&me.scope(), TaskId(task)).await?.filter(is_review).ok_or(AppError::NotFound)?;
    grant::<act::ReassignTask>(&me.actor(), task.subject(), me.now)?;
    let managers = free_managers(&mut tx, &me, &task).await?;
    shown(&me, &task, &managers, Form::empty())
}

pub async fn reassign(me: As<Admins>, Path((_, id)): AtTask, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let Some(task) = tx.task(&me.scope(), TaskId(id)).await?.filter(is_review) else {
        return super::looked::decided_or_unknown(&mut tx, &me, TaskId(id)).await;
    };
    let granted = grant::<act::ReassignTask>(&me.actor(), task.subject(), me.now)?;
    let managers = free_managers(&mut tx, &me, &task).await?;
    let mut form = Form::again(&submitted);
    let reason = submitted.text("reason");
    form.require("reason", &reason, "Say why: the reason stays in the record");
    form.limit("reason", &reason, LONGEST_TEXT);
    let to = submitted.raw("to").parse().ok().map(MembershipId);
    let to = to.and_then(|id| managers.iter().find(|manager| manager.id == id && id != task.assigned_to));
    if to.is_none() {
        form.problem("to", "Choose who decides instead");
    }
    let (Some(to), false) = (to, form.has_errors()) else {
        return shown(&me, &task, &managers, form);
    };
    match tx.reassign_task(&granted, &task, to.id, &to.name, &reason).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(see_other_noting(me.paths().work(), DECIDED)),
        Err(error) => return Err(error.into()),
    }
    let link = format!("{}{}", me.app.config.public_url, me.paths().task(task.id));
    let message = review::task_given(to.id, &task.title, &me.staff().person.name, &reason, &link);
    tx.queue_to_member(&message, me.now).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().work(), &format!("{} decides on {} now", to.name, task.title)))
}

/// Only the look at a version is handed on here; an advert's manager is changed on the advert.
fn is_review(task: &Task) -> bool {
    match task.kind {
        TaskKind::Approve | TaskKind::ReviewEmergencyIssue => true,
        TaskKind::ConfirmAdvert => false,
    }
}

/// Managers of the unit who neither sent nor edited the version, nor proposed what it says: the others could not
/// approve it.
async fn free_managers(tx: &mut Tx, me: &As<Admins>, task: &Task) -> Result<Vec<Manager>, AppError> {
    let (mut taken, proposers) = tx.writers(task.version).await?;
    taken.extend(proposers);
    taken.extend(tx.submitter(task.version).await?);
    let managers = tx.managers_for(me.employer(), task.unit).await?;
    Ok(managers.into_iter().filter(|manager| !taken.contains(&manager.id)).collect())
}

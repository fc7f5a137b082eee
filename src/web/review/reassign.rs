//! Giving a review to somebody else: an administrator's act, recorded with its reason.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::approve::DECIDED;
use super::decide::AtTask;
use crate::db::{Candidate, DbError, Task};
use crate::domain::away::until;
use crate::domain::ids::{MembershipId, TaskId};
use crate::domain::text::LONGEST_TEXT;
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{act, grant};
use crate::reference::bank_holidays;
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

fn shown(me: &As<Admins>, task: &Task, managers: &[Candidate], form: Form) -> Result<Response, AppError> {
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
            .chain(others.map(|manager| Choice::new(manager.id, named(manager))))
            .collect(),
        back: me.paths().task_page(task.id, task.advert),
    };
    page_with(status, &page)
}

pub async fn form(me: As<Admins>, Path((_, task)): AtTask) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let task = tx.task(&me.scope(), TaskId(task)).await?.ok_or(AppError::NotFound)?;
    grant::<act::ReassignTask>(&me.actor(), task.subject(), me.now)?;
    let managers = tx.candidates(task.id, me.today()).await?;
    shown(&me, &task, &managers, Form::empty())
}

pub async fn reassign(me: As<Admins>, Path((_, id)): AtTask, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let Some(task) = tx.task(&me.scope(), TaskId(id)).await? else {
        return super::looked::decided_or_unknown(&mut tx, &me, TaskId(id)).await;
    };
    let granted = grant::<act::ReassignTask>(&me.actor(), task.subject(), me.now)?;
    let managers = tx.candidates(task.id, me.today()).await?;
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
    let link = me.app.config.link(&me.paths().task_page(task.id, task.advert));
    let by = me.staff().person.name.as_str();
    let due = Due::on(task.due_on, me.today(), bank_holidays::of(task.nation)).text;
    let about = review::About { title: &task.title, largest: &task.largest, due: &due, link: &link };
    tx.queue_to_member(&review::task_given(to.id, about, (by, &reason)), me.now).await?;
    let taken = review::task_taken(task.assigned_to, &task.title, (by, &to.name), &reason, &link);
    tx.queue_to_member(&taken, me.now).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().work(), &format!("{} decides on {} now", to.name, task.title)))
}

/// `Daniel Osei (away until 3 March 2027)`
pub fn named(candidate: &Candidate) -> String {
    match candidate.away_until {
        Some(day) => format!("{} ({})", candidate.name, until(day)),
        None => candidate.name.clone(),
    }
}

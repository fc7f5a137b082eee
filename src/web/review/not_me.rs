//! "Not me": whoever was asked to decide gives it to somebody else who may, and says why.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::approve::DECIDED;
use super::decide::AtTask;
use super::reassign::named;
use crate::db::{Candidate, DbError, Task};
use crate::domain::ids::TaskId;
use crate::domain::text::LONGEST_TEXT;
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{act, grant};
use crate::reference::bank_holidays;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page, page_again, see_other_noting, see_other_saying};

#[derive(Template)]
#[template(path = "review/not_me.html")]
struct NotMePage {
    frame: Frame,
    form: Form,
    title: String,
    others: Vec<Choice>,
    nobody: bool,
    back: String,
}

fn view(me: &As<StaffOnly>, task: &Task, candidates: &[Candidate], form: Form) -> NotMePage {
    let others = candidates.iter().filter(|one| one.id != me.staff().membership);
    let others: Vec<Choice> = others.map(|one| Choice::new(one.id, named(one))).collect();
    NotMePage {
        frame: me.task_frame("Not yours to decide?"),
        form,
        title: task.title.clone(),
        nobody: others.is_empty(),
        others: std::iter::once(Choice::new("", "Choose a person")).chain(others).collect(),
        back: me.paths().task_page(task.id, task.advert),
    }
}

pub async fn form(me: As<StaffOnly>, Path((_, id)): AtTask) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let Some(task) = tx.task(&me.scope(), TaskId(id)).await? else {
        return super::looked::decided_or_unknown(&mut tx, &me, TaskId(id)).await;
    };
    if task.assigned_to != me.staff().membership {
        return Err(AppError::Denied);
    }
    let candidates = tx.candidates(task.id, me.today()).await?;
    page(&view(&me, &task, &candidates, Form::empty()))
}

pub async fn pass_on(me: As<StaffOnly>, Path((_, id)): AtTask, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let Some(task) = tx.task(&me.scope(), TaskId(id)).await? else {
        return super::looked::decided_or_unknown(&mut tx, &me, TaskId(id)).await;
    };
    let granted = grant::<act::PassTaskOn>(&me.actor(), task.subject(), me.now)?;
    if task.assigned_to != me.staff().membership {
        return Err(AppError::Denied);
    }
    let candidates = tx.candidates(task.id, me.today()).await?;
    let mut form = Form::again(&submitted);
    let reason = submitted.text("reason");
    form.require("reason", &reason, "Say why: the reason stays in the record and reaches whoever decides");
    form.limit("reason", &reason, LONGEST_TEXT);
    let wanted = submitted.raw("to");
    let to = candidates.iter().find(|one| one.id.to_string() == wanted && one.id != task.assigned_to);
    if to.is_none() {
        form.problem("to", "Choose who decides instead");
    }
    let (Some(to), false) = (to, form.has_errors()) else {
        return page_again(&view(&me, &task, &candidates, form));
    };
    match tx.pass_task_on(&granted, &task, (to.id, &to.name), &reason).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(see_other_noting(me.after_task(), DECIDED)),
        Err(error) => return Err(error.into()),
    }
    let link = me.app.config.link(&me.paths().task_page(task.id, task.advert));
    let by = me.staff().person.name.as_str();
    let due = Due::on(task.due_on, me.today(), bank_holidays::of(task.nation)).text;
    let about = review::About { title: &task.title, largest: &task.largest, due: &due, link: &link };
    tx.queue_to_member(&review::task_given(to.id, about, (by, &reason)), me.now).await?;
    if let Some(sender) = task.from_member {
        tx.queue_to_member(&review::passed_on(sender, &task.title, (by, &to.name), &reason, &link), me.now).await?;
    }
    tx.commit().await?;
    Ok(see_other_saying(me.after_task(), &format!("{} decides on {} now, and was told", to.name, task.title)))
}

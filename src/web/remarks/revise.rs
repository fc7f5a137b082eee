//! Changing or withdrawing what one said oneself.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::comment::said;
use super::desk::{AtRemark, Desk, done, not_done};
use crate::db::{Comment, DbError};
use crate::domain::ids::CommentId;
use crate::error::AppError;
use crate::policy::{Granted, Subject, act, grant};
use crate::web::author::version::frame;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page_with};

const CHANGED: &str = "That comment changed in the meantime: nothing was done";

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    back: String,
}

#[derive(Template)]
#[template(path = "remarks/revise.html")]
struct RevisePage {
    frame: Frame,
    form: Form,
    action: String,
    back: String,
    closed: String,
}

pub async fn form(
    me: As<StaffOnly>,
    Path((_, profile, number, comment)): AtRemark,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let desk = Desk::open(&me, &profile, &number, false).await?;
    let comment = desk.comment(&comment)?;
    granted(&me, &desk, comment)?;
    own_words(comment)?;
    let form = Form::filled([("text", comment.text.clone())]);
    show(&me, &desk, comment, form, &asked.back)
}

pub async fn revise(
    me: As<StaffOnly>,
    Path((_, profile, number, comment)): AtRemark,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, true).await?;
    let comment = desk.comment(&comment)?.clone();
    let granted = granted(&me, &desk, &comment)?;
    own_words(&comment)?;
    let mut form = Form::again(&submitted);
    let (text, _) = said(&desk.remarks, &submitted, &mut form);
    let back = submitted.raw("back");
    if form.has_errors() {
        return show(&me, &desk, &comment, form, back);
    }
    let place = desk.back(&me, back, &format!("comment-{}", comment.id));
    if text == comment.text {
        return Ok(done(&place, "Your comment says that already"));
    }
    match desk.tx.revise_comment(&granted, &comment, &text).await {
        Ok(()) => desk.tx.commit().await?,
        Err(DbError::Stale) => return Ok(not_done(&place, CHANGED)),
        Err(error) => return Err(error.into()),
    }
    Ok(done(&place, "Your comment is changed. What it said before stays in the record."))
}

pub async fn withdraw(
    me: As<StaffOnly>,
    Path((_, profile, number, comment)): AtRemark,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, false).await?;
    let comment = desk.comment(&comment)?.clone();
    let granted = granted(&me, &desk, &comment)?;
    let thread = comment.reply_to.unwrap_or(comment.id);
    let place = desk.back(&me, submitted.raw("back"), &format!("comment-{thread}"));
    match desk.tx.withdraw_comment(&granted).await {
        Ok(()) => desk.tx.commit().await?,
        Err(DbError::Stale) => return Ok(not_done(&place, "It was withdrawn already")),
        Err(error) => return Err(error.into()),
    }
    Ok(done(&place, "Your comment is withdrawn"))
}

/// Only its writer may: anybody else sees the comment, and is told that it is not theirs.
fn granted(me: &As<StaffOnly>, desk: &Desk, comment: &Comment) -> Result<Granted<act::ReviseComment>, AppError> {
    let own = (comment.by == me.staff().membership).then_some(me.staff().person.id);
    let subject: Subject<CommentId> = Subject { person: own, ..comment.subject(&desk.version) };
    Ok(grant::<act::ReviseComment>(&me.actor(), subject, me.now)?)
}

/// Who brought a comment in with a document may withdraw it, but puts no other words in its writer's mouth.
fn own_words(comment: &Comment) -> Result<(), AppError> {
    if comment.told { Err(AppError::Denied) } else { Ok(()) }
}

fn show(me: &As<StaffOnly>, desk: &Desk, comment: &Comment, form: Form, back: &str) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = RevisePage {
        frame: frame(me, &desk.version, "Your comment"),
        form,
        action: desk.at(me).comment(comment.id, "edit"),
        back: super::place::Back::read(back).word(),
        closed: desk.back(me, back, &format!("comment-{}", comment.id)),
    };
    page_with(status, &page)
}

//! Saying something about a line, a section or the whole version, or answering what somebody said.

use axum::extract::Path;
use axum::response::Response;

use super::again::{self, Again};
use super::desk::{Desk, SAID_ALREADY, done, form_key, not_done};
use super::open::What;
use super::place::Spot;
use crate::db::{Comment, DbError, NewComment, Remarks};
use crate::domain::content::Content;
use crate::domain::ids::{CommentId, MembershipId};
use crate::domain::remark::{LONGEST_COMMENT, MOST_MENTIONED, mentioned};
use crate::domain::version::StateName;
use crate::error::AppError;
use crate::mail::remarks::{self, About};
use crate::policy::{act, grant};
use crate::web::author::version::At;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, StaffOnly};

const DISCARDED: &str =
    "This version was discarded, so nothing is said on it any more. Go back to copy what you typed.";
const GONE: &str = "The line is no longer there: send this as a comment on the whole version, or copy it";

pub async fn add(
    me: As<StaffOnly>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, true).await?;
    let granted = grant::<act::Comment>(&me.actor(), desk.version.subject(), me.now)?;
    if desk.version.state.name() == StateName::Discarded {
        return Err(AppError::Conflict(DISCARDED.into()));
    }
    let content = desk.content().await?;
    let thread = thread(&desk.remarks, &submitted)?.cloned();
    let mut form = Form::again(&submitted);
    let said = said(&desk.remarks, &submitted, &mut form);
    let spot = spot(thread.as_ref(), &content, &submitted, &mut form)?;
    if form.has_errors() {
        let again = Again { spot, what: What::Comment, form, reply_to: thread.map(|thread| thread.id) };
        return again::show(&me, &desk, &content, &submitted, again);
    }
    let (section, item) = match &thread {
        Some(thread) => (thread.section, thread.item),
        None => place(spot, &content),
    };
    let (text, mentions) = said;
    let reply_to = thread.as_ref().map(|thread| thread.id);
    let new = NewComment { section, item, reply_to, text, mentions, form_key: form_key(&submitted) };
    let id = match desk.tx.add_comment(&granted, &new).await {
        Ok(id) => id,
        Err(DbError::Constraint(name)) if SAID_ALREADY.contains(&name.as_str()) => {
            return Ok(not_done(&desk.back(&me, submitted.raw("back"), &spot.word()), "That is there already"));
        }
        Err(error) => return Err(error.into()),
    };
    tell(&me, &mut desk, &new, id).await?;
    let back = desk.back(&me, submitted.raw("back"), &format!("comment-{id}"));
    desk.tx.commit().await?;
    Ok(done(&back, if reply_to.is_some() { "Your answer is there" } else { "Your comment is there" }))
}

/// The thread that is answered; an answer to an answer goes into its thread.
fn thread<'a>(remarks: &'a Remarks, submitted: &Submitted) -> Result<Option<&'a Comment>, AppError> {
    if submitted.raw("reply_to").is_empty() {
        return Ok(None);
    }
    let id = CommentId(submitted.number("reply_to")?);
    let found = remarks.comment(id).ok_or(AppError::NotFound)?;
    Ok(Some(found.reply_to.and_then(|thread| remarks.comment(thread)).unwrap_or(found)))
}

/// The text, and whom it calls. Somebody who was chosen is called by name, so that everybody reads it.
pub(super) fn said(remarks: &Remarks, submitted: &Submitted, form: &mut Form) -> (String, Vec<MembershipId>) {
    let typed = submitted.text("text");
    form.require("text", &typed, "Write the comment");
    let chosen = remarks.people.iter().find(|one| submitted.raw("call") == one.id.to_string());
    let called = |text: &str| mentioned(text, remarks.people.iter().map(|one| (one.id, one.name.as_str())));
    let text = match chosen {
        Some(one) if !typed.is_empty() && !called(&typed).contains(&one.id) => format!("@{} {typed}", one.name),
        Some(_) | None => typed,
    };
    form.limit("text", &text, LONGEST_COMMENT);
    let mentions = called(&text);
    if mentions.len() > MOST_MENTIONED {
        form.problem("text", format!("This calls {} people: {MOST_MENTIONED} are the most", mentions.len()));
    }
    (text, mentions)
}

/// What it is about; the whole version, and a problem, where that went meanwhile.
fn spot(thread: Option<&Comment>, content: &Content, submitted: &Submitted, form: &mut Form) -> Result<Spot, AppError> {
    if let Some(thread) = thread {
        return Ok(Spot::shown(thread.section, thread.item, content));
    }
    let spot = Spot::parse(submitted.raw("about")).ok_or(AppError::NotFound)?;
    if !there(spot, content) {
        form.problem("text", GONE);
        return Ok(Spot::Version);
    }
    Ok(spot)
}

fn there(spot: Spot, content: &Content) -> bool {
    match spot {
        Spot::Version => true,
        Spot::Section(id) => content.section(id).is_some(),
        Spot::Item(id) => content.item(id).is_some(),
    }
}

fn place(spot: Spot, content: &Content) -> (Option<crate::domain::ids::SectionId>, Option<crate::domain::ids::ItemId>) {
    match spot {
        Spot::Version => (None, None),
        Spot::Section(id) => (Some(id), None),
        Spot::Item(id) => (content.item(id).map(|(section, _)| section.id), Some(id)),
    }
}

/// One mail each: to those who are called, and to the others who wrote in the thread.
async fn tell(me: &As<StaffOnly>, desk: &mut Desk, new: &NewComment, id: CommentId) -> Result<(), AppError> {
    let link = me.app.config.link(&format!("{}#comment-{id}", desk.at(me).page()));
    let own = me.staff().membership;
    let title = desk.version.title().to_owned();
    let about = About { title: &title, from: &me.staff().person.name, link: &link };
    for to in new.mentions.iter().filter(|to| **to != own) {
        desk.tx.queue_to_member(&remarks::mentioned(*to, &new.text, about), me.now).await?;
    }
    let in_thread = |comment: &&Comment| Some(comment.id) == new.reply_to || comment.reply_to == new.reply_to;
    let comments = desk.remarks.comments.iter().filter(|_| new.reply_to.is_some()).filter(in_thread);
    let mut writers: Vec<MembershipId> = comments.map(|comment| comment.by).collect();
    writers.sort();
    writers.dedup();
    for to in writers.into_iter().filter(|to| *to != own && !new.mentions.contains(to)) {
        desk.tx.queue_to_member(&remarks::answered(to, &new.text, about), me.now).await?;
    }
    Ok(())
}

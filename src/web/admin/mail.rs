//! The mail about the employer's work: what left, what waits and why, what was given up; and having it tried again.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::subject;
use crate::clock::london_moment;
use crate::db::{DbError, MailRow, MailShown};
use crate::domain::text::count;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page as show, see_other_noting, see_other_saying};
use crate::web::paths;

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "admin/mail.html")]
struct MailPage {
    frame: Frame,
    /// Text, address, whether it is what is shown.
    shows: Vec<(&'static str, String, bool)>,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    to: String,
    subject: String,
    cause: String,
    written: String,
    state: String,
    late: bool,
    error: String,
    retry: Option<String>,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: String,
    before: Option<i64>,
}

pub async fn page(me: As<Admins>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let shown = MailShown::parse(&asked.show).unwrap_or(MailShown::All);
    let mut tx = me.begin().await?;
    let mut rows = tx.mail_of(&me.scope(), shown, asked.before, PAGE).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let last = rows.last().filter(|_| more).map(|row| row.id);
    let paths = me.paths();
    let link = |one: &MailShown| (one.label(), paths.mail_shown(one.word(), None), *one == shown);
    show(&MailPage {
        frame: me.frame("Mail").crumb("Settings", paths.settings()),
        shows: MailShown::ALL.iter().map(link).collect(),
        rows: rows.into_iter().map(|one| row(one, paths)).collect(),
        next: last.map(|last| paths.mail_shown(shown.word(), Some(last))),
    })
}

fn row(mail: MailRow, paths: paths::Employer<'_>) -> Row {
    let tried = count(usize::try_from(mail.tries).unwrap_or_default(), "try", "tries");
    let state = match mail.sent_at {
        Some(at) if mail.is_told => format!("Told in one message with others, {}", london_moment(at)),
        Some(at) => format!("Sent {}", london_moment(at)),
        None if mail.tries == 0 && mail.due_at > mail.created_at => {
            format!("Waits until {}, as its reader wants", london_moment(mail.due_at))
        }
        None if mail.given_up() => format!("Given up after {tried}"),
        None if mail.tries == 0 => "Waiting to be sent".to_owned(),
        None => format!("Waiting after {tried}; the next {}", london_moment(mail.due_at)),
    };
    let waits_after_failing = mail.sent_at.is_none() && mail.tries > 0;
    Row {
        to: mail.name.as_ref().map_or_else(|| mail.email.clone(), |name| format!("{name}, {}", mail.email)),
        late: mail.given_up(),
        state,
        retry: (waits_after_failing && mail.has_text).then(|| paths.retry_mail(mail.id)),
        subject: mail.subject,
        cause: mail.cause,
        written: london_moment(mail.created_at),
        error: mail.last_error.unwrap_or_default(),
    }
}

pub async fn retry(me: As<Admins>, Path((_, mail)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let granted = grant::<act::RetryMail>(&me.actor(), subject(&me, me.employer(), "Mail"), me.now)?;
    match tx.try_mail_again(&granted, mail).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) if !tx.is_our_mail(&me.scope(), mail).await? => return Err(AppError::NotFound),
        Err(DbError::Stale) => {
            return Ok(see_other_noting(me.paths().mail(), "That message has left, or is not kept any more"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(me.paths().mail(), "It is tried again now"))
}

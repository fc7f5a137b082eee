//! Changing or removing one entry.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::{TAKEN, find, granted, typed};
use crate::db::{DbError, GlossaryRow};
use crate::error::AppError;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page_with, see_other_saying};

/// The parts of an entry's address: employer and number.
type AtEntry = Path<(String, String)>;

#[derive(Template)]
#[template(path = "author/glossary/change.html")]
struct ChangePage {
    frame: Frame,
    form: Form,
    short: String,
    at: String,
    back: String,
}

pub async fn form(me: As<StaffOnly>, Path((_, entry)): AtEntry) -> Result<Response, AppError> {
    granted(&me)?;
    let row = find(me.begin().await?.glossary(&me.scope()).await?, &entry)?;
    let values = [("short", &row.entry.short), ("meaning", &row.entry.meaning), ("note", &row.entry.note)];
    show(&me, &row, Form::filled(values.map(|(name, value)| (name, value.clone()))))
}

pub async fn change(me: As<StaffOnly>, Path((_, number)): AtEntry, submitted: Submitted) -> Result<Response, AppError> {
    let granted = granted(&me)?;
    let mut tx = me.begin().await?;
    let row = find(tx.glossary(&me.scope()).await?, &number)?;
    let (entry, mut form) = typed(&submitted);
    if form.has_errors() {
        return show(&me, &row, form);
    }
    match tx.change_glossary_entry(&granted, (row.id, &row.entry), &entry).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(me.paths().glossary(), &format!("{} is saved", entry.short)))
        }
        Err(DbError::Constraint(broken)) if broken == TAKEN => {
            form.problem("short", format!("{} has another entry already", entry.short));
            show(&me, &row, form)
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn remove(me: As<StaffOnly>, Path((_, number)): AtEntry) -> Result<Response, AppError> {
    let granted = granted(&me)?;
    let mut tx = me.begin().await?;
    let row = find(tx.glossary(&me.scope()).await?, &number)?;
    tx.remove_glossary_entry(&granted, (row.id, &row.entry)).await?;
    tx.commit().await?;
    let said = format!("{} ({}) is removed", row.entry.short, row.entry.meaning);
    Ok(see_other_saying(me.paths().glossary(), &said))
}

fn show(me: &As<StaffOnly>, row: &GlossaryRow, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let back = me.paths().glossary();
    page_with(
        status,
        &ChangePage {
            frame: me.frame(row.entry.short.clone()).crumb("Glossary", back.clone()),
            form,
            short: row.entry.short.clone(),
            at: format!("{back}/{}", row.id),
            back,
        },
    )
}

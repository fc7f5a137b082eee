//! The list, and the form that adds to it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{TAKEN, granted, typed};
use crate::db::{DbError, GlossaryRow, StaffVisit};
use crate::domain::glossary::MOST_ENTRIES;
use crate::domain::text::count;
use crate::error::AppError;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Gate, StaffOnly};
use crate::web::page::{Frame, page_with, see_other_saying};

#[derive(Template)]
#[template(path = "author/glossary/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    rows: Vec<GlossaryRow>,
    count: String,
    may_change: bool,
    at: String,
    file: String,
    take_in: String,
}

impl ListPage {
    fn href(&self, row: &GlossaryRow) -> String {
        format!("{}/{}", self.at, row.id)
    }
}

pub async fn page(me: As<StaffOnly>) -> Result<Response, AppError> {
    let rows = me.begin().await?.glossary(&me.scope()).await?;
    show(&me, rows, Form::empty())
}

pub async fn add(me: As<StaffOnly>, submitted: Submitted) -> Result<Response, AppError> {
    let granted = granted(&me)?;
    let mut tx = me.begin().await?;
    let rows = tx.glossary(&me.scope()).await?;
    let (entry, mut form) = typed(&submitted);
    if rows.len() >= MOST_ENTRIES {
        form.problem("short", format!("The list holds {MOST_ENTRIES} entries, which is the most: remove one first"));
    }
    if form.has_errors() {
        return show(&me, rows, form);
    }
    match tx.add_glossary_entry(&granted, &entry).await {
        Ok(()) => {
            tx.commit().await?;
            let said = format!("{} is added. Documents explain it where it stands first.", entry.short);
            Ok(see_other_saying(me.paths().glossary(), &said))
        }
        Err(DbError::Constraint(broken)) if broken == TAKEN => {
            form.problem("short", format!("{} is in the list already: change it there", entry.short));
            show(&me, rows, form)
        }
        Err(error) => Err(error.into()),
    }
}

/// The list with the form as given; also where a file was not taken.
pub fn show<G: Gate<Who = StaffVisit>>(me: &As<G>, rows: Vec<GlossaryRow>, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(
        status,
        &ListPage {
            frame: me.frame("Glossary").crumb("Profiles", me.paths().profiles()),
            count: count(rows.len(), "short form", "short forms"),
            rows,
            form,
            may_change: granted(me).is_ok(),
            at: me.paths().glossary(),
            file: me.paths().glossary_csv(),
            take_in: me.paths().glossary_file(),
        },
    )
}

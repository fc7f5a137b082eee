//! What is being written of a template: its shape and cycle, and its sections with their acts.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::read::{Told, tell};
use super::{AtTemplate, Found, held};
use crate::db::DbError;
use crate::domain::template::{LONGEST_CYCLE, Layout, Style};
use crate::error::AppError;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_saying};

struct Row {
    told: Told,
    at: String,
    is_first: bool,
    is_last: bool,
}

#[derive(Template)]
#[template(path = "author/templates/edit.html")]
struct EditPage {
    frame: Frame,
    form: Form,
    name: String,
    number: i32,
    revision: i32,
    is_in_use: bool,
    styles: Vec<Choice>,
    rows: Vec<Row>,
    at: String,
    preview: String,
    add: String,
}

/// Frame of a page about a change.
pub fn frame(me: &As<Keepers>, found: &Found, title: &str) -> Frame {
    me.frame(title)
        .crumb("Templates", me.paths().templates())
        .crumb(found.head.name.clone(), me.paths().template(found.head.id))
}

fn show(me: &As<Keepers>, found: &Found, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let edition = found.writing()?;
    let sections = &edition.layout.sections;
    let row = |(at, section): (usize, &crate::domain::template::TemplateSection)| Row {
        told: tell(section),
        at: me.paths().template_slot(found.head.id, &section.slot),
        is_first: at == 0,
        is_last: at + 1 == sections.len(),
    };
    page_with(
        status,
        &EditPage {
            frame: frame(me, found, &format!("Change {}", found.head.name)),
            form,
            name: found.head.name.clone(),
            number: edition.number,
            revision: edition.revision,
            is_in_use: found.binding().is_some(),
            styles: Style::ALL.iter().map(|style| Choice::new(style.word(), style.label())).collect(),
            rows: sections.iter().enumerate().map(row).collect(),
            at: me.paths().template(found.head.id),
            preview: me.paths().template_act(found.head.id, "preview"),
            add: me.paths().template_slot(found.head.id, "new"),
        },
    )
}

pub async fn page(me: As<Keepers>, Path((_, template)): AtTemplate) -> Result<Response, AppError> {
    let (_tx, found, _) = held(&me, &template).await?;
    let layout = &found.writing()?.layout;
    let months = layout.review_months.map(|months| months.to_string()).unwrap_or_default();
    let form = Form::filled([("style", layout.style.word().to_owned()), ("review_months", months)]);
    show(&me, &found, form)
}

pub async fn save(
    me: As<Keepers>,
    Path((_, template)): AtTemplate,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, found, granted) = held(&me, &template).await?;
    let edition = found.writing()?;
    let change = found.change(edition, &submitted)?;
    let mut form = Form::again(&submitted);
    let style = Style::parse(submitted.raw("style"));
    if style.is_none() {
        form.problem("style", "Choose the shape of its documents");
    }
    let typed = submitted.line("review_months");
    let months: Option<u16> = typed.parse().ok().filter(|months| (1..=LONGEST_CYCLE).contains(months));
    if months.is_none() && !typed.is_empty() {
        form.problem("review_months", format!("Write a number of months from 1 to {LONGEST_CYCLE}, or nothing"));
    }
    let (Some(style), false) = (style, form.has_errors()) else { return show(&me, &found, form) };
    let layout = Layout { style, review_months: months, ..edition.layout.clone() };
    match tx.save_layout(&granted, change, &layout, ("changed", "shape and review cycle")).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(me.paths().template_act(found.head.id, "edit"), "Saved"))
        }
        Err(DbError::Stale) => {
            form.problem(
                "style",
                "Somebody else changed the template meanwhile. What you chose is still here: save again",
            );
            show(&me, &found, form)
        }
        Err(error) => Err(error.into()),
    }
}

//! Adding a section at the end of a draft.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::draft::{Begun, Draft};
use super::lines::Open;
use super::page;
use crate::domain::content::SectionKind;
use crate::domain::ids::SectionId;
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::web::author::version::At;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::see_other_saying;

pub async fn add(me: As<Authors>, Path((_, profile, number)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let heading = submitted.line("new_heading");
    let mut form = Form::again(&submitted);
    form.limit("new_heading", &heading, LONGEST_LINE);
    let kind = SectionKind::parse(submitted.raw("section_kind"));
    let (Some(kind), false) = (kind, form.has_errors()) else {
        if kind.is_none() {
            form.problem("section_kind", "Choose what the section holds");
        }
        return page::show(&me, draft, Open::Nothing, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = draft.tx.new_identities(1).await?.first().copied().map(SectionId).ok_or(AppError::NotFound)?;
    draft.tx.add_section(&draft.granted, id, kind, &heading).await?;
    let at = draft.at(&me);
    draft.tx.commit().await?;
    let name = if heading.is_empty() { kind.label() } else { &heading };
    Ok(see_other_saying(at.at_section(id), &format!("Added the section {name}")))
}

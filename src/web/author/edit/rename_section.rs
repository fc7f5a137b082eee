//! Changing a section's heading.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::draft::{AtItem, Draft};
use super::lines::Open;
use super::{done, page};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::see_other_saying;

pub async fn rename(
    me: As<Authors>,
    Path((_, profile, number, section)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = Draft::open(&me, &profile, &number).await?;
    let revision: i32 = submitted.number("revision")?;
    let key = draft.carry(&me, &submitted);
    let section = draft.section(&section)?.clone();
    let heading = submitted.line("section_heading");
    let mut form = Form::again(&submitted);
    form.limit("section_heading", &heading, LONGEST_LINE);
    if section.revision != revision && section.heading != heading {
        let done = match &key {
            Some(key) => draft.tx.done_by(draft.version.id, key.kept()).await?,
            None => None,
        };
        if let Some(done) = done {
            return Ok(done::answer(&me, &draft, &done));
        }
        let theirs =
            format!("Somebody else changed this heading to “{}” meanwhile: save again to use yours", section.heading);
        form.problem("section_heading", theirs);
    }
    if form.has_errors() {
        return page::show(&me, draft, Open::Section(section.id), form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if section.heading != heading {
        draft.tx.rename_section(&draft.granted, &section, revision, &heading).await?;
        draft.tx.commit().await?;
    }
    let at = me.paths().profile(draft.version.profile.number).version(draft.version.number);
    Ok(see_other_saying(at.at_section(section.id), "Saved the heading"))
}

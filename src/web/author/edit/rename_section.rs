//! Changing a section's heading: one save, by its button or by itself.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use time::OffsetDateTime;

use super::draft::{AtItem, Draft};
use super::lines::Open;
use super::page;
use super::save_item::last_of;
use crate::clock::london_time;
use crate::domain::content::Section;
use crate::domain::form_key::{Past, Standing, standing};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::json;
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
    if form.has_errors() && me.wants_json() {
        return Ok(json::problems(&form));
    }
    if section.revision != revision && section.heading != heading {
        let since = draft.tx.edits_since(draft.version.id, Some(section.id.0), revision).await?;
        let past: Vec<Past> = since.iter().map(|later| later.past.clone()).collect();
        match standing(key.as_ref(), me.staff().membership, section.revision.saturating_sub(revision), &past) {
            Standing::Done(at) | Standing::Overtaken(at) => return saved(&me, &draft, &section, since[at].at),
            Standing::Follows => {}
            Standing::Conflict if me.wants_json() => {
                let who = last_of(&since).map(|(name, _)| name);
                return Ok(json::answer(StatusCode::CONFLICT, &json!({"conflict": "changed", "who": who})));
            }
            Standing::Conflict => form.problem("section_heading", theirs(&section)),
        }
    }
    if form.has_errors() {
        return page::show(&me, draft, Open::Section(section.id), form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if section.heading == heading {
        return saved(&me, &draft, &section, me.now);
    }
    draft.tx.rename_section(&draft.granted, &section, section.revision, &heading).await?;
    let section = Section { revision: section.revision + 1, ..section };
    let answer = saved(&me, &draft, &section, me.now)?;
    draft.tx.commit().await?;
    Ok(answer)
}

fn theirs(section: &Section) -> String {
    format!("Somebody else changed this heading to “{}” meanwhile: save again to use yours", section.heading)
}

fn saved(me: &As<Authors>, draft: &Draft, section: &Section, at: OffsetDateTime) -> Result<Response, AppError> {
    Ok(match me.wants_json() {
        true => json::answer(StatusCode::OK, &json!({"saved": london_time(at), "revision": section.revision})),
        false => see_other_saying(draft.at(me).at_section(section.id), "Saved the heading"),
    })
}

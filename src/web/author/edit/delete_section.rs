//! Deleting a section with its items. It can be put back.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::db::DbError;
use crate::domain::checks;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::see_other_saying;

const GONE: &str = "Deleted. You can put it back.";

pub async fn delete(
    me: As<Authors>,
    Path((_, profile, number, section)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let at = draft.at(&me);
    let Ok(section) = draft.section(&section).cloned() else {
        return Ok(see_other_saying(at.edit(), GONE));
    };
    let position = draft.content.sections.iter().position(|one| one.id == section.id).unwrap_or_default() + 1;
    match draft.tx.delete_section(&draft.granted, &section, position).await {
        Ok(()) => draft.tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_saying(at.edit(), GONE)),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(at.edit(), &format!("Deleted the section {}. You can put it back.", checks::name(&section))))
}

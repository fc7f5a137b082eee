//! Deleting an item with everything below it. It can be put back.

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
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let at = draft.at(&me);
    let Ok((section, item)) = draft.item(&item) else {
        // Two clicks: it is gone already, which is what was wanted.
        return Ok(see_other_saying(at.edit(), GONE));
    };
    let (section, item) = (section.clone(), item.clone());
    match draft.tx.delete_item(&draft.granted, &section, &item).await {
        Ok(()) => draft.tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_saying(at.edit(), GONE)),
        Err(error) => return Err(error.into()),
    }
    let words = checks::opening(&item);
    let words = words.trim_end_matches('.');
    Ok(see_other_saying(at.at_section(section.id), &format!("Deleted: {words}. You can put it back.")))
}

//! Confirming an item that was read with a guess: a person has looked, and it is right as it stands.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::db::DbError;
use crate::domain::checks;
use crate::domain::content::Item;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying};

const CHANGED: &str = "Somebody changed this line since you opened the page: read it, then confirm it";

pub async fn confirm(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let revision: i32 = submitted.number("revision")?;
    let before = draft.item(&item)?.1.clone();
    let at = draft.at(&me);
    if !before.sure {
        let after = Item { sure: true, ..before.clone() };
        match draft.tx.save_item(&draft.granted, &Item { revision, ..before.clone() }, &after).await {
            Ok(()) => draft.tx.commit().await?,
            Err(DbError::Stale) => return Ok(see_other_noting(at.at_item(before.id), CHANGED)),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(see_other_saying(at.at_item(before.id), &format!("Confirmed: {}", checks::opening(&before))))
}

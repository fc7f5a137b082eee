//! Giving up a profile's own words of a standard clause: the text of the day stands there again.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use super::save_item;
use crate::db::DbError;
use crate::domain::clause::Placed;
use crate::domain::content::{Body, Item};
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};

pub async fn use_again(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let before = draft.item(&item)?.1.clone();
    let Body::Clause { heading, placed: Some(placed) } = &before.body else { return Err(AppError::NotFound) };
    if before.revision != submitted.number::<i32>("revision")? {
        return Err(DbError::Stale.into());
    }
    let text = placed.standard.clone().unwrap_or_else(|| before.text.clone());
    let placed = Some(Placed::new(placed.clause, placed.edition));
    let body = Body::Clause { heading: heading.clone(), placed };
    let after = Item { text, body, sure: true, ..before.clone() };
    draft.tx.save_item(&draft.granted, &before, &after).await?;
    let answer = save_item::saved(&me, &draft, &after, ("The standard text stands again", me.now), &submitted)?;
    draft.tx.commit().await?;
    Ok(answer)
}

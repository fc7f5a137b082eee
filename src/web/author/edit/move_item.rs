//! Moving an item up or down among its siblings.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Draft};
use crate::db::Shift;
use crate::error::AppError;
use crate::web::gate::{As, Authors};
use crate::web::page::see_other;

pub async fn up(me: As<Authors>, at: AtItem) -> Result<Response, AppError> {
    shift(me, at, Shift::Up).await
}

pub async fn down(me: As<Authors>, at: AtItem) -> Result<Response, AppError> {
    shift(me, at, Shift::Down).await
}

async fn shift(me: As<Authors>, Path((_, profile, number, item)): AtItem, shift: Shift) -> Result<Response, AppError> {
    let mut draft = Draft::open_in_turn(&me, &profile, &number).await?;
    let item = draft.item(&item)?.1.id;
    draft.tx.shift_item(&draft.granted, item, shift).await?;
    draft.tx.commit().await?;
    let at = me.paths().profile(draft.version.profile.number).version(draft.version.number);
    Ok(see_other(at.at_item(item)))
}

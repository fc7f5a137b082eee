//! Moving an item up or down among its siblings.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Draft};
use crate::domain::rearrange::{self, Act};
use crate::error::AppError;
use crate::web::gate::{As, Authors};
use crate::web::page::see_other;

pub async fn up(me: As<Authors>, at: AtItem) -> Result<Response, AppError> {
    shift(me, at, true).await
}

pub async fn down(me: As<Authors>, at: AtItem) -> Result<Response, AppError> {
    shift(me, at, false).await
}

async fn shift(me: As<Authors>, Path((_, profile, number, item)): AtItem, up: bool) -> Result<Response, AppError> {
    let mut draft = Draft::open_in_turn(&me, &profile, &number).await?;
    let item = draft.item(&item)?.1.id;
    let at = me.paths().profile(draft.version.profile.number).version(draft.version.number);
    match rearrange::shift(&draft.content, item, up) {
        Ok(after) if after != draft.content => {
            draft.tx.rearrange(&draft.granted, &draft.content, &after, Act::Move, None).await?;
            draft.tx.commit().await?;
        }
        // At the end of the row nothing happens.
        Ok(_) => {}
        Err(refusal) => return Ok(draft.refused(&me, item, &refusal)),
    }
    Ok(see_other(at.at_item(item)))
}

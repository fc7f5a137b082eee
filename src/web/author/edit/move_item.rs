//! Moving an item up or down among its siblings.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::domain::rearrange::{self, Act};
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::see_other;

pub async fn up(me: As<Authors>, at: AtItem, submitted: Submitted) -> Result<Response, AppError> {
    shift(me, at, submitted, true).await
}

pub async fn down(me: As<Authors>, at: AtItem, submitted: Submitted) -> Result<Response, AppError> {
    shift(me, at, submitted, false).await
}

async fn shift(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
    up: bool,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let item = draft.item(&item)?.1.id;
    let at = draft.at(&me);
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

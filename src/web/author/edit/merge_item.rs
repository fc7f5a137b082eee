//! Making one item of an item and the one before it.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::domain::checks;
use crate::domain::content::{Body, Content, Importance};
use crate::domain::ids::ItemId;
use crate::domain::rearrange::{self, Act};
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};

pub async fn merge(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let item = draft.item(&item)?.1.clone();
    match rearrange::merge(&draft.content, item.id) {
        Ok((after, kept)) => {
            let said = format!(
                "Merged with the line before: {}{}",
                checks::opening(&item),
                noted(&draft.content, kept, item.id)
            );
            draft.rearrange(&me, &after, Act::Merge, kept, &said).await
        }
        Err(refusal) => Ok(draft.refused(&me, item.id, &refusal)),
    }
}

/// What had to be decided on the way.
fn noted(content: &Content, kept: ItemId, gone: ItemId) -> &'static str {
    let importance = |id: ItemId| match content.item(id).map(|(_, item)| &item.body) {
        Some(Body::Criterion { importance, .. }) => Some(*importance),
        Some(_) | None => None,
    };
    match (importance(kept), importance(gone)) {
        (Some(Importance::Essential), Some(Importance::Desirable))
        | (Some(Importance::Desirable), Some(Importance::Essential)) => {
            ". One was essential and one desirable: it is essential now."
        }
        (_, _) => "",
    }
}

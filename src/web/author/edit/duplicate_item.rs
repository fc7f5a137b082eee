//! A copy of an item, with everything below it, right after it.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::domain::checks;
use crate::domain::rearrange::{self, Act};
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};

pub async fn duplicate(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let item = draft.item(&item)?.1.clone();
    let ids = draft.identities(item.walk().len()).await?;
    match rearrange::duplicate(&draft.content, item.id, &ids) {
        Ok(after) => {
            let said = format!("Duplicated: {}", checks::opening(&item));
            draft.rearrange(&me, &after, Act::Duplicate, ids.first().copied().unwrap_or(item.id), &said).await
        }
        Err(refusal) => Ok(draft.refused(&me, item.id, &refusal)),
    }
}

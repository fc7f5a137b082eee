//! Putting back what was deleted.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{Begun, Draft};
use crate::db::{DbError, DeletedThing};
use crate::error::AppError;
use crate::web::author::version::At;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying};

const ALREADY: &str = "It has been put back already";
/// How far back the editor looks for what was deleted.
const LOOKED_AT: i64 = 50;

pub async fn put_back(
    me: As<Authors>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let edit: i64 = submitted.number("edit")?;
    let at = draft.at(&me);
    let deleted = draft.tx.deleted(draft.version.id, LOOKED_AT).await?.into_iter().find(|one| one.edit == edit);
    let Some(deleted) = deleted else {
        return Ok(see_other_noting(at.edit(), ALREADY));
    };
    let place = match &deleted.what {
        DeletedThing::Item { section, parent, item, .. } => {
            let parent_stands = parent.is_none_or(|parent| draft.content.item(parent).is_some());
            if draft.content.section(*section).is_none() || !parent_stands {
                return Ok(see_other_noting(at.edit(), "Put back first what it stood in: that was deleted too"));
            }
            at.at_item(item.id)
        }
        DeletedThing::Section { section, .. } => at.at_section(section.id),
    };
    match draft.tx.put_back(&draft.granted, &deleted).await {
        Ok(()) => draft.tx.commit().await?,
        // Two clicks at once: its identity is taken, by itself.
        Err(DbError::Constraint(_)) => return Ok(see_other_noting(at.edit(), ALREADY)),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(place, "Put back"))
}

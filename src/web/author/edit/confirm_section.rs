//! Confirming every uncertain line of a section at once: for somebody who has read them all.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::db::DbError;
use crate::domain::checks;
use crate::domain::content::Item;
use crate::domain::rearrange::Act;
use crate::domain::text::count;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying, see_other_undoable};

const CHANGED: &str = "Somebody changed a line of it just now. Nothing was confirmed: read it, then confirm again";

pub async fn confirm(
    me: As<Authors>,
    Path((_, profile, number, section)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let section = draft.section(&section)?.clone();
    let at = draft.at(&me);
    let unsure = section.all_items().iter().filter(|item| !item.sure).count();
    let said = format!("Confirmed {} in {}", count(unsure, "line", "lines"), checks::name(&section));
    if unsure == 0 {
        return Ok(see_other_saying(at.at_section(section.id), &said));
    }
    let mut after = draft.content.clone();
    let own = after.sections.iter_mut().find(|one| one.id == section.id);
    own.into_iter().flat_map(|section| &mut section.items).for_each(sure);
    match draft.tx.rearrange(&draft.granted, &draft.content, &after, Act::Confirm, None).await {
        Ok(edit) => {
            draft.tx.commit().await?;
            Ok(see_other_undoable(at.at_section(section.id), &said, &at.act("undo"), edit))
        }
        Err(DbError::Stale) => Ok(see_other_noting(at.at_section(section.id), CHANGED)),
        Err(error) => Err(error.into()),
    }
}

fn sure(item: &mut Item) {
    item.sure = true;
    item.children.iter_mut().for_each(sure);
}

//! Confirming every uncertain line of a section at once: for somebody who has read them all.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::domain::checks;
use crate::domain::ids::ItemId;
use crate::domain::text::count;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::see_other_saying;

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
    // Those that were on the page and still say what they said: one that somebody changed since is confirmed by that.
    let unsure: Vec<(ItemId, i32)> =
        section.all_items().iter().filter(|item| !item.sure).map(|item| (item.id, item.revision)).collect();
    draft.tx.confirm_items(&draft.granted, &unsure).await?;
    draft.tx.commit().await?;
    let at = me.paths().profile(draft.version.profile.number).version(draft.version.number);
    let said = format!("Confirmed {} in {}", count(unsure.len(), "line", "lines"), checks::name(&section));
    Ok(see_other_saying(at.at_section(section.id), &said))
}

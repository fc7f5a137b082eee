//! Saving one item.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::draft::{AtItem, Draft};
use super::lines::Open;
use super::{conflict, item_form, page};
use crate::db::DbError;
use crate::domain::checks;
use crate::domain::content::Item;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::see_other_saying;

pub async fn save(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = Draft::open(&me, &profile, &number).await?;
    let revision: i32 = submitted.number("revision")?;
    let Ok((_, before)) = draft.item(&item) else {
        return conflict::gone(&me, &draft, &submitted);
    };
    let before = before.clone();
    let typed = item_form::typed(before.kind(), &submitted);
    let form = item_form::checked(before.kind(), &typed, &submitted);
    if form.has_errors() {
        return page::show(&me, draft, Open::Item(before.id), form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let after = Item { text: typed.text, number: typed.number, body: typed.body, sure: true, ..before.clone() };
    if before.revision != revision {
        return match before.says_the_same(&after) {
            // Two clicks on one button: the second finds its own work done.
            true => saved(&me, &draft, &after),
            false => conflict::show(&me, &draft, &before, &after),
        };
    }
    match draft.tx.save_item(&draft.granted, &before, &after).await {
        Ok(()) => {}
        Err(DbError::Stale) => {
            drop(draft);
            return outrun(&me, &profile, &number, &after, &submitted).await;
        }
        Err(error) => return Err(error.into()),
    }
    let response = saved(&me, &draft, &after)?;
    draft.tx.commit().await?;
    Ok(response)
}

/// Somebody saved between our look and our write: the same questions again, of what stands there now.
async fn outrun(
    me: &As<Authors>,
    profile: &str,
    number: &str,
    mine: &Item,
    submitted: &Submitted,
) -> Result<Response, AppError> {
    let draft = Draft::open(me, profile, number).await?;
    match draft.content.item(mine.id) {
        None => conflict::gone(me, &draft, submitted),
        Some((_, theirs)) if theirs.says_the_same(mine) => saved(me, &draft, mine),
        Some((_, theirs)) => conflict::show(me, &draft, theirs, mine),
    }
}

fn saved(me: &As<Authors>, draft: &Draft, item: &Item) -> Result<Response, AppError> {
    let at = me.paths().profile(draft.version.profile.number).version(draft.version.number);
    let words = checks::opening(item);
    let time = crate::clock::london_time(me.now);
    Ok(see_other_saying(at.at_item(item.id), &format!("Saved {time}: {words}")))
}

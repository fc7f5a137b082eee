//! Saving one item.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::draft::{AtItem, Draft};
use super::lines::Open;
use super::{conflict, item_form, page};
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
        return match before.text == after.text && before.body == after.body {
            // Two clicks on one button: the second finds its own work done.
            true => saved(&me, &draft, &after),
            false => conflict::show(&me, &draft, &before, &after),
        };
    }
    draft.tx.save_item(&draft.granted, &before, &after).await?;
    let response = saved(&me, &draft, &after)?;
    draft.tx.commit().await?;
    Ok(response)
}

fn saved(me: &As<Authors>, draft: &Draft, item: &Item) -> Result<Response, AppError> {
    let at = me.paths().profile(draft.version.profile.number).version(draft.version.number);
    let words = checks::opening(item);
    let time = crate::clock::london_time(me.now);
    Ok(see_other_saying(at.at_item(item.id), &format!("Saved {time}: {words}")))
}

//! Saving one item: by its button, and by itself while it is being written.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use time::OffsetDateTime;

use super::draft::{AtItem, Draft};
use super::lines::Open;
use super::{conflict, item_form, page};
use crate::clock::london_time;
use crate::db::{DbError, Later};
use crate::domain::checks;
use crate::domain::content::Item;
use crate::domain::form_key::{FormKey, Past, Standing, standing};
use crate::domain::ids::SectionId;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::json;
use crate::web::page::see_other_saying;
use crate::web::paths;

/// How often a save is tried that others outrun between its look and its write.
const TRIES: usize = 3;

pub async fn save(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let revision: i32 = submitted.number("revision")?;
    save_as(&me, (&profile, &number, &item), revision, &submitted).await
}

/// Saves what was sent as that item, as it was typed on that revision.
pub async fn save_as(
    me: &As<Authors>,
    (profile, number, item): (&str, &str, &str),
    revision: i32,
    submitted: &Submitted,
) -> Result<Response, AppError> {
    // The form of a new line says of what kind it is.
    let how = if submitted.raw("kind").is_empty() { SAVED } else { ADDED };
    for _ in 0..TRIES {
        let mut draft = Draft::open(me, profile, number).await?;
        let key = draft.carry(me, submitted);
        let Ok((_, before)) = draft.item(item) else {
            return conflict::gone(me, draft, item, submitted).await;
        };
        let before = before.clone();
        let mut typed = item_form::typed(before.kind(), submitted);
        let mut form = item_form::checked(before.kind(), &typed, submitted);
        item_form::keep_placed(&before, &mut typed, &mut form, submitted);
        if form.has_errors() && me.wants_json() {
            return Ok(json::problems(&form));
        }
        if form.has_errors() {
            return page::show(me, draft, Open::Item(before.id), form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        let after = Item { text: typed.text, number: typed.number, body: typed.body, sure: true, ..before.clone() };
        if before.revision != revision
            && let Some(answer) = late(me, &mut draft, (key.as_ref(), submitted), revision, (&before, &after)).await?
        {
            return Ok(answer);
        }
        if before.sure && before.says_the_same(&after) {
            return saved(me, &draft, &before, (how, me.now), submitted);
        }
        match draft.tx.save_item(&draft.granted, &before, &after).await {
            Ok(()) => {
                let after = Item { revision: before.revision + 1, ..after };
                let answer = saved(me, &draft, &after, (how, me.now), submitted)?;
                draft.tx.commit().await?;
                return Ok(answer);
            }
            // Somebody saved between our look and our write: the same questions again, of what stands there now.
            Err(DbError::Stale) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(DbError::Stale.into())
}

/// A save on an older revision: none where it goes on from earlier saves of the same page.
async fn late(
    me: &As<Authors>,
    draft: &mut Draft,
    (key, submitted): (Option<&FormKey>, &Submitted),
    revision: i32,
    (now, mine): (&Item, &Item),
) -> Result<Option<Response>, AppError> {
    let since = draft.tx.edits_since(draft.version.id, Some(now.id.0), revision).await?;
    let past: Vec<Past> = since.iter().map(|later| later.past.clone()).collect();
    Ok(match standing(key, me.staff().membership, now.revision.saturating_sub(revision), &past) {
        Standing::Done(at) | Standing::Overtaken(at) => {
            let done = written(since[at].after.as_ref()).unwrap_or_else(|| now.clone());
            Some(saved(me, draft, &done, (SAVED, since[at].at), submitted)?)
        }
        Standing::Follows => None,
        // Two clicks on one button: the second finds its own work done.
        Standing::Conflict if now.says_the_same(mine) => Some(saved(me, draft, now, (SAVED, me.now), submitted)?),
        Standing::Conflict => Some(conflict::show(me, draft, now, mine, &since, revision)?),
    })
}

/// The item as an edit left it or found it.
pub fn written(value: Option<&serde_json::Value>) -> Option<Item> {
    serde_json::from_value(value?.clone()).ok()
}

/// What an answer says was done.
const SAVED: &str = "Saved";
pub const ADDED: &str = "Added";

/// What the one asked for that was saved: the editor at the line, or with the next new line open below it, or what script
/// goes on with. A line that was only just added has an address of its own from now on.
pub fn saved(
    me: &As<Authors>,
    draft: &Draft,
    item: &Item,
    (how, at): (&str, OffsetDateTime),
    submitted: &Submitted,
) -> Result<Response, AppError> {
    let here = draft.at(me);
    let time = london_time(at);
    if !me.wants_json() {
        let done = if how == SAVED { format!("{how} {time}") } else { how.to_owned() };
        let place = next_line(&here, item, submitted).unwrap_or_else(|| here.at_item(item.id));
        return Ok(see_other_saying(place, &format!("{done}: {}", checks::opening(item))));
    }
    let mut said = json!({"saved": time, "revision": item.revision});
    let action = here.item(item.id, "save");
    if me.path() != action {
        said["action"] = json!(action);
    }
    Ok(json::answer(StatusCode::OK, &said))
}

/// "Add and start another": the form of another line of that kind, below this one. Its button says in which section.
fn next_line(here: &paths::Version<'_>, item: &Item, submitted: &Submitted) -> Option<String> {
    let section: SectionId = submitted.raw("next").parse().ok().map(SectionId)?;
    let after = ("after", item.id.to_string());
    let asked = vec![("section", section.to_string()), ("add", item.kind().word().to_owned()), after];
    Some(here.editor(asked, "new"))
}

/// Who saved last, for the page that shows both wordings.
pub fn last_of(since: &[Later]) -> Option<(&str, OffsetDateTime)> {
    since.last().map(|later| (later.editor.as_str(), later.at))
}

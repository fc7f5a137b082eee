//! Adding an item: after another, below a group, or at the end of a section.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use super::lines::Open;
use super::{item_form, page};
use crate::db::{NewItem, place_after};
use crate::domain::checks;
use crate::domain::content::{Content, Item, ItemKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::shape;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::see_other_saying;

pub async fn add(
    me: As<Authors>,
    Path((_, profile, number, section)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let section = draft.section(&section)?.id;
    let kind = ItemKind::parse(submitted.raw("kind")).ok_or(AppError::Bad("The form does not say what to add."))?;
    let after = submitted.raw("after").parse().ok().map(ItemId);
    let under = submitted.raw("under").parse().ok().map(ItemId);
    let place = place(&draft.content, section, kind, after, under).ok_or(AppError::Conflict(
        "The place where this was to stand is gone. Go back to copy what you typed.".into(),
    ))?;
    let typed = item_form::typed(kind, &submitted);
    let form = item_form::checked(kind, &typed, &submitted);
    if form.has_errors() {
        let open = Open::New { section, kind, after, under };
        return page::show(&me, draft, open, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let id = draft.tx.new_identities(1).await?.first().copied().map(ItemId).ok_or(AppError::NotFound)?;
    let item = Item { number: typed.number, ..Item::new(id, typed.text, typed.body) };
    draft.tx.add_items(&draft.granted, place, std::slice::from_ref(&item)).await?;
    let at = me.paths().profile(draft.version.profile.number).version(draft.version.number);
    draft.tx.commit().await?;
    Ok(see_other_saying(at.at_item(id), &format!("Added: {}", checks::opening(&item))))
}

/// None where the place is gone, or where that kind may not stand there.
fn place(
    content: &Content,
    section: SectionId,
    kind: ItemKind,
    after: Option<ItemId>,
    under: Option<ItemId>,
) -> Option<NewItem> {
    let place = match under {
        Some(under) => {
            let (standing, parent) = content.item(under)?;
            if standing.id != section {
                return None;
            }
            NewItem { section, parent: Some(under), position: parent.children.len() as i32 + 1 }
        }
        None => place_after(content, section, after)?,
    };
    let takes = match place.parent {
        Some(parent) => shape::item_takes(content.item(parent)?.1.kind()),
        None => shape::section_takes(content.section(section)?.kind),
    };
    takes.contains(&kind).then_some(place)
}

//! Adding an item: after another, below a group, or at the end of a section.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use super::item_form::Typed;
use super::lines::Open;
use super::{item_form, key, page, save_item};
use crate::db::{NewItem, place_after};
use crate::domain::content::{Content, Item, ItemKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::rearrange::MOST_ITEMS;
use crate::domain::shape;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::json;

pub async fn add(
    me: As<Authors>,
    Path((_, profile, number, section)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let draft = match begin(&me, &profile, &number, &submitted).await? {
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
    let mut form = item_form::checked(kind, &typed, &submitted);
    if draft.content.all_items().len() >= MOST_ITEMS {
        form.problem(
            "text",
            format!("A draft holds at most {MOST_ITEMS} lines, and this one is full: delete or merge some first"),
        );
    }
    if form.has_errors() && me.wants_json() {
        return Ok(json::problems(&form));
    }
    if form.has_errors() {
        let open = Open::New { section, kind, after, under };
        return page::show(&me, draft, open, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    added(&me, draft, place, typed, &submitted).await
}

async fn added(
    me: &As<Authors>,
    mut draft: Draft,
    place: NewItem,
    typed: Typed,
    submitted: &Submitted,
) -> Result<Response, AppError> {
    let id = draft.tx.new_identities(1).await?.first().copied().map(ItemId).ok_or(AppError::NotFound)?;
    let item = Item { number: typed.number, ..Item::new(id, typed.text, typed.body) };
    draft.tx.add_items(&draft.granted, place, std::slice::from_ref(&item)).await?;
    let answer = save_item::saved(me, &draft, &item, (save_item::ADDED, me.now), submitted)?;
    draft.tx.commit().await?;
    Ok(answer)
}

/// The draft to add to. Script saves a line while it is typed: the first save adds it, and one whose answer was lost goes
/// on as a save of the line that is there by now.
async fn begin(me: &As<Authors>, profile: &str, number: &str, submitted: &Submitted) -> Result<Begun, AppError> {
    if !key::of(me.path(), submitted).is_some_and(|key| key.is_counted()) {
        return Draft::begin(me, profile, number, submitted).await;
    }
    let mut draft = Draft::open_in_turn(me, profile, number).await?;
    let Some(key) = draft.carry(me, submitted) else { return Ok(Begun::Draft(Box::new(draft))) };
    let editor = me.staff().membership;
    let Some((id, past)) = draft.tx.added_by_page(draft.version.id, editor, key.page()).await? else {
        return Ok(Begun::Draft(Box::new(draft)));
    };
    let standing = draft.content.item(id).map(|(_, item)| item.clone());
    match standing {
        // The very save that added it, or one that it has overtaken.
        Some(item) if !key.went_before(editor, &past) => Ok(Begun::Done(save_item::saved(
            me,
            &draft,
            &Item { revision: 1, ..item },
            (save_item::ADDED, me.now),
            submitted,
        )?)),
        Some(_) | None => {
            drop(draft);
            Ok(Begun::Done(save_item::save_as(me, (profile, number, &id.to_string()), 1, submitted).await?))
        }
    }
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

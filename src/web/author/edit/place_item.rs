//! Moving an item to another place: under another heading, into another section, or to a place that it was dragged to.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::domain::checks;
use crate::domain::content::Content;
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::rearrange::{self, Act, Spot, Under};
use crate::error::AppError;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page, see_other, see_other_noting};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/edit/move.html")]
struct MovePage<'a> {
    frame: Frame,
    /// The hidden key of every form here.
    key: String,
    form: Form,
    at: paths::Version<'a>,
    id: ItemId,
    words: String,
    kind: String,
    choices: Vec<Choice>,
    below: usize,
}

pub async fn form(me: As<Authors>, Path((_, profile, number, item)): AtItem) -> Result<Response, AppError> {
    let draft = Draft::open(&me, &profile, &number).await?;
    let item = draft.item(&item)?.1.clone();
    let spots = rearrange::spots(&draft.content, item.id);
    let here = spots.iter().find(|spot| spot.here).map(|spot| word(spot.under)).unwrap_or_default();
    let version = &draft.version;
    let at = me.paths().profile(version.profile.number).version(version.number);
    let kind = item.kind().label().to_lowercase();
    page(&MovePage {
        frame: super::history::frame(&me, version, &format!("Move a {kind}")),
        key: super::key::fresh()?,
        form: Form::filled([("under", here)]),
        at,
        id: item.id,
        words: checks::opening(&item),
        kind,
        choices: spots.iter().map(|spot| Choice::new(word(spot.under), said(spot))).collect(),
        below: item.walk().len() - 1,
    })
}

pub async fn place(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let at = draft.at(&me);
    let Ok((_, item)) = draft.item(&item) else {
        return Ok(see_other_noting(at.edit(), &rearrange::Refusal::Gone.to_string()));
    };
    let item = item.clone();
    let under = under(submitted.raw("under")).ok_or(AppError::Bad("The form does not say where it goes."))?;
    let position = submitted.raw("position").parse().ok();
    match rearrange::place(&draft.content, item.id, under, position) {
        Ok(after) if after == draft.content => Ok(see_other(at.at_item(item.id))),
        Ok(after) => {
            let said = format!("Moved: {}{}", checks::opening(&item), became(&after, item.id, item.kind().label()));
            draft.rearrange(&me, &after, Act::Move, item.id, &said).await
        }
        Err(refusal) => Ok(draft.refused(&me, item.id, &refusal)),
    }
}

fn became(after: &Content, id: ItemId, was: &str) -> String {
    match after.item(id).map(|(_, item)| item.kind().label()) {
        Some(now) if now != was => format!(". It is a {} now.", now.to_lowercase()),
        Some(_) | None => String::new(),
    }
}

fn said(spot: &Spot) -> String {
    let becomes = spot.becomes.map(|kind| format!(", as a {}", kind.label().to_lowercase())).unwrap_or_default();
    let here = if spot.here { " (where it is now; to its end)" } else { "" };
    format!("{}{becomes}{here}", spot.name)
}

/// `section-12`, `item-34`
fn word(under: Under) -> String {
    match under {
        Under::Section(section) => format!("section-{section}"),
        Under::Item(item) => format!("item-{item}"),
    }
}

pub fn under(word: &str) -> Option<Under> {
    let (what, id) = word.split_once('-')?;
    let id: i64 = id.parse().ok()?;
    match what {
        "section" => Some(Under::Section(SectionId(id))),
        "item" => Some(Under::Item(ItemId(id))),
        _ => None,
    }
}

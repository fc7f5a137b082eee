//! Giving a section that was kept from an earlier template its place: into one of the template, or as one of its own.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use super::lines::places_for;
use crate::domain::checks;
use crate::domain::content::Content;
use crate::domain::ids::SectionId;
use crate::domain::rearrange::Act;
use crate::domain::template::{Arranged, Fitted, Place};
use crate::error::AppError;
use crate::fitting::{self, Onto};
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn settle(
    me: As<Authors>,
    Path((_, profile, number, section)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let at = draft.at(&me);
    let section = draft.section(&section)?.clone();
    let Some(template) = draft.version.template.clone().filter(|template| template.is_kept(section.id)) else {
        return Ok(see_other_noting(at.at_section(section.id), "That section has its place already"));
    };
    let name = checks::name(&section).to_owned();
    let (after, place, said) = match submitted.raw("into") {
        "own" => {
            (own(&draft.content, &template, section.id), section.id, format!("{name} stays a section of its own."))
        }
        into => {
            let places = places_for(&section, &draft.content, &template);
            let Some(to) = places.into_iter().find(|to| to.id.to_string() == into).cloned() else {
                return Ok(see_other_noting(at.at_section(section.id), "That place is gone: choose another"));
            };
            if !to.items.is_empty() {
                let moved = poured(&draft.content, section.id, to.id);
                draft.tx.rearrange(&draft.granted, &draft.content, &moved, Act::Move, None).await?;
                draft.content = moved;
            }
            let (after, place) = placed(&draft.content, &template, section.id, to.id);
            (after, place, format!("Placed {name} into {}.", checks::name(&to)))
        }
    };
    let Draft { mut tx, version, content, granted } = draft;
    fitting::settle(&mut tx, &granted, (&version, &content), after, Onto::same(&template)).await?;
    tx.commit().await?;
    let at = me.paths().profile(version.profile.number).version(version.number);
    Ok(see_other_saying(at.at_section(place), &said))
}

/// It is its author's, and stays where it is.
fn own(content: &Content, template: &Fitted, kept: SectionId) -> Arranged {
    let mut places = template.places.clone();
    places.remove(&kept);
    Arranged { content: content.clone(), places }
}

/// Everything of it at the end of the other.
fn poured(content: &Content, kept: SectionId, to: SectionId) -> Content {
    let mut content = content.clone();
    let mut items = Vec::new();
    if let Some(from) = content.sections.iter_mut().find(|section| section.id == kept) {
        items = std::mem::take(&mut from.items);
    }
    if let Some(to) = content.sections.iter_mut().find(|section| section.id == to) {
        to.items.append(&mut items);
    }
    content
}

/// Of the two one goes, since it is empty: the kept one takes the place of an empty one, or is gone into a written one.
fn placed(content: &Content, template: &Fitted, kept: SectionId, to: SectionId) -> (Arranged, SectionId) {
    let mut after = Arranged { content: content.clone(), places: template.places.clone() };
    let is_written = content.section(to).is_some_and(|to| !to.items.is_empty());
    let sections = &mut after.content.sections;
    if is_written {
        sections.retain(|section| section.id != kept);
        after.places.remove(&kept);
        return (after, to);
    }
    let Some(mut section) = content.section(kept).cloned() else { return (after, to) };
    let slot = template.places.get(&to).map(|place| place.slot.clone()).unwrap_or_default();
    sections.retain(|section| section.id != kept);
    if let Some(empty) = sections.iter_mut().find(|section| section.id == to) {
        section.heading.clone_from(&empty.heading);
        *empty = section;
    }
    after.places.remove(&to);
    after.places.insert(kept, Place { slot, kept: false });
    (after, kept)
}

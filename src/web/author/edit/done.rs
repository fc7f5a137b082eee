//! The answer to a form that has done its work already: as the first time, and nothing is done again.

use axum::response::Response;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::draft::Draft;
use crate::clock::london_time;
use crate::db::{Done, Edit, StaffVisit};
use crate::domain::checks;
use crate::domain::content::{Item, Section};
use crate::domain::ids::{ItemId, SectionId};
use crate::web::gate::{As, Gate};
use crate::web::page::{see_other, see_other_saying};
use crate::web::paths;

pub fn answer<G: Gate<Who = StaffVisit>>(me: &As<G>, draft: &Draft, done: &Done) -> Response {
    let at = draft.at(me);
    let place = place(draft, done, at);
    match sentence(draft, done) {
        Some(sentence) => see_other_saying(place, &sentence),
        None => see_other(place),
    }
}

/// Where the thing stands now; where it was deleted, the section in which it stood.
fn place(draft: &Draft, done: &Done, at: paths::Version<'_>) -> String {
    let Some(id) = done.subject else { return at.edit() };
    let was_in =
        || within::<SectionId>(done.before.as_ref(), "section").filter(|id| draft.content.section(*id).is_some());
    if draft.content.item(ItemId(id)).is_some() {
        at.at_item(ItemId(id))
    } else if draft.content.section(SectionId(id)).is_some() {
        at.at_section(SectionId(id))
    } else {
        was_in().map_or_else(|| at.edit(), |section| at.at_section(section))
    }
}

fn sentence(draft: &Draft, done: &Done) -> Option<String> {
    let item = whole::<Item>(done.after.as_ref()).map(|item| checks::opening(&item));
    let name = done.subject.and_then(|id| draft.content.section(SectionId(id))).map(checks::name);
    match done.action {
        Edit::Add => Some(match (item, name) {
            (Some(words), _) => format!("Added: {words}"),
            (None, Some(name)) => format!("Added the section {name}"),
            (None, None) => "Added".to_owned(),
        }),
        Edit::Change if done.subject.is_none() => Some(format!("Saved {}: details", london_time(done.at))),
        Edit::Change => Some(match item {
            Some(words) => format!("Saved {}: {words}", london_time(done.at)),
            None => "Saved the heading".to_owned(),
        }),
        Edit::Confirm => Some(item.map_or_else(|| "Confirmed".to_owned(), |words| format!("Confirmed: {words}"))),
        Edit::Delete => Some(deleted(done)),
        Edit::Restore => Some("Put back".to_owned()),
        Edit::Move | Edit::Import | Edit::Remove => None,
    }
}

fn deleted(done: &Done) -> String {
    let item = within::<Item>(done.before.as_ref(), "item").map(|item| checks::opening(&item));
    let section = within::<Section>(done.before.as_ref(), "section");
    let what = item.map(|words| format!(": {}", words.trim_end_matches('.')));
    let what = what.or_else(|| section.map(|section| format!(" the section {}", checks::name(&section))));
    format!("Deleted{}. You can put it back.", what.unwrap_or_default())
}

fn whole<T: DeserializeOwned>(value: Option<&Value>) -> Option<T> {
    serde_json::from_value(value?.clone()).ok()
}

fn within<T: DeserializeOwned>(value: Option<&Value>, name: &str) -> Option<T> {
    whole(value?.get(name))
}

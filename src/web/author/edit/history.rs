//! The history of a draft, and of one of its items: who, when, from, to, and what can still be undone.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::draft::AtItem;
use super::undo::earlier;
use crate::clock::london_moment;
use crate::db::{DeletedThing, Edit, StaffVisit, Step, Version, What};
use crate::domain::checks;
use crate::domain::content::{Content, Item};
use crate::domain::diff::{self, Stretch};
use crate::domain::ids::ItemId;
use crate::domain::rearrange::{self, Act, CantUndo, Standing, Touch, Under};
use crate::error::AppError;
use crate::policy::Action;
use crate::web::author::version::{At, at, may, open};
use crate::web::gate::{As, Authors, Gate};
use crate::web::page::{Frame, page};
use crate::web::paths;

/// Steps on a page.
const PAGE: usize = 20;
/// Items of one step whose words are shown; a pasted list has more.
const PARTS_SHOWN: usize = 8;

#[derive(Template)]
#[template(path = "author/edit/changes.html")]
struct HistoryPage<'a> {
    frame: Frame,
    /// The hidden key of every form here.
    key: String,
    version: &'a Version,
    at: paths::Version<'a>,
    heading: String,
    /// Of an item: its first words.
    about: Option<String>,
    steps: Vec<Shown>,
    next: Option<String>,
    is_later_page: bool,
}

/// A step as the page shows it.
struct Shown {
    edit: i64,
    who: String,
    when: String,
    what: String,
    parts: Vec<Part>,
    more: usize,
    undone: bool,
    /// None: it can be undone; otherwise why not, which may need no words.
    why_not: Option<String>,
}

struct Part {
    kind: &'static str,
    words: Vec<Stretch>,
    facts: Vec<diff::Fact>,
    moved: String,
}

#[derive(Deserialize, Default)]
pub struct Asked {
    before: Option<i64>,
}

pub async fn changes(
    me: As<Authors>,
    Path((_, profile, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    show(&me, (&profile, &number), None, asked).await
}

pub async fn item(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let item = ItemId(item.parse().map_err(|_| AppError::NotFound)?);
    show(&me, (&profile, &number), Some(item), asked).await
}

async fn show(
    me: &As<Authors>,
    (profile, number): (&str, &str),
    item: Option<ItemId>,
    asked: Asked,
) -> Result<Response, AppError> {
    let (mut tx, version) = open(me, profile, number).await?;
    let content = tx.content(version.employer, version.id).await?;
    let mut steps = tx.history(version.employer, version.id, item, asked.before, PAGE as i64 + 1).await?;
    let stands = item.and_then(|item| content.item(item)).map(|(_, item)| checks::opening(item));
    if item.is_some() && steps.is_empty() && stands.is_none() {
        return Err(AppError::NotFound);
    }
    let more = steps.len() > PAGE;
    steps.truncate(PAGE);
    let at = at(me, &version);
    let here = item.map_or(at.act("changes"), |item| at.item(item, "history"));
    let heading = match item {
        Some(_) => "History of a line",
        None => "Changes to this draft",
    };
    let editable = version.state.name().is_editable() && may(me, &version, Action::EditContent);
    let about = item.map(|_| stands.unwrap_or_else(|| "It is not in the draft now".to_owned()));
    page(&HistoryPage {
        frame: frame(me, &version, heading),
        key: super::key::fresh()?,
        heading: heading.to_owned(),
        about,
        next: steps.last().filter(|_| more).map(|last| format!("{here}?before={}", last.edit)),
        is_later_page: asked.before.is_some(),
        steps: steps.iter().map(|step| shown(step, &version, &content, editable)).collect(),
        at,
        version: &version,
    })
}

/// The frame of a page beside the editor.
pub fn frame<G: Gate<Who = StaffVisit>>(me: &As<G>, version: &Version, title: &str) -> Frame {
    let frame = crate::web::author::version::frame(me, version, title);
    match version.state.name().is_editable() {
        true => frame.crumb("Edit", at(me, version).edit()),
        false => frame,
    }
}

fn shown(step: &Step, version: &Version, content: &Content, editable: bool) -> Shown {
    let parts: Vec<Part> = match &step.what {
        What::Items(touches) => touches.iter().take(PARTS_SHOWN).map(|touch| part(touch, content)).collect(),
        What::Heading(_, from, to) => vec![Part::of_words(diff::words(from, to))],
        What::Details(before, after) => vec![details(before, after)],
        What::Section(_) | What::Deleted(_) | What::Other(_) => Vec::new(),
    };
    let all = match &step.what {
        What::Items(touches) => touches.len(),
        What::Heading(..) | What::Details(..) | What::Section(_) | What::Deleted(_) | What::Other(_) => parts.len(),
    };
    Shown {
        edit: step.edit,
        who: step.who.clone(),
        when: london_moment(step.at),
        what: told(step, content),
        more: all - parts.len(),
        parts,
        undone: step.undone,
        why_not: match editable {
            true => why_not(step, version, content),
            false => Some(String::new()),
        },
    }
}

/// Whether the step can be undone now, and if not, why.
fn why_not(step: &Step, version: &Version, content: &Content) -> Option<String> {
    let cant = match &step.what {
        What::Items(touches) => rearrange::undo(content, touches).err(),
        What::Heading(id, _, to) => match content.section(*id) {
            Some(section) if section.heading == *to => None,
            Some(_) => Some(CantUndo::Changed),
            None => Some(CantUndo::Gone),
        },
        What::Details(before, after) => earlier(&version.details, before, after).is_none().then_some(CantUndo::Changed),
        What::Deleted(deleted) => match &deleted.what {
            DeletedThing::Section { section, .. } => content.section(section.id).map(|_| CantUndo::Stands),
            DeletedThing::Item { .. } => Some(CantUndo::Stands),
        },
        What::Section(_) | What::Other(_) => return Some(String::new()),
    };
    cant.map(|cant| if step.undone { String::new() } else { cant.to_string() })
}

/// What happened, in words: `Split: Orders paper`.
pub fn told(step: &Step, content: &Content) -> String {
    if matches!(step.what, What::Other(None)) && step.edit_kind == Edit::Add {
        return "Started the draft".to_owned();
    }
    let act = step.act.filter(|act| *act != Act::Undo).map_or(step.edit_kind.label(), Act::label);
    let undo = if step.act == Some(Act::Undo) { "Undid a change: " } else { "" };
    let about = match &step.what {
        What::Items(touches) => touches.first().map(named).unwrap_or_default(),
        What::Heading(..) => "a section's heading".to_owned(),
        What::Section(section) => content.section(*section).map_or("a section", checks::name).to_owned(),
        What::Deleted(deleted) => match &deleted.what {
            DeletedThing::Section { section, .. } => format!("the section {}", checks::name(section)),
            DeletedThing::Item { item, .. } => checks::opening(item),
        },
        What::Details(..) => "the details".to_owned(),
        What::Other(None) => "the draft".to_owned(),
        What::Other(subject @ Some(_)) => {
            let item = subject.and_then(|id| content.item(ItemId(id))).map(|(_, item)| checks::opening(item));
            item.unwrap_or_else(|| "the order, or a line that is gone".to_owned())
        }
    };
    match undo.is_empty() {
        true => format!("{act}: {about}"),
        false => format!("{undo}{about}"),
    }
}

fn named(touch: &Touch) -> String {
    let standing = touch.after.as_ref().or(touch.before.as_ref());
    standing.map(|standing| checks::opening(&standing.item)).unwrap_or_default()
}

impl Part {
    fn of_words(words: Vec<Stretch>) -> Self {
        Part { kind: "", words, facts: Vec::new(), moved: String::new() }
    }
}

fn part(touch: &Touch, content: &Content) -> Part {
    let (before, after) = (touch.before.as_ref(), touch.after.as_ref());
    let text = |side: Option<&Standing>| side.map_or("", |standing| standing.item.text.as_str()).to_owned();
    let kind = match (before, after) {
        (None, _) => "Added",
        (Some(_), None) => "Removed",
        (Some(before), Some(after)) => match (before.item.says_the_same(&after.item), after.place.is_some()) {
            (true, true) => "Moved",
            (false, _) | (true, false) => "",
        },
    };
    Part {
        kind,
        words: diff::marked(&text(before), &text(after)),
        facts: facts(before.map(|side| &side.item), after.map(|side| &side.item)),
        moved: moved(before, after, content).unwrap_or_default(),
    }
}

/// What changed beside the text.
fn facts(before: Option<&Item>, after: Option<&Item>) -> Vec<diff::Fact> {
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    let (old, new) = (with_number(before), with_number(after));
    let gone = old.iter().filter(|(label, _)| !new.iter().any(|(other, _)| other == label));
    let gone = gone.map(|(label, then)| diff::Fact { label, words: diff::words(then, "") });
    let now = new.iter().map(|(label, now)| {
        let then = old.iter().find(|(other, _)| other == label).map_or("", |(_, then)| then);
        diff::Fact { label, words: diff::words(then, now) }
    });
    now.chain(gone).filter(diff::Fact::changed).collect()
}

fn with_number(item: &Item) -> Vec<(&'static str, String)> {
    let kind = ("Kind", item.kind().label().to_owned());
    let number = item.number.clone().map(|number| ("Number", number));
    std::iter::once(kind).chain(number).chain(diff::labelled(&item.body)).collect()
}

/// `from Main duties, place 3, to Main duties: Stock, place 1`
fn moved(before: Option<&Standing>, after: Option<&Standing>, content: &Content) -> Option<String> {
    let (from, to) = (before?.place?, after?.place?);
    let name = |place: rearrange::Place| {
        let section = content.section(place.section).map_or("a section that is gone", checks::name);
        let place_in = format!("place {}", place.position);
        match place.under() {
            Under::Section(_) => format!("{section}, {place_in}"),
            Under::Item(item) => {
                let above = content
                    .item(item)
                    .map_or_else(|| "a line that is gone".to_owned(), |(_, item)| checks::opening(item));
                format!("{section}: {above}, {place_in}")
            }
        }
    };
    Some(format!("from {} to {}", name(from), name(to)))
}

/// The details by the names of their fields.
fn details(before: &serde_json::Value, after: &serde_json::Value) -> Part {
    let read = |value: &serde_json::Value| serde_json::from_value::<crate::domain::details::Details>(value.clone());
    let (Ok(before), Ok(after)) = (read(before), read(after)) else { return Part::of_words(Vec::new()) };
    let nothing = Content::default();
    let grades = ("", if before.same_grade(&after) { "" } else { "another grade" });
    // Without lines nothing is too long to compare.
    let facts = diff::compare((&before, &nothing), (&after, &nothing), grades).map(|found| found.details);
    let facts = facts.unwrap_or_default();
    Part { facts, ..Part::of_words(Vec::new()) }
}

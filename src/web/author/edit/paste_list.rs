//! Pasting a list into a section: what was read is shown first, with what was left out, then added as items.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::draft::{AtItem, Begun, Draft};
use super::lines::{label, meta};
use super::place_item::under;
use super::split_item::plural;
use crate::documents::paste::{self, Pasted, Piece, TooMuch, items};
use crate::domain::checks;
use crate::domain::content::{Body, Section};
use crate::domain::ids::SectionId;
use crate::domain::rearrange::{self, Act, Under};
use crate::domain::shape;
use crate::domain::text::{LONGEST_LINE, LONGEST_TEXT, count};
use crate::error::AppError;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with};
use crate::web::paths;

/// Items that the page lists before they are added.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "author/edit/paste.html")]
struct PastePage<'a> {
    frame: Frame,
    /// The hidden key of every form here.
    key: String,
    form: Form,
    at: paths::Version<'a>,
    section: SectionId,
    heading: String,
    places: Vec<Choice>,
    looked: bool,
    pieces: Vec<Shown>,
    more: usize,
    dropped: String,
    button: String,
}

/// An item to be, as the page lists it.
struct Shown {
    depth: usize,
    kind: &'static str,
    label: String,
    text: String,
    meta: String,
}

pub async fn form(me: As<Authors>, Path((_, profile, number, section)): AtItem) -> Result<Response, AppError> {
    let draft = Draft::open(&me, &profile, &number).await?;
    let section = draft.section(&section)?.clone();
    show(&me, &draft, &section, Form::empty(), None)
}

pub async fn paste(
    me: As<Authors>,
    Path((_, profile, number, section)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let section = draft.section(&section)?.clone();
    let read = read(&submitted);
    if submitted.raw("do") == "read" {
        return Ok(as_lines(&read));
    }
    let mut form = Form::again(&submitted);
    let pasted = match read {
        Ok(pasted) => pasted,
        Err(too_much) => {
            form.problem("text", too_much.to_string());
            return show(&me, &draft, &section, form, None);
        }
    };
    let to = under(submitted.raw("under")).unwrap_or(Under::Section(section.id));
    let new = items(&pasted.entries, takes(&section, to));
    too_long(&new).into_iter().for_each(|problem| form.problem("text", problem));
    if new.is_empty() {
        form.problem("text", "Paste or type at least one line");
    }
    if submitted.raw("do") != "add" || form.has_errors() {
        return show(&me, &draft, &section, form, Some((pasted, new)));
    }
    let ids = draft.identities(new.len()).await?;
    let after = match rearrange::put_in(&draft.content, to, None, &new, &ids) {
        Ok(after) => after,
        Err(refusal) => {
            form.problem("text", refusal.to_string());
            return show(&me, &draft, &section, form, Some((pasted, new)));
        }
    };
    let said = format!("Added {} to {}", counted(&new), checks::name(&section));
    let first = ids.first().copied().ok_or(AppError::NotFound)?;
    draft.rearrange(&me, &after, Act::Paste, first, &said).await
}

/// The clipboard's HTML where script sent it and the text was not changed by hand since; else the text.
fn read(submitted: &Submitted) -> Result<Pasted, TooMuch> {
    match submitted.raw("html") {
        "" => paste::read_text(submitted.raw("text")),
        html => paste::read_html(html),
    }
}

/// What was read as lines of text, for script that pastes into an item; levels are set in, what was left out comes first.
fn as_lines(read: &Result<Pasted, TooMuch>) -> Response {
    let (status, text) = match read {
        Ok(pasted) => (StatusCode::OK, format!("{}\n{}", dropped(pasted), lines(pasted))),
        Err(too_much) => (StatusCode::UNPROCESSABLE_ENTITY, too_much.to_string()),
    };
    let mut response = (status, text).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn lines(pasted: &Pasted) -> String {
    let words: Vec<&paste::Entry> =
        pasted.entries.iter().filter(|entry| !(entry.heading && entry.cells.len() > 1)).collect();
    let several = words.len() > 1;
    let line = |entry: &paste::Entry| {
        let words = entry.cells.join("\t");
        let number = entry.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        match several {
            true => format!("{}{number}{}", "  ".repeat(entry.level), words.replace('\n', " ")),
            false => words,
        }
    };
    words.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

fn takes(section: &Section, to: Under) -> &'static [crate::domain::content::ItemKind] {
    match to {
        Under::Section(_) => shape::section_takes(section.kind),
        Under::Item(id) => {
            let found = section.items.iter().find(|item| item.id == id);
            found.map_or(shape::section_takes(section.kind), |item| shape::item_takes(item.kind()))
        }
    }
}

/// The lines that are longer than an item may be, a sentence each.
fn too_long(new: &[(Piece, Body)]) -> Vec<String> {
    let most = |body: &Body| match shape::is_heading(body.kind()) {
        true => LONGEST_LINE,
        false => LONGEST_TEXT,
    };
    let long = new.iter().enumerate().map(|(n, (piece, body))| (n + 1, piece.text.chars().count(), most(body)));
    long.filter(|(_, length, most)| length > most)
        .take(5)
        .map(|(n, length, most)| format!("Line {n} is {length} characters long: shorten it to {most} or fewer"))
        .collect()
}

/// `7 duties`; of several kinds `7 lines`.
fn counted(new: &[(Piece, Body)]) -> String {
    let first = new.first().map(|(_, body)| body.kind());
    match first.filter(|kind| new.iter().all(|(_, body)| body.kind() == *kind)) {
        Some(kind) => {
            let kind = kind.label().to_lowercase();
            count(new.len(), &kind, &plural(&kind))
        }
        None => count(new.len(), "line", "lines"),
    }
}

fn dropped(pasted: &Pasted) -> String {
    pasted.dropped.iter().map(|(what, count)| what.said(*count)).collect::<Vec<_>>().join("; ")
}

fn show(
    me: &As<Authors>,
    draft: &Draft,
    section: &Section,
    form: Form,
    read: Option<(Pasted, Vec<(Piece, Body)>)>,
) -> Result<Response, AppError> {
    let version = &draft.version;
    let at = me.paths().profile(version.profile.number).version(version.number);
    let heading = checks::name(section).to_owned();
    let (pasted, new) = read.clone().unwrap_or_default();
    let headings = section.items.iter().filter(|item| shape::is_heading(item.kind()));
    let headings =
        headings.map(|item| Choice::new(format!("item-{}", item.id), format!("{heading}: {}", checks::opening(item))));
    let end = Choice::new(format!("section-{}", section.id), format!("{heading}, at its end"));
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(
        status,
        &PastePage {
            frame: super::history::frame(me, version, "Paste a list"),
            key: super::key::fresh()?,
            form,
            at,
            section: section.id,
            places: std::iter::once(end).chain(headings).collect(),
            heading,
            looked: read.is_some(),
            more: new.len().saturating_sub(SHOWN),
            dropped: dropped(&pasted),
            button: match new.len() {
                1 => format!("Add this {}", counted(&new).trim_start_matches("1 ")),
                _ => format!("Add these {}", counted(&new)),
            },
            pieces: new.into_iter().take(SHOWN).map(shown).collect(),
        },
    )
}

fn shown((piece, body): (Piece, Body)) -> Shown {
    Shown {
        depth: piece.level.min(3),
        kind: body.kind().label(),
        label: label(&body).to_owned(),
        text: piece.text,
        meta: meta(&body),
    }
}

//! Two people saved the same item: mine, theirs and both, with the words marked; nothing is lost.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::draft::Draft;
use crate::db::Version;
use crate::domain::content::Item;
use crate::domain::diff::{self, Fact, Stretch};
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/edit/conflict.html")]
struct ConflictPage<'a> {
    frame: Frame,
    at: paths::Version<'a>,
    theirs: &'a Item,
    my_text: &'a str,
    /// The other fields that I sent, to send again.
    mine: Vec<(String, String)>,
    /// My text against theirs.
    words: Vec<Stretch>,
    their_facts: Vec<(&'static str, String)>,
    my_facts: Vec<Fact>,
    both: String,
}

pub fn show(me: &As<Authors>, draft: &Draft, theirs: &Item, mine: &Item) -> Result<Response, AppError> {
    let version = &draft.version;
    let at = me.paths().profile(version.profile.number).version(version.number);
    let facts = diff::labelled(&mine.body).into_iter().zip(diff::labelled(&theirs.body));
    let my_facts =
        facts.map(|((label, mine), (_, theirs))| Fact { label, words: diff::words(&theirs, &mine) }).collect();
    let page = ConflictPage {
        frame: me.frame("Somebody else saved this too").crumb(version.title(), at.edit()),
        at,
        words: diff::words(&theirs.text, &mine.text),
        their_facts: diff::labelled(&theirs.body),
        my_facts,
        both: format!("{}\n{}", theirs.text, mine.text),
        my_text: &mine.text,
        mine: fields(mine),
        theirs,
    };
    page_with(StatusCode::CONFLICT, &page)
}

/// The item as the fields of its form.
fn fields(item: &Item) -> Vec<(String, String)> {
    let form = super::item_form::filled(item);
    form.values().iter().filter(|(name, _)| name != "text").cloned().collect()
}

#[derive(Template)]
#[template(path = "author/edit/gone.html")]
struct GonePage<'a> {
    frame: Frame,
    version: &'a Version,
    at: paths::Version<'a>,
    typed: String,
}

/// The item was deleted by somebody else while this was typed.
pub fn gone(me: &As<Authors>, draft: &Draft, submitted: &Submitted) -> Result<Response, AppError> {
    let version = &draft.version;
    let at = me.paths().profile(version.profile.number).version(version.number);
    let frame = me.frame("This was deleted in the meantime").crumb(version.title(), at.edit());
    page_with(StatusCode::CONFLICT, &GonePage { frame, version, at, typed: everything(submitted) })
}

/// Every field that was filled in, a line each, so that nothing typed is lost.
fn everything(submitted: &Submitted) -> String {
    const KEPT: [&str; 9] =
        ["text", "number", "label", "heading", "subheading", "factor", "level", "frequency", "examples"];
    let typed = KEPT.iter().map(|name| submitted.text(name)).filter(|value| !value.is_empty());
    typed.collect::<Vec<_>>().join("\n")
}

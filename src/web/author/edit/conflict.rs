//! Two people saved the same item: mine, theirs and both, with the words marked; nothing is lost.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::draft::Draft;
use super::save_item::{last_of, written};
use super::{item_form, key};
use crate::clock::london_time;
use crate::db::{DeletedThing, Later, Version};
use crate::domain::content::Item;
use crate::domain::diff::{self, Fact, Stretch};
use crate::domain::merge::{self, Both};
use crate::domain::{checks, ids::ItemId};
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with};
use crate::web::{json, paths};

/// How far back the page looks for the section that a deleted line stood in.
const LOOKED_AT: i64 = 50;

#[derive(Template)]
#[template(path = "author/edit/conflict.html")]
struct ConflictPage<'a> {
    frame: Frame,
    key: String,
    at: paths::Version<'a>,
    theirs: &'a Item,
    /// `Joanne Blackwood saved it at 2:02pm.`
    who: String,
    my_text: &'a str,
    /// The other fields that I sent, to send again.
    mine: Vec<(String, String)>,
    /// My text against theirs.
    words: Vec<Stretch>,
    their_facts: Vec<(&'static str, String)>,
    my_facts: Vec<Fact>,
    both: Both,
    both_fields: Vec<(String, String)>,
}

/// `since`: what was saved on that revision, the one that I had open, and after it.
pub fn show(
    me: &As<Authors>,
    draft: &Draft,
    theirs: &Item,
    mine: &Item,
    since: &[Later],
    revision: i32,
) -> Result<Response, AppError> {
    let who = last_of(since);
    if me.wants_json() {
        let who = who.map(|(name, _)| name);
        return Ok(json::answer(StatusCode::CONFLICT, &json!({"conflict": "changed", "who": who})));
    }
    let version = &draft.version;
    let at = draft.at(me);
    let base = since.first().and_then(|first| written(first.before.as_ref())).filter(|base| base.revision == revision);
    let facts = diff::labelled(&mine.body).into_iter().zip(diff::labelled(&theirs.body));
    let my_facts =
        facts.map(|((label, mine), (_, theirs))| Fact { label, words: diff::words(&theirs, &mine) }).collect();
    let both = merge::both(base.as_ref(), mine, theirs);
    let page = ConflictPage {
        frame: me.frame("Somebody else saved this too").crumb(version.title(), at.edit()),
        key: key::fresh()?,
        at,
        who: who.map(|(name, at)| format!("{name} saved it at {}.", london_time(at))).unwrap_or_default(),
        words: diff::marked(&theirs.text, &mine.text),
        their_facts: diff::labelled(&theirs.body),
        my_facts,
        my_text: &mine.text,
        mine: fields(mine),
        both_fields: fields(&both.item),
        both,
        theirs,
    };
    page_with(StatusCode::CONFLICT, &page)
}

/// The item as the fields of its form, its text apart.
fn fields(item: &Item) -> Vec<(String, String)> {
    let form = item_form::filled(item);
    form.values().iter().filter(|(name, _)| name != "text").cloned().collect()
}

#[derive(Template)]
#[template(path = "author/edit/gone.html")]
struct GonePage<'a> {
    frame: Frame,
    key: String,
    version: &'a Version,
    at: paths::Version<'a>,
    typed: String,
    again: Option<Again>,
}

/// How the line can be written anew.
struct Again {
    action: String,
    section: String,
    /// Everything that was typed, with the kind of the line.
    fields: Vec<(String, String)>,
}

/// The item was deleted by somebody else while this was typed.
pub async fn gone(me: &As<Authors>, mut draft: Draft, item: &str, submitted: &Submitted) -> Result<Response, AppError> {
    let item = ItemId(item.parse().map_err(|_| AppError::NotFound)?);
    if me.wants_json() {
        return Ok(json::answer(StatusCode::GONE, &json!({"conflict": "gone"})));
    }
    let deleted = draft.tx.deleted(draft.version.id, LOOKED_AT).await?;
    let at = draft.at(me);
    let again = deleted.into_iter().find_map(|one| again(&draft, item, one.what, submitted, at));
    let version = &draft.version;
    let frame = me.frame("This was deleted in the meantime").crumb(version.title(), at.edit());
    let page = GonePage { frame, key: key::fresh()?, version, at, typed: everything(submitted), again };
    page_with(StatusCode::CONFLICT, &page)
}

/// As a new line in the section where the deleted one stood, while that is there.
fn again(
    draft: &Draft,
    wanted: ItemId,
    deleted: DeletedThing,
    submitted: &Submitted,
    at: paths::Version<'_>,
) -> Option<Again> {
    let DeletedThing::Item { section, item, .. } = deleted else { return None };
    let kind = item.walk().into_iter().find(|item| item.id == wanted)?.kind();
    let section = draft.content.section(section)?;
    const OURS: [&str; 6] = ["key", "revision", "kind", "after", "under", "next"];
    let typed = submitted.fields().iter().filter(|(name, _)| !OURS.contains(&name.as_str())).cloned();
    let fields = typed.chain([("kind".to_owned(), kind.word().to_owned())]).collect();
    Some(Again { action: at.section(section.id, "items"), section: checks::name(section).to_owned(), fields })
}

/// Every field that was filled in, a line each, so that nothing typed is lost.
fn everything(submitted: &Submitted) -> String {
    const KEPT: [&str; 9] =
        ["text", "number", "label", "heading", "subheading", "factor", "level", "frequency", "examples"];
    let typed = KEPT.iter().map(|name| submitted.text(name)).filter(|value| !value.is_empty());
    typed.collect::<Vec<_>>().join("\n")
}

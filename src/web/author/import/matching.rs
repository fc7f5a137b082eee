//! The proposal of which line goes on from which, as a page: what differs first, each choice open to correction.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use sha2::{Digest, Sha256};

use super::lines::paragraphs;
use crate::db::{Document, Version};
use crate::documents::to_content::Made;
use crate::domain::checks::opening;
use crate::domain::content::{Content, Item, ItemKind};
use crate::domain::details::Details;
use crate::domain::ids::ItemId;
use crate::domain::inline::plain;
use crate::domain::matching::{nearest, propose};
use crate::domain::text::{count, profile_reference};
use crate::drafting::continued;
use crate::error::AppError;
use crate::secret::hex;
use crate::web::form::{Choice, Form};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with};

/// How many of the nearest earlier lines are offered beside those that nothing goes on from.
const NEAR: usize = 5;

/// How many words of an earlier line a choice shows.
const LONGEST_CHOICE: usize = 20;

/// What the page proposes, before anybody corrects it.
pub struct Proposal {
    rows: Vec<Row>,
    gone: Vec<Row>,
    proposed: BTreeMap<ItemId, ItemId>,
    made: Details,
    /// Of the lines as they were numbered for this page.
    state: String,
}

/// A line of the document with the earlier line that it may go on from; or an earlier line that nothing goes on from.
pub struct Row {
    pub field: String,
    pub number: String,
    pub kind: &'static str,
    pub text: Vec<String>,
    /// `same words`, `82 % alike` or `new`.
    pub likeness: String,
    pub is_exact: bool,
    pub choices: Vec<Choice>,
    /// The earlier line that is proposed, whole.
    pub earlier: Vec<String>,
    /// The first words, for ears.
    pub opening: String,
}

#[derive(Template)]
#[template(path = "author/import/match.html")]
struct MatchPage<'a> {
    frame: Frame,
    form: Form,
    document: &'a Document,
    from: &'a Version,
    differing: Vec<&'a Row>,
    exact: Vec<&'a Row>,
    gone: &'a [Row],
    counts: Vec<(usize, &'static str)>,
    /// Fields that stay as they are in force.
    stayed: String,
    report: String,
    action: String,
    state: &'a str,
}

/// The name of the field that holds the choice for a line.
pub fn field(item: ItemId) -> String {
    format!("line-{item}")
}

/// Provisional identities hold only as long as the document gives these very lines: a form says which it was made on.
pub fn state(made: &Made) -> String {
    let lines: Vec<String> = made
        .content
        .all_items()
        .into_iter()
        .map(|item| format!("{} {} {}", item.id, item.kind().label(), item.text))
        .collect();
    hex(&Sha256::digest(lines.join("\n")))[..16].to_owned()
}

impl Proposal {
    pub fn of(made: &Made, old: &Content) -> Self {
        let matches = propose(&made.content, old);
        let proposed: BTreeMap<ItemId, ItemId> = matches.iter().map(|pair| (pair.new, pair.old)).collect();
        let confidence: BTreeMap<ItemId, f64> = matches.iter().map(|pair| (pair.new, pair.confidence)).collect();
        let taken: BTreeSet<ItemId> = proposed.values().copied().collect();
        let old_items = old.all_items();
        let by_id: BTreeMap<ItemId, &Item> = old_items.iter().map(|item| (item.id, *item)).collect();
        let free: Vec<&Item> = old_items.iter().filter(|item| !taken.contains(&item.id)).copied().collect();
        let near = nearest(&made.content, old, NEAR);
        let rows = made.content.all_items().into_iter().map(|item| {
            let confidence = confidence.get(&item.id).copied();
            let offered = offered(item.kind(), proposed.get(&item.id), near.get(&item.id), &free);
            let choices = std::iter::once(Choice::new("", "None: it is new"))
                .chain(offered.iter().filter_map(|id| by_id.get(id)).map(|old| Choice::new(old.id, known_by(old))));
            Row {
                choices: choices.collect(),
                is_exact: confidence == Some(1.0),
                likeness: likeness(confidence),
                earlier: match proposed.get(&item.id).filter(|_| confidence != Some(1.0)).and_then(|id| by_id.get(id)) {
                    Some(old) => paragraphs(&plain(&old.text)),
                    None => Vec::new(),
                },
                ..row(item)
            }
        });
        Proposal {
            rows: rows.collect(),
            gone: free.into_iter().map(row).collect(),
            made: made.details.clone(),
            state: state(made),
            proposed,
        }
    }

    /// The page; a form without values is filled with what is proposed.
    pub fn page(
        &self,
        me: &As<Authors>,
        document: &Document,
        from: &Version,
        mut form: Form,
    ) -> Result<Response, AppError> {
        let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        if !form.has_errors() {
            for (new, old) in &self.proposed {
                form.set(&field(*new), old.to_string());
            }
        }
        let is_open = |row: &Row| !row.is_exact || form.error(&row.field).is_some();
        let (differing, exact): (Vec<&Row>, Vec<&Row>) = self.rows.iter().partition(|row| is_open(row));
        let new = self.rows.len() - self.proposed.len();
        let reference = profile_reference(from.profile.number);
        let stayed = continued(&self.made, &from.details).1;
        let frame = me
            .frame(format!("Match {} with {reference}", document.file_name))
            .crumb("Import", me.paths().import())
            .crumb(&document.file_name, me.paths().document(document.id));
        page_with(
            status,
            &MatchPage {
                frame,
                counts: vec![
                    (exact.len(), "with the same words"),
                    (self.rows.len() - exact.len() - new, "reworded"),
                    (new, "new"),
                    (self.gone.len(), "no longer there"),
                ],
                differing,
                exact,
                gone: &self.gone,
                stayed: stayed.join(", ").to_lowercase(),
                report: me.paths().document(document.id),
                action: me.paths().match_document(document.id),
                state: &self.state,
                form,
                document,
                from,
            },
        )
    }
}

/// The proposed line first, then the nearest of its kind, then all of its kind that nothing goes on from.
fn offered(kind: ItemKind, proposed: Option<&ItemId>, near: Option<&Vec<ItemId>>, free: &[&Item]) -> Vec<ItemId> {
    let free = free.iter().filter(|item| item.kind() == kind).map(|item| item.id);
    let all = proposed.copied().into_iter().chain(near.into_iter().flatten().copied()).chain(free);
    let mut seen = BTreeSet::new();
    all.filter(|id| seen.insert(*id)).collect()
}

fn row(item: &Item) -> Row {
    Row {
        field: field(item.id),
        number: item.number.clone().unwrap_or_default(),
        kind: item.kind().label(),
        text: match item.text.is_empty() {
            true => vec![opening(item)],
            false => paragraphs(&plain(&item.text)),
        },
        likeness: String::new(),
        is_exact: false,
        choices: Vec::new(),
        earlier: Vec::new(),
        opening: opening(item),
    }
}

/// Enough of a line to tell it from others that begin alike.
fn known_by(item: &Item) -> String {
    let words: Vec<&str> = item.text.split_whitespace().collect();
    match words.len() {
        0 => opening(item),
        1..=LONGEST_CHOICE => words.join(" "),
        _ => format!("{} …", words[..LONGEST_CHOICE].join(" ")),
    }
}

fn likeness(confidence: Option<f64>) -> String {
    match confidence {
        Some(1.0) => "same words".to_owned(),
        // Never 100 for words that differ.
        Some(share) => format!("{} % alike", ((share * 100.0).round() as i64).min(99)),
        None => "new".to_owned(),
    }
}

impl MatchPage<'_> {
    fn exact_summary(&self) -> String {
        count(self.exact.len(), "line has the same words as before", "lines have the same words as before")
    }

    fn reference(&self) -> String {
        self.from.profile.reference()
    }
}

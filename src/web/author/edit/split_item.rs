//! Splitting an item into several: what comes of it is shown first.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::documents::paste::{self, Entry, items};
use crate::domain::checks;
use crate::domain::content::Item;
use crate::domain::rearrange::{self, Act, Piece, Refusal};
use crate::domain::text::{LONGEST_TEXT, count};
use crate::error::AppError;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/edit/split.html")]
struct SplitPage<'a> {
    frame: Frame,
    /// The hidden key of every form here.
    key: String,
    form: Form,
    at: paths::Version<'a>,
    item: &'a Item,
    kind: String,
    pieces: Vec<Piece>,
}

impl SplitPage<'_> {
    fn button(&self) -> String {
        format!("Split into {}", count(self.pieces.len(), &self.kind, &plural(&self.kind)))
    }
}

/// `duties`, `criteria`, `factor levels`.
pub fn plural(kind: &str) -> String {
    match (kind.strip_suffix("on"), kind.strip_suffix('y')) {
        (Some(stem), _) if kind == "criterion" => format!("{stem}a"),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) if kind == "group of duties" => "groups of duties".to_owned(),
        (_, None) => format!("{kind}s"),
    }
}

pub async fn form(me: As<Authors>, Path((_, profile, number, item)): AtItem) -> Result<Response, AppError> {
    let draft = Draft::open(&me, &profile, &number).await?;
    let item = draft.item(&item)?.1.clone();
    let form = Form::filled([("text", item.text.clone()), ("revision", item.revision.to_string())]);
    show(&me, &draft, &item, form, pieces(&item.text), StatusCode::OK)
}

pub async fn split(
    me: As<Authors>,
    Path((_, profile, number, item)): AtItem,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let Ok((_, found)) = draft.item(&item) else {
        return super::conflict::gone(&me, *draft, &item, &submitted).await;
    };
    let item = found.clone();
    let revision: i32 = submitted.number("revision")?;
    // The first line may be set in: what stands before it says its level.
    let text = submitted.raw("text").to_owned();
    let pieces = pieces(&text);
    let mut form = Form::again(&submitted);
    if item.revision != revision {
        form = Form::filled([("text", text.clone()), ("revision", item.revision.to_string())]);
        form.problem("text", format!("Somebody changed this line meanwhile. It says now: {}", item.text));
    }
    if let Some(long) = pieces.iter().map(|piece| piece.text.chars().count()).find(|length| *length > LONGEST_TEXT) {
        form.problem("text", format!("One part is {long} characters long: shorten it to {LONGEST_TEXT} or fewer"));
    }
    let looks = submitted.raw("do") != "split";
    if looks || form.has_errors() {
        let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        return show(&me, &draft, &item, form, pieces, status);
    }
    let ids = draft.identities(pieces.len().saturating_sub(1)).await?;
    match rearrange::split(&draft.content, item.id, &pieces, &ids) {
        Ok(after) => {
            let kind = item.kind().label().to_lowercase();
            let said = format!("Split into {}: {}", count(pieces.len(), &kind, &plural(&kind)), checks::opening(&item));
            draft.rearrange(&me, &after, Act::Split, item.id, &said).await
        }
        Err(refusal) => {
            form.problem("text", refusal.to_string());
            show(&me, &draft, &item, form, pieces, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// The parts of a text, a line each; its marks of bold and the like stay as they are.
fn pieces(text: &str) -> Vec<Piece> {
    let read = paste::read_text(text).map(|pasted| pasted.entries).unwrap_or_default();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let same = lines.len() == read.len();
    let entries: Vec<Entry> = read
        .into_iter()
        .enumerate()
        .map(|(n, entry)| match same {
            true => Entry { cells: vec![paste::without_marker(lines[n]).to_owned()], ..entry },
            false => entry,
        })
        .collect();
    items(&entries, &[crate::domain::content::ItemKind::Duty]).into_iter().map(|(piece, _)| piece).collect()
}

fn show(
    me: &As<Authors>,
    draft: &Draft,
    item: &Item,
    mut form: Form,
    pieces: Vec<Piece>,
    status: StatusCode,
) -> Result<Response, AppError> {
    if pieces.len() < 2 && status == StatusCode::UNPROCESSABLE_ENTITY && !form.has_errors() {
        form.problem("text", Refusal::OnePart.to_string());
    }
    let version = &draft.version;
    let at = me.paths().profile(version.profile.number).version(version.number);
    let kind = item.kind().label().to_lowercase();
    let frame = super::history::frame(me, version, &format!("Split a {kind}"));
    page_with(status, &SplitPage { frame, key: super::key::fresh()?, form, at, item, kind, pieces })
}

//! Entries as items of the kind that a place takes.

use super::{Entry, specification};
use crate::domain::content::{Assessment, Body, Importance, ItemKind};
use crate::domain::inline::plain;
use crate::domain::rearrange;

pub type Piece = rearrange::Piece;

/// What the entries become under something that takes these kinds, the first of which is the usual one. Numbers that
/// the document would count by itself are left to it.
pub fn items(entries: &[Entry], takes: &[ItemKind]) -> Vec<(Piece, Body)> {
    let Some(kind) = takes.first().copied() else { return Vec::new() };
    let heading = takes.iter().copied().find(|kind| matches!(kind, ItemKind::Group | ItemKind::Category));
    let counted = only_counted(entries);
    let mut below_heading = 0;
    let mut columns = None;
    let mut pieces = Vec::with_capacity(entries.len());
    for entry in entries {
        let of_table = entry.cells.len() > 1;
        if of_table && entry.heading {
            columns = specification::columns(entry).filter(|_| kind == ItemKind::Criterion);
            continue;
        }
        if let Some(columns) = columns.as_ref().filter(|_| of_table) {
            pieces.extend(specification::row(entry, columns, heading.is_some()));
            continue;
        }
        let (kind, level) = match heading.filter(|_| entry.heading) {
            Some(heading) => {
                below_heading = 1;
                (heading, 0)
            }
            None => (kind, entry.level + below_heading),
        };
        let (text, body) = body(kind, entry);
        let number = entry.number.clone().filter(|_| !counted && kept_number(kind));
        pieces.push((Piece { level, number, text }, body));
    }
    pieces
}

/// Kinds that print a number before their text.
fn kept_number(kind: ItemKind) -> bool {
    match kind {
        ItemKind::Duty | ItemKind::Group => true,
        ItemKind::Paragraph
        | ItemKind::Category
        | ItemKind::Criterion
        | ItemKind::Term
        | ItemKind::Demand
        | ItemKind::FactorLevel
        | ItemKind::Clause
        | ItemKind::Detail => false,
    }
}

/// Every number is the next of its list: 1, 2, 3 or a, b, c.
fn only_counted(entries: &[Entry]) -> bool {
    let mut counts: Vec<usize> = Vec::new();
    for entry in entries {
        counts.resize(entry.level + 1, 0);
        counts[entry.level] += 1;
        let Some(number) = &entry.number else { continue };
        let core = number.trim_matches(['(', ')', '.']);
        let count = counts[entry.level];
        let letter = char::from(b'a' + ((count - 1) % 26) as u8).to_string();
        if core != count.to_string() && !core.eq_ignore_ascii_case(&letter) {
            return false;
        }
    }
    true
}

fn body(kind: ItemKind, entry: &Entry) -> (String, Body) {
    let cells: Vec<&str> = entry.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let first = cells.first().copied().unwrap_or_default();
    let rest = |from: usize| cells.get(from..).unwrap_or_default().join("\n");
    match kind {
        ItemKind::Paragraph | ItemKind::Duty => (cells.join(" – "), Body::empty(kind)),
        ItemKind::Group | ItemKind::Category => (plain(&cells.join(" – ")).replace('\n', " "), Body::empty(kind)),
        ItemKind::Criterion => criterion(&cells),
        ItemKind::Term | ItemKind::Detail => {
            let (label, text) = match (cells.len(), first.split_once(": ")) {
                (1, Some((label, text))) if label.chars().count() <= 60 => (label.to_owned(), text.to_owned()),
                (0 | 1, _) => (String::new(), first.to_owned()),
                (_, _) => (first.trim_end_matches(':').to_owned(), rest(1)),
            };
            let label = plain(&label).replace('\n', " ");
            let body = if kind == ItemKind::Term { Body::Term { label } } else { Body::Detail { label } };
            (text, body)
        }
        ItemKind::Demand => {
            let said = |cell: &str| match plain(cell).to_lowercase().as_str() {
                "yes" | "y" => Some(true),
                "no" | "n" => Some(false),
                _ => None,
            };
            let present = cells.iter().skip(1).find_map(|cell| said(cell));
            let more: Vec<&str> = cells.iter().skip(1).filter(|cell| said(cell).is_none()).copied().collect();
            let frequency = more.first().copied().unwrap_or_default().replace('\n', " ");
            let examples = more.get(1..).unwrap_or_default().join("\n");
            (first.to_owned(), Body::Demand { present, frequency, examples })
        }
        ItemKind::FactorLevel => match cells.len() {
            0 | 1 => (first.to_owned(), Body::empty(kind)),
            _ => {
                let level = cells[1].trim_start_matches("Level").trim_start_matches("level").trim().to_owned();
                (rest(2), Body::FactorLevel { factor: plain(first).replace('\n', " "), level })
            }
        },
        ItemKind::Clause => match cells.len() {
            0 | 1 => (first.to_owned(), Body::empty(kind)),
            _ => (rest(1), Body::clause(plain(first).replace('\n', " "))),
        },
    }
}

/// Cells that say how needed it is or how it is assessed are read as that.
fn criterion(cells: &[&str]) -> (String, Body) {
    let mut importance = Importance::Essential;
    let mut assessment = Vec::new();
    let mut words = Vec::new();
    for (n, cell) in cells.iter().enumerate() {
        let lower = plain(cell).to_lowercase();
        let methods: Vec<Option<Assessment>> =
            lower.split([',', '/', ';', '\n']).map(|word| method(word.trim())).collect();
        match lower.as_str() {
            "e" | "essential" if n > 0 => importance = Importance::Essential,
            "d" | "desirable" if n > 0 => importance = Importance::Desirable,
            _ if n > 0 && methods.iter().all(Option::is_some) => assessment.extend(methods.into_iter().flatten()),
            _ => words.push(*cell),
        }
    }
    (words.join("\n"), Body::Criterion { importance, subheading: String::new(), assessment })
}

pub(super) fn method(word: &str) -> Option<Assessment> {
    let word = word.trim_end_matches(" form");
    let short = match word {
        "a" | "af" => Some(Assessment::Application),
        "i" => Some(Assessment::Interview),
        "t" => Some(Assessment::Test),
        "c" => Some(Assessment::Certificate),
        "p" => Some(Assessment::Presentation),
        "r" | "reference" => Some(Assessment::References),
        _ => None,
    };
    short.or_else(|| Assessment::parse(word))
}

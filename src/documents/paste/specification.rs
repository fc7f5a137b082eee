//! A person specification that was pasted as a table. Its row of headings says what each column is: the words, whether
//! they are essential or desirable, how they are assessed. Without that row a mark in a column would mean nothing.

use super::Entry;
use super::items::{Piece, method};
use crate::domain::content::{Assessment, Body, Importance, ItemKind};
use crate::domain::inline::plain;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Words,
    /// A mark, or the criteria that are so.
    Is(Importance),
    /// `E` or `D`.
    Needed,
    Assessment,
}

/// Words of a heading over the criteria themselves.
const WORDS: [&str; 12] = [
    "",
    "area",
    "attribute",
    "attributes",
    "category",
    "criteria",
    "criterion",
    "factor",
    "factors",
    "requirement",
    "requirements",
    "skill",
];

/// The columns that a row of headings names; none where the row is no such heading.
pub(super) fn columns(entry: &Entry) -> Option<Vec<Column>> {
    if entry.cells.len() < 2 {
        return None;
    }
    let named: Vec<Option<Column>> = entry.cells.iter().map(|cell| column(cell)).collect();
    let says = |wanted: fn(&Column) -> bool| named.iter().flatten().any(wanted);
    let both = says(|c| *c == Column::Is(Importance::Essential)) && says(|c| *c == Column::Is(Importance::Desirable));
    let headed = named.first() == Some(&Some(Column::Words)) && says(|column| *column != Column::Words);
    let known = named.iter().all(Option::is_some);
    (both || headed && known).then(|| named.into_iter().map(|column| column.unwrap_or(Column::Words)).collect())
}

fn column(cell: &str) -> Option<Column> {
    let said = plain(cell).to_lowercase();
    let said = said.trim().trim_end_matches(':').trim_end_matches(" (e)").trim_end_matches(" (d)");
    let core = said.trim_end_matches(" criteria").trim_end_matches(" requirements");
    match core {
        "essential" | "e" => Some(Column::Is(Importance::Essential)),
        "desirable" | "d" => Some(Column::Is(Importance::Desirable)),
        "needed" | "importance" | "essential/desirable" | "essential / desirable" | "e/d" | "e or d" => {
            Some(Column::Needed)
        }
        _ if said.contains("assess") || said.contains("evidence") || said.starts_with("how ") => {
            Some(Column::Assessment)
        }
        "method" | "measured by" | "tested by" | "identified by" => Some(Column::Assessment),
        _ if WORDS.contains(&said) => Some(Column::Words),
        _ => None,
    }
}

/// A row below those headings, as what it says: a category, criteria, or one criterion with its marks.
pub(super) fn row(entry: &Entry, columns: &[Column], category: bool) -> Vec<(Piece, Body)> {
    let mut read = Row::default();
    for (cell, column) in entry.cells.iter().zip(columns.iter().chain(std::iter::repeat(&Column::Words))) {
        read.take(cell.trim(), *column);
    }
    read.pieces(category)
}

#[derive(Default)]
struct Row {
    words: Vec<String>,
    ticked: Option<Importance>,
    listed: Vec<(Importance, String)>,
    assessment: Vec<Assessment>,
}

impl Row {
    fn take(&mut self, cell: &str, column: Column) {
        if cell.is_empty() {
            return;
        }
        let said = plain(cell).to_lowercase();
        match column {
            Column::Words => self.words.push(cell.to_owned()),
            Column::Is(importance) if is_mark(&said) => self.ticked = Some(importance),
            Column::Is(importance) => {
                self.listed.extend(cell.lines().map(|line| (importance, super::without_marker(line).to_owned())));
            }
            Column::Needed => match said.chars().next() {
                Some('d') => self.ticked = Some(Importance::Desirable),
                Some('e') => self.ticked = Some(Importance::Essential),
                Some(_) | None => self.words.push(cell.to_owned()),
            },
            Column::Assessment => {
                let methods: Vec<Option<Assessment>> =
                    said.split([',', '/', ';', '\n', '&']).map(|word| method(word.trim())).collect();
                match methods.iter().all(Option::is_some) {
                    true => self.assessment.extend(methods.into_iter().flatten()),
                    // No word is lost, though it is no method that we know.
                    false => self.words.push(cell.to_owned()),
                }
            }
        }
    }

    fn pieces(self, category: bool) -> Vec<(Piece, Body)> {
        let Row { words, ticked, listed, assessment } = self;
        let heading = plain(&words.join(" – ")).replace('\n', " ");
        if listed.is_empty() && ticked.is_none() && assessment.is_empty() && category && words.len() == 1 {
            return vec![(piece(0, heading), Body::empty(ItemKind::Category))];
        }
        let level = usize::from(category);
        let criterion = |importance, subheading: &str| Body::Criterion {
            importance,
            subheading: subheading.to_owned(),
            assessment: assessment.clone(),
        };
        if listed.is_empty() {
            return vec![(piece(level, words.join("\n")), criterion(ticked.unwrap_or(Importance::Essential), ""))];
        }
        let mut pieces = Vec::new();
        let mut below = heading.as_str();
        if category && !heading.is_empty() {
            pieces.push((piece(0, heading.clone()), Body::empty(ItemKind::Category)));
            below = "";
        }
        pieces.extend(listed.into_iter().map(|(importance, text)| (piece(level, text), criterion(importance, below))));
        pieces
    }
}

fn piece(level: usize, text: String) -> Piece {
    Piece { level, number: None, text }
}

/// What stands in a column of marks where the answer is yes.
fn is_mark(said: &str) -> bool {
    matches!(said, "x" | "y" | "yes" | "e" | "d" | "*" | "✓" | "✔" | "√" | "☑" | "☒" | "●" | "•" | "ü" | "þ" | "p")
}

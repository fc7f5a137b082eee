//! The sheet: a document as ink would put it on paper, whatever the file that holds it. Headings, paragraphs,
//! numbered lists, facts, tables and charts, each line with the part that it plays.
//!
//! The one model between a version and whatever shows it: the HTML, PDF, Word and text writers know sheets alone, so that
//! a page on screen and a file say the same in the same order. Nothing here knows of a file format.

mod advert;
mod build;
mod criteria;
mod family;
mod gloss;
mod head;
mod lists;
mod look;
mod marks;
mod role;

use serde::Serialize;

use crate::domain::content::SectionKind;
use crate::domain::ids::SectionId;
use crate::domain::inline::{self, Span, spans};
use crate::domain::organisation::Place;

pub(super) use advert::description;
pub use advert::{advert_sheet, pack};
pub use family::Family;
pub use head::{Edition, sheet};
pub use look::{Look, SheetLogo};
pub use marks::{Against, comparison};
pub use role::Role;

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub head: Head,
    pub blocks: Vec<Block>,
}

/// What stands on every page and in the file's properties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    pub title: String,
    pub employer: String,
    /// `JP-0042 version 3, issued`
    pub about: String,
    /// `Printed 28 January 2026`
    pub printed: String,
    /// A word on top of every page of what is not in force: `Draft`. Empty for what is.
    pub warning: String,
    /// The size of running text in points.
    pub size: u8,
    /// The day on which it is made: year, month, day.
    pub day: (i32, u8, u8),
    /// The employer's own colour and logo.
    pub look: Look,
}

/// Points of running text, and in large print (the least that the RNIB calls large).
pub const ORDINARY: u8 = 11;
pub const LARGE: u8 = 18;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "block", content = "of")]
pub enum Block {
    /// A section of the version begins, up to the next one. Only a page on screen shows where.
    Part {
        section: SectionId,
        kind: SectionKind,
    },
    /// The name of the document, or of one document of a pack.
    Title(Line),
    /// A line under the title, or between documents of a pack.
    Heading {
        /// 2 to 4; a title is 1.
        level: u8,
        line: Line,
    },
    Text(Line),
    List(Vec<Entry>),
    Facts(Vec<Fact>),
    Table(Table),
    /// Posts from the top down, each in a box.
    Chart(Vec<Line>),
    /// The chart that reporting lines make.
    Posts(Posts),
    /// A part without a heading begins.
    Break,
    /// A group or category ends, and what follows stands under none.
    Ungrouped,
    /// The next document of a pack begins on a page of its own.
    NewPage,
}

/// A line of a list with what stands below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    pub line: Line,
    /// Facts about it, a line each.
    pub beside: Vec<Line>,
    pub children: Vec<Entry>,
}

/// A drawing with the same in words, as lines that no author wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Posts {
    pub places: Vec<Place>,
    /// Width and height.
    pub size: (usize, usize),
    /// How deep each post stands, and the post.
    pub lines: Vec<(usize, Line)>,
    pub words: Line,
}

/// A label with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub label: Line,
    pub value: Line,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// For those who hear it; the heading above says it to those who see it.
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub heading: &'static str,
    /// Parts of the table's width.
    pub share: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "row", content = "of")]
pub enum Row {
    /// A heading over the rows that follow, across all columns.
    Over(Line),
    /// A cell a column, each of one or more lines.
    Cells(Vec<Vec<Line>>),
}

/// One paragraph: an item's words, or a fact beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub role: Role,
    /// The item that it shows, for the line that is the item itself.
    pub item: Option<i64>,
    pub number: Number,
    pub words: Vec<Run>,
    /// What happened to it, in a comparison: `Added`.
    pub note: &'static str,
    /// Read with a guess that nobody has confirmed.
    pub unsure: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "shown")]
pub enum Number {
    None,
    /// Counted by us: `2.3`, `b`.
    Counted(String),
    /// As the source printed it: `2.3)`.
    Printed(String),
}

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    pub mark: Mark,
    pub text: String,
    pub look: inline::Look,
    /// What a short form before it stands for: no part of the version.
    pub gloss: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Same,
    Added,
    Removed,
}

impl Block {
    /// Of what kind the section is that begins here.
    pub fn kind(&self) -> Option<SectionKind> {
        match self {
            Block::Part { kind, .. } => Some(*kind),
            Block::Title(_)
            | Block::Heading { .. }
            | Block::Text(_)
            | Block::List(_)
            | Block::Facts(_)
            | Block::Table(_)
            | Block::Chart(_)
            | Block::Posts(_)
            | Block::Break
            | Block::Ungrouped
            | Block::NewPage => None,
        }
    }
}

/// The blocks before the first section, where there are any, and those of each section with the mark of its beginning.
pub fn parts(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    blocks.chunk_by(|_, next| next.kind().is_none())
}

impl Line {
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Line { words: run(text), ..Line::of(role, Vec::new()) }
    }

    pub fn of(role: Role, words: Vec<Run>) -> Self {
        Line { role, item: None, number: Number::None, words, note: "", unsure: false }
    }

    /// The typed lines of it, a paragraph each; blank ones are none.
    pub fn paragraphs(&self) -> Vec<Vec<Run>> {
        let mut out: Vec<Vec<Run>> = vec![Vec::new()];
        for run in &self.words {
            for (n, text) in run.text.split('\n').enumerate() {
                if n > 0 {
                    out.push(Vec::new());
                }
                if let (Some(last), false) = (out.last_mut(), text.is_empty()) {
                    last.push(Run { text: text.to_owned(), ..run.clone() });
                }
            }
        }
        out.retain(|line| line.iter().any(|run| !run.text.trim().is_empty()));
        out
    }

    /// The words as they are now.
    pub fn text(&self) -> String {
        self.words.iter().filter(|run| run.mark != Mark::Removed).map(|run| run.text.as_str()).collect()
    }
}

impl Line {
    /// Whether its first letter is written from right to left, and so the whole paragraph begins at the right.
    pub fn is_from_right(&self) -> bool {
        let letters = self.words.iter().flat_map(|run| run.text.chars());
        let first = letters.into_iter().find(|c| c.is_alphabetic());
        first.is_some_and(is_from_right)
    }
}

/// Letters of Hebrew, Arabic and their neighbours.
pub fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

impl Number {
    pub fn shown(&self) -> &str {
        match self {
            Number::None => "",
            Number::Counted(shown) | Number::Printed(shown) => shown,
        }
    }

    /// The number that an item brings along.
    fn printed(number: Option<&String>) -> Number {
        number.map_or(Number::None, |number| Number::Printed(number.clone()))
    }
}

/// A text with its bold, italic and links.
fn dressed(text: &str) -> Vec<Run> {
    let run = |span: Span| Run { mark: Mark::Same, look: span.look(), text: span.text, gloss: false };
    spans(text).into_iter().map(run).collect()
}

fn run(text: impl Into<String>) -> Vec<Run> {
    let text = text.into();
    match text.is_empty() {
        true => Vec::new(),
        false => vec![Run { mark: Mark::Same, text, look: inline::Look::default(), gloss: false }],
    }
}

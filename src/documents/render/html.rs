//! Sheets as parts of a page on screen: the same lines in the same order as in a file, with an address for each section
//! and line, and a place beside each for what the page itself has to say.

use askama::Template;

use super::sheet::{self, Block, Entry, Line, Role, Row, Run, Sheet};
use crate::domain::ids::{ItemId, SectionId};

/// What a page writes beside lines and sections, such as remarks: HTML that is safe as it is.
pub trait Beside {
    fn item(&self, item: ItemId) -> String;
    fn section(&self, section: SectionId) -> String;
}

/// Nothing stands beside anything: a public page.
impl Beside for () {
    fn item(&self, _: ItemId) -> String {
        String::new()
    }

    fn section(&self, _: SectionId) -> String {
        String::new()
    }
}

/// The sections among some blocks, each an element of its own; headings begin at level 2.
#[derive(Template)]
#[template(path = "sheet/parts.html")]
pub struct Html<'a> {
    blocks: &'a [Block],
    beside: &'a dyn Beside,
}

/// What stands before the first section: title, state and facts.
#[derive(Template)]
#[template(path = "sheet/blocks.html")]
struct Blocks<'a> {
    blocks: &'a [Block],
    beside: &'a dyn Beside,
    /// The section that they are of.
    section: Option<SectionId>,
}

/// A list with the lists below its entries.
#[derive(Template)]
#[template(path = "sheet/list.html")]
struct List<'a> {
    entries: &'a [Entry],
    beside: &'a dyn Beside,
}

/// A line's words, or those of one of its paragraphs.
#[derive(Template, Default)]
#[template(path = "sheet/words.html")]
struct Words<'a> {
    number: &'a str,
    /// What happened to the line, in a comparison.
    note: &'a str,
    runs: Vec<Run>,
    unsure: bool,
}

impl<'a> Html<'a> {
    pub fn new(blocks: &'a [Block], beside: &'a dyn Beside) -> Self {
        Html { blocks, beside }
    }

    /// The head of a document alone.
    pub fn head(sheet: &'a Sheet) -> impl std::fmt::Display + 'a {
        let head = sheet::parts(&sheet.blocks).next().filter(|own| own.first().and_then(Block::kind).is_none());
        Blocks { blocks: head.unwrap_or_default(), beside: &(), section: None }
    }

    /// The sections with the blocks of each.
    fn parts(&self) -> Vec<Blocks<'a>> {
        let part = |blocks: &'a [Block]| {
            let Some(Block::Part { section, .. }) = blocks.first() else { return None };
            Some(Blocks { blocks, beside: self.beside, section: Some(*section) })
        };
        sheet::parts(self.blocks).filter_map(part).collect()
    }
}

impl<'a> Blocks<'a> {
    /// The section, and whether it has a heading to be called by.
    fn named(&self) -> (SectionId, bool) {
        let heading = matches!(self.blocks.get(1), Some(Block::Heading { level: 2, .. }));
        (self.section.unwrap_or(SectionId(0)), heading)
    }

    fn after(&self) -> String {
        // What no author wrote can't be remarked on.
        let own = self.section.filter(|section| section.0 > 0);
        own.map(|section| self.beside.section(section)).unwrap_or_default()
    }

    fn list(&self, entries: &'a [Entry]) -> List<'a> {
        List { entries, beside: self.beside }
    }

    /// The heading of a clause stands with its text.
    fn clause_heading(&self, at: &usize) -> Option<&'a Line> {
        let Some(Block::Heading { line, .. }) = self.blocks.get(at.checked_sub(1)?) else { return None };
        (line.role == Role::ClauseHeading).then_some(line)
    }

    /// Whether a cell says nothing at all.
    fn is_blank(&self, cell: &[Line]) -> bool {
        cell.iter().all(|line| line.words.is_empty())
    }

    /// The rows that stand together, those below each heading over them.
    fn bodies(&self, rows: &'a [Row]) -> Vec<&'a [Row]> {
        rows.chunk_by(|_, next| matches!(next, Row::Cells(_))).collect()
    }
}

/// What every template here asks.
trait Lines {
    fn beside(&self) -> &dyn Beside;

    fn note(&self, line: &Line) -> String {
        line.item.map(|item| self.beside().item(ItemId(item))).unwrap_or_default()
    }

    /// ` id="item-7"`, for the line that is the item itself.
    fn id(&self, line: &Line) -> String {
        line.item.map(|item| format!(" id=\"item-{item}\"")).unwrap_or_default()
    }

    /// The address of a row is that of the item in it.
    fn row_id(&self, cells: &[Vec<Line>]) -> String {
        cells.iter().flatten().find(|line| line.item.is_some()).map(|line| self.id(line)).unwrap_or_default()
    }

    /// The line as one, its number before it.
    fn words<'l>(&self, line: &'l Line) -> Words<'l> {
        Words { number: line.number.shown(), note: line.note, runs: line.words.clone(), unsure: line.unsure }
    }

    /// Its typed lines, a paragraph each, without its number.
    fn lines<'l>(&self, line: &'l Line) -> Vec<Words<'l>> {
        let mut lines: Vec<Words<'l>> =
            line.paragraphs().into_iter().map(|runs| Words { runs, ..Words::default() }).collect();
        if let Some(first) = lines.first_mut() {
            first.note = line.note;
        }
        if let Some(last) = lines.last_mut() {
            last.unsure = line.unsure;
        }
        lines
    }

    /// The same with its number.
    fn paragraphs<'l>(&self, line: &'l Line) -> Vec<Words<'l>> {
        let mut lines = self.lines(line);
        if let Some(first) = lines.first_mut() {
            first.number = line.number.shown();
        }
        lines
    }

    /// The number without the sign that ends it: it stands in a column of its own.
    fn number<'l>(&self, line: &'l Line) -> &'l str {
        line.number.shown().trim_end_matches(['.', ')'])
    }
}

impl Lines for Blocks<'_> {
    fn beside(&self) -> &dyn Beside {
        self.beside
    }
}

impl Lines for List<'_> {
    fn beside(&self) -> &dyn Beside {
        self.beside
    }
}

impl<'a> List<'a> {
    fn below(&self, entries: &'a [Entry]) -> List<'a> {
        List { entries, beside: self.beside }
    }

    fn is_numbered(&self) -> bool {
        self.entries.iter().any(|entry| !entry.line.number.shown().is_empty())
    }
}

/// How a cell is laid out: short words in a narrow column, figures at its right.
fn class_of(cell: &[Line]) -> &'static str {
    let role = cell.first().map(|line| line.role);
    if matches!(role, Some(Role::Needed | Role::AssessedBy | Role::Present)) {
        " class=\"rb-short\""
    } else if role == Some(Role::Level) {
        " class=\"rb-figure\""
    } else {
        ""
    }
}

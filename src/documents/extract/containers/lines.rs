//! Lines of plain text as blocks, one after the other. `text` says what the blocks promise.

use super::super::blocks::{Aside, AsideKind, Block, BlockKind, Document, Marker, Place};
use super::super::limits;
use super::{markdown, markers};

/// Bullets that, alone on a line, wait for the text of the next; a tick alone is a cell of a table.
const WAITING: &str = "•·▪●○◦∙‣⁃■□❖➢➤►§Ø";
/// The same, but only where the next line follows at once: alone they may also be a dash or letter in a cell.
const WAITING_CLOSE: &str = "o-–*";

/// Takes lines and gives blocks.
#[derive(Default)]
pub struct Lines {
    markdown: bool,
    document: Document,
    blank: bool,
    /// A marker alone on its line, waiting for its text.
    alone: Option<Line>,
    /// Rows of a Markdown table that is not over yet.
    rows: Vec<String>,
    /// Indentations, in spaces, of the open list levels.
    indents: Vec<usize>,
    /// Bytes of paragraphs that asides quote.
    quoted: usize,
}

/// One line, taken apart.
struct Line {
    tabs: u8,
    indent: usize,
    blank_before: bool,
    marker: Option<Marker>,
    text: String,
}

impl Lines {
    pub fn new(markdown: bool) -> Self {
        Self { markdown, ..Self::default() }
    }

    /// Takes the next line, without its end.
    pub fn push(&mut self, line: &str) {
        let text = line.trim_start();
        let lead = &line[..line.len() - text.len()];
        let text = text.trim_end();
        if self.markdown && markdown::row(text).is_some() {
            self.release();
            return self.rows.push(text.to_owned());
        }
        self.end_table();
        let tabs = u8::try_from(lead.matches('\t').count()).unwrap_or(u8::MAX);
        if text.is_empty() && tabs == 0 {
            self.blank = true;
            return;
        }
        let indent = lead.chars().filter(|&c| c != '\t').count();
        let blank_before = std::mem::take(&mut self.blank);
        match markers::split(text) {
            Some((marker, rest)) => {
                let line = Line { tabs, indent, blank_before, marker: Some(marker), text: rest.to_owned() };
                self.push_marked(line);
            }
            None => self.push_plain(Line { tabs, indent, blank_before, marker: None, text: text.to_owned() }),
        }
    }

    pub fn finish(mut self) -> Document {
        self.release();
        self.end_table();
        self.document
    }

    fn push_marked(&mut self, line: Line) {
        self.release();
        if line.text.is_empty() && waits(&line) {
            self.alone = Some(line);
        } else {
            self.list_item(line);
        }
    }

    fn push_plain(&mut self, line: Line) {
        let joins =
            |alone: &Line| !line.text.is_empty() && (!needs_close(alone) || !line.blank_before && line.tabs == 0);
        match self.alone.take() {
            Some(alone) if joins(&alone) => self.list_item(Line { text: line.text, ..alone }),
            Some(alone) => {
                self.list_item(alone);
                self.plain(line);
            }
            None => self.plain(line),
        }
    }

    /// Gives up waiting for the text of a marker.
    fn release(&mut self) {
        if let Some(line) = self.alone.take() {
            self.list_item(line);
        }
    }

    fn list_item(&mut self, line: Line) {
        let marker = match line.marker {
            Some(Marker::Bullet(glyph)) if line.text.is_empty() => {
                return self.plain(Line { marker: None, text: glyph, ..line });
            }
            Some(marker) => marker,
            None => return self.plain(line),
        };
        while self.indents.last().is_some_and(|&open| open > line.indent) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|&open| open < line.indent) {
            self.indents.push(line.indent);
        }
        let level = u8::try_from(self.indents.len() - 1).unwrap_or(u8::MAX);
        let (text, bold, asides) = self.unmarked(line.text);
        let kind = BlockKind::ListItem { level, marker, text, bold, blank_before: line.blank_before };
        self.place(line.tabs, kind, asides);
    }

    fn plain(&mut self, line: Line) {
        self.indents.clear();
        let heading = markdown::heading(&line.text).filter(|_| self.markdown);
        let level = heading.map(|(level, _)| level);
        let (text, bold, asides) = self.unmarked(heading.map_or(line.text.clone(), |(_, text)| text.to_owned()));
        let kind = match level {
            Some(level) => BlockKind::Heading { level, number: None, text },
            None => BlockKind::Paragraph { text, bold, blank_before: line.blank_before },
        };
        self.place(line.tabs, kind, asides);
    }

    fn end_table(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let mut asides = Vec::new();
        let table = markdown::table(&std::mem::take(&mut self.rows), &mut asides);
        self.indents.clear();
        self.blank = false;
        self.place(0, BlockKind::Table(table), asides);
    }

    /// The text without Markdown's marks, whether it is all bold, and what stood beside it.
    fn unmarked(&self, text: String) -> (String, bool, Vec<AsideKind>) {
        if !self.markdown {
            return (text, false, Vec::new());
        }
        let mut asides = Vec::new();
        let (text, bold) = markdown::inline(&text, &mut asides);
        (text, bold, asides)
    }

    fn place(&mut self, tabs_before: u8, kind: BlockKind, asides: Vec<AsideKind>) {
        let block = Some(self.document.blocks.len());
        let paragraph = kind.text();
        self.quoted += paragraph.len() * asides.len();
        let paragraph = if self.quoted > limits::ASIDE_BYTES { "" } else { paragraph };
        self.document.asides.extend(asides.into_iter().map(|kind| Aside {
            block,
            paragraph: paragraph.to_owned(),
            kind,
        }));
        self.document.blocks.push(Block { place: Place::Body, tabs_before, kind });
    }
}

/// Whether a marker without text may take the next line as its text.
fn waits(line: &Line) -> bool {
    match &line.marker {
        Some(Marker::Bullet(glyph)) => {
            WAITING.contains(glyph.as_str()) || WAITING_CLOSE.contains(glyph.as_str()) && line.tabs == 0
        }
        Some(Marker::Number(_)) => true,
        None => false,
    }
}

fn needs_close(line: &Line) -> bool {
    matches!(&line.marker, Some(Marker::Bullet(glyph)) if WAITING_CLOSE.contains(glyph.as_str()))
}

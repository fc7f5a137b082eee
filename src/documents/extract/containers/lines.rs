//! Lines of plain text as blocks, one after the other. `text` says what the blocks promise.

use super::super::blocks::{Block, BlockKind, Marker, Place};
use super::markers;

/// Bullets that, alone on a line, wait for the text of the next; a tick alone is a cell of a table.
const WAITING: &str = "•·▪●○◦∙‣⁃■□❖➢➤►§Ø";
/// The same, but only where the next line follows at once: alone they may also be a dash or letter in a cell.
const WAITING_CLOSE: &str = "o-–*";

/// Takes lines and gives blocks.
#[derive(Default)]
pub struct Lines {
    markdown: bool,
    blocks: Vec<Block>,
    blank: bool,
    /// A marker alone on its line, waiting for its text.
    alone: Option<Line>,
    /// Indentations, in spaces, of the open list levels.
    indents: Vec<usize>,
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
        let tabs = u8::try_from(lead.matches('\t').count()).unwrap_or(u8::MAX);
        let text = text.trim_end();
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

    pub fn finish(mut self) -> Vec<Block> {
        self.release();
        self.blocks
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
        let joins = |alone: &Line| !line.text.is_empty() && (!needs_close(alone) || !line.blank_before && line.tabs == 0);
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
        let Some(marker) = line.marker else { return self.plain(line) };
        if line.text.is_empty() && matches!(&marker, Marker::Bullet(_)) {
            let Marker::Bullet(glyph) = marker else { return };
            return self.plain(Line { marker: None, text: glyph, ..line });
        }
        while self.indents.last().is_some_and(|&open| open > line.indent) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|&open| open < line.indent) {
            self.indents.push(line.indent);
        }
        let level = u8::try_from(self.indents.len() - 1).unwrap_or(u8::MAX);
        let (text, bold) = self.unbolded(line.text);
        let kind = BlockKind::ListItem { level, marker, text, bold, blank_before: line.blank_before };
        self.blocks.push(Block { place: Place::Body, tabs_before: line.tabs, kind });
    }

    fn plain(&mut self, line: Line) {
        self.indents.clear();
        let hashes = line.text.chars().take_while(|&c| c == '#').count();
        let heading = self.markdown && (1..=6).contains(&hashes) && line.text[hashes..].starts_with(' ');
        let kind = if heading {
            let text = line.text.trim_matches('#').trim().to_owned();
            BlockKind::Heading { level: u8::try_from(hashes).unwrap_or(6), number: None, text }
        } else {
            let (text, bold) = self.unbolded(line.text);
            BlockKind::Paragraph { text, bold, blank_before: line.blank_before }
        };
        self.blocks.push(Block { place: Place::Body, tabs_before: line.tabs, kind });
    }

    /// Takes off Markdown's stars round a whole line.
    fn unbolded(&self, text: String) -> (String, bool) {
        let inner = text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
        match inner {
            Some(inner) if self.markdown && !inner.is_empty() && !inner.contains("**") => (inner.trim().to_owned(), true),
            Some(_) | None => (text, false),
        }
    }
}

/// Whether a marker without text may take the next line as its text.
fn waits(line: &Line) -> bool {
    match &line.marker {
        Some(Marker::Bullet(glyph)) => WAITING.contains(glyph.as_str()) || WAITING_CLOSE.contains(glyph.as_str()) && line.tabs == 0,
        Some(Marker::Number(_)) => true,
        None => false,
    }
}

fn needs_close(line: &Line) -> bool {
    matches!(&line.marker, Some(Marker::Bullet(glyph)) if WAITING_CLOSE.contains(glyph.as_str()))
}

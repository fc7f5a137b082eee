//! What is open while the stream is read: groups, frames, tables, the paragraph; and where text goes.

use super::super::super::blocks::{Block, Document, Place};
use super::super::super::limits;
use super::super::super::refusal::Refusal;
use super::super::Changes;
use super::super::line::Line;
use super::super::page::{Page, Shape};
use super::super::shape::printed_marker;
use super::beside::{Beside, Change};
use super::charset::{self, Charset};
use super::state::{Destination, State};
use super::tables::{Open, RowShape};
use encoding_rs::Encoding;
use std::collections::HashMap;

/// Most bytes kept of text that is no text of the page: instructions, names.
const SIDE_BYTES: usize = 4_000;

/// Text that is being written somewhere: the body, a head, a note or a box.
#[derive(Default)]
pub struct Frame {
    pub tables: Vec<Open>,
    pub line: Line,
    /// The marker of the paragraph's list item, as printed.
    pub marker: Option<String>,
    /// Where in the line each open field begins, with its instruction.
    pub fields: Vec<(usize, String)>,
}

pub struct Reader {
    changes: Changes,
    pub page: Page,
    pub state: State,
    pub groups: Vec<State>,
    pub frame: Frame,
    pub frames: Vec<Frame>,
    pub beside: Beside,
    pub row: RowShape,
    pub nested_row: RowShape,
    pub fonts: HashMap<i32, Charset>,
    /// The heading level of each style that is one.
    pub headings: HashMap<i32, u8>,
    pub code_page: &'static Encoding,
    /// Text of the destination that is being gathered: a name, an instruction, a marker.
    pub side: String,
    /// Bytes that wait to be decoded together, and stand-ins still to be left out.
    bytes: Vec<u8>,
    pub left_out: usize,
    pub high_surrogate: Option<u32>,
    heads: Vec<Vec<Block>>,
    feet: Vec<Vec<Block>>,
    notes: Vec<Block>,
}

impl Reader {
    pub fn new(changes: Changes) -> Self {
        Self {
            changes,
            page: Page::new(),
            state: State::new(),
            groups: Vec::new(),
            frame: Frame::default(),
            frames: Vec::new(),
            beside: Beside::default(),
            row: RowShape::default(),
            nested_row: RowShape::default(),
            fonts: HashMap::new(),
            headings: HashMap::new(),
            code_page: encoding_rs::WINDOWS_1252,
            side: String::new(),
            bytes: Vec::new(),
            left_out: 0,
            high_surrogate: None,
            heads: Vec::new(),
            feet: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub fn open(&mut self) -> Result<(), Refusal> {
        self.flush()?;
        if self.groups.len() >= limits::RTF_DEPTH {
            return Err(Refusal::TooDeep);
        }
        self.left_out = 0;
        self.groups.push(self.state.clone());
        (self.state.begins, self.state.optional) = (false, false);
        Ok(())
    }

    pub fn close(&mut self) -> Result<(), Refusal> {
        self.flush()?;
        self.left_out = 0;
        if self.state.begins {
            self.end_destination()?;
        }
        if let Some(state) = self.groups.pop() {
            self.state = state;
        }
        Ok(())
    }

    /// A byte of text. Those that stand in for a character that was given otherwise are left out.
    pub fn byte(&mut self, byte: u8) {
        if self.left_out > 0 {
            self.left_out -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    /// Decodes the bytes that wait.
    pub fn flush(&mut self) -> Result<(), Refusal> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.bytes);
        let charset = self.fonts.get(&self.state.font).copied().unwrap_or(Charset::Page);
        let text = charset::decode(&bytes, charset, self.code_page);
        self.write(&text)
    }

    /// Writes text where the group's destination says.
    pub fn write(&mut self, text: &str) -> Result<(), Refusal> {
        match self.state.destination {
            Destination::Text | Destination::Frame(_) | Destination::Field => self.write_text(text),
            Destination::Nowhere | Destination::Copy | Destination::NestedRow => Ok(()),
            Destination::Comment => {
                self.beside.comment.text.push_str(text);
                if self.beside.comment.text.len() > limits::TEXT_BYTES { Err(Refusal::TooMuchText) } else { Ok(()) }
            }
            Destination::Fonts
            | Destination::Styles
            | Destination::Marker
            | Destination::Instruction
            | Destination::Revisers
            | Destination::Bookmark
            | Destination::RangeStart
            | Destination::RangeEnd
            | Destination::CommentAuthor
            | Destination::CommentDate
            | Destination::CommentReference => {
                if self.side.len() < SIDE_BYTES {
                    self.side.push_str(text);
                }
                if text.contains(';') {
                    self.table_entry();
                }
                Ok(())
            }
        }
    }

    fn write_text(&mut self, text: &str) -> Result<(), Refusal> {
        if self.state.deleted || self.state.revised {
            let (deleted, reviser, on) = (self.state.deleted, self.state.reviser, self.state.revised_on);
            let same = |change: &Change| (change.deleted, change.reviser, change.on) == (deleted, reviser, on);
            if !self.beside.change.as_ref().is_some_and(same) {
                self.end_change();
                self.beside.change = Some(Change { deleted, reviser, on, text: String::new() });
            }
            if let Some(change) = self.beside.change.as_mut() {
                change.text.push_str(text);
            }
            if self.is_gone() {
                return Ok(());
            }
        } else {
            self.end_change();
        }
        self.beside.mark(text);
        if self.state.hidden {
            self.frame.line.hide(text);
        }
        self.page.write(&mut self.frame.line, text, self.state.bold)
    }

    /// Whether what stands here is not on the page: it was deleted, or, where changes are taken back, it was added.
    fn is_gone(&self) -> bool {
        match self.changes {
            Changes::Accepted => self.state.deleted,
            Changes::Rejected => self.state.revised,
        }
    }

    /// The end of a paragraph that is gone itself: its words run on into the next, which says how both look.
    pub fn runs_on(&mut self) -> bool {
        let gone = self.is_gone();
        if gone {
            self.end_change();
            self.frame.marker = None;
        }
        gone
    }

    pub fn end_change(&mut self) {
        let aside = self.beside.end_change();
        self.frame.line.asides.extend(aside);
    }

    /// Ends the paragraph and places it in the tables that it says it stands in.
    pub fn end_paragraph(&mut self, depth: usize) -> Result<(), Refusal> {
        self.end_change();
        self.enter_depth(depth)?;
        let line = std::mem::take(&mut self.frame.line);
        for field in &mut self.frame.fields {
            field.0 = 0;
        }
        let marker = self.frame.marker.take().and_then(|text| printed_marker(&text));
        let paragraph = &self.state.paragraph;
        let outline = paragraph.outline.filter(|level| *level < 9).map(|level| level + 1);
        let shape = Shape {
            heading: outline.or_else(|| self.headings.get(&paragraph.style).copied()),
            marker: marker.map(|marker| (marker, paragraph.list_level.min(8))),
        };
        self.beside.mark("\n");
        self.page.place(line, shape)
    }

    /// Closes the tables that are deeper than this and opens those that are missing, each with a cell.
    pub fn enter_depth(&mut self, depth: usize) -> Result<(), Refusal> {
        if depth > limits::TABLE_DEPTH {
            return Err(Refusal::TooDeep);
        }
        while self.frame.tables.len() > depth {
            self.end_cell();
            let Some(mut open) = self.frame.tables.pop() else { break };
            if !open.cells.is_empty() {
                let cells = std::mem::take(&mut open.cells);
                open.rows.push((self.row.clone(), cells));
            }
            self.page.place_table(open.finish())?;
        }
        while self.frame.tables.len() < depth || self.frame.tables.last().is_some_and(|table| !table.in_cell) {
            if self.frame.tables.last().is_none_or(|table| table.in_cell) {
                self.frame.tables.push(Open::default());
            }
            self.page.open(self.page.place)?;
            if let Some(table) = self.frame.tables.last_mut() {
                table.in_cell = true;
            }
        }
        Ok(())
    }

    /// Closes the cell that is open in the innermost table.
    pub fn end_cell(&mut self) {
        if let Some(table) = self.frame.tables.last_mut().filter(|table| table.in_cell) {
            table.in_cell = false;
            table.cells.push(self.page.close());
        }
    }

    /// Ends the row of the innermost table with this shape.
    pub fn end_row(&mut self, shape: RowShape) -> Result<(), Refusal> {
        let Some(table) = self.frame.tables.last_mut() else { return Ok(()) };
        if table.in_cell {
            self.end_paragraph(self.frame.tables.len())?;
            self.end_cell();
        }
        if let Some(table) = self.frame.tables.last_mut().filter(|table| !table.cells.is_empty()) {
            let cells = std::mem::take(&mut table.cells);
            table.rows.push((shape, cells));
        }
        Ok(())
    }

    /// Begins text that stands elsewhere.
    pub fn begin_frame(&mut self, place: Place) -> Result<(), Refusal> {
        self.end_change();
        self.frames.push(std::mem::take(&mut self.frame));
        self.page.open(place)
    }

    /// Ends it, and puts its blocks where they belong.
    pub fn end_frame(&mut self, place: Place) -> Result<(), Refusal> {
        self.end_paragraph(0)?;
        let blocks = self.page.close();
        self.frame = self.frames.pop().unwrap_or_default();
        match place {
            // every section repeats its heads and feet
            Place::Header if self.heads.contains(&blocks) => {}
            Place::Footer if self.feet.contains(&blocks) => {}
            Place::Header => self.heads.push(blocks),
            Place::Footer => self.feet.push(blocks),
            Place::Footnote => self.notes.extend(blocks),
            Place::TextBox | Place::Body => self.frame.line.add_box(blocks),
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<Document, Refusal> {
        self.flush()?;
        while !self.frames.is_empty() {
            self.end_frame(Place::Body)?;
        }
        self.end_paragraph(0)?;
        let after = self.notes.into_iter().chain(self.feet.into_iter().flatten()).collect();
        Ok(self.page.finish_between(self.heads.into_iter().flatten().collect(), after))
    }
}

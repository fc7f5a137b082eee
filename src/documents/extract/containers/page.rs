//! What a reader has put on the page so far, within bounds: the walk's common ground in formats with paragraphs.
//!
//! A reader gathers a `Line`, says what shape it has, and places it. Cells and boxes are opened, filled and closed.

use super::super::blocks::{Aside, AsideKind, Block, BlockKind, Document, Marker, Place, Table};
use super::super::limits;
use super::super::refusal::Refusal;
use super::line::Line;
use super::shape::{heading_block, text_block};
use super::symbols;

/// What a paragraph is, beside its text.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// 1 to 9 for a heading.
    pub heading: Option<u8>,
    /// The marker that is printed before it, with its depth in the list.
    pub marker: Option<(Marker, u8)>,
}

/// The blocks so far; `inside` holds those of the cells and boxes that are open, innermost last.
pub struct Page {
    pub place: Place,
    blocks: Vec<Block>,
    inside: Vec<(Vec<Block>, Place, bool)>,
    asides: Vec<Aside>,
    blank: bool,
    written: usize,
    quoted: usize,
    made: usize,
}

impl Page {
    pub fn new() -> Self {
        Self {
            place: Place::Body,
            blocks: Vec::new(),
            inside: Vec::new(),
            asides: Vec::new(),
            blank: false,
            written: 0,
            quoted: 0,
            made: 0,
        }
    }

    /// Goes on in another part of the document: a header, the notes.
    pub fn turn_to(&mut self, place: Place) {
        (self.place, self.blank) = (place, false);
    }

    /// Opens a cell or a box: what is placed next goes inside it.
    pub fn open(&mut self, place: Place) -> Result<(), Refusal> {
        if self.inside.len() >= limits::TABLE_DEPTH * 2 {
            return Err(Refusal::TooDeep);
        }
        self.inside.push((Vec::new(), self.place, self.blank));
        self.turn_to(place);
        Ok(())
    }

    /// Closes the innermost cell or box and gives what was placed in it.
    pub fn close(&mut self) -> Vec<Block> {
        let Some((blocks, place, blank)) = self.inside.pop() else { return Vec::new() };
        (self.place, self.blank) = (place, blank);
        blocks
    }

    /// Where a box that is met now stands: boxes in a header or footer belong to it.
    pub fn box_place(&self) -> Place {
        if self.place == Place::Body { Place::TextBox } else { self.place }
    }

    /// Takes text that the page shows into the line.
    pub fn write(&mut self, line: &mut Line, text: &str, bold: bool) -> Result<(), Refusal> {
        self.written += text.len();
        if self.written > limits::TEXT_BYTES {
            return Err(Refusal::TooMuchText);
        }
        line.push(&symbols::plain(text), bold);
        Ok(())
    }

    /// Places a gathered line with its boxes and asides; an empty one is a blank line.
    pub fn place(&mut self, mut line: Line, shape: Shape) -> Result<(), Refusal> {
        for block in std::mem::take(&mut line.before) {
            self.push(block)?;
        }
        let outermost = self.blocks.len();
        let bold = line.is_bold();
        let text = line.text.trim();
        let mut shown = String::new();
        if text.is_empty() {
            self.blank = line.after.is_empty();
        } else {
            let kind = match shape.heading {
                Some(level) => heading_block(level.clamp(1, 9), shape.marker, text),
                None => text_block(shape.marker, text, bold, self.blank),
            };
            kind.text().clone_into(&mut shown);
            self.push(Block { place: self.place, tabs_before: 0, kind })?;
        }
        for block in std::mem::take(&mut line.after) {
            self.push(block)?;
        }
        line.asides.into_iter().try_for_each(|kind| self.aside(kind, Some(outermost), &shown))
    }

    /// Places a table, unless nothing stands in it.
    pub fn place_table(&mut self, table: Table) -> Result<(), Refusal> {
        if table.rows.iter().all(|row| row.cells.is_empty()) {
            return Ok(());
        }
        self.push(Block { place: self.place, tabs_before: 0, kind: BlockKind::Table(table) })
    }

    /// Reports something that stands in no paragraph.
    pub fn note(&mut self, kind: AsideKind) -> Result<(), Refusal> {
        self.aside(kind, Some(self.blocks.len()), "")
    }

    pub fn finish(mut self) -> Document {
        let last = self.blocks.len().checked_sub(1);
        for aside in &mut self.asides {
            aside.block = aside.block.min(last);
        }
        Document { blocks: self.blocks, asides: self.asides }
    }

    /// Finishes with heads before the text, and notes and feet after it.
    pub fn finish_between(mut self, before: Vec<Block>, after: Vec<Block>) -> Document {
        for aside in &mut self.asides {
            aside.block = aside.block.map(|block| block + before.len());
        }
        self.blocks.splice(0..0, before);
        self.blocks.extend(after);
        self.finish()
    }

    /// Adds a block where the walk is.
    pub fn push(&mut self, block: Block) -> Result<(), Refusal> {
        self.made += 1;
        // what `words::check` would refuse at the end is refused before it takes memory
        if self.made > limits::BLOCKS {
            return Err(Refusal::TooMuchText);
        }
        self.blank = false;
        self.inside.last_mut().map_or(&mut self.blocks, |(blocks, ..)| blocks).push(block);
        Ok(())
    }

    fn aside(&mut self, kind: AsideKind, block: Option<usize>, paragraph: &str) -> Result<(), Refusal> {
        if self.asides.len() >= limits::ASIDES {
            return Err(Refusal::TooManyMarks);
        }
        self.quoted += paragraph.len();
        let paragraph = if self.quoted > limits::ASIDE_BYTES { "" } else { paragraph };
        self.asides.push(Aside { block, paragraph: paragraph.to_owned(), kind });
        Ok(())
    }
}

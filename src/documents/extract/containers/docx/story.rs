//! The walk over block-level content, and what it carries along.

use super::super::super::blocks::{Aside, AsideKind, Block, BlockKind, Document, Place};
use super::super::super::limits;
use super::super::super::refusal::Refusal;
use super::super::line::{Dress, Line};
use super::super::xml::Element;
use super::comments::Comments;
use super::fields::Fields;
use super::notes::NoteKind;
use super::numbering::Numbering;
use super::numbering_part::Definitions;
use super::package::{Package, Relations};
use super::styles::{Look, Styles};

/// Where the walk is and what it has found.
pub struct Story<'p, 'a> {
    pub package: &'p mut Package<'a>,
    pub styles: Styles,
    pub numbering: Numbering,
    /// Of the part that is being walked.
    pub relations: Relations,
    pub comments: Comments,
    pub fields: Fields,
    /// Foot and endnotes in the order of their marks.
    pub notes: Vec<(NoteKind, String)>,
    pub place: Place,
    /// Containers (tables, text boxes) that are open around the walk.
    pub nesting: usize,
    pub table_depth: usize,
    /// Deletions, insertions and links that are open: only the outermost is reported.
    pub removed: usize,
    pub inserted: usize,
    pub linked: usize,
    pub blank: bool,
    /// A paragraph whose mark was deleted: it runs on into the next.
    pub carried: Option<Line>,
    /// Where the outermost block that is being walked will stand.
    pub outermost: usize,
    blocks: Vec<Block>,
    asides: Vec<Aside>,
    /// Bytes of text so far, and bytes of paragraphs that asides quote.
    written: usize,
    quoted: usize,
}

impl<'p, 'a> Story<'p, 'a> {
    pub fn open(package: &'p mut Package<'a>) -> Result<Self, Refusal> {
        let styles = package.related("styles")?.map(|(_, root)| Styles::parse(&root)).unwrap_or_default();
        let lists = package.related("numbering")?.map(|(_, root)| Definitions::parse(&root)).unwrap_or_default();
        let threads = package.related("commentsExtended")?.map(|(_, root)| root);
        let comments = package.related("comments")?;
        let comments = comments.map(|(_, root)| Comments::parse(&root, threads.as_ref())).unwrap_or_default();
        Ok(Self {
            relations: package.relations.clone(),
            package,
            styles,
            numbering: Numbering::new(lists),
            comments,
            fields: Fields::default(),
            notes: Vec::new(),
            place: Place::Body,
            nesting: 0,
            table_depth: 0,
            removed: 0,
            inserted: 0,
            linked: 0,
            blank: false,
            carried: None,
            outermost: 0,
            blocks: Vec::new(),
            asides: Vec::new(),
            written: 0,
            quoted: 0,
        })
    }

    /// Walks the main text.
    pub fn body(&mut self, body: &Element) -> Result<(), Refusal> {
        self.outer(body, Place::Body)
    }

    /// Walks one part's blocks onto the end of the document.
    pub fn outer(&mut self, parent: &Element, place: Place) -> Result<(), Refusal> {
        self.place = place;
        self.blank = false;
        self.fields.clear();
        let mut blocks = std::mem::take(&mut self.blocks);
        let walked = self.walk(parent, &mut blocks);
        self.blocks = blocks;
        walked
    }

    /// Walks the blocks of a container inside the text: a cell or a text box.
    pub fn inner(&mut self, parent: &Element, place: Place) -> Result<Vec<Block>, Refusal> {
        let saved = (self.place, self.blank, self.carried.take());
        (self.place, self.blank) = (place, false);
        self.nesting += 1;
        let mut blocks = Vec::new();
        let walked = self.walk(parent, &mut blocks);
        self.nesting -= 1;
        (self.place, self.blank, self.carried) = saved;
        walked.map(|()| blocks)
    }

    pub fn finish(mut self) -> Result<Document, Refusal> {
        for comment in self.comments.unmarked() {
            self.asides.push(Aside { block: None, paragraph: String::new(), kind: comment });
        }
        let last = self.blocks.len().checked_sub(1);
        for aside in &mut self.asides {
            aside.block = aside.block.min(last);
        }
        Ok(Document { blocks: self.blocks, asides: self.asides })
    }

    fn walk(&mut self, parent: &Element, out: &mut Vec<Block>) -> Result<(), Refusal> {
        self.blocks_of(parent, out)?;
        if let Some(line) = self.carried.take() {
            self.place_line(line, &Look::default(), None, out)?;
        }
        Ok(())
    }

    fn blocks_of(&mut self, parent: &Element, out: &mut Vec<Block>) -> Result<(), Refusal> {
        for child in parent.elements() {
            if self.nesting == 0 {
                self.outermost = out.len();
            }
            match child.name() {
                "p" => self.paragraph(child, out)?,
                "tbl" => self.table_block(child, out)?,
                "AlternateContent" => self.blocks_of(super::drawings::branch(child), out)?,
                "altChunk" | "subDoc" => return Err(Refusal::EmbeddedDocument),
                "commentRangeStart" | "commentRangeEnd" => self.comments.range(child),
                "sectPr" | "sdtPr" | "sdtEndPr" | "tblPr" | "tcPr" | "bookmarkEnd" | "proofErr" => {}
                // runs outside any paragraph, as broken writers leave them
                "r" | "hyperlink" | "del" | "moveFrom" | "bookmarkStart" => self.loose(child, out)?,
                _ => self.blocks_of(child, out)?,
            }
        }
        Ok(())
    }

    fn table_block(&mut self, table: &Element, out: &mut Vec<Block>) -> Result<(), Refusal> {
        if let Some(line) = self.carried.take() {
            self.place_line(line, &Look::default(), None, out)?;
        }
        let table = self.table(table)?;
        if table.rows.iter().any(|row| !row.cells.is_empty()) {
            out.push(Block { place: self.place, tabs_before: 0, kind: BlockKind::Table(table) });
            self.blank = false;
        }
        Ok(())
    }

    fn loose(&mut self, child: &Element, out: &mut Vec<Block>) -> Result<(), Refusal> {
        let mut line = self.carried.take().unwrap_or_default();
        self.one(child, &mut line, Dress::default())?;
        let blank = self.blank;
        self.place_line(line, &Look::default(), None, out)?;
        // only a paragraph of its own can be a blank line
        self.blank = blank && self.blank;
        Ok(())
    }

    /// Reports something beside the text, in a paragraph with this text.
    pub fn note_aside(&mut self, kind: AsideKind, paragraph: &str) -> Result<(), Refusal> {
        if self.asides.len() >= limits::ASIDES {
            return Err(Refusal::TooManyMarks);
        }
        self.quoted += paragraph.len();
        let paragraph = if self.quoted > limits::ASIDE_BYTES { String::new() } else { paragraph.to_owned() };
        self.asides.push(Aside { block: Some(self.outermost), paragraph, kind });
        Ok(())
    }

    /// Counts text against the document's bound.
    pub fn spend(&mut self, text: &str) -> Result<(), Refusal> {
        self.written += text.len();
        if self.written > limits::TEXT_BYTES { Err(Refusal::TooMuchText) } else { Ok(()) }
    }
}

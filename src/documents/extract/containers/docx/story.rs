//! The walk over block-level content, and what it carries along.

use super::super::super::blocks::{Aside, AsideKind, Block, BlockKind, Document, Marker, Place};
use super::super::super::limits;
use super::super::super::refusal::Refusal;
use super::super::markers;
use super::super::xml::Element;
use super::comments::Comments;
use super::fields::Field;
use super::line::{Dress, Line};
use super::notes::NoteKind;
use super::numbering::Numbering;
use super::numbering_part::Definitions;
use super::package::{Package, Relations};
use super::styles::{self, Look, Styles};
use super::switch;

/// Where the walk is and what it has found.
pub struct Story<'p, 'a> {
    pub package: &'p mut Package<'a>,
    pub styles: Styles,
    pub numbering: Numbering,
    /// Of the part that is being walked.
    pub relations: Relations,
    pub comments: Comments,
    pub fields: Vec<Field>,
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
    carried: Option<Line>,
    blocks: Vec<Block>,
    asides: Vec<Aside>,
    outermost: usize,
    written: usize,
    quoted: usize,
}

impl<'p, 'a> Story<'p, 'a> {
    pub fn open(package: &'p mut Package<'a>) -> Result<Self, Refusal> {
        let styles = package.related("styles")?.map(|(_, root)| Styles::parse(&root)).unwrap_or_default();
        let lists = package.related("numbering")?.map(|(_, root)| Definitions::parse(&root)).unwrap_or_default();
        let comments = package.related("comments")?.map(|(_, root)| Comments::parse(&root)).unwrap_or_default();
        Ok(Self {
            relations: package.relations.clone(),
            package,
            styles,
            numbering: Numbering::new(lists),
            comments,
            fields: Vec::new(),
            notes: Vec::new(),
            place: Place::Body,
            nesting: 0,
            table_depth: 0,
            removed: 0,
            inserted: 0,
            linked: 0,
            blank: false,
            carried: None,
            blocks: Vec::new(),
            asides: Vec::new(),
            outermost: 0,
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
        if !line.text.is_empty() || !line.asides.is_empty() {
            self.place_line(line, &Look::default(), None, out)?;
        }
        Ok(())
    }

    fn paragraph(&mut self, paragraph: &Element, out: &mut Vec<Block>) -> Result<(), Refusal> {
        let properties = paragraph.child("pPr");
        let look = self.styles.paragraph(properties.and_then(|own| own.child_attribute("pStyle", "val")));
        let (bold, hidden) = (look.bold == Some(true), look.hidden == Some(true));
        let dress = Dress { style_bold: bold, style_hidden: hidden, bold, hidden };
        let mut line = self.carried.take().unwrap_or_default();
        self.inside(paragraph, &mut line, dress)?;
        self.comments.mark("\n");
        let mark = properties.and_then(|own| own.child("rPr"));
        if mark.is_some_and(|mark| mark.child("del").or(mark.child("moveFrom")).is_some()) {
            self.carried = Some(line);
            return Ok(());
        }
        self.place_line(line, &look, properties, out)
    }

    /// Makes the block of a gathered line, with its text boxes and asides.
    fn place_line(&mut self, mut line: Line, look: &Look, properties: Option<&Element>, out: &mut Vec<Block>) -> Result<(), Refusal> {
        self.end_codes(&mut line);
        out.append(&mut line.before);
        if self.nesting == 0 {
            self.outermost = out.len();
        }
        let bold = line.is_bold();
        let text = line.text.trim();
        let marker = self.list_marker(look, properties);
        let mut shown = String::new();
        if text.is_empty() {
            self.blank = line.after.is_empty();
        } else {
            let heading = styles::outline(properties).filter(|level| *level <= 9).or(look.heading);
            let heading = heading.filter(|_| styles::outline(properties) != Some(10));
            let kind = block_kind(text, marker, heading, bold, self.blank);
            shown = text_of(&kind).to_owned();
            out.push(Block { place: self.place, tabs_before: 0, kind });
            self.blank = false;
        }
        out.append(&mut line.after);
        for kind in line.asides {
            self.note_aside(kind, &shown)?;
        }
        Ok(())
    }

    /// The marker that Word prints for this paragraph's list, if it is in one.
    fn list_marker(&mut self, look: &Look, properties: Option<&Element>) -> Option<(Marker, u8)> {
        let own = properties.and_then(|own| own.child("numPr"));
        let own_level = own.and_then(|own| own.child_attribute("ilvl", "val")).and_then(|level| level.parse().ok());
        let own_list = own.and_then(|own| own.child_attribute("numId", "val"));
        let style = properties.and_then(|own| own.child_attribute("pStyle", "val"));
        let list = own_list.or(look.list.as_deref())?;
        let by_style = || {
            let styles = [style, look.list_style.as_deref()].into_iter().flatten();
            styles.filter(|_| own_list.is_none()).find_map(|style| self.numbering.level_of_style(list, style, &self.styles))
        };
        let level: usize = own_level.or_else(by_style).or(look.list_level).unwrap_or(0).min(8);
        let marker = self.numbering.next(list, level, &self.styles)?;
        Some((marker, u8::try_from(level).unwrap_or(8)))
    }

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
        if self.written > limits::TEXT_CHARACTERS { Err(Refusal::TooMuchText) } else { Ok(()) }
    }

    /// Style of a run: whether it is bold and hidden.
    pub fn dress(&self, run: &Element, around: Dress) -> Dress {
        let properties = run.child("rPr");
        let look = self.styles.run(properties.and_then(|own| own.child_attribute("rStyle", "val")));
        let bold = switch(properties, "b").or(look.bold).unwrap_or(around.style_bold);
        let hidden = switch(properties, "vanish").or(look.hidden).unwrap_or(around.style_hidden);
        Dress { bold, hidden, ..around }
    }
}

fn block_kind(text: &str, marker: Option<(Marker, u8)>, heading: Option<u8>, bold: bool, blank_before: bool) -> BlockKind {
    let typed = if marker.is_none() { typed_marker(text) } else { None };
    match (heading, marker, typed) {
        (Some(level), Some((Marker::Number(number), _)), _) => BlockKind::Heading { level, number: Some(number), text: text.to_owned() },
        (Some(level), None, Some((Marker::Number(number), rest))) if !rest.is_empty() => {
            BlockKind::Heading { level, number: Some(number), text: rest.to_owned() }
        }
        (Some(level), _, _) => BlockKind::Heading { level, number: None, text: text.to_owned() },
        (None, Some((marker, level)), _) => BlockKind::ListItem { level, marker, text: text.to_owned(), bold, blank_before },
        (None, None, Some((marker, rest))) => BlockKind::ListItem { level: 0, marker, text: rest.to_owned(), bold, blank_before },
        (None, None, None) => BlockKind::Paragraph { text: text.to_owned(), bold, blank_before },
    }
}

/// A marker typed as text; not where the paragraph's other lines have theirs too, nor a glyph alone.
fn typed_marker(text: &str) -> Option<(Marker, &str)> {
    if text.lines().skip(1).any(|line| markers::split(line.trim()).is_some()) {
        return None;
    }
    markers::split(text).filter(|(marker, rest)| !rest.is_empty() || matches!(marker, Marker::Number(_)))
}

fn text_of(kind: &BlockKind) -> &str {
    match kind {
        BlockKind::Heading { text, .. } | BlockKind::Paragraph { text, .. } | BlockKind::ListItem { text, .. } => text,
        BlockKind::Table(_) => "",
    }
}

//! What a group inherits from the one around it.

use super::super::super::blocks::Place;

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// Onto the page.
    Text,
    /// Nowhere: it is no text, though a box inside it may hold some.
    Nowhere,
    /// Nowhere, boxes included: it is a second copy for older readers.
    Copy,
    Fonts,
    Styles,
    /// The marker of a list item, as printed.
    Marker,
    Instruction,
    /// The result of a field that begins here and is known when its group ends.
    Field,
    Revisers,
    Bookmark,
    RangeStart,
    RangeEnd,
    CommentAuthor,
    CommentDate,
    CommentReference,
    Comment,
    /// Row definitions of nested tables.
    NestedRow,
    /// Text that stands elsewhere on the page: a frame of its own.
    Frame(Place),
}

/// How characters and paragraphs look; reset by `\plain` and `\pard`.
#[derive(Debug, Clone)]
pub struct State {
    pub destination: Destination,
    /// The group itself began the destination: its end finishes it.
    pub begins: bool,
    /// `\*` stood at the group's start: an unknown word makes it no text.
    pub optional: bool,
    pub bold: bool,
    pub hidden: bool,
    pub font: i32,
    /// Bytes that stand in for one `\u`.
    pub stand_ins: usize,
    pub revised: bool,
    pub deleted: bool,
    pub reviser: i32,
    pub revised_on: i32,
    pub paragraph: Paragraph,
}

#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    pub style: i32,
    pub outline: Option<u8>,
    pub list_level: u8,
    pub in_table: bool,
    pub table_depth: Option<usize>,
}

impl Paragraph {
    /// How many tables it stands in.
    pub fn depth(&self) -> usize {
        match (self.table_depth, self.in_table) {
            (Some(0), true) | (None, true) => 1,
            (Some(depth), _) => depth,
            (None, false) => 0,
        }
    }
}

impl State {
    pub fn new() -> Self {
        Self {
            destination: Destination::Text,
            begins: false,
            optional: false,
            bold: false,
            hidden: false,
            font: -1,
            stand_ins: 1,
            revised: false,
            deleted: false,
            reviser: 0,
            revised_on: 0,
            paragraph: Paragraph::default(),
        }
    }

    /// `\plain`: characters as they are without any formatting.
    pub fn plain(&mut self) {
        (self.bold, self.hidden, self.revised, self.deleted) = (false, false, false, false);
    }
}

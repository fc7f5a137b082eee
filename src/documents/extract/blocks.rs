//! The neutral block model between containers and recognisers: what a page shows, in reading order.
//!
//! Containers (docx, text) build it and know nothing of job descriptions; recognisers read it and know
//! nothing of files. Every word of the source stands in exactly one block.

/// A document as its reader sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// Things beside the text that must not vanish in silence: pictures, links, tracked changes, comments.
    pub asides: Vec<Aside>,
}

/// Where on the page a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Body,
    Header,
    Footer,
    Footnote,
    TextBox,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub place: Place,
    /// Tabs at the start of the line, in plain text only: there a leading tab begins the next cell of a
    /// flattened table. A line of nothing but tabs is an empty cell: a paragraph with an empty text.
    pub tabs_before: u8,
    pub kind: BlockKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// `level` 1 to 9, from a heading style or a text convention; `number` as printed, if any.
    Heading {
        level: u8,
        number: Option<String>,
        text: String,
    },
    /// Soft breaks inside are `\n`. `bold`: the whole paragraph is printed bold (often a heading in disguise).
    /// `blank_before`: an empty line or paragraph stood before it.
    Paragraph {
        text: String,
        bold: bool,
        blank_before: bool,
    },
    /// `level` 0 is outermost; `marker` as printed ("•", "1.", "2.1.1", "a)").
    ListItem {
        level: u8,
        marker: Marker,
        text: String,
        bold: bool,
        blank_before: bool,
    },
    Table(Table),
}

impl BlockKind {
    /// The text of the block itself, without its number or marker; empty for a table.
    pub fn text(&self) -> &str {
        match self {
            Self::Heading { text, .. } | Self::Paragraph { text, .. } | Self::ListItem { text, .. } => text,
            Self::Table(_) => "",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marker {
    Bullet(String),
    Number(String),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Marked as a repeating header row in the source.
    pub header: bool,
    pub cells: Vec<Cell>,
}

/// A cell of the grid. Merged cells stand once, with their spans in columns and rows; nested tables are blocks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Zero-based first column of the cell in the grid.
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
    pub blocks: Vec<Block>,
}

/// Something that is not running text, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Index into `Document::blocks` of the outermost block it stands in or beside; none where it has no place.
    pub block: Option<usize>,
    /// The whole text of the paragraph it stands in, as the block gives it; often empty for a picture.
    pub paragraph: String,
    pub kind: AsideKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AsideKind {
    Picture {
        description: String,
    },
    Link {
        text: String,
        target: String,
    },
    Bookmark {
        name: String,
    },
    /// Tracked insertion: its words are also in the blocks. `date` is ISO 8601 as the file gives it, or empty.
    Inserted {
        text: String,
        author: String,
        date: String,
    },
    /// Tracked deletion: its words are in no block.
    Deleted {
        text: String,
        author: String,
        date: String,
    },
    /// `on` is the text that the comment marks; the comment's words are in no block.
    Comment {
        said: Said,
        on: String,
    },
    /// Text that the word processor hides: its words are also in the blocks.
    Hidden {
        text: String,
    },
}

/// What somebody says in a comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub author: String,
    pub date: String,
    /// What the file knows it by, and the one that it answers; empty where the file does not say.
    pub key: String,
    pub answers: String,
    pub resolved: bool,
}

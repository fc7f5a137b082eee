//! What a person pastes: a list, a table or lines, from Word, LibreOffice, a mail, a web page or plain text.
//!
//! The clipboard's HTML or text in, entries out (`read_html`, `read_text`), with the count of what was left out; then
//! items of the wanted kind (`items`). Pure, and bounded: nothing here knows of pages or the database, and nothing of
//! the HTML but words, lists, tables, bold, italic and links comes through.

mod html;
mod items;
mod specification;
mod style;
mod text;
mod tokens;

use std::collections::BTreeMap;

pub use html::read_html;
pub use items::{Piece, items};
pub use text::{read_text, without_marker};

/// The most that is read at once, in bytes of text or HTML.
pub const PASTE_BYTES: usize = 1024 * 1024;
/// The most entries that are read at once.
pub const PASTE_ENTRIES: usize = 5_000;

/// A line, a list item or a row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// 0 is outermost.
    pub level: usize,
    /// Printed before it: `2.1`, `a)`. Bullets are not kept.
    pub number: Option<String>,
    /// A heading over lines, or the row of headings of a table.
    pub heading: bool,
    /// One for a line; a row has several. In the form of `domain::inline`, lines parted by `\n`.
    pub cells: Vec<String>,
}

/// What was read, and how much was left out of each thing that an item can't hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    pub entries: Vec<Entry>,
    pub dropped: BTreeMap<Dropped, usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dropped {
    Formatting,
    Pictures,
    Scripts,
    Objects,
    Links,
    Deleted,
    Comments,
    TableHeadings,
    Invisible,
}

/// Why nothing was read; a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    #[error("This is more than 1 MB, the most that is read at once: paste it in parts")]
    Bytes,
    #[error("This has more than {PASTE_ENTRIES} lines, the most that are read at once: paste it in parts")]
    Entries,
}

impl Dropped {
    /// `2 pictures`, `formatting, such as fonts and colours`.
    pub fn said(self, count: usize) -> String {
        let counted = |one, many| crate::domain::text::count(count, one, many);
        match self {
            Dropped::Formatting => "formatting, such as fonts and colours".to_owned(),
            Dropped::Pictures => counted("picture", "pictures"),
            Dropped::Scripts => counted("script", "scripts"),
            Dropped::Objects => counted("form field or embedded object", "form fields or embedded objects"),
            Dropped::Links => counted(
                "link that leads to no web page or mail address (its words are kept)",
                "links that lead to no web page or mail address (their words are kept)",
            ),
            Dropped::Deleted => counted("stretch marked as deleted", "stretches marked as deleted"),
            Dropped::Comments => counted("comment", "comments"),
            Dropped::TableHeadings => counted("row of table headings", "rows of table headings"),
            Dropped::Invisible => counted("invisible character", "invisible characters"),
        }
    }
}

impl Pasted {
    fn drop(&mut self, what: Dropped) {
        *self.dropped.entry(what).or_default() += 1;
    }

    /// Words as they are kept: characters that show nothing go, and are counted.
    fn visible(&mut self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                // Overrides of direction and other marks that a reader can't see but would be misled by.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}' | '\u{ad}' => {
                    self.drop(Dropped::Invisible);
                }
                '\u{a0}' | '\u{2007}' | '\u{202f}' => kept.push(' '),
                '\n' | '\t' => kept.push(c),
                c if c.is_control() => self.drop(Dropped::Invisible),
                c => kept.push(c),
            }
        }
        kept
    }

    /// # Errors
    /// More entries than are read at once.
    fn push(&mut self, entry: Entry) -> Result<(), TooMuch> {
        if entry.cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let heads = !entry.heading && specification::columns(&entry).is_some();
        if heads {
            self.drop(Dropped::TableHeadings);
        }
        self.entries.push(Entry { heading: entry.heading || heads, ..entry });
        match self.entries.len() > PASTE_ENTRIES {
            true => Err(TooMuch::Entries),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;

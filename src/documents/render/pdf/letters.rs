//! Letters as they can be set: what no typeface of ours has is named by its code, and words that are longer than a line
//! may break. Nothing is dropped without a word.

use super::world::{Fonts, is_unseen};
use crate::documents::render::sheet::{Block, Line, Role, Sheet, is_from_right};

/// A stretch without a place to break that is still left whole, in letters; and how far apart a longer one may break.
const LONGEST_WORD: usize = 24;
const STEP: usize = 8;
/// How many missing characters a page names one by one.
pub const MOST_NAMED: usize = 20;
/// Where a word may break, unseen.
const MAY_BREAK: char = '\u{200b}';

/// The sheet as data for the typesetter.
pub fn set(sheet: &Sheet, fonts: &Fonts) -> serde_json::Result<String> {
    let data = serde_json::to_string(sheet)?;
    if data.is_ascii() {
        return Ok(broken(&data, fonts));
    }
    let missing = fonts.missing(&data);
    if missing.is_empty() {
        return Ok(broken(&data, fonts));
    }
    let mut told = sheet.clone();
    let note =
        format!("{} Each stands here as its number in Unicode, such as {}.", sentence(missing.len()), code('\u{4e2d}'));
    told.blocks.push(Block::Text(Line::new(Role::About, note)));
    Ok(broken(&serde_json::to_string(&told)?, fonts))
}

/// Whether something in it may be written from right to left.
pub fn turn(data: &str) -> bool {
    data.chars().any(is_from_right)
}

/// What a page says before the download, and the file at its end.
pub fn sentence(missing: usize) -> String {
    match missing {
        1 => "1 character of this document is in no typeface that PDFs are set in.".to_owned(),
        some => format!("{some} characters of this document are in no typeface that PDFs are set in."),
    }
}

/// Codes for what is missing, and places to break. The data is JSON, whose own signs and escapes end a word.
fn broken(data: &str, fonts: &Fonts) -> String {
    let mut out = String::with_capacity(data.len() + data.len() / 8);
    let mut run = 0;
    for c in data.chars() {
        let is_word =
            c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '/' | '-' | '+' | '=' | '%' | '&' | '#' | '?');
        run = if is_word { run + 1 } else { 0 };
        if c.is_ascii() || (is_unseen(c) && c != MAY_BREAK) || fonts.has(c) {
            out.push(c);
        } else if !is_unseen(c) {
            out.push_str(&code(c));
        }
        if run >= LONGEST_WORD && run.is_multiple_of(STEP) {
            out.push(MAY_BREAK);
        }
    }
    out
}

/// `[U+4E2D]`
fn code(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_may_break_and_what_is_missing_is_named() {
        let none = Fonts::default();
        let data = broken(&format!("{{\"text\":\"{}\\n{}\"}}", "x".repeat(300), "y".repeat(20)), &none);
        assert_eq!(data.matches(MAY_BREAK).count(), (300 - LONGEST_WORD) / STEP + 1);
        assert_eq!(data.replace(MAY_BREAK, "").len(), 300 + 20 + 13, "and nothing else changed");
        assert_eq!(broken("a 東\u{200f}b", &none), "a [U+6771]\u{200f}b");
    }
}

//! Plain text: a line an entry; bullets, numbers and tabs say lists, levels and cells.

use super::{Entry, PASTE_BYTES, Pasted, TooMuch};
use crate::documents::extract::blocks::Marker;
use crate::documents::extract::typed_marker;
use crate::domain::inline::{Span, write};

/// Columns that a tab stands for.
const TAB: usize = 4;

/// Reads lines; those set in stand below the nearest line before that is set in less.
///
/// # Errors
/// More than is read at once.
pub fn read_text(text: &str) -> Result<Pasted, TooMuch> {
    if text.len() > PASTE_BYTES {
        return Err(TooMuch::Bytes);
    }
    let mut pasted = Pasted::default();
    let mut open: Vec<usize> = Vec::new();
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{2028}', '\u{2029}'], "\n");
    for line in text.split('\n') {
        let line = pasted.visible(line);
        let words = line.trim();
        if words.is_empty() {
            continue;
        }
        let indent = indent(&line);
        while open.last().is_some_and(|above| *above >= indent) {
            open.pop();
        }
        let (number, rest) = marked(words);
        let entry = Entry { level: open.len(), number, heading: false, cells: cells(rest) };
        open.push(indent);
        pasted.push(entry)?;
    }
    Ok(pasted)
}

/// A typed number, and the words after it or after a bullet.
pub(super) fn marked(words: &str) -> (Option<String>, &str) {
    match typed_marker(words) {
        Some((Marker::Number(number), rest)) if !rest.is_empty() => (Some(number), rest),
        Some((Marker::Bullet(_), rest)) if !rest.is_empty() => (None, rest),
        Some(_) | None => (None, words),
    }
}

/// A line without its typed bullet or number.
pub fn without_marker(line: &str) -> &str {
    marked(line.trim()).1
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { TAB } else { 1 }).sum()
}

/// The cells of a row; what looks like a mark is a character.
fn cells(words: &str) -> Vec<String> {
    let plain = |cell: &str| write(&[Span { text: cell.trim().to_owned(), ..Span::default() }]);
    words.split('\t').map(plain).collect()
}

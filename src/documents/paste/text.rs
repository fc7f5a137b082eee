//! Plain text: a line an entry; bullets, numbers and tabs say lists, levels and cells.

use super::{Entry, PASTE_BYTES, Pasted, TooMuch};
use crate::documents::extract::blocks::Marker;
use crate::documents::extract::typed_marker;
use crate::domain::inline::{Span, write};

/// Columns that a tab stands for.
const TAB: usize = 4;

/// Reads lines; those set in stand below the nearest line before that is set in less, and those with a bullet of another
/// kind below the line before.
///
/// # Errors
/// More than is read at once.
pub fn read_text(text: &str) -> Result<Pasted, TooMuch> {
    if text.len() > PASTE_BYTES {
        return Err(TooMuch::Bytes);
    }
    let mut pasted = Pasted::default();
    let mut open: Vec<(usize, Option<Sign>)> = Vec::new();
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{2028}', '\u{2029}'], "\n");
    for line in text.split('\n') {
        let line = pasted.visible(line);
        if line.trim().is_empty() {
            continue;
        }
        // Tabs at the end part empty cells.
        let words = line.trim_start().trim_end_matches(' ');
        let (indent, sign) = (indent(&line), sign(words));
        while open.last().is_some_and(|(above, _)| *above > indent) {
            open.pop();
        }
        // At the same indent another sign opens a list within the line before, and one that stands above goes back to it.
        let here = open.iter().rposition(|(above, before)| *above == indent && (*before == sign || sign.is_none()));
        match here {
            Some(at) => open.truncate(at),
            None if sign.is_none() => open.retain(|(above, _)| *above < indent),
            None => open.retain(|(above, before)| *above < indent || before.is_some_and(|above| holds(above, sign))),
        }
        let (number, rest) = marked(words);
        let entry = Entry { level: open.len(), number, heading: false, cells: cells(rest) };
        open.push((indent, sign));
        pasted.push(entry)?;
    }
    Ok(pasted)
}

/// What a line begins with, as far as it tells one list from another: Word's plain text has no indents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Bullet(char),
    Number,
    Letter,
}

/// Whether a list with that sign stands within an entry with this one: bullets below numbers, letters and other bullets,
/// letters below numbers. Below a line without a sign stands nothing.
fn holds(above: Sign, below: Option<Sign>) -> bool {
    match (above, below) {
        (Sign::Number, Some(Sign::Bullet(_) | Sign::Letter))
        | (Sign::Letter | Sign::Bullet(_), Some(Sign::Bullet(_))) => true,
        (Sign::Number, Some(Sign::Number) | None)
        | (Sign::Letter | Sign::Bullet(_), Some(Sign::Number | Sign::Letter) | None) => false,
    }
}

fn sign(words: &str) -> Option<Sign> {
    if let Some((bullet, _)) = word_bullet(words) {
        return Some(Sign::Bullet(bullet));
    }
    match typed_marker(words) {
        Some((Marker::Bullet(bullet), _)) => bullet.chars().next().map(Sign::Bullet),
        Some((Marker::Number(number), _)) if number.contains(|c: char| c.is_ascii_digit()) => {
            // 2.1 below 2 counts by itself; it is no list of another kind.
            Some(Sign::Number)
        }
        Some((Marker::Number(_), _)) => Some(Sign::Letter),
        None => None,
    }
}

/// Word's own bullets as it puts them into plain text: a letter of a symbol font, and a tab.
fn word_bullet(words: &str) -> Option<(char, &str)> {
    let (bullet, rest) = words.split_once('\t')?;
    let mut letters = bullet.trim_end().chars();
    let first = letters.next().filter(|first| "·§oØvüþ".contains(*first))?;
    (letters.next().is_none() && !rest.trim().is_empty()).then(|| (first, rest.trim()))
}

/// A typed number, and the words after it or after a bullet.
pub(super) fn marked(words: &str) -> (Option<String>, &str) {
    if let Some((_, rest)) = word_bullet(words) {
        return (None, rest);
    }
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

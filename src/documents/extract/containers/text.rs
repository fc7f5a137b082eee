//! Plain text and light Markdown.
//!
//! What recognisers may rely on:
//! - Each line is one block, in order; blank lines are dropped and leave `blank_before` on the next block.
//! - Tabs at the start of a line are counted in `tabs_before` (a leading tab begins the next cell of a flattened
//!   table); a line of nothing but tabs is a paragraph with an empty text. Tabs inside the text stay.
//! - A typed bullet (`•`, `·`, `-`, `*`, `o`, …) or list number (`1.`, `2.1.1`, `a)`, `(iv)`) at the start makes
//!   a `ListItem`; the marker is as printed (private-use glyphs as `•`). A number is split off only where
//!   it is clearly one. `level` counts from the indentation in spaces within the list, else 0.
//! - A bullet alone on its line takes the next line as its text; so does a number alone. Left without a text, a
//!   bullet is a paragraph that holds only the glyph (so is a tick in a cell), a number a `ListItem` with an empty text.
//! - Headings are not guessed, except Markdown's `#`. `bold` is set only where Markdown's `**` wraps the line; its
//!   other stars go, its links become asides, and its tables of pipes become tables.

use super::super::blocks::Document;
use super::super::limits;
use super::super::refusal::Refusal;
use super::lines::Lines;

/// Reads UTF-8, UTF-16 with a byte-order mark, or Windows-1252.
pub fn read(bytes: &[u8], markdown: bool) -> Result<Document, Refusal> {
    let text = decode(bytes)?;
    if text.len() > limits::TEXT_BYTES {
        return Err(Refusal::TooMuchText);
    }
    let mut lines = Lines::new(markdown);
    for line in text.split(['\n', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']) {
        lines.push(line);
    }
    Ok(lines.finish())
}

/// The bytes as text with `\n` line ends.
fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let text = if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[mark..]).0
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.into()
    } else {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0
    };
    let control = |c: &char| c.is_control() && !"\t\n\r\u{b}\u{c}\u{85}".contains(*c);
    // stray control bytes occur in real exports; a binary file is full of them
    let (controls, all) = (text.chars().filter(control).count(), text.chars().count());
    if text.contains('\0') || controls * 50 > all {
        return Err(Refusal::UnknownType);
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

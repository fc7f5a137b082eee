//! The block that a gathered paragraph becomes, the same in every format with paragraphs.

use super::super::blocks::{BlockKind, Marker};
use super::{markers, symbols};

/// A heading with its number, computed or typed; a bullet before a heading is not kept.
pub fn heading_block(level: u8, marker: Option<(Marker, u8)>, text: &str) -> BlockKind {
    let (number, text) = match (marker.map(|(marker, _)| marker), typed_marker(text)) {
        (Some(Marker::Number(number)), _) => (Some(number), text),
        (None, Some((Marker::Number(number), rest))) if !rest.is_empty() => (Some(number), rest),
        (Some(Marker::Bullet(_)) | None, Some(_) | None) => (None, text),
    };
    BlockKind::Heading { level, number, text: text.to_owned() }
}

/// A paragraph, or a list item where it has a marker, computed or typed.
pub fn text_block(marker: Option<(Marker, u8)>, text: &str, bold: bool, blank_before: bool) -> BlockKind {
    let typed = || typed_marker(text).map(|(marker, rest)| (marker, 0, rest));
    match marker.map(|(marker, level)| (marker, level, text)).or_else(typed) {
        Some((marker, level, text)) => BlockKind::ListItem { level, marker, text: text.to_owned(), bold, blank_before },
        None => BlockKind::Paragraph { text: text.to_owned(), bold, blank_before },
    }
}

/// A marker typed as text; not where the paragraph's other lines have theirs too, nor a glyph alone.
fn typed_marker(text: &str) -> Option<(Marker, &str)> {
    if text.lines().skip(1).any(|line| markers::split(line.trim()).is_some()) {
        return None;
    }
    markers::split(text).filter(|(marker, rest)| !rest.is_empty() || matches!(marker, Marker::Number(_)))
}

/// A marker as the writer printed it: a number, or the glyph of a bullet.
pub fn printed_marker(text: &str) -> Option<Marker> {
    let text = text.trim();
    let glyph = text.chars().next()?;
    let alone = text.chars().count() == 1;
    match glyph {
        'o' if alone => Some(Marker::Bullet("◦".to_owned())),
        _ if text.chars().any(|c| c.is_alphanumeric() && !symbols::is_private(c)) => {
            Some(Marker::Number(text.to_owned()))
        }
        _ => Some(Marker::Bullet(symbols::plain(text))),
    }
}

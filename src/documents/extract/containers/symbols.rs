//! Characters of the picture fonts (Symbol, Wingdings) as characters that every font has.

/// What a private-use character of a symbol font shows: a tick, a cross, an empty or ticked box, or else a bullet.
/// Symbol fonts put their byte codes at U+F000; `font` decides where two fonts differ, and may be unknown.
pub fn shown(code: u32, font: &str) -> char {
    let wingdings_2 = font.eq_ignore_ascii_case("Wingdings 2");
    match (code & 0xff, wingdings_2) {
        (0xfc, false) | (0x50, true) => '✓',
        (0xfb, false) | (0x4f, true) => '✗',
        (0xfe, false) | (0x52, true) => '☑',
        (0xfd, false) | (0x53 | 0x54, true) => '☒',
        (0xa8 | 0x6f, false) | (0xa3 | 0x2a, true) => '☐',
        (0xe0, false) => '→',
        _ => '•',
    }
}

/// Whether the character is a code of a symbol font.
pub fn is_private(c: char) -> bool {
    ('\u{f020}'..='\u{f0ff}').contains(&c)
}

/// The text with every private-use symbol replaced by what it shows.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if is_private(c) { shown(u32::from(c), "") } else { c }).collect()
}

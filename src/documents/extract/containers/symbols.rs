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

/// The letters of signs that stand for two or three of them, as typefaces join them on paper.
pub fn without_ligatures(text: &str) -> String {
    const JOINED: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    let letters = |c: char| usize::try_from(u32::from(c).checked_sub(0xfb00)?).ok().and_then(|at| JOINED.get(at));
    text.chars().fold(String::new(), |mut out, c| {
        match letters(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn joined_letters_come_apart() {
        assert_eq!(super::without_ligatures("sta\u{fb00} \u{fb01}re o\u{fb03}ce"), "staff fire office");
    }
}

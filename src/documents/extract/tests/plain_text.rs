//! Plain text: encodings, lines, markers.

use super::super::blocks::BlockKind;
use super::support::{read, short};

fn lines(text: &str) -> Vec<String> {
    short(&read(text.as_bytes()))
}

#[test]
fn every_encoding_gives_the_same_words() {
    let text = "Café’s pay: £10\r\n– daily";
    let wide = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        [mark.to_vec(), text.encode_utf16().flat_map(order).collect()].concat()
    };
    let files = [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        wide(u16::to_le_bytes, [0xff, 0xfe]),
        wide(u16::to_be_bytes, [0xfe, 0xff]),
        b"Caf\xe9\x92s pay: \xa310\r\n\x96 daily".to_vec(),
    ];
    for file in files {
        assert_eq!(short(&read(&file)), ["P Café’s pay: £10", "L0 – daily"]);
    }
}

#[test]
fn leading_tabs_are_counted_and_empty_cells_kept() {
    assert_eq!(lines("\tPost level\n\t\n\t \tGrade\tB\n"), ["⇥P Post level", "⇥P ", "⇥⇥P Grade\tB"]);
}

#[test]
fn blank_lines_show_on_the_next_block() {
    let document = read(b"One here\n\n \nTwo here\nThree");
    let blanks =
        document.blocks.iter().map(|block| matches!(block.kind, BlockKind::Paragraph { blank_before: true, .. }));
    assert_eq!(blanks.collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn a_glyph_or_number_alone_takes_the_next_line() {
    assert_eq!(lines("•\nServe meals\n•\n\nWash up\n3.\nClose\n"), ["L0 • Serve meals", "L0 • Wash up", "L0 3. Close"]);
    assert_eq!(lines("o\nServe meals\n"), ["L0 o Serve meals"]);
    assert_eq!(lines("Level\n-\n\nNext label\n"), ["P Level", "P -", "P Next label"]);
    assert_eq!(lines("\tLifting\n\t✓\n\tOften\n•\n"), ["⇥P Lifting", "⇥P ✓", "⇥P Often", "P •"]);
}

#[test]
fn indented_bullets_are_deeper() {
    assert_eq!(
        lines("• Cook\n  - soup\n  - bread\n• Clean\nEnd\n    • Lone"),
        ["L0 • Cook", "L1 - soup", "L1 - bread", "L0 • Clean", "P End", "L0 • Lone"]
    );
}

#[test]
fn page_breaks_and_word_line_breaks_end_lines() {
    assert_eq!(lines("One\u{b}Two\u{c}Three\rFour"), ["P One", "P Two", "P Three", "P Four"]);
}

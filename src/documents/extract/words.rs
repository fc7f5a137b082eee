//! Counting and judging the words of a document, whatever container they came from.

use super::blocks::{Block, BlockKind, Document, Marker};
use super::refusal::Refusal;

/// Words on the page: runs without white space that hold a letter or a digit, list numbers included.
pub fn count(document: &Document) -> usize {
    let mut words = 0;
    each_text(&document.blocks, &mut |text| words += tokens(text).count());
    words
}

/// Refuses a document in which too few runs of characters look like words: pictures of text, binary
/// data in a text file, and text whose character codes are shifted.
pub fn check_readable(document: &Document) -> Result<(), Refusal> {
    let (mut all, mut readable) = (0_usize, 0_usize);
    each_text(&document.blocks, &mut |text| {
        all += tokens(text).count();
        readable += tokens(text).filter(|token| is_readable(token)).count();
    });
    if readable == 0 || readable * 4 < all { Err(Refusal::NoWords) } else { Ok(()) }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|token| token.chars().any(char::is_alphanumeric))
}

/// Two letters in a row and, where they are all ASCII, a vowel (`w` and `y` are vowels in Welsh).
fn is_readable(token: &str) -> bool {
    let letters: Vec<char> = token.chars().filter(|c| c.is_alphabetic()).collect();
    let vowel = |c: &char| !c.is_ascii() || "aeiouwyAEIOUWY".contains(*c);
    letters.len() >= 2 && letters.len() <= 40 && letters.iter().any(vowel)
}

fn each_text(blocks: &[Block], visit: &mut dyn FnMut(&str)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { number, text, .. } => {
                if let Some(number) = number {
                    visit(number);
                }
                visit(text);
            }
            BlockKind::Paragraph { text, .. } => visit(text),
            BlockKind::ListItem { marker, text, .. } => {
                if let Marker::Number(number) = marker {
                    visit(number);
                }
                visit(text);
            }
            BlockKind::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    each_text(&cell.blocks, visit);
                }
            }
        }
    }
}

//! Counting and judging the words of a document, whatever container they came from.

use super::blocks::{Block, BlockKind, Document, Marker};
use super::limits;
use super::refusal::Refusal;

/// Small words that make up a fifth of any English or Welsh text.
const COMMON: [&str; 16] =
    ["the", "and", "of", "to", "in", "for", "with", "is", "be", "you", "or", "on", "yn", "yr", "ac", "ar"];
/// Words that are looked at to find shifted codes, and the fewest that can show them.
const SAMPLE: std::ops::Range<usize> = 30..2_000;
/// Character codes may be off by up to this, either way.
const SHIFT: i32 = 40;

/// Words on the page: runs without white space that hold a letter or a digit, list numbers included.
pub fn count(document: &Document) -> usize {
    let mut words = 0;
    each_text(&document.blocks, &mut |text| words += tokens(text).count());
    words
}

/// Refuses a document that is past all real sizes, or in which too few runs of characters look like words:
/// pictures of text, binary data in a text file, and text whose character codes are shifted.
pub fn check(document: &Document) -> Result<(), Refusal> {
    if count_blocks(&document.blocks) > limits::BLOCKS {
        return Err(Refusal::TooMuchText);
    }
    let (mut all, mut readable, mut sample) = (0_usize, 0_usize, Vec::new());
    each_text(&document.blocks, &mut |text| {
        for token in tokens(text) {
            all += 1;
            readable += usize::from(is_readable(token));
            if sample.len() < SAMPLE.end {
                sample.push(token.to_owned());
            }
        }
    });
    if readable == 0 || readable * 4 < all {
        Err(Refusal::NoWords)
    } else if sample.len() >= SAMPLE.start && is_shifted(&sample) {
        Err(Refusal::ShiftedCodes)
    } else {
        Ok(())
    }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|token| token.chars().any(char::is_alphanumeric))
}

/// Two letters and, where they are all ASCII, a vowel (`w` and `y` are vowels in Welsh).
fn is_readable(token: &str) -> bool {
    let letters: Vec<char> = token.chars().filter(|c| c.is_alphabetic()).collect();
    let vowel = |c: &char| !c.is_ascii() || "aeiouwyAEIOUWY".contains(*c);
    letters.len() >= 2 && letters.len() <= 40 && letters.iter().any(vowel)
}

/// Whether there are no common words as it stands, but many with all character codes moved by some number.
fn is_shifted(sample: &[String]) -> bool {
    let common = |shift: i32| {
        let hits = sample.iter().filter(|word| COMMON.contains(&shifted(word, shift).as_str())).count();
        hits * 100 / sample.len()
    };
    common(0) == 0 && (-SHIFT..=SHIFT).any(|shift| common(shift) >= 8)
}

fn shifted(word: &str, shift: i32) -> String {
    let moved = word.chars().map(|c| u32::from(c).checked_add_signed(shift).and_then(char::from_u32).unwrap_or(' '));
    moved.collect::<String>().to_lowercase()
}

fn count_blocks(blocks: &[Block]) -> usize {
    let inside = |block: &Block| match &block.kind {
        BlockKind::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).map(|cell| 1 + count_blocks(&cell.blocks)).sum()
        }
        BlockKind::Heading { .. } | BlockKind::Paragraph { .. } | BlockKind::ListItem { .. } => 0,
    };
    blocks.iter().map(|block| 1 + inside(block)).sum()
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

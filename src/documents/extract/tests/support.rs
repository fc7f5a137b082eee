//! Shows blocks in short; the files are written by `word`, `pieces` and `pdfs`.

use super::super::blocks::{AsideKind, Block, BlockKind, Document, Marker, Place};
use super::super::read_blocks;
use super::super::refusal::Refusal;
pub use super::word::{Docx, STRICT, item, p, r, zipped};

impl Docx {
    pub fn read(&self) -> Document {
        read(&self.bytes())
    }
}

pub fn read(bytes: &[u8]) -> Document {
    read_blocks(bytes).unwrap().1
}

pub fn refusal(bytes: &[u8]) -> Refusal {
    read_blocks(bytes).unwrap_err()
}

/// The blocks of the body's text, one line each: `H1 1. text`, `P text`, `B text` (bold), `L0 • text`.
pub fn short(document: &Document) -> Vec<String> {
    short_blocks(&document.blocks)
}

pub fn short_blocks(blocks: &[Block]) -> Vec<String> {
    blocks.iter().map(short_block).collect()
}

fn short_block(block: &Block) -> String {
    let place = if block.place == Place::Body { String::new() } else { format!("{:?}: ", block.place) };
    let tabs = "⇥".repeat(usize::from(block.tabs_before));
    let text = match &block.kind {
        BlockKind::Heading { level, number, text } => {
            let number = number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
            format!("H{level} {number}{text}")
        }
        BlockKind::Paragraph { text, bold, .. } => format!("{} {text}", if *bold { 'B' } else { 'P' }),
        BlockKind::ListItem { level, marker: Marker::Bullet(marker) | Marker::Number(marker), text, .. } => {
            format!("L{level} {marker} {text}")
        }
        BlockKind::Table(table) => {
            let rows = table.rows.iter().map(|row| {
                let cells = row.cells.iter().map(|cell| {
                    format!("{}+{}x{} {:?}", cell.column, cell.columns, cell.rows, short_blocks(&cell.blocks))
                });
                format!("{}{}", if row.header { "! " } else { "" }, cells.collect::<Vec<_>>().join(" | "))
            });
            format!("T {}", rows.collect::<Vec<_>>().join(" // "))
        }
    };
    format!("{place}{tabs}{text}")
}

/// What stands beside the text.
pub fn asides(document: &Document) -> Vec<AsideKind> {
    document.asides.iter().map(|aside| aside.kind.clone()).collect()
}

//! Blocks to sheet: enters every text into the ledger and lays it out as nodes.
//!
//! It also splits typed bullets that stand after a soft break, because the containers see one paragraph there.
//! Heads, feet and page numbers are handed over apart from the body.

use super::ledger::{Ledger, Piece};
use super::sheet::{Grid, GridCell, GridRow, Line, Node};
use crate::documents::extract::blocks::{Block, BlockKind, Cell, Document, Marker, Place, Table};

/// A document entered into the ledger.
#[derive(Debug, Default)]
pub struct Loaded {
    pub body: Vec<Node>,
    pub footnotes: Vec<Line>,
    /// Running heads and feet.
    pub furniture: Vec<Line>,
}

pub fn load(document: &Document, ledger: &mut Ledger) -> Loaded {
    let mut loaded = Loaded::default();
    for block in &document.blocks {
        let nodes = nodes(block, ledger);
        match block.place {
            Place::Body | Place::TextBox => loaded.body.extend(nodes),
            Place::Header | Place::Footer => loaded.furniture.extend(nodes.into_iter().flat_map(flat)),
            Place::Footnote => loaded.footnotes.extend(nodes.into_iter().flat_map(flat)),
        }
    }
    loaded
}

fn nodes(block: &Block, ledger: &mut Ledger) -> Vec<Node> {
    match &block.kind {
        BlockKind::Table(table) => vec![Node::Grid(grid(table, ledger))],
        BlockKind::Heading { .. } | BlockKind::Paragraph { .. } | BlockKind::ListItem { .. } => {
            lines(block, ledger).into_iter().map(Node::Line).collect()
        }
    }
}

/// The lines of a node, in reading order.
pub fn flat(node: Node) -> Vec<Line> {
    match node {
        Node::Line(line) => vec![line],
        Node::Pair(pair) => std::iter::once(Line::plain(pair.label)).chain(pair.value).collect(),
        Node::Grid(grid) => grid.rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.lines).collect(),
    }
}

fn grid(table: &Table, ledger: &mut Ledger) -> Grid {
    let mut row_of = |row: &crate::documents::extract::blocks::Row| GridRow {
        cells: row.cells.iter().map(|cell| grid_cell(cell, ledger)).collect(),
    };
    Grid { rows: table.rows.iter().map(&mut row_of).collect(), columns: None }
}

fn grid_cell(cell: &Cell, ledger: &mut Ledger) -> GridCell {
    let mut inner = Vec::new();
    for block in &cell.blocks {
        match &block.kind {
            BlockKind::Table(table) => inner.extend(flat(Node::Grid(grid(table, ledger)))),
            BlockKind::Heading { .. } | BlockKind::Paragraph { .. } | BlockKind::ListItem { .. } => {
                inner.extend(lines(block, ledger))
            }
        }
    }
    GridCell { column: cell.column, columns: cell.columns.max(1), lines: inner }
}

/// One block as one line, or as several where it holds soft breaks.
fn lines(block: &Block, ledger: &mut Ledger) -> Vec<Line> {
    let (text, shape) = match &block.kind {
        BlockKind::Heading { level, number, text } => {
            let mut shape = Line::plain(ledger.enter(""));
            shape.style = Some(*level);
            shape.number = number.as_deref().map(|number| ledger.enter(number));
            (text, shape)
        }
        BlockKind::Paragraph { text, bold, blank_before } => {
            (text, Line { bold: *bold, blank: *blank_before, ..Line::plain(ledger.enter("")) })
        }
        BlockKind::ListItem { level, marker, text, bold, blank_before } => {
            let mut shape = Line { level: *level, bold: *bold, blank: *blank_before, ..Line::plain(ledger.enter("")) };
            match marker {
                Marker::Bullet(glyph) => shape.glyph = Some(ledger.enter(glyph)),
                Marker::Number(number) => shape.number = Some(ledger.enter(number)),
            }
            (text, shape)
        }
        BlockKind::Table(_) => return Vec::new(),
    };
    split(text, Line { tabs: block.tabs_before, ..shape }, ledger)
}

fn split(text: &str, shape: Line, ledger: &mut Ledger) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for raw in text.split('\n') {
        let piece = ledger.enter(raw);
        if piece.text().is_empty() && !(text.is_empty() || out.is_empty() && shape.is_item()) {
            continue;
        }
        let line = if out.is_empty() {
            shape.with(piece)
        } else {
            let soft =
                Line { soft: true, bold: shape.bold, level: shape.level, style: shape.style, ..Line::plain(piece) };
            with_marker(soft)
        };
        out.push(line);
    }
    if out.is_empty() {
        out.push(shape);
    }
    out.into_iter().map(|line| if line.is_item() { line } else { with_marker(line) }).collect()
}

/// Glyphs that begin a list item wherever they stand before text.
const GLYPHS: &str = "•·▪●○◦∙‣⁃■□❖➢➤►";
/// Glyphs that do so only before white space.
const SPACED: &str = "-–*o§";

/// Takes a typed bullet or list number off the line's text.
pub fn with_marker(line: Line) -> Line {
    let text = line.text();
    let Some(first) = text.chars().next() else { return line };
    let rest = &text[first.len_utf8()..];
    let spaced = rest.starts_with([' ', '\t']);
    if rest.trim().is_empty() {
        return line;
    }
    if GLYPHS.contains(first) || spaced && SPACED.contains(first) {
        let (glyph, rest) = line.piece.split_at(first.len_utf8());
        return Line { glyph: Some(glyph), soft: false, ..line.with(rest) };
    }
    match number_end(text) {
        Some(end) => {
            let (number, rest) = line.piece.split_at(end);
            Line { number: Some(number), soft: false, ..line.with(rest) }
        }
        None => line,
    }
}

/// Byte length of a list number (`1.`, `2)`, `(a)`, `iv.`) that white space follows.
fn number_end(text: &str) -> Option<usize> {
    let end = text.find([' ', '\t'])?;
    let token = &text[..end];
    // `1<tab>To sweep`: a number without a point needs its tab, and no other cell beside it
    let bare = (1..=2).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_digit());
    let rest = &text[end..];
    if bare && rest.starts_with('\t') && rest.matches('\t').count() == 1 && rest.trim().starts_with(char::is_uppercase)
    {
        return Some(end);
    }
    let core = token.strip_prefix('(').unwrap_or(token);
    let core = core.strip_suffix(')').or_else(|| core.strip_suffix('.'))?;
    let lettered = core.len() <= 3
        && (core.starts_with(|c: char| c.is_ascii_uppercase())
            && core[1..].bytes().all(|b| b.is_ascii_digit())
            && core.len() > 1
            || core.ends_with(|c: char| c.is_ascii_lowercase())
                && core.len() > 1
                && core[..core.len() - 1].bytes().all(|b| b.is_ascii_digit()));
    let decimal = core.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let letter = core.len() == 1 && core.bytes().all(|b| b.is_ascii_lowercase());
    let roman = (1..=4).contains(&core.len()) && core.bytes().all(|b| b"ivx".contains(&b));
    (decimal || letter || roman || lettered).then_some(end)
}

/// Makes a copy of the line's piece that starts at a byte position, as a line of its own.
pub fn tail(line: &Line, piece: Piece) -> Line {
    Line { number: None, glyph: None, soft: false, tabs: 0, ..line.with(piece) }
}

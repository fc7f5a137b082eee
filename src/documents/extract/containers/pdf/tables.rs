//! Ruled tables as grids, and those that go on over a page's end.

use super::super::super::blocks::{Block, BlockKind, Cell, Place, Row, Table};
use super::super::super::limits;
use super::cells::RuledCell;
use super::lines;
use super::paragraphs::{self, Measure, TextLine};
use super::rules::Frame;

/// Edges of columns closer than this are the same on two pages.
const SAME: f64 = 6.0;
/// Text keeps this far from a cell's edge, in points.
const PADDING: f64 = 5.0;

/// A table with where its columns are.
pub struct Ruled {
    pub table: Table,
    edges: Vec<f64>,
    /// It is the first thing on its page.
    first: bool,
}

/// Lays out the cells of a frame.
pub fn ruled(frame: &Frame, cells: Vec<RuledCell>, measure: &Measure, first: bool) -> Ruled {
    let mut table = Table { rows: vec![Row::default(); frame.rows.len() - 1] };
    for cell in cells {
        let lines: Vec<TextLine> =
            lines::lines(cell.chunks).into_iter().map(|line| TextLine { line, new_page: false }).collect();
        let blocks = paragraphs::blocks(&lines, cell.right - PADDING, measure, Place::Body);
        let columns = cell.columns.min(limits::TABLE_COLUMNS);
        let column = cell.column.min(limits::TABLE_COLUMNS - columns);
        table.rows[cell.row].cells.push(Cell { column, columns, rows: cell.rows, blocks });
    }
    Ruled { table, edges: frame.columns.clone(), first }
}

impl Ruled {
    /// Whether a table at the top of the next page is the rest of this one.
    pub fn goes_on_in(&self, next: &Ruled) -> bool {
        let same = |(one, other): (&f64, &f64)| (one - other).abs() < SAME;
        next.first && self.edges.len() == next.edges.len() && self.edges.iter().zip(&next.edges).all(same)
    }

    /// Takes the rest in, and gives its header row where that only repeats the first one's.
    pub fn take_in(&mut self, next: Ruled, measure: &Measure) -> Option<Row> {
        let mut rows = next.table.rows.into_iter();
        let mut first = rows.next();
        let mut head = None;
        if self.table.rows.first().zip(first.as_ref()).is_some_and(|(own, other)| texts(own) == texts(other)) {
            if let Some(own) = self.table.rows.first_mut() {
                own.header = true;
            }
            head = first;
            first = rows.next();
        }
        if let Some(row) = first {
            let last = self.table.rows.last_mut();
            match last.filter(|last| is_rest(&row) && last.cells.len() == row.cells.len()) {
                Some(last) => join_rows(last, row, measure),
                None => self.table.rows.push(row),
            }
        }
        self.table.rows.extend(rows);
        head
    }
}

fn texts(row: &Row) -> Vec<String> {
    row.cells.iter().flat_map(|cell| &cell.blocks).map(|block| block.kind.text().to_owned()).collect()
}

/// A row that begins in the middle of a sentence goes on from the page before.
fn is_rest(row: &Row) -> bool {
    let mut first = row.cells.iter().filter_map(|cell| cell.blocks.first());
    first.any(|block| matches!(&block.kind, BlockKind::Paragraph { text, .. } if text.starts_with(char::is_lowercase)))
}

fn join_rows(last: &mut Row, row: Row, measure: &Measure) {
    for (own, cell) in last.cells.iter_mut().zip(row.cells) {
        let mut blocks = cell.blocks.into_iter().peekable();
        let lower = |block: &Block| matches!(&block.kind, BlockKind::Paragraph { text, .. } if text.starts_with(char::is_lowercase));
        if let Some(BlockKind::Paragraph { text, .. } | BlockKind::ListItem { text, .. }) =
            own.blocks.last_mut().map(|block| &mut block.kind)
            && let Some(rest) = blocks.next_if(lower)
        {
            measure.known.join(text, rest.kind.text());
        }
        own.blocks.extend(blocks);
    }
}

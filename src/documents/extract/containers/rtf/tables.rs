//! Tables from rows that say where their cells' right edges are: edges of all rows together make the grid.

use super::super::super::blocks::{Block, Cell, Row, Table};
use super::super::super::limits;

/// Edges closer than this, in twentieths of a point, are one: writers round.
const NEAR: i32 = 40;

/// What a row says of itself before its cells.
#[derive(Debug, Clone, Default)]
pub struct RowShape {
    pub left: i32,
    pub header: bool,
    pub cells: Vec<CellShape>,
    /// Merge marks for the next cell.
    pub next: CellShape,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct CellShape {
    pub right: i32,
    /// Goes on from the cell above, or from the one to the left.
    pub from_above: bool,
    pub from_left: bool,
}

/// A table that is open, with the cells of its row so far.
#[derive(Debug, Default)]
pub struct Open {
    pub rows: Vec<(RowShape, Vec<Vec<Block>>)>,
    pub cells: Vec<Vec<Block>>,
    /// Whether a cell of it is open on the page.
    pub in_cell: bool,
}

impl Open {
    /// Lays the rows out on the grid that all their edges make.
    pub fn finish(self) -> Table {
        let edges = edges(&self.rows);
        let mut table = Table::default();
        for (shape, cells) in self.rows {
            table.rows.push(Row { header: shape.header, cells: Vec::new() });
            let mut left = shape.left;
            for (index, blocks) in cells.into_iter().enumerate() {
                let own = shape.cells.get(index).copied();
                let right = own.map_or(i32::MAX, |own| own.right);
                let column = if own.is_some() { place(&edges, left) } else { index };
                let columns = own.map_or(1, |_| place(&edges, right).saturating_sub(column).max(1));
                let column = column.min(limits::TABLE_COLUMNS - 1);
                let columns = columns.min(limits::TABLE_COLUMNS - column);
                put(&mut table, own.unwrap_or_default(), Cell { column, columns, rows: 1, blocks });
                left = right;
            }
        }
        table
    }
}

/// Adds a cell to the last row, or its text to the cell that it goes on from.
fn put(table: &mut Table, shape: CellShape, cell: Cell) {
    let last = table.rows.len() - 1;
    if shape.from_left
        && let Some(before) = table.rows[last].cells.last_mut()
    {
        before.columns += cell.columns;
        before.blocks.extend(cell.blocks);
        return;
    }
    if shape.from_above {
        let above = table.rows[..last]
            .iter_mut()
            .enumerate()
            .rev()
            .find_map(|(at, row)| row.cells.iter_mut().find(|own| own.column == cell.column).map(|own| (at, own)));
        if let Some((at, above)) = above {
            above.rows = last - at + 1;
            above.blocks.extend(cell.blocks);
            return;
        }
    }
    table.rows[last].cells.push(cell);
}

fn edges(rows: &[(RowShape, Vec<Vec<Block>>)]) -> Vec<i32> {
    let mut all: Vec<i32> = rows
        .iter()
        .flat_map(|(shape, _)| std::iter::once(shape.left).chain(shape.cells.iter().map(|cell| cell.right)))
        .collect();
    all.sort_unstable();
    all.dedup_by(|later, earlier| later.saturating_sub(*earlier) < NEAR);
    all
}

/// The place of an edge among those of the grid.
fn place(edges: &[i32], edge: i32) -> usize {
    edges.iter().rposition(|own| own.saturating_sub(NEAR) < edge).unwrap_or(0)
}

//! A table in the making, for formats that give each cell its spans: puts cells on the grid, merged ones once.

use super::super::blocks::{Block, Cell, Row, Table};
use super::super::limits;

/// Most rows that one cell may say it covers; a cell never covers more than the table has.
const ROW_SPAN: usize = 1_000;

/// The rows so far, and how many rows each column is still covered from above.
#[derive(Debug, Default)]
pub struct Grid {
    table: Table,
    covered: Vec<usize>,
    column: usize,
}

impl Grid {
    /// Begins the next row.
    pub fn row(&mut self, header: bool) {
        if !self.table.rows.is_empty() {
            for rows in &mut self.covered {
                *rows = rows.saturating_sub(1);
            }
        }
        self.column = 0;
        self.table.rows.push(Row { header, cells: Vec::new() });
    }

    /// Places the next cell of the row in the first free column.
    pub fn cell(&mut self, columns: usize, rows: usize, blocks: Vec<Block>) {
        if self.table.rows.is_empty() {
            self.row(false);
        }
        self.covered.resize(limits::TABLE_COLUMNS, 0);
        while self.covered.get(self.column).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let column = self.column.min(limits::TABLE_COLUMNS - 1);
        let columns = columns.clamp(1, limits::TABLE_COLUMNS - column);
        let rows = rows.clamp(1, ROW_SPAN);
        self.covered[column..column + columns].fill(rows);
        self.column = column + columns;
        if let Some(row) = self.table.rows.last_mut() {
            row.cells.push(Cell { column, columns, rows, blocks });
        }
    }

    /// Adds blocks that stand where a merge has left no cell to the last cell of the row.
    pub fn spill(&mut self, blocks: Vec<Block>) {
        match self.table.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            Some(cell) => cell.blocks.extend(blocks),
            None => self.cell(1, 1, blocks),
        }
    }

    /// The finished table: no cell covers more rows than there are.
    pub fn finish(mut self) -> Table {
        let all = self.table.rows.len();
        for (at, row) in self.table.rows.iter_mut().enumerate() {
            for cell in &mut row.cells {
                cell.rows = cell.rows.min(all - at);
            }
        }
        self.table
    }
}

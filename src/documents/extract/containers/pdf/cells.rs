//! The cells of a frame: neighbours on its grid without a line between them are one.

use super::lines::Chunk;
use super::rules::Frame;

/// A cell on the grid with the text that stands in it.
#[derive(Debug)]
pub struct RuledCell {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    pub right: f64,
    pub chunks: Vec<Chunk>,
}

/// Takes the cells of a frame, row by row, and shares out the text that stands inside it.
pub fn cells(frame: &Frame, chunks: Vec<Chunk>) -> Vec<RuledCell> {
    let (rows, columns) = (frame.rows.len() - 1, frame.columns.len() - 1);
    let mut taken = vec![false; rows * columns];
    let mut out = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if taken[row * columns + column] {
                continue;
            }
            let cell = spread(frame, row, column, &taken);
            for at in cell.row..cell.row + cell.rows {
                taken[at * columns + column..at * columns + column + cell.columns].fill(true);
            }
            out.push(cell);
        }
    }
    for chunk in chunks {
        // the middle of its first letters: a long text may lean over the edge
        let (x, y) = (chunk.left + (chunk.right - chunk.left).min(chunk.size) / 2.0, chunk.baseline - chunk.size * 0.3);
        let place = |edges: &[f64], at: f64| edges[1..edges.len() - 1].iter().take_while(|edge| **edge <= at).count();
        let (row, column) = (place(&frame.rows, y), place(&frame.columns, x));
        let holds = |cell: &&mut RuledCell| {
            (cell.row..cell.row + cell.rows).contains(&row)
                && (cell.column..cell.column + cell.columns).contains(&column)
        };
        if let Some(cell) = out.iter_mut().find(holds) {
            cell.chunks.push(chunk);
        }
    }
    out
}

/// The largest cell from this place on that no line crosses.
fn spread(frame: &Frame, row: usize, column: usize, taken: &[bool]) -> RuledCell {
    let all = frame.columns.len() - 1;
    let middle = |edges: &[f64], at: usize| f64::midpoint(edges[at], edges[at + 1]);
    let mut columns = 1;
    while column + columns < all
        && !taken[row * all + column + columns]
        && !frame.is_ruled(false, frame.columns[column + columns], middle(&frame.rows, row))
    {
        columns += 1;
    }
    let mut rows = 1;
    while row + rows < frame.rows.len() - 1
        && (column..column + columns)
            .all(|at| !frame.is_ruled(true, frame.rows[row + rows], middle(&frame.columns, at)))
    {
        rows += 1;
    }
    RuledCell { row, column, rows, columns, right: frame.columns[column + columns], chunks: Vec::new() }
}

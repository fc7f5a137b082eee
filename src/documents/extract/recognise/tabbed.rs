//! Tables typed in lines: each row one line, its cells parted by tabs, wide gaps, upright bars or slashes.
//!
//! Fires where a line of tabbed cells reads as the header of a table; the lines below it are its rows until one has no
//! tab. A short line among them without a tab is a row over the whole width.

use super::columns::{self, Columns};
use super::sheet::{Grid, GridCell, GridRow, Line, Node};

/// Turns such lines into grids.
pub fn regrid(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    let mut rest = nodes.into_iter().peekable();
    while let Some(node) = rest.next() {
        let below = rest.peek().and_then(Node::as_line);
        let Some((header, found)) = node.as_line().and_then(|line| header(line, below)) else {
            out.push(node);
            continue;
        };
        let width = header.cells.len();
        let parted = node.as_line().map_or("\t", |line| mark(line.text()));
        let mut rows = vec![header];
        while rest.peek().and_then(Node::as_line).is_some_and(|line| is_row(line, width, parted)) {
            if let Some(Node::Line(line)) = rest.next() {
                rows.push(wide(row_of(&line, usize::from(line.tabs), parted), width));
            }
        }
        out.push(Node::Grid(Grid { rows, columns: Some(found) }));
    }
    out
}

/// A header may begin with tabs that only leave the first column empty; where the row below has one cell more, the
/// first column has no head at all.
fn header(line: &Line, below: Option<&Line>) -> Option<(GridRow, Columns)> {
    if line.is_item() || !line.text().contains(mark(line.text())) {
        return None;
    }
    let cells = |line: &Line| line.text().split(mark(line.text())).count();
    let unnamed = line.tabs == 0 && below.is_some_and(|below| below.tabs == 0 && cells(below) == cells(line) + 1);
    let row = row_of(line, usize::from(line.tabs.min(1)).max(usize::from(unnamed)), mark(line.text()));
    columns::read(&row).map(|found| (row, found))
}

/// What parts the cells of a line: tabs, or else upright bars.
fn mark(text: &str) -> &'static str {
    match text {
        text if text.contains('\t') => "\t",
        text if text.contains(" | ") => " | ",
        text if text.matches(" / ").count() >= 2 => " / ",
        _ => "\t",
    }
}

fn is_row(line: &Line, width: usize, parted: &str) -> bool {
    let cells = line.text().split(parted).count();
    let short = !line.blank && line.word_count() <= 5 && !line.is_item() && !line.text().ends_with('.');
    let fits = cells + usize::from(line.tabs) <= width;
    cells > 1 && fits || cells == 1 && line.tabs == 0 && short
}

fn row_of(line: &Line, empty: usize, mark: &str) -> GridRow {
    let text = line.text();
    let blank = |column| GridCell { column, columns: 1, lines: Vec::new() };
    let mut cells: Vec<GridCell> = (0..empty).map(blank).collect();
    let mut start = 0;
    for part in text.split(mark) {
        let end = start + part.len();
        let piece = line.piece.part(start..end);
        let own = if start == 0 { Line { blank: false, tabs: 0, ..line.with(piece) } } else { Line::plain(piece) };
        cells.push(GridCell { column: cells.len(), columns: 1, lines: vec![own] });
        start = end + mark.len();
    }
    GridRow { cells }
}

fn wide(mut row: GridRow, width: usize) -> GridRow {
    if let [only] = row.cells.as_mut_slice() {
        only.columns = width;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::recognise::ledger::Ledger;

    #[test]
    fn rows_of_tabs_are_a_table() {
        let mut ledger = Ledger::default();
        let texts = ["Criterion\tE/D\tHow assessed", "Skills", "Can sew\tE\tT", "The end of it."];
        let nodes = texts.iter().map(|text| Node::Line(Line::plain(ledger.enter(text)))).collect();
        let out = regrid(nodes);
        assert!(matches!(&out[0], Node::Grid(grid) if grid.rows.len() == 3));
        assert_eq!(out.len(), 2);
    }

    #[test]
    fn a_first_column_without_a_head_and_cells_parted_by_slashes() {
        let mut ledger = Ledger::default();
        let texts = [
            "Yes\tNo\tExamples",
            "Lifting\tYes\t\tLogs",
            "The end of it.",
            "Attribute / Essential / Desirable",
            "Skills / Maps / Birds",
        ];
        let nodes = texts.iter().map(|text| Node::Line(Line::plain(ledger.enter(text)))).collect();
        let out = regrid(nodes);
        let widths: Vec<usize> = out
            .iter()
            .filter_map(|node| match node {
                Node::Grid(grid) => Some(grid.rows[0].cells.len()),
                Node::Line(_) | Node::Pair(_) => None,
            })
            .collect();
        assert_eq!(widths, [4, 3]);
    }
}

//! Tables that plain text has flattened: every cell on a line of its own behind a tab, rows parted by an empty line.
//!
//! Fires where a document has such lines. Rows are rebuilt from the empty lines and, under a header that names its
//! columns, from what the columns hold, because an empty line at the end of a cell looks like the end of a row.

use super::columns::{self, Columns};
use super::rows::best_rows;
use super::sheet::{Grid, GridCell, GridRow, Line, Node};
use super::topics::{self, Topic};

/// One cell: its line behind the tab and the lines that follow without one.
#[derive(Debug, Clone)]
pub struct Flat {
    /// An empty line stood before it, so a row may begin here.
    pub opens: bool,
    pub lines: Vec<Line>,
}

/// Turns runs of tabbed lines into grids. Tables of the source pass unchanged.
pub fn regrid(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut cells: Vec<Flat> = Vec::new();
    for node in nodes {
        match node {
            Node::Line(line) if line.tabs > 0 && !is_indented(&line) => push_cell(&mut cells, line),
            Node::Line(line) if !cells.is_empty() => {
                if let Some(cell) = cells.last_mut() {
                    cell.lines.push(line);
                }
            }
            Node::Line(line) => out.push(Node::Line(line)),
            Node::Pair(_) | Node::Grid(_) => {
                out.extend(tables(std::mem::take(&mut cells)));
                out.push(node);
            }
        }
    }
    out.extend(tables(cells));
    out
}

/// A list item behind several tabs is indented, not in a table.
fn is_indented(line: &Line) -> bool {
    line.tabs > 1 && line.is_item() && line.has_words()
}

fn push_cell(cells: &mut Vec<Flat>, line: Line) {
    if let Some(cell) = cells.last_mut().filter(|cell| continues(cell, &line)) {
        cell.lines.push(Line { soft: true, tabs: 0, ..line });
        return;
    }
    // a line of nothing but two tabs is two empty cells; before text, further tabs only indent
    if !line.has_words() {
        for skipped in 1..line.tabs {
            cells.push(Flat { opens: line.blank && skipped == 1, lines: Vec::new() });
        }
    }
    // right after body text a new table begins, whether or not an empty line stands between
    let after_body = cells.last().is_some_and(|cell| end_of_value(cell).is_some());
    let opens = (line.blank || after_body) && (line.tabs == 1 || line.has_words());
    cells.push(Flat { opens, lines: vec![Line { blank: false, tabs: 0, ..line }] });
}

/// Whether a tabbed line only goes on with the text of the cell before: wrapped in mid-sentence.
fn continues(cell: &Flat, line: &Line) -> bool {
    let Some(last) = cell.lines.last() else { return false };
    let open = last.has_words() && !last.text().trim_end().ends_with(['.', ':', ';', '?', '!']);
    let lower = line.text().starts_with(char::is_lowercase);
    let after_bullet =
        last.is_bullet() && !line.is_item() && line.word_count() <= 2 && line.piece.has_words() && cell.lines.len() > 1;
    !line.blank && !line.is_item() && open && (lower || after_bullet)
}

/// The cells of one run of the document as tables and lines.
fn tables(cells: Vec<Flat>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut rest = cells;
    while let Some((start, length, header)) = find_header(&rest) {
        let after = rest.split_off(start);
        out.extend(loose_rows(std::mem::take(&mut rest)));
        let end = region_end(&after, length);
        let mut region = after;
        rest = region.split_off(end);
        let last = rest.is_empty();
        let (grid, tail) = headed(region, length, &header, last);
        out.push(Node::Grid(grid));
        out.extend(tail.into_iter().map(Node::Line));
    }
    out.extend(loose_rows(rest));
    out
}

/// The next header: where it starts, how many cells it has, and what they name.
fn find_header(cells: &[Flat]) -> Option<(usize, usize, Columns)> {
    (0..cells.len()).filter(|&start| start == 0 || cells[start].opens).find_map(|start| {
        let (length, columns) = header_at(cells, start)?;
        Some((start, length, columns))
    })
}

fn header_at(cells: &[Flat], start: usize) -> Option<(usize, Columns)> {
    let row_end = (start + 1..cells.len()).find(|&at| cells[at].opens).unwrap_or(cells.len());
    let found = |end: usize| columns::read(&row_of(&cells[start..end])).map(|columns| (end - start, columns));
    if row_end - start > 12 {
        return None;
    }
    found(row_end).or_else(|| assessed_apart(cells, start, row_end).and_then(found))
}

/// `Requirements`, an empty line, `Assessed by`: one header in two rows.
fn assessed_apart(cells: &[Flat], start: usize, row_end: usize) -> Option<usize> {
    let next = cells.get(row_end)?;
    let head = next.lines.first()?;
    let plain = super::ledger::words(head.text()).join(" ");
    let single = row_end == start + 1 && cells[start].lines.len() <= 2 && cells[start].lines[0].word_count() <= 6;
    (single && columns::is_assessment_heading(&plain)).then_some(row_end + 1)
}

fn row_of(cells: &[Flat]) -> GridRow {
    let cell = |(column, flat): (usize, &Flat)| GridCell { column, columns: 1, lines: flat.lines.clone() };
    GridRow { cells: cells.iter().enumerate().map(cell).collect() }
}

/// Where the table under a header ends: at the next header of another width or kind, or at the heading of another section.
fn region_end(cells: &[Flat], header: usize) -> usize {
    for at in header..cells.len() {
        let next_header = cells[at].opens && header_at(cells, at).is_some();
        if next_header || cells[at].opens && opens_section(&cells[at]) {
            return at;
        }
        if at + 1 < cells.len() && tail_start(&cells[at]).is_some() {
            return at + 1;
        }
    }
    cells.len()
}

/// Whether a cell is the heading of a section other than the one a table stands in.
fn opens_section(cell: &Flat) -> bool {
    let Some(line) = cell.lines.first() else { return false };
    let strong = |topic| {
        matches!(
            topic,
            Topic::Terms
                | Topic::Duties
                | Topic::Details
                | Topic::Purpose
                | Topic::Chart
                | Topic::Criteria
                | Topic::Document
        )
    };
    !line.is_item() && !topics::is_category(line.text()) && topics::exact(line.text()).is_some_and(strong)
}

/// The first line of a cell that no longer belongs to it: after an empty line, and looking like a heading.
fn tail_start(cell: &Flat) -> Option<usize> {
    (1..cell.lines.len()).find(|&at| {
        let line = &cell.lines[at];
        line.blank && !line.is_bullet() && (is_capitals(line.text()) || is_section(line))
    })
}

fn is_section(line: &Line) -> bool {
    line.number.is_none()
        && !topics::is_category(line.text())
        && line.word_count() <= 16
        && topics::within(line.text()).is_some_and(|topic| {
            let strong = matches!(
                topic,
                Topic::Duties
                    | Topic::CommonDuties
                    | Topic::Purpose
                    | Topic::Chart
                    | Topic::Document
                    | Topic::Web
                    | Topic::Employer
                    | Topic::Details
                    | Topic::Clauses
            );
            matches!(topic, Topic::Factors | Topic::Criteria | Topic::Terms)
                || strong && topics::exact(line.text()).is_some()
        })
}

pub fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && !text.chars().any(char::is_lowercase)
}

/// Rows of a table whose header is known. Returns what stood after it as well.
fn headed(mut cells: Vec<Flat>, header: usize, columns: &Columns, last: bool) -> (Grid, Vec<Line>) {
    let mut tail = Vec::new();
    if let Some(cell) = cells.last_mut() {
        let cut = tail_start(cell).or_else(|| if last { loose_tail(cell) } else { None });
        if let Some(cut) = cut {
            tail = cell.lines.split_off(cut);
        }
    }
    let mut rows = vec![row_of(&cells[..header])];
    let body = &cells[header..];
    for (from, to) in best_rows(body, columns, header) {
        let mut row = row_of(&body[from..to]);
        if row.cells.len() == 1 {
            row.cells[0].columns = header;
        }
        rows.push(row);
    }
    (Grid { rows, columns: Some(columns.clone()) }, tail)
}

/// After the last cell of the document's tables, body text follows an empty line.
fn loose_tail(cell: &Flat) -> Option<usize> {
    let at = (1..cell.lines.len()).find(|&at| cell.lines[at].blank)?;
    let filled = cell.lines[..at].iter().any(Line::has_words);
    (filled || !cell.lines[at].is_bullet()).then_some(at).filter(|_| !(filled && cell.lines[at].is_bullet()))
}

/// Rows without a header: two and more cells beside each other are a grid, a cell alone is lines.
fn loose_rows(cells: Vec<Flat>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    let mut row: Vec<Flat> = Vec::new();
    for cell in cells {
        if cell.opens && !row.is_empty() {
            push_row(&mut out, std::mem::take(&mut row));
        }
        // body text under a cell shows that the table has ended
        let ends = end_of_value(&cell).is_some();
        row.push(cell);
        if ends {
            push_row(&mut out, std::mem::take(&mut row));
        }
    }
    if !row.is_empty() {
        push_row(&mut out, row);
    }
    out
}

fn push_row(out: &mut Vec<Node>, mut row: Vec<Flat>) {
    let filled = row.iter().filter(|cell| cell.lines.iter().any(Line::has_words)).count();
    let after_row = matches!(out.last(), Some(Node::Grid(_)));
    if filled == 0 {
        return;
    }
    if row.len() == 1 || filled == 1 && !(after_row && row.len() == 2 || labelled(&row)) {
        let lines = row.into_iter().flat_map(|cell| cell.lines).filter(|line| !line.text().is_empty());
        let first_blank = |(at, line): (usize, Line)| {
            Node::Line(Line { bar: at == 0 && line.word_count() <= 14, blank: line.blank || at == 0, ..line })
        };
        out.extend(lines.enumerate().map(first_blank));
        return;
    }
    let tail = row.last_mut().map(|cell| match end_of_value(cell) {
        Some(cut) => cell.lines.split_off(cut),
        None => Vec::new(),
    });
    let cells = row_of(&row);
    match out.last_mut() {
        Some(Node::Grid(grid)) if grid.columns.is_none() => grid.rows.push(cells),
        Some(_) | None => out.push(Node::Grid(Grid { rows: vec![cells], columns: None })),
    }
    out.extend(tail.into_iter().flatten().map(Node::Line));
}

/// A label whose value is empty.
fn labelled(row: &[Flat]) -> bool {
    row.first().and_then(|cell| cell.lines.first()).is_some_and(|line| super::labels::is_known(line.text()))
}

/// Where the value of a label ends and body text begins.
fn end_of_value(cell: &Flat) -> Option<usize> {
    (1..cell.lines.len()).find(|&at| cell.lines[at].blank && !cell.lines[at].is_bullet())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::recognise::ledger::Ledger;

    /// Lines of a flattened table as the text reader gives them.
    fn lines(text: &str) -> Vec<Node> {
        let mut ledger = Ledger::default();
        let mut blank = false;
        let mut out = Vec::new();
        for raw in text.lines() {
            let tabs = raw.bytes().take_while(|b| *b == b'\t').count();
            if raw.trim().is_empty() && tabs == 0 {
                blank = true;
                continue;
            }
            let line = Line { tabs: u8::try_from(tabs).unwrap(), blank, ..Line::plain(ledger.enter(raw)) };
            blank = false;
            out.push(Node::Line(super::super::load::with_marker(line)));
        }
        out
    }

    fn grid_texts(nodes: &[Node]) -> Vec<Vec<String>> {
        let grid = |node: &Node| match node {
            Node::Grid(grid) => grid.rows.iter().map(|row| row.cells.iter().map(GridCell::text).collect()).collect(),
            Node::Line(_) | Node::Pair(_) => Vec::new(),
        };
        nodes.iter().flat_map(|node| -> Vec<Vec<String>> { grid(node) }).collect()
    }

    #[test]
    fn rows_survive_empty_lines_inside_them() {
        let text = "\tRequirements\n\tAssessed by\n\n\tKnowledge\n\n\tKnows the road network.\n\n\n\tA & I\n\n\tKnows the rota.\n\tA\n\nKey below";
        let nodes = regrid(lines(text));
        let rows = grid_texts(&nodes);
        assert_eq!(rows[1], ["Knowledge"]);
        assert_eq!(rows[2], ["Knows the road network.", "A & I"]);
        assert_eq!(rows[3], ["Knows the rota.", "A"]);
        assert_eq!(nodes.len(), 2);
    }

    #[test]
    fn bullets_stay_in_their_cells() {
        let text = "\tFactor\n\tEssential\n\tDesirable\n\n\tSkills\n\t• Typing\n\n• Filing\n\t• Welsh\n\n\tHealth\n\t• Fit to lift\n\t\n";
        let rows = grid_texts(&regrid(lines(text)));
        assert_eq!(rows[1], ["Skills", "Typing Filing", "Welsh"]);
        assert_eq!(rows[2], ["Health", "Fit to lift", ""]);
    }

    #[test]
    fn one_tabbed_line_is_no_table() {
        let nodes = regrid(lines("First\n\tSecond line of the text\nThird"));
        assert!(grid_texts(&nodes).is_empty());
        assert_eq!(nodes.len(), 3);
    }
}

//! What a table is: rows of a known header, label–value rows, or only a frame round text.
//!
//! Splits each grid into nodes of one meaning. Tables under a header keep their grid; rows of labels become pairs; the
//! rest becomes lines, in which a short row over the whole width may be a heading (`bar`).

use super::columns::{self, Shape};
use super::labels;
use super::ledger::Piece;
use super::sheet::{Grid, GridCell, GridRow, Line, Node, Pair};
use super::topics::{self, Topic};

/// Takes every grid apart as far as it can be told without knowing the section it stands in.
pub fn divide(nodes: Vec<Node>) -> Vec<Node> {
    nodes
        .into_iter()
        .flat_map(|node| match node {
            Node::Grid(grid) if grid.columns.is_some() => vec![Node::Grid(grid)],
            Node::Grid(grid) => divide_grid(grid),
            Node::Line(_) | Node::Pair(_) => vec![node],
        })
        .collect()
}

fn divide_grid(grid: Grid) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    let labelled = is_label_table(&grid);
    let wide = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0) > 1;
    for row in grid.rows {
        if let Some(Node::Grid(Grid { rows, columns: Some(open) })) = out.last_mut()
            && let [first] = rows.as_slice()
            && let Some(both) = columns::with_second(open, first, &row)
        {
            *open = both;
            rows.push(row);
            continue;
        }
        match columns::read(&row) {
            Some(found) if starts_table(&found, &out, &row) => {
                out.push(Node::Grid(Grid { rows: vec![row], columns: Some(found) }));
                continue;
            }
            Some(_) | None => {}
        }
        if row.cells.iter().all(GridCell::is_empty) {
            continue;
        }
        match out.last_mut() {
            Some(Node::Grid(open)) if open.columns.is_some() && !ends_table(&row) => open.rows.push(row),
            Some(_) | None => divide_row(row, labelled, wide, &mut out),
        }
    }
    out
}

/// A second header inside a criteria table only repeats the first; one of another shape starts a new table.
fn starts_table(found: &columns::Columns, out: &[Node], row: &GridRow) -> bool {
    if columns::is_assessment_row(row) {
        return false;
    }
    match out.last() {
        Some(Node::Grid(Grid { columns: Some(open), .. })) => {
            open.shape != found.shape || open.shape == Shape::Demands || row.filled().count() > 1
        }
        Some(_) | None => true,
    }
}

/// A row over the whole width that is the heading of another section.
fn ends_table(row: &GridRow) -> bool {
    let strong = |topic| {
        matches!(
            topic,
            Topic::Terms
                | Topic::Duties
                | Topic::CommonDuties
                | Topic::Details
                | Topic::Purpose
                | Topic::Chart
                | Topic::Document
        )
    };
    row.cells.len() == 1
        && row
            .filled()
            .all(|cell| !topics::is_category(&cell.text()) && topics::exact(&cell.text()).is_some_and(strong))
}

fn divide_row(row: GridRow, labelled: bool, wide: bool, out: &mut Vec<Node>) {
    let filled = row.filled().count();
    if let Some(pairs) = cell_pairs(&row) {
        out.extend(pairs.into_iter().map(Node::Pair));
    } else if let Some(pairs) = beside(&row, labelled) {
        out.extend(pairs.into_iter().map(Node::Pair));
    } else if filled == 1 && labelled && row.cells.len() > 1 && continues_pair(&row, out) {
        if let Some(Node::Pair(pair)) = out.last_mut() {
            pair.value.extend(row.cells.into_iter().flat_map(|cell| cell.lines));
        }
    } else if filled == 1 {
        let bar = wide || row.cells.len() == 1;
        out.extend(frame(row, bar));
    } else if let Some(nodes) = headed_row(&row) {
        out.extend(nodes);
    } else {
        match out.last_mut() {
            Some(Node::Grid(grid)) if grid.columns.is_none() => grid.rows.push(row),
            Some(_) | None => out.push(Node::Grid(Grid { rows: vec![row], columns: None })),
        }
    }
}

/// The lines of a cell that fills its row.
fn frame(row: GridRow, bar: bool) -> Vec<Node> {
    let lines: Vec<Line> = row
        .cells
        .into_iter()
        .flat_map(|cell| cell.lines)
        .filter(|line| !line.text().is_empty() || line.has_words())
        .collect();
    let alone = lines.len() == 1;
    let mark = |(at, line): (usize, Line)| {
        let first = at == 0 && bar && line.word_count() <= 14;
        Node::Line(Line {
            bar: first && (alone || line.bold || super::flattened::is_capitals(line.text())),
            blank: line.blank || at == 0,
            ..line
        })
    };
    lines.into_iter().enumerate().map(mark).collect()
}

/// Most rows have a short label in the first column.
fn is_label_table(grid: &Grid) -> bool {
    let rows: Vec<&GridRow> =
        grid.rows.iter().filter(|row| row.filled().count() >= 1 && row.cells.len() >= 2).collect();
    let label = |row: &&GridRow| row.cells.first().is_some_and(|cell| is_label(&cell.text(), true));
    let known = |row: &&GridRow| row.cells.first().is_some_and(|cell| labels::is_known(&cell.text()));
    let (labels, known) = (rows.iter().filter(|row| label(row)).count(), rows.iter().filter(|row| known(row)).count());
    known >= 1 && (known * 2 >= rows.len() || known >= 2 && labels * 2 >= rows.len())
}

/// Whether a text can be the label of a row: short, no sentence, no heading of a section.
fn is_label(text: &str, in_table: bool) -> bool {
    let words = text.split_whitespace().count();
    let sentence = text.ends_with('.') || text.contains(". ");
    let section = topics::exact(text).is_some_and(|topic| {
        matches!(topic, Topic::Duties | Topic::CommonDuties | Topic::Criteria | Topic::Purpose | Topic::Chart)
    });
    labels::is_known(text) || in_table && (1..=7).contains(&words) && !sentence && !section
}

/// `label | value`, or `label | value | label | value`.
fn beside(row: &GridRow, labelled: bool) -> Option<Vec<Pair>> {
    let cells: Vec<&GridCell> = row.cells.iter().collect();
    let is = |cell: &&GridCell| {
        let text = cell.text();
        labels::is_known(&text)
            || is_label(&text, labelled || text.ends_with(':'))
                && cell.lines.iter().filter(|line| line.has_words()).count() == 1
    };
    match cells.as_slice() {
        [label, value] if is(label) => Some(vec![pair(label, value)?]),
        [first, value, second, other] if is(first) && is(second) && !labels::is_known(&value.text()) => {
            Some(vec![pair(first, value)?, pair(second, other)?])
        }
        [label, value, rest @ ..] if is(label) && rest.iter().all(|cell| cell.is_empty()) => {
            Some(vec![pair(label, value)?])
        }
        [] | [_, ..] => None,
    }
}

fn pair(label: &GridCell, value: &GridCell) -> Option<Pair> {
    let mut lines = label.lines.iter().filter(|line| line.has_words());
    let piece = lines.next()?.piece.without_end(&[':']);
    let mut rest: Vec<Line> = lines.cloned().collect();
    rest.extend(value.lines.iter().filter(|line| line.has_words()).cloned());
    Some(Pair { number: None, label: piece, value: rest })
}

/// Every filled cell is a label with its value: `Grade:` and `Scale 6` in one cell.
fn cell_pairs(row: &GridRow) -> Option<Vec<Pair>> {
    let pairs: Vec<Pair> = row.filled().map(cell_pair).collect::<Option<Vec<Pair>>>()?;
    let known = pairs.iter().filter(|pair| labels::is_known(pair.label.text())).count();
    (known * 2 >= pairs.len() && known > 0).then_some(pairs)
}

fn cell_pair(cell: &GridCell) -> Option<Pair> {
    let lines: Vec<&Line> = cell.lines.iter().filter(|line| line.has_words()).collect();
    let first = lines.first()?;
    let (label, value) = split_label(&first.piece)?;
    let mut rest: Vec<Line> = Vec::new();
    if value.has_words() {
        rest.push(first.with(value));
    }
    rest.extend(lines.iter().skip(1).map(|line| (*line).clone()));
    let short = rest.iter().map(Line::word_count).sum::<usize>() <= 40;
    (short && labels::is_known(label.text())).then_some(Pair { number: None, label, value: rest })
}

/// `Label: value` at its colon, where the label has at most six words.
pub fn split_label(piece: &Piece) -> Option<(Piece, Piece)> {
    let at = piece.text().find(':')?;
    let (label, value) = (piece.part(0..at), piece.part(at + 1..piece.text().len()));
    ((1..=6).contains(&label.text().split_whitespace().count())).then_some((label, value))
}

/// An empty first cell under a label: the value goes on.
fn continues_pair(row: &GridRow, out: &[Node]) -> bool {
    let empty_first = row.cells.first().is_some_and(|cell| cell.is_empty() || cell.column > 0);
    empty_first && matches!(out.last(), Some(Node::Pair(_)))
}

/// A heading of a section beside its text: `Job purpose | To provide …`.
fn headed_row(row: &GridRow) -> Option<Vec<Node>> {
    let [first, second] = row.cells.as_slice() else { return None };
    let heading = |topic| {
        matches!(
            topic,
            Topic::Purpose
                | Topic::Duties
                | Topic::CommonDuties
                | Topic::Chart
                | Topic::Prose
                | Topic::Clause
                | Topic::Terms
        )
    };
    let lines: Vec<&Line> = first.lines.iter().filter(|line| line.has_words()).collect();
    let fits = topics::exact(&first.text()).is_some_and(heading) && !topics::is_category(&first.text());
    let long = second.text().split_whitespace().count() > 8;
    if !(fits && long) {
        return None;
    }
    let mut nodes: Vec<Node> = lines.into_iter().map(|line| Node::Line(Line { bar: true, ..line.clone() })).collect();
    nodes.extend(second.lines.iter().filter(|line| line.has_words()).map(|line| Node::Line(line.clone())));
    Some(nodes)
}

//! Effort and working-conditions tables: what a job demands, whether it does, how often, and examples.
//!
//! Fires on tables whose header names Yes and No, or a frequency. A tick in both columns, an example beside a No and a
//! Yes without one are findings; nothing is put right.

use super::columns::{Columns, Role};
use super::desk::Desk;
use super::ledger::words;
use super::outline::Part;
use super::paragraphs;
use super::prose;
use super::sheet::{Grid, GridCell, GridRow, Line, Node};
use crate::documents::extract::result::{Demand, Label, Section};

/// Places every table of the part as a section of its own; text between them as prose.
pub fn place(desk: &mut Desk, part: &Part) {
    let tables = part.nodes.iter().filter(|node| matches!(node, Node::Grid(_))).count();
    if tables == 0 {
        return prose::place(desk, part);
    }
    let mut spare = part.heading.clone();
    let mut loose: Vec<Line> = Vec::new();
    for node in &part.nodes {
        match node {
            Node::Grid(grid) => {
                prose::place_loose(desk, &std::mem::take(&mut loose));
                let heading = if tables == 1 || is_unnamed(grid) { std::mem::take(&mut spare) } else { Vec::new() };
                table(desk, grid, &heading);
            }
            Node::Line(line) => loose.push(line.clone()),
            Node::Pair(_) => {}
        }
    }
    for line in &spare {
        desk.label_line(line, "heading");
    }
    prose::place_loose(desk, &loose);
}

fn table(desk: &mut Desk, grid: &Grid, heading: &[Line]) {
    let Some(columns) = grid.columns.as_ref() else {
        let paragraphs = prose::rows(desk, grid);
        let heading = desk.heading(heading);
        desk.sections.push(Section::Prose { heading, paragraphs });
        return;
    };
    let heading = match (grid.rows.first(), heading) {
        (Some(header), []) => head(desk, header, columns),
        (Some(header), lines) => {
            let own = head(desk, header, columns);
            let outer = desk.heading(lines);
            match (outer, own) {
                (Some(outer), Some(own)) if is_general(&own) => {
                    desk.labels.push(Label { text: own, used_as: "column heading".to_owned() });
                    Some(outer)
                }
                (Some(outer), Some(own)) => {
                    desk.labels.push(Label { text: outer, used_as: "heading".to_owned() });
                    Some(own)
                }
                (outer, own) => outer.or(own),
            }
        }
        (None, lines) => desk.heading(lines),
    };
    let mut rows: Vec<Demand> = Vec::new();
    for row in grid.rows.iter().skip(1) {
        self::row(desk, row, columns, &mut rows);
    }
    desk.sections.push(Section::Demands { heading, rows });
}

/// Whether the table's own header says nothing of the kind of demand.
fn is_unnamed(grid: &Grid) -> bool {
    let (Some(header), Some(columns)) = (grid.rows.first(), &grid.columns) else { return false };
    header.cells.iter().any(|cell| columns.role(cell.column) == Role::Demand && is_general(&cell.text()))
}

/// A first column head that says nothing of the kind of demand.
fn is_general(text: &str) -> bool {
    ["activity", "demand", "demands", "factor", "condition", "hazard", "risk", "type"]
        .contains(&words(text).join(" ").as_str())
}

/// The table's own name from its header, the other headers as labels.
fn head(desk: &mut Desk, header: &GridRow, columns: &Columns) -> Option<String> {
    let mut name = None;
    for cell in &header.cells {
        if columns.role(cell.column) == Role::Demand {
            name = desk.heading(&cell.lines);
        } else {
            for line in &cell.lines {
                desk.label_line(line, "column heading");
            }
        }
    }
    name
}

/// The cells of one row by what they say.
#[derive(Default)]
struct Parts {
    yes: bool,
    no: bool,
    frequency: Vec<Line>,
    demand: Vec<Line>,
    examples: Vec<Line>,
}

fn row(desk: &mut Desk, row: &GridRow, columns: &Columns, rows: &mut Vec<Demand>) {
    if row.cells.iter().all(GridCell::is_empty) {
        return;
    }
    let mut parts = Parts::default();
    for cell in row.filled() {
        sort(desk, cell, columns, &mut parts);
    }
    let examples = joined(desk, &parts.examples);
    let frequency = joined(desk, &parts.frequency);
    let demand = joined(desk, &parts.demand).unwrap_or_default();
    match rows.last_mut() {
        // a row that only goes on with the examples of the row above
        Some(last) if demand.is_empty() && !parts.yes && !parts.no => {
            let all = [last.examples.take(), frequency, examples];
            last.examples = all.into_iter().flatten().reduce(|a, b| format!("{a}\n{b}"));
        }
        Some(_) | None => {
            let present = present(parts.yes, parts.no, columns, frequency.as_deref());
            report(desk, &demand, (parts.yes, parts.no), examples.as_deref(), frequency.as_deref());
            rows.push(Demand { demand, present, frequency, examples });
        }
    }
}

fn sort(desk: &mut Desk, cell: &GridCell, columns: &Columns, parts: &mut Parts) {
    let role = columns.role(cell.column);
    let unnamed_first = role == Role::Unknown && cell.column == 0 && parts.demand.is_empty();
    let lines = || cell.lines.iter().cloned();
    if role == Role::Yes && is_mark(&cell.text()) {
        parts.yes |= mark(desk, cell);
    } else if role == Role::No && is_mark(&cell.text()) {
        parts.no |= mark(desk, cell);
    } else if role == Role::Frequency {
        parts.frequency.extend(lines());
    } else if role == Role::Demand || unnamed_first {
        parts.demand.extend(lines());
    } else {
        parts.examples.extend(lines());
    }
}

fn present(yes: bool, no: bool, columns: &Columns, frequency: Option<&str>) -> Option<bool> {
    let never =
        |text: &str| ["never", "none", "n a", "no", "nil", "not applicable"].contains(&words(text).join(" ").as_str());
    match (yes, no) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        (false, false) if !columns.has(Role::Yes) => frequency.map(|text| !never(text)),
        (true, true) | (false, false) => None,
    }
}

fn report(desk: &mut Desk, demand: &str, ticks: (bool, bool), examples: Option<&str>, frequency: Option<&str>) {
    let filled = examples.is_some_and(|text| text.chars().any(char::is_alphanumeric));
    match ticks {
        (true, true) => desk.find("yes-and-no", demand, None, "Both Yes and No are marked."),
        (false, true) if filled => {
            desk.find("example-beside-no", demand, None, "No is marked, yet an example is given.")
        }
        (true, false) if !filled && frequency.is_none() => {
            desk.find("yes-without-example", demand, None, "Yes is marked, but no example is given.")
        }
        (true | false, false) | (false, true) => {}
    }
}

fn joined(desk: &mut Desk, lines: &[Line]) -> Option<String> {
    let groups = paragraphs::group(lines);
    let texts: Vec<String> = if groups.is_empty() {
        lines.iter().map(|line| desk.take(&line.piece)).collect()
    } else {
        groups
            .iter()
            .map(|lines| {
                let number = lines.first().and_then(|line| desk.number(line));
                let text = paragraphs::text(desk, lines);
                number.map_or(text.clone(), |number| format!("{number} {text}"))
            })
            .collect()
    };
    let text = texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    (!text.is_empty()).then_some(text)
}

/// A tick, a cross, a letter or the word itself.
fn is_mark(text: &str) -> bool {
    text.chars().count() <= 3 || ["yes", "none"].contains(&words(text).join(" ").as_str())
}

/// Takes the mark as a label and says whether it marks the column.
fn mark(desk: &mut Desk, cell: &GridCell) -> bool {
    for line in &cell.lines {
        desk.label_line(line, "present");
    }
    !["-", "–", "☐", "n/a", "□", "0"].contains(&cell.text().to_lowercase().as_str())
}

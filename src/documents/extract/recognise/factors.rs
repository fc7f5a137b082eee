//! Factor and competency tables: a factor, the level required, and what the level means.
//!
//! Fires on tables whose header names a factor and a level.

use super::columns::{Columns, Role};
use super::desk::Desk;
use super::outline::Part;
use super::paragraphs;
use super::prose;
use super::sheet::{Grid, GridRow, Line, Node};
use crate::documents::extract::result::{Factor, Section};

/// Places the tables of a part as one section of factors; text before or after as prose.
pub fn place(desk: &mut Desk, part: &Part) {
    let typed = |node: &Node| matches!(node, Node::Grid(grid) if grid.columns.is_some());
    if !part.nodes.iter().any(typed) {
        return prose::place(desk, part);
    }
    for line in &part.heading {
        desk.label_number(line);
    }
    let heading = desk.heading(&part.heading);
    let mut rows = Vec::new();
    let mut loose: Vec<Line> = Vec::new();
    for node in &part.nodes {
        match node {
            Node::Grid(grid) => table(desk, grid, &mut rows),
            Node::Line(line) => loose.push(line.clone()),
            Node::Pair(_) => {}
        }
    }
    desk.sections.push(Section::Factors { heading, rows });
    prose::place_loose(desk, &loose);
}

fn table(desk: &mut Desk, grid: &Grid, rows: &mut Vec<Factor>) {
    let Some(columns) = &grid.columns else { return };
    for (at, row) in grid.rows.iter().enumerate() {
        let repeated = at > 0 && super::columns::read(row).is_some();
        if at == 0 || repeated {
            for line in row.cells.iter().flat_map(|cell| &cell.lines) {
                desk.label_line(line, "column heading");
            }
        } else if let Some(factor) = factor(desk, row, columns) {
            push(desk, rows, factor);
        }
    }
}

fn factor(desk: &mut Desk, row: &GridRow, columns: &Columns) -> Option<Factor> {
    let mut texts = [String::new(), String::new(), String::new()];
    for cell in row.filled() {
        let role = columns.role(cell.column);
        let slot = if role == Role::Factor { 0 } else { 2 - usize::from(role == Role::Level) };
        let text = cell_text(desk, &cell.lines);
        texts[slot] = [std::mem::take(&mut texts[slot]), text]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
    }
    let [factor, level, text] = texts;
    (!(factor.is_empty() && level.is_empty() && text.is_empty())).then_some(Factor { factor, level, text })
}

/// A row without a factor goes on with the text of the row above.
fn push(desk: &mut Desk, rows: &mut Vec<Factor>, factor: Factor) {
    match rows.last_mut() {
        Some(last) if factor.factor.is_empty() && factor.level.is_empty() => {
            last.text = format!("{}\n{}", last.text, factor.text)
        }
        Some(_) | None => {
            if factor.level.is_empty() {
                desk.find("no-level", &factor.factor, None, "The factor has no level.");
            }
            rows.push(factor);
        }
    }
}

/// Typed sub-lines keep their numbers and their lines.
fn cell_text(desk: &mut Desk, lines: &[Line]) -> String {
    let mut out: Vec<String> = Vec::new();
    for lines in paragraphs::group(lines) {
        let number = lines.first().and_then(|line| desk.number(line));
        let text = paragraphs::text(desk, &lines);
        out.push(number.map_or(text.clone(), |number| format!("{number} {text}")));
    }
    out.join("\n")
}

//! Person specifications in tables without a known header: read by what the cells look like.

use super::build::{Build, Said};
use super::marks;
use crate::documents::extract::recognise::assessment;
use crate::documents::extract::recognise::sheet::{Grid, GridCell, GridRow, Line};
use crate::documents::extract::recognise::topics;

/// Reads each row: a short first cell is a category or a word of importance, a last cell of codes is the assessment.
pub fn read(build: &mut Build, grid: &Grid) {
    for row in &grid.rows {
        self::row(build, row);
    }
}

fn row(build: &mut Build, row: &GridRow) {
    let mut cells: Vec<&GridCell> = row.cells.iter().filter(|cell| cell.has_words()).collect();
    let mut methods = Vec::new();
    let mut said = Said::default();
    if cells.len() >= 2 {
        if let Some(last) = cells.pop_if(|last| assessment::all(&last.text(), &build.common.key).is_some()) {
            methods = build.methods(&last.lines);
        }
        if let Some(mark) = cells.pop_if(|last| cells_mark(last)) {
            said.importance = marks::importance(&mark.text());
            label(build, mark, "importance");
        }
    }
    if cells.len() >= 2 {
        let first = cells[0];
        let text = first.text();
        if let Some(importance) = marks::importance_word(&text) {
            said.importance = importance;
            label(build, first, "importance");
            cells.remove(0);
        } else if is_category_cell(first, &text) {
            let lines: Vec<Line> = first.lines.iter().filter(|line| line.has_words()).cloned().collect();
            build.category(&lines);
            cells.remove(0);
        }
    } else if let ([only], true) = (cells.as_slice(), methods.is_empty() && said.importance.is_none()) {
        let lines: Vec<Line> = only.lines.iter().filter(|line| line.has_words()).cloned().collect();
        return super::lines::read(build, &lines);
    }
    for cell in cells {
        build.cell(&cell.lines, &said, &methods);
    }
}

fn cells_mark(cell: &GridCell) -> bool {
    marks::importance(&cell.text()).is_some()
}

fn is_category_cell(cell: &GridCell, text: &str) -> bool {
    let short = text.split_whitespace().count() <= 7 && !text.ends_with('.') && !cell.lines.iter().any(Line::is_bullet);
    short
        && (topics::is_category(text)
            || cell.lines.iter().any(|line| line.bold)
            || text.split_whitespace().count() <= 4)
}

fn label(build: &mut Build, cell: &GridCell, used_as: &str) {
    for line in &cell.lines {
        build.desk.label_line(line, used_as);
    }
}

//! Person specifications in tables with a known header: columns of criteria, or a criterion a row.

use super::build::{Build, Said};
use super::marks;
use crate::documents::extract::recognise::columns::{self, Columns, Role};
use crate::documents::extract::recognise::flattened::is_capitals;
use crate::documents::extract::recognise::sheet::{Grid, GridCell, GridRow, Line};
use crate::documents::extract::recognise::topics;
use crate::documents::extract::result::{AssessmentMethod, Importance};

/// Reads a table row by row.
pub fn read(build: &mut Build, grid: &Grid, columns: &Columns) {
    let ticks = holds_ticks(grid, columns);
    let mut span = Said::default();
    for (at, row) in grid.rows.iter().enumerate() {
        if at < columns.heads || is_header_again(row, &grid.rows[0]) {
            header(build, row, columns);
        } else if columns::is_assessment_row(row) {
            let lines: Vec<Line> = row.filled().skip(1).flat_map(|cell| cell.lines.clone()).collect();
            let methods = build.methods(&lines);
            build.assess_all(&methods.concat());
            row.filled().for_each(|cell| label_all(build, cell, "assessment"));
        } else if let Some(cell) = lone_cell(row) {
            lone(build, cell, columns);
        } else if row.cells.iter().any(GridCell::has_words) {
            self::row(build, row, columns, ticks, &mut span);
        }
    }
}

/// Header cells are labels; but a usual category above the criteria names the first one.
fn header(build: &mut Build, row: &GridRow, columns: &Columns) {
    for cell in &row.cells {
        let role = columns.role(cell.column);
        let names = matches!(role, Role::Criterion | Role::Category)
            && topics::is_category(&cell.text())
            && !cell.text().to_lowercase().contains("criteria");
        let several = columns.has(Role::Essential) && role == Role::Category;
        if names && !several {
            build.category(&filled(&cell.lines));
        } else {
            let used_as = match role {
                Role::Essential | Role::Desirable | Role::Importance => "importance",
                Role::Assessment | Role::Method(_) => "assessment",
                Role::Number
                | Role::Category
                | Role::Criterion
                | Role::Demand
                | Role::Yes
                | Role::No
                | Role::Frequency
                | Role::Examples
                | Role::Factor
                | Role::Level
                | Role::Text
                | Role::Unknown => "column heading",
            };
            for line in &cell.lines {
                build.desk.label_line(line, used_as);
            }
        }
    }
}

fn filled(lines: &[Line]) -> Vec<Line> {
    lines.iter().filter(|line| line.has_words()).cloned().collect()
}

fn is_header_again(row: &GridRow, first: &GridRow) -> bool {
    let same = row.filled().filter(|cell| first.at(cell.column).is_some_and(|own| own.text() == cell.text())).count();
    columns::read(row).is_some() && same >= 1
}

/// The only filled cell of a row.
fn lone_cell(row: &GridRow) -> Option<&GridCell> {
    let mut filled = row.filled();
    let first = filled.next()?;
    filled.next().is_none().then_some(first)
}

/// A row with one filled cell: a category, a word of importance, a code key, or a criterion without any mark.
fn lone(build: &mut Build, cell: &GridCell, columns: &Columns) {
    let text = cell.text();
    let lines = filled(&cell.lines);
    let role = columns.role(cell.column);
    let wide = cell.columns > 1 || role == Role::Category || role == Role::Criterion;
    if let Some(importance) = marks::importance_word(&text) {
        build.importance = importance.or(build.importance);
        for line in &lines {
            build.desk.label_line(line, "importance");
        }
    } else if marks::is_none(&text) {
        for line in &lines {
            build.desk.label_line(line, "none");
        }
    } else if wide && is_category_row(&lines, &text, cell.columns > 1) {
        build.category(&lines);
    } else if role == Role::Assessment {
        build.methods(&lines);
    } else if let Some(importance) = role.importance() {
        build.cell(&lines, &Said { importance: Some(importance), ..Said::default() }, &[]);
    } else {
        build.cell(&lines, &Said::default(), &[]);
    }
}

fn is_category_row(lines: &[Line], text: &str, spans: bool) -> bool {
    let [line] = lines else {
        return lines.iter().all(|line| line.bold) && text.split_whitespace().count() <= 12 && !lines.is_empty();
    };
    if line.is_bullet() || text.ends_with('.') || line.word_count() > 12 {
        return false;
    }
    topics::is_category(text)
        || line.bold
        || is_capitals(text)
        || text.ends_with(':')
        || line.style.is_some()
        || spans && line.word_count() <= 6
}

/// Whether the importance columns hold only ticks, so that the criterion stands in the first column.
fn holds_ticks(grid: &Grid, columns: &Columns) -> bool {
    let cells =
        || {
            grid.rows.iter().skip(columns.heads).flat_map(|row| &row.cells).filter(|cell| {
                columns.role(cell.column).importance().is_some() && cell.columns <= 1 && !cell.is_empty()
            })
        };
    cells().next().is_some()
        && cells().all(|cell| {
            marks::is_tick(&cell.text())
                || cell.text().chars().count() <= 3
                || marks::importance(&cell.text()).is_some()
        })
}

/// The cells of one row by what they say.
#[derive(Default)]
struct Parts<'a> {
    methods: Vec<Vec<AssessmentMethod>>,
    ticked: Vec<AssessmentMethod>,
    importance: Option<Importance>,
    number: Option<Line>,
    bodies: Vec<(&'a GridCell, Option<Importance>)>,
}

fn row(build: &mut Build, row: &GridRow, columns: &Columns, ticks: bool, span: &mut Said) {
    let mut parts = Parts::default();
    // beside ticks the first column holds the criterion, or else what the next one's criterion belongs to
    let texts = row
        .filled()
        .filter(|cell| matches!(columns.role(cell.column), Role::Category | Role::Criterion | Role::Unknown))
        .count();
    for cell in row.filled() {
        sort(build, cell, columns, ticks && texts < 2, &mut parts);
    }
    let Parts { mut methods, ticked, importance, mut number, bodies } = parts;
    if !ticked.is_empty() {
        methods = vec![ticked];
    }
    if let Some(line) = number.as_ref().filter(|_| bodies.is_empty()) {
        build.desk.label_line(line, "number");
    }
    if bodies.is_empty() && methods.is_empty() {
        return;
    }
    // a cell over several rows speaks for each of them
    if methods.is_empty() && row.at(0).is_some_and(GridCell::is_empty) {
        methods = vec![span.methods.clone()];
    }
    span.methods = methods.first().cloned().unwrap_or_default();
    for (cell, own) in bodies {
        let said = Said { importance: own.or(importance), ..Said::default() };
        let lines = numbered(&cell.lines, number.take());
        build.cell(&lines, &said, &methods);
    }
}

fn sort<'a>(build: &mut Build, cell: &'a GridCell, columns: &Columns, ticks: bool, parts: &mut Parts<'a>) {
    let role = columns.role(cell.column);
    if role == Role::Assessment {
        parts.methods.extend(build.methods(&cell.lines));
    } else if let Role::Method(method) = role {
        tick(build, cell, method, &mut parts.ticked);
    } else if role == Role::Importance {
        let found = read_importance(build, cell);
        parts.importance = parts.importance.or(found);
    } else if role == Role::Number {
        parts.number = cell.lines.first().cloned();
    } else if role.importance().is_some() && (ticks || marks::is_tick(&cell.text())) {
        let found = role.importance().filter(|_| marks::is_tick(&cell.text()));
        parts.importance = parts.importance.or(found);
        label_all(build, cell, "importance");
    } else if role == Role::Category && !ticks && columns.count() > 1 {
        category(build, cell);
    } else {
        parts.bodies.push((cell, role.importance()));
    }
}

/// The number of a number column goes before the criterion's first line.
fn numbered(lines: &[Line], number: Option<Line>) -> Vec<Line> {
    let mut lines = lines.to_vec();
    let first = lines.iter_mut().find(|line| line.has_words() && line.number.is_none());
    if let (Some(number), Some(first)) = (number, first) {
        first.number = number.number.clone().or_else(|| Some(number.piece.clone()));
    }
    lines
}

fn category(build: &mut Build, cell: &GridCell) {
    let lines = filled(&cell.lines);
    match lines.as_slice() {
        [] => {}
        [line] if marks::importance_word(line.text()).is_some() => {
            build.importance = marks::importance_word(line.text()).flatten();
            build.desk.label_line(line, "importance");
        }
        [head, rest @ ..]
            if head.bold && rest.iter().all(|line| !line.bold && line.word_count() > 4) && !rest.is_empty() =>
        {
            build.category(std::slice::from_ref(head));
            for line in rest {
                build.desk.label_line(line, "category note");
            }
        }
        [..] => build.category(&lines),
    }
}

fn tick(build: &mut Build, cell: &GridCell, method: AssessmentMethod, ticked: &mut Vec<AssessmentMethod>) {
    if marks::is_tick(&cell.text()) {
        ticked.push(method);
    }
    label_all(build, cell, "assessment");
}

fn read_importance(build: &mut Build, cell: &GridCell) -> Option<Importance> {
    let found = marks::importance(&cell.text());
    label_all(build, cell, "importance");
    found
}

fn label_all(build: &mut Build, cell: &GridCell, used_as: &str) {
    for line in &cell.lines {
        build.desk.label_line(line, used_as);
    }
}

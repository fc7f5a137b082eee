//! The rows of a flattened table whose columns are known: the division of its cells that fits the columns best.
//!
//! A row begins only where an empty line stands; but an empty line also stands where a cell ends with empty
//! paragraphs. So every division is priced, and the cheapest is taken.

use super::assessment::{self, Key};
use super::columns::{Columns, Role, Shape};
use super::flattened::Flat;
use super::sheet::Line;

/// The cheapest division of cells into rows of `width` columns.
pub fn best_rows(cells: &[Flat], columns: &Columns, width: usize) -> Vec<(usize, usize)> {
    let mut best: Vec<Option<(f32, usize)>> = vec![None; cells.len() + 1];
    best[0] = Some((0.0, 0));
    for from in 0..cells.len() {
        let Some((cost, _)) = best[from] else { continue };
        for to in from + 1..=(from + width + 3).min(cells.len()) {
            let closes = to == cells.len() || cells[to].opens;
            if !closes {
                continue;
            }
            let Some(price) = price(&cells[from..to], columns, width) else { continue };
            if best[to].is_none_or(|(old, _)| cost + price < old) {
                best[to] = Some((cost + price, from));
            }
        }
    }
    let mut rows = Vec::new();
    let mut at = cells.len();
    while at > 0 {
        let from = best[at].map_or(at - 1, |(_, from)| from);
        rows.push((from, at));
        at = from;
    }
    rows.reverse();
    rows
}

/// What it costs to read these cells as one row; none where they can't be one.
fn price(cells: &[Flat], columns: &Columns, width: usize) -> Option<f32> {
    let spare = cells.len().saturating_sub(width);
    if cells[cells.len() - spare..].iter().any(|cell| cell.lines.iter().any(Line::has_words)) {
        return if spare == 0 { None } else { Some(40.0) };
    }
    let gaps = cells.iter().skip(1).filter(|cell| cell.opens).count();
    let mut cost = 0.6 * f32::from(u8::try_from(gaps).unwrap_or(u8::MAX))
        + 0.2 * f32::from(u8::try_from(spare).unwrap_or(u8::MAX));
    if cells.len() == 1 {
        return Some(cost + if is_heading_like(&cells[0]) { 0.5 } else { 3.0 });
    }
    if cells.len() < width {
        cost += 1.5;
    }
    for (column, cell) in cells.iter().enumerate() {
        cost += misfit(cell, columns.role(column), columns.shape);
    }
    Some(cost)
}

fn is_heading_like(cell: &Flat) -> bool {
    let filled: Vec<&Line> = cell.lines.iter().filter(|line| line.has_words()).collect();
    match filled.as_slice() {
        [] => true,
        [line] => !line.is_item() && line.word_count() <= 8 && !line.text().ends_with('.'),
        [_, ..] => false,
    }
}

/// How badly a cell fits its column.
fn misfit(cell: &Flat, role: Role, shape: Shape) -> f32 {
    let text: String = cell.lines.iter().map(Line::text).collect::<Vec<_>>().join(" ");
    let words = text.split_whitespace().count();
    let assessed = assessment::all(&text, &Key::default()).is_some();
    let marks = matches!(role, Role::Yes | Role::No | Role::Importance | Role::Level);
    let items = matches!(role, Role::Criterion | Role::Essential | Role::Desirable | Role::Text);
    let codes = matches!(role, Role::Assessment | Role::Method(_));
    let odd = codes && words > 0 && !assessed
        || marks && words > 3
        || items && assessed && shape != Shape::Demands
        || matches!(role, Role::Demand | Role::Factor) && words == 0;
    if odd { 2.0 } else { 0.0 }
}

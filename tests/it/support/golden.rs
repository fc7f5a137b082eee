//! Golden files: what a test found, kept as text that people read in review.

use std::path::Path;

use similar::{ChangeTag, TextDiff};

/// Compares with `tests/golden/{name}`, or writes it where `UPDATE_GOLDEN` is set.
#[track_caller]
pub fn check(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, found).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept != found {
        panic!(
            "tests/golden/{name} says otherwise (- kept, + found). If the new way is right, write it down with \
             UPDATE_GOLDEN=1 and read the diff in review.\n{}",
            changed_lines(&kept, found)
        );
    }
}

fn changed_lines(kept: &str, found: &str) -> String {
    let diff = TextDiff::from_lines(kept, found);
    let changed = diff.iter_all_changes().filter_map(|change| match change.tag() {
        ChangeTag::Equal => None,
        ChangeTag::Delete => Some(format!("- {}", change.value())),
        ChangeTag::Insert => Some(format!("+ {}", change.value())),
    });
    changed.collect()
}

/// Rows as a table: every column as wide as its widest cell. A cell with nothing to its right may reach over.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widens = |row: &Vec<String>, column: usize| {
        let ends = row.get(column + 1).is_none_or(String::is_empty) && column + 1 < columns;
        if ends { 0 } else { row.get(column).map_or(0, |cell| cell.chars().count()) }
    };
    let width = |column: usize| rows.iter().map(|row| widens(row, column)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        let mut start = 0;
        for (cell, width) in row.iter().zip(&widths) {
            line.extend(std::iter::repeat_n(' ', usize::saturating_sub(start, line.chars().count())));
            line.push_str(cell);
            start += width + 2;
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

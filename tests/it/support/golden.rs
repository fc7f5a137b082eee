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

/// Rows as a table: every column as wide as its widest cell.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

//! The little of Markdown that documents are written in: headings, bold, links and tables of pipes.

use super::super::blocks::{AsideKind, Block, BlockKind, Cell, Place, Row, Table};
use super::markers;

/// The level and text of a heading line.
pub fn heading(line: &str) -> Option<(u8, &str)> {
    let hashes = line.chars().take_while(|&c| c == '#').count();
    let rest = &line[hashes..];
    let level = u8::try_from(hashes).ok().filter(|level| (1..=6).contains(level))?;
    rest.starts_with([' ', '\t']).then(|| (level, rest.trim_end_matches('#').trim()))
}

/// The cells of a line that is a row of a table.
pub fn row(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(str::trim).collect())
}

/// A table of rows; a second row of dashes makes the first a header.
pub fn table(rows: &[String], asides: &mut Vec<AsideKind>) -> Table {
    let ruled = rows.get(1).and_then(|line| row(line)).is_some_and(|cells| cells.iter().all(|cell| is_rule(cell)));
    let mut table = Table::default();
    for (index, line) in rows.iter().enumerate().filter(|(index, _)| !(ruled && *index == 1)) {
        let cells = row(line).unwrap_or_default();
        let cells = cells.into_iter().enumerate().map(|(column, text)| Cell {
            column,
            columns: 1,
            rows: 1,
            blocks: cell_blocks(text, asides),
        });
        table.rows.push(Row { header: ruled && index == 0, cells: cells.collect() });
    }
    table
}

fn is_rule(cell: &str) -> bool {
    cell.contains('-') && cell.chars().all(|c| c == '-' || c == ':')
}

fn cell_blocks(text: &str, asides: &mut Vec<AsideKind>) -> Vec<Block> {
    let lines = text.split("<br>").map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| Block { place: Place::Body, tabs_before: 0, kind: cell_line(line, asides) }).collect()
}

fn cell_line(line: &str, asides: &mut Vec<AsideKind>) -> BlockKind {
    match markers::split(line).filter(|(_, rest)| !rest.is_empty()) {
        Some((marker, rest)) => {
            let (text, bold) = inline(rest, asides);
            BlockKind::ListItem { level: 0, marker, text, bold, blank_before: false }
        }
        None => {
            let (text, bold) = inline(line, asides);
            BlockKind::Paragraph { text, bold, blank_before: false }
        }
    }
}

/// The text of a line without its marks, and whether all of it is bold.
pub fn inline(line: &str, asides: &mut Vec<AsideKind>) -> (String, bool) {
    let whole = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    let bold = whole.is_some_and(|inner| !inner.is_empty() && !inner.contains("**"));
    let plain = line.replace("**", "");
    let (mut text, mut rest) = (String::new(), plain.as_str());
    while let Some((before, words, target, after)) = next_link(rest) {
        text.push_str(before);
        text.push_str(words);
        asides.push(AsideKind::Link { text: words.to_owned(), target: target.to_owned() });
        rest = after;
    }
    text.push_str(rest);
    (text.trim().to_owned(), bold)
}

/// The first `[words](target)`, with what stands before and after it.
fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = text.find("](")?;
    let open = text[..middle].rfind('[')?;
    let close = middle + text[middle..].find(')')?;
    Some((&text[..open], &text[open + 1..middle], &text[middle + 2..close], &text[close + 1..]))
}

//! Sheets as plain text, for mail, for screen readers and for those who paste: lines as long as they come.

use super::sheet::{Block, Entry, Line, Mark, Row, Sheet, Table};

/// The whole document in UTF-8, ending with a line end.
pub fn text(sheet: &Sheet) -> String {
    let mut out = String::new();
    for block in &sheet.blocks {
        one(&mut out, block);
    }
    let head = &sheet.head;
    let mut foot = vec![format!("{}. {}.", head.about, head.printed)];
    if !head.warning.is_empty() {
        foot.insert(0, format!("{}.", head.warning));
    }
    out.push_str("--\n");
    out.push_str(&foot.join("\n"));
    out.push('\n');
    out
}

fn one(out: &mut String, block: &Block) {
    match block {
        Block::Title(line) => under(out, line, '='),
        Block::Heading { level: 2, line } => under(out, line, '-'),
        Block::Heading { line, .. } | Block::Text(line) => paragraph(out, &shown(line)),
        Block::List(list) => {
            entries(out, list, 0);
            out.push('\n');
        }
        Block::Facts(facts) => {
            for fact in facts {
                let value = shown(&fact.value).replace('\n', "; ");
                out.push_str(&format!("{}: {value}\n", shown(&fact.label)));
            }
            out.push('\n');
        }
        Block::Table(table) => self::table(out, table),
        Block::Chart(posts) => {
            for (n, post) in posts.iter().enumerate() {
                out.push_str(&format!("{}. {}\n", n + 1, shown(post)));
            }
            out.push('\n');
        }
        Block::Posts(posts) => paragraph(out, &shown(&posts.words)),
        Block::Part { .. } => {}
        Block::Break | Block::Ungrouped => out.push('\n'),
        Block::NewPage => out.push_str("\n\n"),
    }
}

fn under(out: &mut String, line: &Line, rule: char) {
    let text = shown(line);
    let rule: String = std::iter::repeat_n(rule, text.chars().count().min(72)).collect();
    out.push_str(&format!("{text}\n{rule}\n\n"));
}

fn paragraph(out: &mut String, text: &str) {
    out.push_str(text);
    out.push_str("\n\n");
}

fn entries(out: &mut String, list: &[Entry], depth: usize) {
    for entry in list {
        let indent = "   ".repeat(depth);
        let bullet = if entry.line.number.shown().is_empty() { "- " } else { "" };
        let text = shown(&entry.line).replace('\n', &format!("\n{indent}   "));
        out.push_str(&format!("{indent}{bullet}{text}\n"));
        for line in &entry.beside {
            out.push_str(&format!("{indent}   {}\n", shown(line)));
        }
        entries(out, &entry.children, depth + 1);
    }
}

/// A row a paragraph: the first cell, then each other under its column's heading.
fn table(out: &mut String, table: &Table) {
    for row in &table.rows {
        match row {
            Row::Over(line) => paragraph(out, &shown(line)),
            Row::Cells(cells) => {
                for (n, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
                    let text = cell.iter().map(shown).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n  ");
                    if n == 0 {
                        out.push_str(&format!("* {text}\n"));
                    } else if !text.is_empty() {
                        out.push_str(&format!("  {}: {text}\n", column.heading));
                    }
                }
                out.push('\n');
            }
        }
    }
}

/// A line's words; what a comparison marks stands in brackets.
fn shown(line: &Line) -> String {
    let mut out = String::new();
    if !line.note.is_empty() {
        out.push_str(&format!("[{}] ", line.note));
    }
    let number = line.number.shown();
    if !number.is_empty() {
        out.push_str(&format!("{number} "));
    }
    for run in &line.words {
        match run.mark {
            Mark::Same => out.push_str(&run.text),
            Mark::Added => out.push_str(&format!("[+{}+]", run.text)),
            Mark::Removed => out.push_str(&format!("[-{}-]", run.text)),
        }
    }
    out
}

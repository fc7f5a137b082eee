//! Terms and conditions: rows of a label and its text.
//!
//! Fires on parts headed as terms, or as details of a vacancy; rows may be table rows, labelled lines, or headings with
//! text under them. A row's value is copied to `details` where its label has a key.

use super::desk::Desk;
use super::details;
use super::outline::Part;
use super::paragraphs;
use super::prose;
use super::sheet::{Line, Node, Pair};
use crate::documents::extract::result::{LabelledText, Section};

/// Places a part as terms; without a single row it is prose.
pub fn place(desk: &mut Desk, part: &Part) {
    let rows_exist =
        part.nodes.iter().any(|node| matches!(node, Node::Pair(_)) || matches!(node, Node::Line(line) if line.head));
    if !rows_exist {
        return prose::place(desk, part);
    }
    for line in &part.heading {
        desk.label_number(line);
    }
    let heading = desk.heading(&part.heading);
    let mut rows: Vec<LabelledText> = Vec::new();
    let mut before: Vec<Line> = Vec::new();
    for node in &part.nodes {
        match node {
            Node::Pair(pair) => push_pair(desk, &mut rows, pair),
            Node::Line(line) if line.head => {
                desk.label_number(line);
                let label = desk.heading(std::slice::from_ref(line)).unwrap_or_default();
                rows.push(LabelledText { label, text: String::new() });
            }
            Node::Line(line) if rows.is_empty() => before.push(line.clone()),
            Node::Line(line) => extend(desk, &mut rows, std::slice::from_ref(line)),
            Node::Grid(grid) => {
                for row in &grid.rows {
                    table_row(desk, &mut rows, row.cells.iter().map(|cell| cell.lines.clone()).collect());
                }
            }
        }
    }
    prose::place_loose(desk, &before);
    desk.sections.push(Section::Terms { heading, rows });
}

fn push_pair(desk: &mut Desk, rows: &mut Vec<LabelledText>, pair: &Pair) {
    if let Some(number) = &pair.number {
        desk.label(number, "number");
    }
    details::copy(desk, pair);
    if pair.value.is_empty() {
        return details::empty(desk, pair);
    }
    let label = desk.take(&pair.label);
    let text = values(desk, &pair.value);
    rows.push(LabelledText { label, text });
}

/// A further line of the row before.
fn extend(desk: &mut Desk, rows: &mut [LabelledText], lines: &[Line]) {
    let text = values(desk, lines);
    if let Some(row) = rows.last_mut() {
        row.text =
            [row.text.as_str(), &text].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    }
}

fn table_row(desk: &mut Desk, rows: &mut Vec<LabelledText>, cells: Vec<Vec<Line>>) {
    let mut filled = cells.into_iter().filter(|lines| lines.iter().any(Line::has_words));
    let Some(first) = filled.next() else { return };
    let rest: Vec<Line> = filled.flatten().collect();
    if rest.is_empty() && !rows.is_empty() {
        return extend(desk, rows, &first);
    }
    for line in &first {
        desk.label_number(line);
    }
    let label = desk.heading(&first).unwrap_or_default();
    let text = values(desk, &rest);
    rows.push(LabelledText { label, text });
}

/// The text of a value, a line a paragraph, numbers in their place.
pub fn values(desk: &mut Desk, lines: &[Line]) -> String {
    let mut out = Vec::new();
    for lines in paragraphs::group(lines) {
        let number = lines.first().and_then(|line| desk.number(line));
        let text = paragraphs::text(desk, &lines);
        out.push(number.map_or(text.clone(), |number| format!("{number} {text}")));
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::recognise::topics::Topic;

    #[test]
    fn rows_are_kept_and_copied_to_details() {
        let mut desk = Desk::default();
        let label = desk.ledger.enter("Hours of work");
        let value = vec![Line::plain(desk.ledger.enter("30 hours a week"))];
        let part = Part {
            topic: Topic::Terms,
            heading: Vec::new(),
            nodes: vec![Node::Pair(Pair { number: None, label, value })],
            named: true,
        };
        place(&mut desk, &part);
        assert_eq!(desk.details.hours.as_deref(), Some("30 hours a week"));
        assert!(matches!(&desk.sections[0], Section::Terms { rows, .. } if rows[0].label == "Hours of work"));
    }
}

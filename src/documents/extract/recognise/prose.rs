//! Running text: every part that no other recogniser claims, and organisation charts.
//!
//! Fires always, so nothing that stands in a part can be lost. Confidence is not asked: text is only text here.

use super::desk::Desk;
use super::outline::Part;
use super::paragraphs;
use super::sheet::{Grid, Line, Node};
use super::topics::Topic;
use crate::documents::extract::result::{Paragraph, Section};

/// Places a part as prose. A heading with nothing under it is only a label.
pub fn place(desk: &mut Desk, part: &Part) {
    let chart = part.topic == Topic::Chart;
    let paragraphs = body(desk, &part.nodes);
    for line in &part.heading {
        desk.label_number(line);
    }
    if paragraphs.is_empty() && !chart {
        label_heading(desk, part);
        return;
    }
    let heading = desk.heading(&part.heading);
    if paragraphs.is_empty() {
        desk.find(
            "empty-section",
            heading.as_deref().unwrap_or_default(),
            None,
            "The heading has no text under it. A chart may stand there as a picture.",
        );
    }
    desk.sections.push(if chart {
        Section::OrganisationChart { heading, paragraphs }
    } else {
        Section::Prose { heading, paragraphs }
    });
}

/// A heading that holds no text of its own.
pub fn label_heading(desk: &mut Desk, part: &Part) {
    for line in &part.heading {
        desk.label_line(line, if part.topic == Topic::Document { "document title" } else { "heading" });
    }
}

/// Text without a part of its own, before or after another section.
pub fn place_loose(desk: &mut Desk, lines: &[Line]) {
    let paragraphs = paragraphs::paragraphs(desk, lines);
    if !paragraphs.is_empty() {
        desk.sections.push(Section::Prose { heading: None, paragraphs });
    }
}

fn body(desk: &mut Desk, nodes: &[Node]) -> Vec<Paragraph> {
    let mut out = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for node in nodes {
        match node {
            Node::Line(line) => lines.push(line.clone()),
            Node::Grid(grid) => {
                out.extend(paragraphs::paragraphs(desk, &std::mem::take(&mut lines)));
                out.extend(rows(desk, grid));
            }
            Node::Pair(_) => {}
        }
    }
    out.extend(paragraphs::paragraphs(desk, &lines));
    out
}

/// A table that no one knows: one paragraph a row, its cells on lines of their own.
pub fn rows(desk: &mut Desk, grid: &Grid) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for row in &grid.rows {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| {
                let found = paragraphs::paragraphs(desk, &cell.lines);
                found
                    .into_iter()
                    .map(|p| p.number.into_iter().chain([p.text]).collect::<Vec<_>>().join(" ").trim().to_owned())
                    .collect::<Vec<_>>()
                    .join("\n")
            })
            .filter(|text| !text.is_empty())
            .collect();
        if !cells.is_empty() {
            out.push(Paragraph { text: cells.join("\n"), number: None });
        }
    }
    out
}

/// The lines of nodes that are not pairs, grids taken apart cell by cell.
pub fn lines(nodes: &[Node]) -> Vec<Line> {
    nodes
        .iter()
        .filter(|node| !matches!(node, Node::Pair(_)))
        .cloned()
        .flat_map(super::load::flat)
        .filter(Line::has_words)
        .collect()
}

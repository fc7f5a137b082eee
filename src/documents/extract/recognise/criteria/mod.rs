//! The person specification: criteria in categories, each essential or desirable, and how each is assessed.
//!
//! Fires on parts headed as a person specification and on tables whose header names importance or assessment. What the
//! document does not label is essential with `sure: false`, and a finding says so once.

mod build;
mod items;
mod lines;
mod marks;
mod table;
mod untyped;

use super::assessment::{self, Key};
use super::desk::Desk;
use super::ledger::Piece;
use super::outline::Part;
use super::prose;
use super::sheet::{Line, Node};
use crate::documents::extract::result::{AssessmentMethod, CriteriaCategory, Importance, Label, Section};
use build::Build;
pub use marks::importance_word;

/// Codes and sentences that hold for the whole document.
#[derive(Debug, Default)]
pub struct Common {
    pub key: Key,
    pub methods: Vec<AssessmentMethod>,
}

/// Reads the keys and the sentences for all criteria before any criterion is read.
pub fn common(parts: &[Part]) -> Common {
    let mut common = Common::default();
    for part in parts.iter().filter(|part| part.topic == super::topics::Topic::Criteria) {
        for line in prose::lines(&part.nodes) {
            if common.key.learn(line.text()) {
                continue;
            }
            if let Some(methods) =
                assessment::in_sentence(line.text()).filter(|_| !line.is_item() && line.word_count() >= 6)
            {
                common.methods = methods;
            }
        }
    }
    common
}

/// Places a part as criteria; without a single criterion it is prose.
pub fn place(desk: &mut Desk, part: &Part, common: &Common) {
    if part.nodes.iter().all(|node| matches!(node, Node::Pair(_))) {
        return prose::place(desk, part);
    }
    for line in &part.heading {
        desk.label_number(line);
    }
    let (categories, before, after) = read(desk, part, common);
    if categories.iter().all(|category| category.criteria.is_empty() && category.heading.is_none()) {
        prose::place_loose(desk, &before);
        prose::place_loose(desk, &after);
        return prose::label_heading(desk, part);
    }
    let heading = desk.heading(&part.heading);
    prose::place_loose(desk, &before);
    push(desk, heading, categories);
    prose::place_loose(desk, &after);
}

fn read(desk: &mut Desk, part: &Part, common: &Common) -> (Vec<CriteriaCategory>, Vec<Line>, Vec<Line>) {
    let mut build = Build::new(desk, common);
    build.importance = part.heading.iter().find_map(heading_importance);
    let mut run: Vec<Line> = Vec::new();
    for node in &part.nodes {
        match node {
            Node::Line(line) => run.push(line.clone()),
            Node::Grid(grid) => {
                lines::read(&mut build, &std::mem::take(&mut run));
                match &grid.columns {
                    Some(columns) => table::read(&mut build, grid, columns),
                    None => untyped::read(&mut build, grid),
                }
                build.tabled = true;
            }
            Node::Pair(_) => {}
        }
    }
    lines::read(&mut build, &run);
    build.finish()
}

/// A part headed only "Desirable criteria" goes on with the specification before it.
fn push(desk: &mut Desk, heading: Option<String>, categories: Vec<CriteriaCategory>) {
    let goes_on = heading.as_deref().is_none_or(marks::names_importance);
    match desk.sections.last_mut() {
        Some(Section::Criteria { categories: open, .. }) if goes_on && !open.is_empty() => {
            open.extend(categories);
            desk.labels.extend(heading.map(|text| Label { text, used_as: "importance".to_owned() }));
        }
        Some(_) | None => desk.sections.push(Section::Criteria { heading, categories }),
    }
}

/// Whether a line ends with a bracket that says how important it is.
pub fn is_marked(piece: &Piece) -> bool {
    marks::strip(piece, &Key::default()).1.importance.is_some() && piece.text().ends_with([')', ']'])
}

/// "Essential criteria" as the heading of a part.
fn heading_importance(line: &Line) -> Option<Importance> {
    marks::importance_word(line.text()).flatten()
}

//! The recognisers: what a document's blocks mean to human resources.
//!
//! In order: `load` enters every word into the `ledger`; `normalise`, `furniture`, `flattened`, `repeats`, `grids` and
//! `pairs` make readable nodes; `masthead` takes the top off; `outline` and `resolve` divide the rest into parts with a
//! topic; one recogniser a topic places each part. Whatever none of them claims is swept into `unplaced`, so no word is
//! lost; `audit` proves it. Nothing here knows of files, people or the database.

mod ahead;
mod assessment;
mod audit;
mod clauses;
mod columns;
mod contact;
mod criteria;
mod dates;
mod demands;
mod desk;
mod details;
mod duties;
mod employer;
mod factors;
mod findings;
mod flattened;
mod furniture;
mod grids;
mod headings;
mod labels;
mod layout;
mod ledger;
mod load;
mod masthead;
mod normalise;
mod outline;
pub mod own;
mod pairs;
mod paragraphs;
mod prose;
mod repeats;
mod resolve;
mod rows;
mod sheet;
mod statements;
mod tabbed;
mod tasks;
mod terms;
#[cfg(test)]
mod tests;
mod topics;
mod tracked;
mod verbs;
mod vocabulary;
pub mod walk;

use super::blocks::Document;
use super::result::{Extract, FORMAT, Label, Reason, Source, Unplaced};
use columns::{Role, Shape};
use desk::Desk;
use ledger::Piece;
use outline::Part;
use sheet::{Line, Node};
use topics::Topic;

/// Reads a document. Every word of it is in the result, once.
pub fn recognise(document: &Document, source: Source) -> Extract {
    let mut desk = Desk::default();
    let loaded = load::load(document, &mut desk.ledger);
    let (nodes, glyphs) = with_glyphs(loaded.body);
    let (nodes, heads) = readable(&mut desk, nodes, &loaded.furniture);
    let grid = nodes.iter().any(|node| matches!(node, Node::Grid(grid) if grid.columns.as_ref().is_some_and(|columns| columns.shape == Shape::Criteria && columns.has(Role::Essential) && columns.has(Role::Desirable))));
    let nodes = masthead::read(&mut desk, nodes);
    let parts = resolve::resolve(&mut desk, outline::divide(nodes));
    let common = criteria::common(&parts);
    for part in parts {
        place(&mut desk, part, &common);
    }
    prose::place_loose(&mut desk, &loaded.footnotes);
    finish(desk, document, source, &Ends { heads, glyphs, grid })
}

/// What is only needed at the end.
struct Ends {
    heads: Vec<String>,
    glyphs: Vec<Piece>,
    grid: bool,
}

/// The bullets of the sheet, which hold words where a letter was typed as one.
fn with_glyphs(mut nodes: Vec<Node>) -> (Vec<Node>, Vec<Piece>) {
    let glyphs = nodes
        .iter_mut()
        .flat_map(Node::lines_mut)
        .filter_map(|line| line.glyph.clone())
        .filter(Piece::has_words)
        .collect();
    (nodes, glyphs)
}

/// From raw lines and tables to nodes that can be outlined.
fn readable(desk: &mut Desk, nodes: Vec<Node>, furniture: &[Line]) -> (Vec<Node>, Vec<String>) {
    let nodes = normalise::normalise(desk, nodes);
    let nodes = repeats::drop_repeats(desk, nodes);
    let (nodes, heads) = furniture::clear(desk, furniture, nodes);
    let nodes = flattened::regrid(tabbed::regrid(nodes));
    let nodes = grids::divide(nodes);
    let nodes: Vec<Node> = nodes.into_iter().filter(|node| node.as_line().is_none_or(Line::has_words)).collect();
    (pairs::pair_up(nodes), heads)
}

/// Hands a part to the recogniser of its topic. Pairs are details, wherever they stand, but in terms and contacts.
fn place(desk: &mut Desk, part: Part, common: &criteria::Common) {
    let topic = if is_vacancy(&part) { Topic::Terms } else { part.topic };
    if !matches!(topic, Topic::Terms | Topic::Employer | Topic::Contact) {
        for node in &part.nodes {
            if let Node::Pair(pair) = node {
                details::place(desk, pair);
            }
        }
    }
    match topic {
        Topic::Terms => terms::place(desk, &part),
        Topic::Duties | Topic::CommonDuties => duties::place(desk, &part),
        Topic::Criteria => criteria::place(desk, &part, common),
        Topic::Factors => factors::place(desk, &part),
        Topic::Demands => demands::place(desk, &part),
        Topic::Clauses | Topic::Clause => clauses::place(desk, &part),
        Topic::Employer | Topic::Contact => contact::place(desk, &part),
        Topic::Document
        | Topic::Details
        | Topic::Purpose
        | Topic::Prose
        | Topic::Values
        | Topic::Category
        | Topic::Chart
        | Topic::Web => {
            prose::place(desk, &part);
        }
    }
}

/// Details that the document heads as those of a vacancy are also terms.
fn is_vacancy(part: &Part) -> bool {
    let terms = part
        .nodes
        .iter()
        .filter(
            |node| matches!(node, Node::Pair(pair) if labels::key(pair.label.text()).is_some_and(labels::Key::is_term)),
        )
        .count();
    let titled = part
        .nodes
        .iter()
        .any(|node| matches!(node, Node::Pair(pair) if labels::key(pair.label.text()) == Some(labels::Key::Title)));
    part.topic == Topic::Details && terms >= 2 && !titled
}

/// Sweeps up what is left, adds findings and what stands beside the text, and judges the layout.
fn finish(mut desk: Desk, document: &Document, source: Source, ends: &Ends) -> Extract {
    for glyph in &ends.glyphs {
        desk.label(glyph, "bullet");
    }
    let left = desk.ledger.left();
    for text in left {
        desk.find("unplaced", &text, None, "No place was found for these words.");
        desk.set_aside_text(text, Reason::Uncertain);
    }
    let spots = walk::spots(&desk.sections);
    let texts: Vec<String> = spots.iter().map(|spot| spot.text.clone()).collect();
    let stock = audit::Stock::of(document);
    statements::read(&mut desk, &texts, &ends.heads, &stock);
    contact::copy_from(&mut desk, &texts, &stock);
    findings::run(&mut desk, &spots);
    let beside = tracked::read(&mut desk, &document.asides, &spots);
    let whole = audit::source_texts(&document.blocks).join(" ");
    let layout = layout::judge(&desk.details, &desk.sections, &whole, ends.grid);
    let mut extract = Extract {
        format: FORMAT.to_owned(),
        source,
        layout,
        details: desk.details,
        sections: desk.sections,
        labels: desk.labels.into_iter().filter(|label: &Label| !label.text.is_empty()).collect(),
        unplaced: desk.unplaced.into_iter().filter(|rest| !rest.text.is_empty()).collect(),
        tracked: beside.tracked,
        comments: beside.comments,
        findings: desk.findings,
        before: None,
        ours: false,
    };
    let differences = audit::compare(document, &extract);
    debug_assert!(differences.is_empty(), "{differences:?}");
    if !differences.lost.is_empty() {
        // a recogniser has taken words and dropped them: the promise is kept all the same
        extract.unplaced.push(Unplaced { text: differences.lost.join(" "), reason: Reason::Uncertain });
    }
    extract
}

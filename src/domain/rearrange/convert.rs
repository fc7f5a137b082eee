//! Which kind an item becomes in another place, without losing anything; and the places that it can go to.

use super::Refusal;
use super::loose::Under;
use crate::domain::checks;
use crate::domain::content::{Body, Content, Importance, Item, ItemKind, Section};
use crate::domain::ids::ItemId;
use crate::domain::shape;

/// A place that takes an item, for a person to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub under: Under,
    /// `Main duties`, or `Main duties: Stock` for a group.
    pub name: String,
    /// What it becomes there, where that is another kind.
    pub becomes: Option<ItemKind>,
    /// It stands there now.
    pub here: bool,
}

/// The body in a place that takes these kinds: its own kind first, then one that holds all it says.
///
/// # Errors
/// What would be lost.
pub fn converted(body: &Body, takes: &[ItemKind]) -> Result<Body, Refusal> {
    if takes.contains(&body.kind()) {
        return Ok(body.clone());
    }
    takes.iter().find_map(|kind| as_kind(body, *kind)).ok_or(Refusal::Loses(beside(body)))
}

/// None where that kind would not hold everything.
fn as_kind(body: &Body, kind: ItemKind) -> Option<Body> {
    let bare = match body {
        Body::Paragraph => true,
        Body::Duty(work) => work.is_empty(),
        Body::Clause { heading, placed } => heading.is_empty() && placed.is_none(),
        Body::Term { label } | Body::Detail { label } => match kind {
            ItemKind::Term => return Some(Body::Term { label: label.clone() }),
            ItemKind::Detail => return Some(Body::Detail { label: label.clone() }),
            ItemKind::Clause => return Some(Body::clause(label.clone())),
            ItemKind::Paragraph
            | ItemKind::Group
            | ItemKind::Duty
            | ItemKind::Category
            | ItemKind::Criterion
            | ItemKind::Demand
            | ItemKind::FactorLevel => label.is_empty(),
        },
        Body::Group | Body::Category | Body::Criterion { .. } | Body::Demand { .. } | Body::FactorLevel { .. } => false,
    };
    match kind {
        ItemKind::Paragraph => bare.then_some(Body::Paragraph),
        ItemKind::Duty => bare.then_some(Body::duty()),
        ItemKind::Clause => bare.then(|| Body::empty(kind)),
        ItemKind::Criterion => bare.then(|| Body::Criterion {
            importance: Importance::Essential,
            subheading: String::new(),
            assessment: Vec::new(),
        }),
        // Without a label, a factor or a yes or no these say nothing; headings hold others.
        ItemKind::Group
        | ItemKind::Category
        | ItemKind::Term
        | ItemKind::Detail
        | ItemKind::Demand
        | ItemKind::FactorLevel => None,
    }
}

/// What the kind says beside the text, in words.
fn beside(body: &Body) -> &'static str {
    match body {
        Body::Criterion { .. } => "whether it is essential and how it is assessed",
        Body::Term { .. } | Body::Detail { .. } => "its label",
        Body::Demand { .. } => "whether it applies and how often",
        Body::FactorLevel { .. } => "its factor and level",
        Body::Clause { .. } => "its heading",
        Body::Group | Body::Category => "that it is a heading",
        Body::Duty(work) if !work.is_empty() => "how often it is done, its share of the time or its systems",
        Body::Paragraph | Body::Duty(_) => "what it is",
    }
}

/// The item as it stands in such a place; everything below it has to fit too.
pub(super) fn fitted(item: &Item, takes: &[ItemKind]) -> Result<Item, Refusal> {
    let body = converted(&item.body, takes)?;
    let below = shape::item_takes(body.kind());
    match item.children.iter().all(|child| below.contains(&child.kind())) {
        true => Ok(Item { body, ..item.clone() }),
        false => Err(Refusal::Loses("the lines below it")),
    }
}

/// Every section and heading that takes the item, and the line before it where that takes children.
pub fn spots(content: &Content, id: ItemId) -> Vec<Spot> {
    let (Some((_, item)), Some((here, position))) = (content.item(id), super::spot_of(content, id)) else {
        return Vec::new();
    };
    let before = position.checked_sub(1);
    let mut spots = Vec::new();
    for section in &content.sections {
        let name = checks::name(section).to_owned();
        let mut offer = |under: Under, name: String, takes: &[ItemKind]| {
            if let Ok(there) = fitted(item, takes) {
                let becomes = (there.kind() != item.kind()).then(|| there.kind());
                spots.push(Spot { under, name, becomes, here: under == here });
            }
        };
        offer(Under::Section(section.id), name.clone(), shape::section_takes(section.kind));
        for heading in headings(section, id) {
            let words = format!("{name}: {}", checks::opening(heading));
            offer(Under::Item(heading.id), words, shape::item_takes(heading.kind()));
        }
    }
    if let (Some(before), Under::Section(_) | Under::Item(_)) = (before, here)
        && let Some(sibling) = siblings(content, here).get(before)
        && !shape::is_heading(sibling.kind())
        && let Ok(there) = fitted(item, shape::item_takes(sibling.kind()))
    {
        let name = format!("Below the line before: {}", checks::opening(sibling));
        let becomes = (there.kind() != item.kind()).then(|| there.kind());
        spots.push(Spot { under: Under::Item(sibling.id), name, becomes, here: false });
    }
    spots
}

fn headings(section: &Section, but: ItemId) -> impl Iterator<Item = &Item> {
    section.items.iter().filter(move |item| shape::is_heading(item.kind()) && item.id != but)
}

fn siblings(content: &Content, under: Under) -> &[Item] {
    match under {
        Under::Section(section) => content.section(section).map_or(&[], |section| &section.items),
        Under::Item(item) => content.item(item).map_or(&[], |(_, item)| &item.children),
    }
}

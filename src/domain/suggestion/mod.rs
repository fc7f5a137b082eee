//! Suggestions: a proposed change to an item, a new item, or a removal, and whether it still fits what stands there now.
//!
//! Nothing is ever taken in silently over somebody's later edit: a suggestion fits as it stands, or is woven together
//! with what was changed since, or no longer fits and is a person's to decide.

use super::content::{Body, Content, Item};
use super::ids::{ItemId, SectionId};
use super::merge;
use super::shape;
use super::worded::worded;

worded! {
    SuggestionState {
        Open = "open", "To decide";
        Accepted = "accepted", "Accepted";
        Rejected = "rejected", "Rejected";
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposal {
    /// The item in other words, or with other facts. Neither side holds what stands below.
    Reword { before: Item, after: Item },
    /// A new item: after one, else below one, else at the section's end.
    Add { place: Place, item: Item },
    /// The item goes, with everything below it as it was then.
    Remove { before: Item },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub section: SectionId,
    pub after: Option<ItemId>,
    pub under: Option<ItemId>,
}

/// How a proposal stands to the content as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// What it was made against still stands there.
    AsItStands(Taken),
    /// The line was changed since, elsewhere: both changes go together.
    Woven(Taken),
    /// Somebody has done the same already.
    Already,
    NoLonger(Obstacle),
}

/// What taking it in does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    Reword(Item),
    Add(Place),
    Remove,
}

/// Why it no longer fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// The same words were changed since.
    Changed,
    /// The line is not there any more.
    LineGone,
    /// The section is not there any more, or takes no such line.
    PlaceGone,
}

impl Obstacle {
    /// As the page says it.
    pub fn said(self) -> &'static str {
        match self {
            Obstacle::Changed => "The same words were changed since this was suggested, so it no longer fits",
            Obstacle::LineGone => "The line was deleted since this was suggested",
            Obstacle::PlaceGone => "The place for this line is no longer there",
        }
    }
}

/// Whether the proposal can be taken into the content, and as what.
pub fn fit(proposal: &Proposal, content: &Content) -> Fit {
    match proposal {
        Proposal::Reword { before, after } => reword(before, after, content),
        Proposal::Add { place, item } => add(*place, item, content),
        Proposal::Remove { before } => remove(before, content),
    }
}

fn reword(before: &Item, after: &Item, content: &Content) -> Fit {
    let Some((_, now)) = content.item(before.id) else { return Fit::NoLonger(Obstacle::LineGone) };
    let (before, now, after) = (in_order(before), in_order(now), in_order(after));
    if now.says_the_same(&after) {
        return Fit::Already;
    }
    let merged = merge::both(Some(&before), &after, &now);
    match (merged.clean, in_order(&merged.item)) {
        (false, _) => Fit::NoLonger(Obstacle::Changed),
        (true, taken) if taken.says_the_same(&now) => Fit::Already,
        (true, taken) if now.says_the_same(&before) => Fit::AsItStands(Taken::Reword(taken)),
        (true, taken) => Fit::Woven(Taken::Reword(taken)),
    }
}

/// The same item with its ways of assessing in one order, whoever ticked them.
pub fn in_order(item: &Item) -> Item {
    let mut item = item.clone();
    if let Body::Criterion { assessment, .. } = &mut item.body {
        assessment.sort();
    }
    item
}

fn remove(before: &Item, content: &Content) -> Fit {
    match content.item(before.id) {
        None => Fit::Already,
        Some((_, now)) if same_tree(before, now) => Fit::AsItStands(Taken::Remove),
        Some(_) => Fit::NoLonger(Obstacle::Changed),
    }
}

/// The same words in the same order, whatever their revisions.
fn same_tree(one: &Item, other: &Item) -> bool {
    one.id == other.id
        && one.says_the_same(other)
        && one.children.len() == other.children.len()
        && one.children.iter().zip(&other.children).all(|(one, other)| same_tree(one, other))
}

fn add(place: Place, item: &Item, content: &Content) -> Fit {
    let Some(section) = content.section(place.section) else { return Fit::NoLonger(Obstacle::PlaceGone) };
    let stands = |id: Option<ItemId>| id.is_none_or(|id| content.item(id).is_some_and(|(at, _)| at.id == section.id));
    let (after, under) = (stands(place.after), stands(place.under));
    let nearest = Place { after: place.after.filter(|_| after), under: place.under.filter(|_| under), ..place };
    let takes = match above(nearest, content) {
        Some(parent) => shape::item_takes(parent.kind()),
        None => shape::section_takes(section.kind),
    };
    match (takes.contains(&item.kind()), after && under) {
        (false, _) => Fit::NoLonger(Obstacle::PlaceGone),
        (true, true) => Fit::AsItStands(Taken::Add(nearest)),
        (true, false) => Fit::Woven(Taken::Add(nearest)),
    }
}

/// The item below which something at that place stands.
pub fn above(place: Place, content: &Content) -> Option<&Item> {
    match place.after {
        Some(after) => content.all_items().into_iter().find(|item| item.children.iter().any(|child| child.id == after)),
        None => place.under.and_then(|under| content.item(under)).map(|(_, item)| item),
    }
}

#[cfg(test)]
mod tests;

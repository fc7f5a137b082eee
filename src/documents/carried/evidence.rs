//! Suggestions: where a line differs before and after the tracked changes, and which of them say so.

use super::pairs::Pairs;
use super::{Suggestion, Told, alone, without_space};
use crate::documents::extract::result::{Tracked, TrackedKind};
use crate::documents::to_content::Made;
use crate::domain::content::{Content, Item, Section};
use crate::domain::diff;
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::suggestion::{Fit, Place, Proposal, fit};

/// The longest mark of a table: a tick, a cross, `Yes`.
const LONGEST_MARK: usize = 3;

/// A difference, with the words in which tracked changes have to be found.
struct Difference {
    section: SectionId,
    proposal: Proposal,
    /// What of the line's words no tracked change has claimed yet, without white space.
    added: String,
    gone: String,
    told: Vec<Told>,
}

/// The suggestions in the order of the document, and the tracked changes that are none.
pub fn suggestions(before: &Made, pairs: &Pairs, tracked: &[Tracked]) -> (Vec<Suggestion>, Vec<Tracked>) {
    let mut differences: Vec<Difference> = Vec::new();
    for section in &before.content.sections {
        changed(pairs, section, &mut differences);
        added(pairs, &before.content, section.id, &mut differences);
    }
    let left = claim(&mut differences, tracked);
    let mut suggestions: Vec<Suggestion> =
        differences.into_iter().filter(|one| !one.told.is_empty()).map(Difference::told).collect();
    in_order_of_acceptance(&mut suggestions);
    (suggestions, left)
}

/// Lines in other words, and lines that are gone.
fn changed(pairs: &Pairs, section: &Section, out: &mut Vec<Difference>) {
    let mut gone_below: Vec<ItemId> = Vec::new();
    for item in section.all_items() {
        match pairs.after_of(item.id) {
            Some(now) => {
                // printed numbers move on by themselves where a line comes or goes before
                let after = Item { text: now.text.clone(), body: now.body.clone(), ..alone(item) };
                if !after.says_the_same(&alone(item)) {
                    let (added, gone) = (squeezed(&after), squeezed(item));
                    let proposal = Proposal::Reword { before: alone(item), after };
                    out.push(Difference { section: section.id, proposal, added, gone, told: Vec::new() });
                }
            }
            None if gone_below.contains(&item.id) => {}
            None if item.walk().iter().all(|one| pairs.after_of(one.id).is_none()) => {
                gone_below.extend(item.walk().iter().map(|one| one.id));
                let gone = item.walk().iter().map(|one| squeezed(one)).collect();
                let proposal = Proposal::Remove { before: item.clone() };
                let added = String::new();
                out.push(Difference { section: section.id, proposal, added, gone, told: Vec::new() });
            }
            // something stays below it: a heading alone can't go
            None => {}
        }
    }
}

/// Lines that are new in the section of this identity.
fn added(pairs: &Pairs, before: &Content, section: SectionId, out: &mut Vec<Difference>) {
    let now = pairs.after.sections.iter().filter(|now| pairs.sections.get(&now.id) == Some(&section));
    for now in now {
        let all = now.all_items();
        for (at, item) in all.iter().enumerate().filter(|(_, item)| !pairs.items.contains_key(&item.id)) {
            let new = Item { id: ItemId(0), ..alone(item) };
            let places = places(pairs, section, now, item, &all[..at]);
            let fits = |place: &Place| {
                let proposal = Proposal::Add { place: *place, item: new.clone() };
                !matches!(fit(&proposal, before), Fit::NoLonger(_))
            };
            if let Some(place) = places.into_iter().find(fits) {
                let proposal = Proposal::Add { place, item: new.clone() };
                let (added, gone) = (squeezed(item), String::new());
                out.push(Difference { section, proposal, added, gone, told: Vec::new() });
            }
        }
    }
}

/// Where a new line could stand, best first: after the line before it, below the line above it, after the last earlier
/// line of its kind, at the section's end.
fn places(pairs: &Pairs, section: SectionId, now: &Section, item: &Item, earlier: &[&Item]) -> Vec<Place> {
    let here = Place { section, after: None, under: None };
    let old = |one: &Item| pairs.items.get(&one.id).copied();
    let parent = earlier.iter().find(|one| one.children.iter().any(|child| child.id == item.id));
    let siblings = parent.map_or(&now.items, |parent| &parent.children);
    let before = siblings.iter().take_while(|one| one.id != item.id).filter_map(old).last();
    let of_kind = earlier.iter().filter(|one| one.kind() == item.kind()).filter_map(|one| old(one)).next_back();
    let after = |after: ItemId| Place { after: Some(after), ..here };
    let under = parent.and_then(|parent| old(parent)).map(|under| Place { under: Some(under), ..here });
    let mut places: Vec<Place> = before.map(after).into_iter().chain(under).collect();
    places.extend(of_kind.map(after));
    places.push(here);
    places
}

/// Gives each tracked change to the difference that holds its words, going on from the one before; those left over have
/// none.
fn claim(differences: &mut [Difference], tracked: &[Tracked]) -> Vec<Tracked> {
    let mut last = 0;
    let mut left = Vec::new();
    for change in tracked {
        let words = without_space(&change.text);
        let order: Vec<usize> = (last..differences.len()).chain(0..last.min(differences.len())).collect();
        match order.iter().copied().find(|at| differences[*at].take(change.kind, &words)) {
            Some(at) => {
                differences[at].told.push(Told::of(change));
                last = at;
            }
            None => {
                let within = |at: &usize| differences[*at].is_within(change.kind, &words);
                let mut all: Vec<usize> = order.iter().copied().filter(within).collect();
                if all.is_empty() && words.chars().count() <= LONGEST_MARK {
                    all.extend(order.into_iter().find(|at| differences[*at].is_of_facts()));
                }
                if all.is_empty() {
                    left.push(change.clone());
                }
                all.into_iter().for_each(|at| differences[at].told.push(Told::of(change)));
            }
        }
    }
    left
}

impl Difference {
    fn side(&mut self, kind: TrackedKind) -> &mut String {
        match kind {
            TrackedKind::Inserted => &mut self.added,
            TrackedKind::Deleted => &mut self.gone,
        }
    }

    /// Takes these words from the line, if they stand in it.
    fn take(&mut self, kind: TrackedKind, words: &str) -> bool {
        let side = self.side(kind);
        let found = side.find(words).filter(|_| !words.is_empty());
        if let Some(at) = found {
            side.replace_range(at..at + words.len(), "");
        }
        found.is_some()
    }

    /// Whether a change of more than one line, such as a row of a table, holds the whole of this one.
    fn is_within(&self, kind: TrackedKind, words: &str) -> bool {
        let side = match kind {
            TrackedKind::Inserted => &self.added,
            TrackedKind::Deleted => &self.gone,
        };
        !side.is_empty() && words.contains(side.as_str())
    }

    /// The line has the same words, and something else is said of it: a tick went to another column.
    fn is_of_facts(&self) -> bool {
        match &self.proposal {
            Proposal::Reword { before, after } => before.text == after.text && before.body != after.body,
            Proposal::Add { .. } | Proposal::Remove { .. } => false,
        }
    }

    fn told(self) -> Suggestion {
        Suggestion { section: self.section, proposal: self.proposal, told: Told::of_all(&self.told) }
    }
}

/// Lines that are new after the same line: the last is suggested first, so that accepting all of them in turn puts them
/// in their order.
fn in_order_of_acceptance(suggestions: &mut [Suggestion]) {
    let place = |one: &Suggestion| match &one.proposal {
        Proposal::Add { place, .. } => place.after.map(|after| (place.section, after)),
        Proposal::Reword { .. } | Proposal::Remove { .. } => None,
    };
    suggestions
        .chunk_by_mut(|one, next| place(one).is_some() && place(one) == place(next))
        .for_each(<[Suggestion]>::reverse);
}

/// All words of a line, its labels too, without white space.
fn squeezed(item: &Item) -> String {
    let labels: String = diff::labelled(&item.body).into_iter().map(|(_, value)| value).collect();
    without_space(&format!("{labels}{}", item.text))
}

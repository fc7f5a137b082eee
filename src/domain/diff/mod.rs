//! What changed between two versions: item by item, with the words marked.
//!
//! Identity decides, not likeness: an item that kept its id was reworded or moved, any other was added or removed.

mod facts;
mod moves;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Content, Item, ItemKind, SectionKind};
use super::details::Details;
use super::ids::{ItemId, SectionId};
use facts::facts;
pub use facts::labelled;
use moves::moved;
pub use words::{Stretch, Tag, words};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Unchanged,
    Added,
    Removed,
    Reworded,
}

/// A line of the compared document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub item: ItemId,
    pub kind: ItemKind,
    /// 0 directly in the section.
    pub depth: usize,
    pub fate: Fate,
    /// Stands in another place than before; may be reworded too.
    pub moved: bool,
    pub words: Vec<Stretch>,
    /// What changed beside the text: label, old, new ("Importance", "Desirable", "Essential").
    pub facts: Vec<Fact>,
}

/// A labelled value, with its change marked; unchanged facts have one stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub label: &'static str,
    pub words: Vec<Stretch>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChange {
    pub section: SectionId,
    pub kind: SectionKind,
    pub fate: Fate,
    pub heading: Vec<Stretch>,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Changed rows of the details alone.
    pub details: Vec<Fact>,
    pub sections: Vec<SectionChange>,
}

/// How many items met which fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub added: usize,
    pub removed: usize,
    pub reworded: usize,
    pub moved: usize,
}

impl Fact {
    pub fn changed(&self) -> bool {
        self.words.iter().any(|stretch| stretch.tag != Tag::Same)
    }
}

impl Line {
    pub fn changed(&self) -> bool {
        self.fate != Fate::Unchanged || self.moved
    }
}

impl Comparison {
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for line in self.sections.iter().flat_map(|section| &section.lines) {
            match line.fate {
                Fate::Added => counts.added += 1,
                Fate::Removed => counts.removed += 1,
                Fate::Reworded => counts.reworded += 1,
                Fate::Unchanged => {}
            }
            counts.moved += usize::from(line.moved);
        }
        counts
    }

    pub fn is_empty(&self) -> bool {
        self.details.is_empty()
            && self
                .sections
                .iter()
                .all(|section| section.fate == Fate::Unchanged && section.lines.iter().all(|line| !line.changed()))
    }
}

/// Compares two versions. `grades` gives the printed grade of each side.
pub fn compare(old: (&Details, &Content), new: (&Details, &Content), grades: (&str, &str)) -> Comparison {
    Comparison { details: details(old.0, new.0, grades), sections: sections(old.1, new.1) }
}

fn details(old: &Details, new: &Details, grades: (&str, &str)) -> Vec<Fact> {
    let (old_basis, new_basis) = (old.basis_in_words(), new.basis_in_words());
    let rows = [
        ("Title", old.title.as_str(), new.title.as_str()),
        ("Grade", grades.0, grades.1),
        ("Grade decided by", &old_basis, &new_basis),
        ("Salary", &old.salary_text, &new.salary_text),
        ("Hours", &old.hours, &new.hours),
        ("Contract", &old.contract, &new.contract),
        ("Working pattern", &old.working_pattern, &new.working_pattern),
        ("Location", &old.location, &new.location),
        ("Directorate", &old.directorate, &new.directorate),
        ("Service", &old.service, &new.service),
        ("Reports to", &old.reports_to, &new.reports_to),
        ("Responsible for", &old.responsible_for, &new.responsible_for),
    ];
    rows.into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(label, old, new)| Fact { label, words: words(old, new) })
        .collect()
}

fn sections(old: &Content, new: &Content) -> Vec<SectionChange> {
    let before: BTreeMap<ItemId, Standing> = standings(old);
    let moved = moved(old, new);
    let old_sections: BTreeMap<SectionId, &str> =
        old.sections.iter().map(|section| (section.id, section.heading.as_str())).collect();
    let mut changes: Vec<SectionChange> = new
        .sections
        .iter()
        .map(|section| {
            let heading = old_sections.get(&section.id).copied();
            SectionChange {
                section: section.id,
                kind: section.kind,
                fate: fate(heading, &section.heading),
                heading: words(heading.unwrap_or_default(), &section.heading),
                lines: flatten(&section.items, 0).map(|(depth, item)| line(item, depth, &before, &moved)).collect(),
            }
        })
        .collect();
    put_back_removed(old, new, &mut changes);
    changes
}

fn fate(old: Option<&str>, new: &str) -> Fate {
    match old {
        None => Fate::Added,
        Some(old) if old != new => Fate::Reworded,
        Some(_) => Fate::Unchanged,
    }
}

/// Where an item stands in the old version.
struct Standing<'a> {
    item: &'a Item,
}

fn standings(content: &Content) -> BTreeMap<ItemId, Standing<'_>> {
    content.all_items().into_iter().map(|item| (item.id, Standing { item })).collect()
}

fn line(item: &Item, depth: usize, before: &BTreeMap<ItemId, Standing>, moved: &BTreeSet<ItemId>) -> Line {
    let old = before.get(&item.id).map(|standing| standing.item);
    let text = words(old.map_or("", |old| &old.text), &item.text);
    let facts = facts(old, item);
    let changed = text.iter().any(|stretch| stretch.tag != Tag::Same) || facts.iter().any(Fact::changed);
    let fate = match old {
        None => Fate::Added,
        Some(_) if changed => Fate::Reworded,
        Some(_) => Fate::Unchanged,
    };
    Line { item: item.id, kind: item.kind(), depth, fate, moved: moved.contains(&item.id), words: text, facts }
}

fn removed(item: &Item, depth: usize) -> Line {
    let facts = labelled(&item.body).into_iter().map(|(label, old)| Fact { label, words: words(&old, "") }).collect();
    let words = words(&item.text, "");
    Line { item: item.id, kind: item.kind(), depth, fate: Fate::Removed, moved: false, words, facts }
}

fn flatten(items: &[Item], depth: usize) -> Box<dyn Iterator<Item = (usize, &Item)> + '_> {
    Box::new(
        items.iter().flat_map(move |item| std::iter::once((depth, item)).chain(flatten(&item.children, depth + 1))),
    )
}

/// Removed items go back to where a reader would look: after what stood before them.
fn put_back_removed(old: &Content, new: &Content, changes: &mut Vec<SectionChange>) {
    let kept: BTreeSet<ItemId> = new.all_items().iter().map(|item| item.id).collect();
    for (index, section) in old.sections.iter().enumerate() {
        let gone: Vec<(Option<ItemId>, Line)> = gone_from(&section.items, &kept);
        let stands = changes.iter().position(|change| change.section == section.id);
        let at = stands.unwrap_or_else(|| {
            let lines = Vec::new();
            let heading = words(&section.heading, "");
            let removed =
                SectionChange { section: section.id, kind: section.kind, fate: Fate::Removed, heading, lines };
            let at = index.min(changes.len());
            changes.insert(at, removed);
            at
        });
        for (after, line) in gone {
            let lines = &mut changes[at].lines;
            let place =
                after.and_then(|before| lines.iter().position(|line| line.item == before)).map_or(0, |place| place + 1);
            lines.insert(place, line);
        }
    }
}

fn gone_from(items: &[Item], kept: &BTreeSet<ItemId>) -> Vec<(Option<ItemId>, Line)> {
    let mut before = None;
    let mut gone = Vec::new();
    for (depth, item) in flatten(items, 0) {
        if !kept.contains(&item.id) {
            gone.push((before, removed(item, depth)));
        }
        before = Some(item.id);
    }
    gone
}

#[cfg(test)]
mod tests;

//! The difference of two contents as changes that can be done again: applied to the one, they give the other.
//!
//! What people read in a comparison is made of the same parts, so that a comparison can be trusted to name everything.
//! Revisions and confirmations belong to a draft's own life, and are no part of it.

use std::collections::{BTreeMap, BTreeSet};

use super::moves::{moved, moved_sections};
use super::tree::{Parent, Tree};
use crate::domain::content::{Content, Item, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId};

/// Where an item goes: under what, and after which sibling; first where after none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub under: Parent,
    pub after: Option<ItemId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    RemoveItem(ItemId),
    RemoveSection(SectionId),
    /// A section without its items.
    AddSection {
        section: Section,
        after: Option<SectionId>,
    },
    MoveSection {
        section: SectionId,
        after: Option<SectionId>,
    },
    RenameSection {
        section: SectionId,
        kind: SectionKind,
        heading: String,
    },
    /// An item without what stands below it.
    AddItem {
        item: Item,
        spot: Spot,
    },
    MoveItem {
        item: ItemId,
        spot: Spot,
    },
    /// The item's words, number and fields from now on.
    RewordItem(Item),
}

/// Changes in an order in which they can be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch {
    pub changes: Vec<Change>,
}

/// The changes were made for another content than this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the changes do not fit this content")]
pub struct Misfit;

/// Everything that makes `new` of `old`.
pub fn diff(old: &Content, new: &Content) -> Patch {
    let (before, after) = (Tree::of(old), Tree::of(new));
    let mut changes: Vec<Change> = Vec::new();
    let gone = old.all_items().into_iter().map(|item| item.id).filter(|id| !after.holds(*id));
    changes.extend(gone.map(Change::RemoveItem));
    let gone = old.sections.iter().map(|section| section.id).filter(|id| after.section(*id).is_none());
    changes.extend(gone.map(Change::RemoveSection));
    section_changes(&before, &after, &mut changes);
    let moved = moved(&before, &after);
    for section in &new.sections {
        item_changes(Parent::Section(section.id), &section.items, &before, &moved, &mut changes);
    }
    Patch { changes }
}

fn section_changes(before: &Tree<'_>, after: &Tree<'_>, changes: &mut Vec<Change>) {
    let moved = moved_sections(before, after);
    let mut previous = None;
    for section in &after.content.sections {
        match before.section(section.id) {
            None => {
                let section = Section { items: Vec::new(), revision: 1, ..section.clone() };
                changes.push(Change::AddSection { section, after: previous });
            }
            Some((_, old)) => {
                if moved.contains(&section.id) {
                    changes.push(Change::MoveSection { section: section.id, after: previous });
                }
                if (old.kind, &old.heading) != (section.kind, &section.heading) {
                    let (kind, heading) = (section.kind, section.heading.clone());
                    changes.push(Change::RenameSection { section: section.id, kind, heading });
                }
            }
        }
        previous = Some(section.id);
    }
}

fn item_changes(under: Parent, items: &[Item], before: &Tree<'_>, moved: &BTreeSet<ItemId>, changes: &mut Vec<Change>) {
    let mut previous = None;
    for item in items {
        let spot = Spot { under, after: previous };
        match before.get(item.id) {
            None => changes.push(Change::AddItem { item: alone(item), spot }),
            Some(old) => {
                if moved.contains(&item.id) {
                    changes.push(Change::MoveItem { item: item.id, spot });
                }
                if !old.item.says_the_same(item) {
                    changes.push(Change::RewordItem(alone(item)));
                }
            }
        }
        item_changes(Parent::Item(item.id), &item.children, before, moved, changes);
        previous = Some(item.id);
    }
}

/// An item without what stands below it.
fn alone(item: &Item) -> Item {
    Item {
        id: item.id,
        revision: 1,
        number: item.number.clone(),
        text: item.text.clone(),
        sure: true,
        body: item.body.clone(),
        children: Vec::new(),
    }
}

/// Does the changes to a content.
///
/// # Errors
/// Where they were made for another one: an item or a section that they name is not there.
pub fn apply(patch: &Patch, old: &Content) -> Result<Content, Misfit> {
    let mut loose = Loose::of(old);
    loose.let_go(patch)?;
    for change in &patch.changes {
        loose.change(change)?;
    }
    loose.together()
}

/// A content taken apart: sections and items by themselves, and who stands under whom.
#[derive(Default)]
struct Loose {
    order: Vec<SectionId>,
    sections: BTreeMap<SectionId, Section>,
    items: BTreeMap<ItemId, Item>,
    below: BTreeMap<Parent, Vec<ItemId>>,
}

impl Loose {
    fn of(content: &Content) -> Self {
        let mut loose = Loose::default();
        for section in &content.sections {
            loose.order.push(section.id);
            loose.sections.insert(section.id, Section { items: Vec::new(), ..section.clone() });
            loose.take(Parent::Section(section.id), &section.items);
        }
        loose
    }

    fn take(&mut self, under: Parent, items: &[Item]) {
        self.below.insert(under, items.iter().map(|item| item.id).collect());
        for item in items {
            let kept = Item { revision: item.revision, sure: item.sure, ..alone(item) };
            self.items.insert(item.id, kept);
            self.take(Parent::Item(item.id), &item.children);
        }
    }

    /// Takes out what goes, and what moves, before anything comes in: neighbours are then those of the new content.
    fn let_go(&mut self, patch: &Patch) -> Result<(), Misfit> {
        let mut items = BTreeSet::new();
        let mut sections = BTreeSet::new();
        for change in &patch.changes {
            match change {
                Change::RemoveItem(item) => {
                    self.items.remove(item).ok_or(Misfit)?;
                    items.insert(*item);
                }
                Change::MoveItem { item, .. } => {
                    items.insert(*item);
                }
                Change::RemoveSection(section) => {
                    self.sections.remove(section).ok_or(Misfit)?;
                    sections.insert(*section);
                }
                Change::MoveSection { section, .. } => {
                    sections.insert(*section);
                }
                Change::AddSection { .. }
                | Change::RenameSection { .. }
                | Change::AddItem { .. }
                | Change::RewordItem(_) => {}
            }
        }
        self.order.retain(|section| !sections.contains(section));
        for siblings in self.below.values_mut() {
            siblings.retain(|item| !items.contains(item));
        }
        Ok(())
    }

    fn change(&mut self, change: &Change) -> Result<(), Misfit> {
        match change {
            Change::RemoveItem(_) | Change::RemoveSection(_) => {}
            Change::AddSection { section, after } => {
                put_after(&mut self.order, *after, section.id)?;
                self.sections.insert(section.id, section.clone());
            }
            Change::MoveSection { section, after } => put_after(&mut self.order, *after, *section)?,
            Change::RenameSection { section, kind, heading } => {
                let section = self.sections.get_mut(section).ok_or(Misfit)?;
                section.kind = *kind;
                section.heading.clone_from(heading);
            }
            Change::AddItem { item, spot } => {
                self.items.insert(item.id, item.clone());
                self.put(item.id, *spot)?;
            }
            Change::MoveItem { item, spot } => self.put(*item, *spot)?,
            Change::RewordItem(item) => {
                let kept = self.items.get_mut(&item.id).ok_or(Misfit)?;
                kept.number.clone_from(&item.number);
                kept.text.clone_from(&item.text);
                kept.body.clone_from(&item.body);
            }
        }
        Ok(())
    }

    fn put(&mut self, item: ItemId, spot: Spot) -> Result<(), Misfit> {
        put_after(self.below.entry(spot.under).or_default(), spot.after, item)
    }

    fn together(mut self) -> Result<Content, Misfit> {
        let mut content = Content::default();
        for id in std::mem::take(&mut self.order) {
            let mut section = self.sections.remove(&id).ok_or(Misfit)?;
            section.items = self.gather(Parent::Section(id))?;
            content.sections.push(section);
        }
        // What is left over hangs on nothing.
        (self.items.is_empty() && self.sections.is_empty()).then_some(content).ok_or(Misfit)
    }

    fn gather(&mut self, under: Parent) -> Result<Vec<Item>, Misfit> {
        let ids = self.below.remove(&under).unwrap_or_default();
        ids.into_iter()
            .map(|id| {
                let mut item = self.items.remove(&id).ok_or(Misfit)?;
                item.children = self.gather(Parent::Item(id))?;
                Ok(item)
            })
            .collect()
    }
}

fn put_after<Id: Copy + PartialEq>(row: &mut Vec<Id>, after: Option<Id>, one: Id) -> Result<(), Misfit> {
    let place = match after {
        None => 0,
        Some(after) => row.iter().position(|id| *id == after).ok_or(Misfit)? + 1,
    };
    row.insert(place, one);
    Ok(())
}

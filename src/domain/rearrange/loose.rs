//! Content taken apart into items and lists of their order, so that items can change places, and bound together again.

use std::collections::BTreeMap;

use super::{MOST_LEVELS, Refusal};
use crate::domain::content::{Content, Item, Section};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::shape;

/// What siblings stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Under {
    Section(SectionId),
    Item(ItemId),
}

/// Items without their children, and who stands under what in which order.
#[derive(Debug, Clone)]
pub(super) struct Loose {
    sections: Vec<Section>,
    /// The levels that may be used: what an import left deeper stays, but nothing goes deeper.
    levels: usize,
    pub(super) items: BTreeMap<ItemId, Item>,
    pub(super) under: BTreeMap<Under, Vec<ItemId>>,
}

impl Loose {
    pub(super) fn of(content: &Content) -> Self {
        let deepest = content.sections.iter().map(|section| levels(&section.items)).max().unwrap_or_default();
        let levels = deepest.max(MOST_LEVELS);
        let mut loose = Loose { sections: Vec::new(), levels, items: BTreeMap::new(), under: BTreeMap::new() };
        for section in &content.sections {
            loose.add(Under::Section(section.id), &section.items);
            loose.sections.push(Section { items: Vec::new(), ..section.clone() });
        }
        loose
    }

    fn add(&mut self, under: Under, items: &[Item]) {
        self.under.insert(under, items.iter().map(|item| item.id).collect());
        for item in items {
            self.items.insert(item.id, flat(item));
            self.add(Under::Item(item.id), &item.children);
        }
    }

    /// Adds an item with everything below it, not yet in any list.
    pub(super) fn add_item(&mut self, item: &Item) {
        self.items.insert(item.id, flat(item));
        self.add(Under::Item(item.id), &item.children);
    }

    pub(super) fn stands(&self, under: Under) -> bool {
        match under {
            Under::Section(section) => self.sections.iter().any(|one| one.id == section),
            Under::Item(item) => self.items.contains_key(&item),
        }
    }

    pub(super) fn list(&mut self, under: Under) -> &mut Vec<ItemId> {
        self.under.entry(under).or_default()
    }

    /// Puts an item at a position, from 0; past the end it stands last.
    pub(super) fn put(&mut self, under: Under, position: usize, id: ItemId) {
        let list = self.list(under);
        list.insert(position.min(list.len()), id);
    }

    pub(super) fn take_out(&mut self, gone: &std::collections::BTreeSet<ItemId>) {
        for list in self.under.values_mut() {
            list.retain(|id| !gone.contains(id));
        }
    }

    /// # Errors
    /// An item stands where its kind may not, too deep, or below itself.
    pub(super) fn bind(mut self) -> Result<Content, Refusal> {
        let wanted = self.items.len();
        let mut sections = std::mem::take(&mut self.sections);
        let mut bound = 0;
        for section in &mut sections {
            section.items = self.below(Under::Section(section.id), 1, &mut bound)?;
            if !shape::holds(section.kind, &section.items) {
                return Err(Refusal::PlaceGone);
            }
        }
        match bound == wanted {
            true => Ok(Content { sections }),
            false => Err(Refusal::BelowItself),
        }
    }

    fn below(&mut self, under: Under, level: usize, bound: &mut usize) -> Result<Vec<Item>, Refusal> {
        let ids = self.under.remove(&under).unwrap_or_default();
        if level > self.levels && !ids.is_empty() {
            return Err(Refusal::TooDeep);
        }
        let mut items = Vec::with_capacity(ids.len());
        for id in ids {
            let item = self.items.remove(&id).ok_or(Refusal::Gone)?;
            *bound += 1;
            let children = self.below(Under::Item(id), level + 1, bound)?;
            items.push(Item { children, ..item });
        }
        Ok(items)
    }
}

fn levels(items: &[Item]) -> usize {
    items.iter().map(|item| 1 + levels(&item.children)).max().unwrap_or_default()
}

pub(super) fn flat(item: &Item) -> Item {
    Item {
        id: item.id,
        children: Vec::new(),
        number: item.number.clone(),
        text: item.text.clone(),
        body: item.body.clone(),
        ..*item
    }
}

/// What an item stands under, and its position there, from 0.
pub fn spot_of(content: &Content, id: ItemId) -> Option<(Under, usize)> {
    content.sections.iter().find_map(|section| below(Under::Section(section.id), &section.items, id))
}

fn below(under: Under, items: &[Item], id: ItemId) -> Option<(Under, usize)> {
    items.iter().enumerate().find_map(|(n, item)| match item.id == id {
        true => Some((under, n)),
        false => below(Under::Item(item.id), &item.children, id),
    })
}

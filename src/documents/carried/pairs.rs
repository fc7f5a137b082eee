//! Which line of the document after its tracked changes goes on from which line before them.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::to_content::{Made, renumber};
use crate::domain::content::{Content, Item, Section};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::matching::{propose, propose_sections};

/// The content after the changes, under identities that no line before them has, and what it goes on from.
pub struct Pairs {
    pub after: Content,
    pub items: BTreeMap<ItemId, ItemId>,
    pub sections: BTreeMap<SectionId, SectionId>,
    /// By the line before the changes, the one that goes on from it.
    now: BTreeMap<ItemId, Item>,
}

impl Pairs {
    pub fn of(before: &Made, after: &Made) -> Self {
        let past = i64::try_from(before.identities).unwrap_or(i64::MAX / 2);
        let mut content = after.content.clone();
        for section in &mut content.sections {
            section.id = SectionId(section.id.0 + past);
            section.items.iter_mut().for_each(|item| renumber(item, &|id| ItemId(id.0 + past)));
        }
        let items: BTreeMap<ItemId, ItemId> =
            propose(&content, &before.content).into_iter().map(|pair| (pair.new, pair.old)).collect();
        let sections = propose_sections(&content, &before.content, &items);
        let mut pairs = Pairs { after: content, items, sections, now: BTreeMap::new() };
        pairs.by_place(&before.content);
        let all = pairs.after.all_items().into_iter();
        pairs.now = all.filter_map(|item| Some((*pairs.items.get(&item.id)?, item.clone()))).collect();
        pairs
    }

    /// Lines of one kind that follow the same line go on from each other, whatever their words: in one place one text
    /// was deleted and another written.
    fn by_place(&mut self, before: &Content) {
        let mut taken: BTreeSet<ItemId> = self.items.values().copied().collect();
        for section in &self.after.sections {
            let old = self.sections.get(&section.id).and_then(|id| before.section(*id));
            let Some(old) = old.map(Section::all_items) else { continue };
            let at: BTreeMap<ItemId, usize> = old.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
            let mut next = 0;
            for item in section.all_items() {
                if let Some(same) = self.items.get(&item.id) {
                    next = at.get(same).map_or(next, |at| at + 1);
                    continue;
                }
                let free = |one: &&&Item| one.kind() == item.kind() && !taken.contains(&one.id);
                if let Some(here) = old.get(next).filter(free) {
                    self.items.insert(item.id, here.id);
                    taken.insert(here.id);
                    next += 1;
                }
            }
        }
    }

    /// The line after the changes that goes on from this one.
    pub fn after_of(&self, before: ItemId) -> Option<&Item> {
        self.now.get(&before)
    }
}

//! A content by its items: what each says, and where it stands.

use std::collections::BTreeMap;

use crate::domain::checks;
use crate::domain::content::{Content, Item, Section};
use crate::domain::ids::{ItemId, SectionId};

/// What siblings stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parent {
    Section(SectionId),
    Item(ItemId),
}

/// An item where it stands.
pub(super) struct Placed<'a> {
    pub(super) item: &'a Item,
    pub(super) section: &'a Section,
    /// The item above, if there is one.
    pub(super) above: Option<&'a Item>,
    /// Among its siblings, from 0.
    pub(super) order: usize,
    /// 0 directly in the section.
    pub(super) depth: usize,
}

pub(super) struct Tree<'a> {
    pub(super) content: &'a Content,
    by_id: BTreeMap<ItemId, Placed<'a>>,
}

impl Placed<'_> {
    pub(super) fn parent(&self) -> Parent {
        match self.above {
            Some(item) => Parent::Item(item.id),
            None => Parent::Section(self.section.id),
        }
    }

    /// The name of what it stands under, as a reader knows it.
    pub(super) fn under(&self) -> String {
        match self.above {
            Some(item) => checks::opening(item),
            None => checks::name(self.section).to_owned(),
        }
    }
}

impl Placed<'_> {
    /// What stands before it among its siblings: `after “Orders the weekly …”`.
    pub(super) fn behind(&self) -> String {
        let siblings = self.above.map_or(&self.section.items, |above| &above.children);
        match self.order.checked_sub(1).and_then(|before| siblings.get(before)) {
            None => "first place".to_owned(),
            Some(before) => format!("after “{}”", checks::opening(before)),
        }
    }
}

impl<'a> Tree<'a> {
    pub(super) fn of(content: &'a Content) -> Self {
        let mut tree = Tree { content, by_id: BTreeMap::new() };
        for section in &content.sections {
            tree.add(section, None, &section.items, 0);
        }
        tree
    }

    fn add(&mut self, section: &'a Section, above: Option<&'a Item>, items: &'a [Item], depth: usize) {
        for (order, item) in items.iter().enumerate() {
            self.by_id.insert(item.id, Placed { item, section, above, order, depth });
            self.add(section, Some(item), &item.children, depth + 1);
        }
    }

    pub(super) fn get(&self, id: ItemId) -> Option<&Placed<'a>> {
        self.by_id.get(&id)
    }

    pub(super) fn holds(&self, id: ItemId) -> bool {
        self.by_id.contains_key(&id)
    }

    pub(super) fn items(&self) -> impl Iterator<Item = (ItemId, &Placed<'a>)> {
        self.by_id.iter().map(|(id, placed)| (*id, placed))
    }

    pub(super) fn section(&self, id: SectionId) -> Option<(usize, &'a Section)> {
        self.content.sections.iter().enumerate().find(|(_, section)| section.id == id)
    }
}

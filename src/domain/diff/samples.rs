//! Contents of every kind made from a number, and others made of them by edits of every sort: for property tests.

use crate::domain::content::{Assessment, Body, Content, Importance, Item, ItemKind, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::shape::{item_takes, section_takes};
use crate::domain::work::{Frequency, Work};

/// Numbers that look like chance and are the same every time.
pub struct Chance(u64);

const WORDS: [&str; 16] = [
    "orders",
    "stores",
    "weekly",
    "checks",
    "the",
    "delivery",
    "reports",
    "ward",
    "keeps",
    "records",
    "of",
    "visitors",
    "trains",
    "colleagues",
    "and",
    "budget",
];

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub fn text(&mut self, most: usize) -> String {
        let words: Vec<&str> = (0..self.below(most + 1)).map(|_| self.one(&WORDS)).collect();
        words.join(" ")
    }

    fn body(&mut self, kind: ItemKind) -> Body {
        match kind {
            ItemKind::Criterion => Body::Criterion {
                importance: self.one(Importance::ALL),
                subheading: self.text(1),
                assessment: Assessment::ALL.iter().copied().filter(|_| self.one_in(3)).collect(),
            },
            ItemKind::Term => Body::Term { label: self.text(2) },
            ItemKind::Detail => Body::Detail { label: self.text(2) },
            ItemKind::Demand => Body::Demand {
                present: self.one(&[None, Some(true), Some(false)]),
                frequency: self.text(1),
                examples: self.text(3),
            },
            ItemKind::FactorLevel => Body::FactorLevel { factor: self.text(2), level: self.text(1) },
            ItemKind::Clause => Body::clause(self.text(2)),
            ItemKind::Duty if self.one_in(3) => Body::Duty(Work {
                frequency: self.one_in(2).then(|| self.one(Frequency::ALL)),
                share: self.one_in(2).then(|| self.below(100) as u8 + 1),
                systems: self.text(2),
            }),
            plain @ (ItemKind::Paragraph | ItemKind::Group | ItemKind::Duty | ItemKind::Category) => Body::empty(plain),
        }
    }

    fn item(&mut self, ids: &mut i64, kind: ItemKind, depth: usize) -> Item {
        *ids += 1;
        let mut item = Item::new(ItemId(*ids), self.text(8), self.body(kind));
        item.number = self.one_in(3).then(|| ids.to_string());
        let takes = item_takes(kind);
        if !takes.is_empty() && depth < 3 {
            item.children = self.row(ids, takes, depth + 1);
        }
        item
    }

    fn row(&mut self, ids: &mut i64, takes: &[ItemKind], depth: usize) -> Vec<Item> {
        let mut row = Vec::new();
        for _ in 0..self.below(5) {
            let kind = self.one(takes);
            row.push(self.item(ids, kind, depth));
        }
        row
    }

    fn section(&mut self, ids: &mut i64, kind: SectionKind) -> Section {
        *ids += 1;
        let id = SectionId(*ids);
        let items = self.row(ids, section_takes(kind), 0);
        Section { id, kind, heading: self.text(2), revision: 1, items }
    }
}

/// A section of each kind, in an order of its own.
pub fn content(seed: u64) -> Content {
    let (mut chance, mut ids) = (Chance::new(seed), 0);
    let mut sections: Vec<Section> = SectionKind::ALL.iter().map(|kind| chance.section(&mut ids, *kind)).collect();
    shuffle(&mut chance, &mut sections);
    Content { sections }
}

/// The content after edits: reworded, moved within and between places, added, removed, sections too.
pub fn edited(content: &Content, seed: u64) -> Content {
    let (mut chance, mut ids) = (Chance::new(seed ^ 0x5eed), 100_000);
    let mut edited = content.clone();
    let mut taken: Vec<Item> = Vec::new();
    for section in &mut edited.sections {
        edit(&mut chance, &mut ids, &mut section.items, &mut taken);
        if chance.one_in(6) {
            section.heading = chance.text(2);
        }
    }
    edited.sections.retain(|_| !chance.one_in(8));
    if chance.one_in(2) {
        let kind = chance.one(SectionKind::ALL);
        let section = chance.section(&mut ids, kind);
        let at = chance.below(edited.sections.len() + 1);
        edited.sections.insert(at, section);
    }
    if chance.one_in(2) {
        shuffle(&mut chance, &mut edited.sections);
    }
    for item in taken {
        put_somewhere(&mut chance, &mut edited, item);
    }
    edited
}

fn edit(chance: &mut Chance, ids: &mut i64, items: &mut Vec<Item>, taken: &mut Vec<Item>) {
    let kinds: Vec<ItemKind> = items.iter().map(Item::kind).collect();
    for mut item in std::mem::take(items) {
        edit(chance, ids, &mut item.children, taken);
        match chance.below(10) {
            0 => {}
            1 => taken.push(item),
            2 => items.push(Item { text: chance.text(8), ..item }),
            3 => items.push(Item { body: chance.body(item.kind()), ..item }),
            4.. => items.push(item),
        }
    }
    if chance.one_in(4) && !kinds.is_empty() {
        let kind = chance.one(&kinds);
        let at = chance.below(items.len() + 1);
        items.insert(at, chance.item(ids, kind, 3));
    }
    if chance.one_in(4) {
        shuffle(chance, items);
    }
}

/// Where it may stand is the editor's business; a comparison takes what comes.
fn put_somewhere(chance: &mut Chance, content: &mut Content, item: Item) {
    let places = content.sections.len();
    if places == 0 {
        return;
    }
    let section = &mut content.sections[chance.below(places)];
    let mut row = &mut section.items;
    while !row.is_empty() && chance.one_in(2) {
        let at = chance.below(row.len());
        row = &mut row[at].children;
    }
    let at = chance.below(row.len() + 1);
    row.insert(at, item);
}

fn shuffle<T>(chance: &mut Chance, row: &mut [T]) {
    for here in (1..row.len()).rev() {
        row.swap(here, chance.below(here + 1));
    }
}

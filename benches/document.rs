//! A long job description of words by chance, and the next version of it, edited all over.

use rolebook::domain::content::{Body, Content, Importance, Item, Section, SectionKind};
use rolebook::domain::ids::{ItemId, SectionId};

/// How many items stand together, their heading counted.
const GROUP: usize = 10;

const WORDS: [&str; 24] = [
    "the",
    "and",
    "of",
    "to",
    "with",
    "plans",
    "reviews",
    "patients",
    "colleagues",
    "records",
    "weekly",
    "safely",
    "budget",
    "reports",
    "service",
    "advises",
    "training",
    "policy",
    "equipment",
    "checks",
    "visits",
    "local",
    "senior",
    "improves",
];

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    pub fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// So many items of so many words each, with the identities that are handed in: one for each item, two more for the
/// sections.
pub fn document(items: usize, words: usize, mut ids: impl Iterator<Item = i64>) -> Content {
    let mut chance = Chance(7);
    let mut next = || ids.next().unwrap();
    let mut section = |kind: SectionKind, heading: &str, over: Body, body: Body| {
        let id = SectionId(next());
        let groups = (0..items / 2).step_by(GROUP).map(|first| {
            let below = (1..GROUP.min(items / 2 - first))
                .map(|_| Item::new(ItemId(next()), chance.text(words), body.clone()))
                .collect();
            Item { children: below, ..Item::new(ItemId(next()), chance.text(words), over.clone()) }
        });
        Section { id, kind, heading: heading.to_owned(), revision: 1, items: groups.collect() }
    };
    let criterion =
        Body::Criterion { importance: Importance::Essential, subheading: String::new(), assessment: Vec::new() };
    let duties = section(SectionKind::Duties, "Main duties", Body::Group, Body::duty());
    let criteria = section(SectionKind::Criteria, "Person specification", Body::Category, criterion);
    Content { sections: vec![duties, criteria] }
}

/// Every third item with five other words; the first of each group moved to its end; in every second group one gone and
/// one new.
pub fn edited(content: &Content) -> Content {
    let (mut chance, mut fresh) = (Chance(11), 1_000_000);
    let mut edited = content.clone();
    for group in edited.sections.iter_mut().flat_map(|section| &mut section.items) {
        for (n, item) in group.children.iter_mut().enumerate().filter(|(n, _)| n % 3 == 0) {
            let mut words: Vec<&str> = item.text.split(' ').collect();
            for _ in 0..5 {
                let at = chance.below(words.len());
                words[at] = if n % 2 == 0 { "otherwise" } else { chance.word() };
            }
            item.text = words.join(" ");
        }
        let first = group.children.remove(0);
        group.children.push(first);
        if chance.below(2) == 0 {
            let gone = group.children.remove(group.children.len() / 2);
            fresh += 1;
            group.children.insert(0, Item { id: ItemId(fresh), text: chance.text(50), ..gone });
        }
    }
    edited
}

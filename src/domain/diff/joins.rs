//! Lines that were split or merged: an added one that says what another said before, and a removed one whose words
//! another says now. Identity can't tell, for one of the two has none on the other side; the words do.

use std::collections::BTreeMap;

use super::tree::Tree;
use super::{Fate, Joined, SectionChange};
use crate::domain::content::{Item, ItemKind};
use crate::domain::ids::ItemId;

/// The share of a line's words that the other one must have lost or gained.
const LEAST_SHARE: f64 = 0.6;
/// Words shorter than this are in every sentence and tell nothing.
const SHORTEST_WORD: usize = 4;
/// A line of fewer words could come from anywhere.
const FEWEST_WORDS: usize = 2;

type Bag = BTreeMap<String, usize>;

/// Reworded lines by the words that they lost, or gained.
#[derive(Default)]
struct Index {
    by_word: BTreeMap<String, Vec<(ItemId, ItemKind, usize)>>,
}

pub(super) fn join(old: &Tree<'_>, new: &Tree<'_>, changes: &mut [SectionChange]) {
    let (mut lost, mut gained) = (Index::default(), Index::default());
    for line in changes.iter().flat_map(|section| &section.lines).filter(|line| line.is_reworded()) {
        if let (Some(old), Some(new)) = (old.get(line.item), new.get(line.item)) {
            let (before, after) = (bag(old.item), bag(new.item));
            lost.add(new.item, less(&before, &after));
            gained.add(new.item, less(&after, &before));
        }
    }
    for line in changes.iter_mut().flat_map(|section| &mut section.lines) {
        line.joined = match line.fate {
            Fate::Added => new.get(line.item).and_then(|one| lost.holder(one.item)).map(Joined::SplitFrom),
            Fate::Removed => old.get(line.item).and_then(|one| gained.holder(one.item)).map(Joined::MergedInto),
            Fate::Unchanged | Fate::Reworded => None,
        };
    }
}

impl Index {
    fn add(&mut self, item: &Item, words: Bag) {
        for (word, count) in words {
            self.by_word.entry(word).or_default().push((item.id, item.kind(), count));
        }
    }

    /// The line of the same kind that has nearly all words of this one.
    fn holder(&self, item: &Item) -> Option<ItemId> {
        let words = bag(item);
        let all: usize = words.values().sum();
        if all < FEWEST_WORDS {
            return None;
        }
        let mut shared: BTreeMap<ItemId, usize> = BTreeMap::new();
        for (word, count) in &words {
            for (id, kind, had) in self.by_word.get(word).into_iter().flatten() {
                if *kind == item.kind() {
                    *shared.entry(*id).or_default() += (*count).min(*had);
                }
            }
        }
        let (best, words) = shared.into_iter().max_by_key(|(_, words)| *words)?;
        (words as f64 >= LEAST_SHARE * all as f64).then_some(best)
    }
}

fn bag(item: &Item) -> Bag {
    let mut bag = Bag::new();
    for word in item.text.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        if word.chars().count() >= SHORTEST_WORD {
            *bag.entry(word.to_owned()).or_default() += 1;
        }
    }
    bag
}

/// What the one holds more of than the other.
fn less(one: &Bag, other: &Bag) -> Bag {
    let more = |(word, count): (&String, &usize)| {
        let left = count.saturating_sub(other.get(word).copied().unwrap_or_default());
        (left > 0).then(|| (word.clone(), left))
    };
    one.iter().filter_map(more).collect()
}

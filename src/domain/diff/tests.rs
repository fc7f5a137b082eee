//! The comparison: each fate is named, and both sides are whole.

use super::*;
use crate::domain::content::{Body, Section};

fn duties(texts: &[(i64, &str)]) -> Content {
    let items = texts.iter().map(|(id, text)| Item::new(ItemId(*id), *text, Body::Duty)).collect();
    let heading = "Duties".to_owned();
    Content { sections: vec![Section { id: SectionId(1), kind: SectionKind::Duties, heading, revision: 1, items }] }
}

fn compared(old: &Content, new: &Content) -> Comparison {
    let details = Details::default();
    compare((&details, old), (&details, new), ("", ""))
}

#[test]
fn each_fate_is_named() {
    let old = duties(&[(1, "Greet visitors."), (2, "Order paper."), (3, "File the post."), (4, "Lock up.")]);
    let new = duties(&[(3, "File the post."), (1, "Greet all visitors."), (4, "Lock up."), (5, "Water plants.")]);
    let lines = &compared(&old, &new).sections[0].lines;
    let fates: Vec<(i64, Fate, bool)> = lines.iter().map(|line| (line.item.0, line.fate, line.moved)).collect();
    let expected = [
        (3, Fate::Unchanged, true),
        (1, Fate::Reworded, false),
        (2, Fate::Removed, false),
        (4, Fate::Unchanged, false),
        (5, Fate::Added, false),
    ];
    assert_eq!(fates, expected);
}

#[test]
fn a_removed_section_stays_visible() {
    let comparison = compared(&duties(&[(1, "Greet.")]), &Content::default());
    assert_eq!(comparison.sections[0].fate, Fate::Removed);
    assert_eq!(comparison.counts(), Counts { removed: 1, ..Counts::default() });
}

proptest::proptest! {
    #[test]
    fn every_item_of_both_sides_stands_once(old in proptest::collection::btree_set(1..20i64, 0..12), new in proptest::collection::vec(1..20i64, 0..12)) {
        let mut seen = BTreeSet::new();
        let new: Vec<(i64, &str)> = new.into_iter().filter(|id| seen.insert(*id)).map(|id| (id, "x")).collect();
        let before: Vec<(i64, &str)> = old.iter().map(|id| (*id, "x")).collect();
        let comparison = compared(&duties(&before), &duties(&new));
        let mut ids: Vec<i64> = comparison.sections.iter().flat_map(|s| &s.lines).map(|line| line.item.0).collect();
        ids.sort();
        let mut all: Vec<i64> = old.union(&seen).copied().collect();
        all.sort();
        proptest::prop_assert_eq!(ids, all);
    }

    #[test]
    fn the_same_version_has_no_changes(ids in proptest::collection::btree_set(1..50i64, 0..20)) {
        let items: Vec<(i64, &str)> = ids.iter().map(|id| (*id, "text")).collect();
        proptest::prop_assert!(compared(&duties(&items), &duties(&items)).is_empty());
    }
}

//! The comparison: each fate is named, both sides are whole, and what is named is everything.

use std::collections::BTreeSet;

use super::samples;
use super::*;
use crate::domain::content::{Body, Importance, Item, Section};

fn section(id: i64, heading: &str, items: Vec<Item>) -> Section {
    Section { id: SectionId(id), kind: SectionKind::Duties, heading: heading.to_owned(), revision: 1, items }
}

fn duty(id: i64, text: &str) -> Item {
    Item::new(ItemId(id), text, Body::duty())
}

fn group(id: i64, text: &str, children: Vec<Item>) -> Item {
    Item { children, ..Item::new(ItemId(id), text, Body::Group) }
}

fn of(items: Vec<Item>) -> Content {
    Content { sections: vec![section(1, "Duties", items)] }
}

fn duties(texts: &[(i64, &str)]) -> Content {
    of(texts.iter().map(|(id, text)| duty(*id, text)).collect())
}

fn compared(old: &Content, new: &Content) -> Comparison {
    let details = Details::default();
    compare((&details, old), (&details, new), ("", "")).unwrap()
}

/// The list of changes as a person reads it.
fn told(old: &Content, new: &Content) -> Vec<String> {
    compared(old, new)
        .list()
        .into_iter()
        .map(|one| format!("{} {} {}", one.mark.label(), one.text, one.note).trim_end().to_owned())
        .collect()
}

#[test]
fn each_fate_is_named() {
    let old = duties(&[(1, "Greet visitors."), (2, "Order paper."), (3, "File the post."), (4, "Lock up.")]);
    let new = duties(&[(3, "File the post."), (1, "Greet all visitors."), (4, "Lock up."), (5, "Water plants.")]);
    let comparison = compared(&old, &new);
    let lines = &comparison.sections[0].lines;
    let fates: Vec<(i64, Fate, bool)> =
        lines.iter().map(|line| (line.item.0, line.fate, line.moved.is_some())).collect();
    let expected = [
        (3, Fate::Unchanged, true),
        (1, Fate::Reworded, false),
        (2, Fate::Removed, false),
        (4, Fate::Unchanged, false),
        (5, Fate::Added, false),
    ];
    assert_eq!(fates, expected);
    let counts = Counts::of(&comparison.list());
    assert_eq!(counts.in_words(), "1 reworded, 1 moved, 1 added, 1 removed");
}

#[test]
fn a_move_says_from_where_to_where_and_takes_its_children_along() {
    let finance = |items| group(10, "Finance", items);
    let service = |items| group(20, "Service delivery", items);
    let old = of(vec![finance(vec![duty(1, "Orders."), duty(2, "Pays.")]), service(vec![duty(3, "Serves.")])]);
    let new = of(vec![finance(vec![duty(2, "Pays.")]), service(vec![duty(3, "Serves."), duty(1, "Orders.")])]);
    assert_eq!(told(&old, &new), ["Moved Duty: Orders. from Finance, to Service delivery"]);
    let new = of(vec![service(vec![duty(3, "Serves.")]), finance(vec![duty(1, "Orders."), duty(2, "Pays.")])]);
    assert_eq!(told(&old, &new), ["Moved Group of duties: Service delivery from after “Finance”, to first place"]);
}

#[test]
fn a_split_and_a_merge_are_one_change_each() {
    let both = "Orders the weekly stationery and greets visitors at the desk.";
    let (one, other) = ("Orders the weekly stationery.", "Greets visitors at the desk.");
    let (apart, together) = (duties(&[(1, one), (2, other)]), duties(&[(1, both)]));
    assert_eq!(told(&together, &apart), [format!("Split Duty: {one} and: {other}")]);
    assert_eq!(
        told(&apart, &together),
        [format!("Merged Duty: Orders the weekly stationery and greets visitors at … with: {other}")]
    );
}

#[test]
fn fields_are_told_in_words_also_where_one_became_empty() {
    let criterion = |importance, subheading: &str| {
        let body = Body::Criterion { importance, subheading: subheading.into(), assessment: Vec::new() };
        of(vec![Item::new(ItemId(1), "Drives.", body)])
    };
    let (old, new) = (criterion(Importance::Desirable, "Skills"), criterion(Importance::Essential, ""));
    let expected =
        "Changed Criterion: Drives. Importance: was Desirable, now Essential; Under: was Skills, now nothing";
    assert_eq!(told(&old, &new), [expected]);
}

#[test]
fn sections_move_and_change_their_headings_too() {
    let (a, b) = (section(1, "Purpose", vec![duty(1, "x")]), section(2, "Duties", vec![duty(2, "y")]));
    let c = section(3, "Training", vec![duty(3, "z"), duty(4, "z")]);
    let renamed = section(2, "What you do", vec![duty(2, "y")]);
    let old = Content { sections: vec![a.clone(), b.clone(), c.clone()] };
    let new = Content { sections: vec![b, a.clone(), c.clone()] };
    assert_eq!(told(&old, &new), ["Section moved Duties from after “Purpose”, to the beginning"]);
    let new = Content { sections: vec![a, renamed] };
    let expected = ["Heading changed What you do was Duties", "Section removed Training with 2 lines"];
    assert_eq!(told(&old, &new), expected);
    assert_eq!(told(&new, &old)[1], "Section added Training with 2 lines");
}

#[test]
fn too_much_is_refused() {
    let long = duties(&[(1, &"word ".repeat(MOST_TEXT / 4))]);
    let details = Details::default();
    assert_eq!(compare((&details, &long), (&details, &Content::default()), ("", "")), Err(TooLong));
}

#[test]
fn a_patch_for_something_else_is_refused() {
    let (old, new) = (duties(&[(1, "a"), (2, "b")]), duties(&[(2, "c"), (3, "d")]));
    assert_eq!(apply(&diff(&old, &new), &duties(&[(7, "e")])), Err(Misfit));
}

/// Every item that the comparison says something of, and every one that the patch changes.
fn named(old: &Content, new: &Content) -> (BTreeSet<ItemId>, BTreeSet<ItemId>) {
    let comparison = compared(old, new);
    let told = comparison.lines().filter(|line| line.changed()).map(|line| line.item).collect();
    let changed = |change: &Change| match change {
        Change::RemoveItem(item) | Change::MoveItem { item, .. } => Some(*item),
        Change::AddItem { item, .. } => Some(item.id),
        // A printed number follows the order; a line that only has another one reads the same.
        Change::RewordItem(item) => {
            let same = old.item(item.id).is_some_and(|(_, old)| (&old.text, &old.body) == (&item.text, &item.body));
            (!same).then_some(item.id)
        }
        Change::RemoveSection(_)
        | Change::AddSection { .. }
        | Change::MoveSection { .. }
        | Change::RenameSection { .. } => None,
    };
    (told, diff(old, new).changes.iter().filter_map(changed).collect())
}

proptest::proptest! {
    #[test]
    fn applied_to_the_one_the_difference_gives_the_other(seed: u64, edits: u64) {
        let old = samples::content(seed);
        let new = samples::edited(&old, edits);
        proptest::prop_assert_eq!(apply(&diff(&old, &new), &old).unwrap(), new.clone());
        proptest::prop_assert_eq!(apply(&diff(&new, &old), &new).unwrap(), old);
    }

    #[test]
    fn strangers_are_told_apart_too(one: u64, other: u64) {
        let (old, new) = (samples::content(one), samples::content(other));
        proptest::prop_assert_eq!(apply(&diff(&old, &new), &old).unwrap(), new);
    }

    #[test]
    fn the_same_version_has_no_changes(seed: u64) {
        let content = samples::content(seed);
        proptest::prop_assert!(diff(&content, &content).changes.is_empty());
        proptest::prop_assert!(compared(&content, &content).is_empty());
        proptest::prop_assert!(compared(&content, &content).list().is_empty());
    }

    #[test]
    fn the_comparison_names_what_the_difference_changes(seed: u64, edits: u64) {
        let old = samples::content(seed);
        let (told, changed) = named(&old, &samples::edited(&old, edits));
        proptest::prop_assert_eq!(told, changed);
    }

    #[test]
    fn every_item_of_both_sides_stands_once(seed: u64, edits: u64) {
        let old = samples::content(seed);
        let new = samples::edited(&old, edits);
        let mut lines: Vec<i64> = compared(&old, &new).lines().map(|line| line.item.0).collect();
        lines.sort();
        let ids = |content: &Content| content.all_items().iter().map(|item| item.id.0).collect::<BTreeSet<_>>();
        let all: Vec<i64> = ids(&old).union(&ids(&new)).copied().collect();
        proptest::prop_assert_eq!(lines, all);
    }

    #[test]
    fn the_new_lines_stand_in_their_order(seed: u64, edits: u64) {
        let old = samples::content(seed);
        let new = samples::edited(&old, edits);
        let comparison = compared(&old, &new);
        let stands = comparison.lines().filter(|line| line.fate != Fate::Removed).map(|line| line.item);
        let expected: Vec<ItemId> = new.all_items().iter().map(|item| item.id).collect();
        proptest::prop_assert_eq!(stands.collect::<Vec<_>>(), expected);
    }
}

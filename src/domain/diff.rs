//! What changed between two versions: item by item, with the words marked.
//!
//! Identity decides, not likeness: an item that kept its id was reworded or moved, any other was added or removed.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Body, Content, Item, ItemKind, SectionKind};
use super::details::Details;
use super::ids::{ItemId, SectionId};

/// A stretch of words that both sides hold, or only one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub tag: Tag,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    Same,
    Added,
    Removed,
}

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
    let rows = [
        ("Title", old.title.as_str(), new.title.as_str()),
        ("Grade", grades.0, grades.1),
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

/// Items whose place changed: under another parent or in another section, or out of the longest run of siblings
/// that kept their order.
fn moved(old: &Content, new: &Content) -> BTreeSet<ItemId> {
    let before = places(old);
    let after = places(new);
    let mut moved = BTreeSet::new();
    let mut siblings: BTreeMap<(SectionId, Option<ItemId>), Vec<(usize, ItemId)>> = BTreeMap::new();
    for (id, place) in &after {
        match before.get(id) {
            Some(old) if old.parent == place.parent => {
                siblings.entry(place.parent).or_default().push((place.order, *id));
            }
            Some(_) => {
                moved.insert(*id);
            }
            None => {}
        }
    }
    for (_, mut run) in siblings {
        run.sort();
        let ranks: Vec<(usize, ItemId)> = run.into_iter().map(|(_, id)| (before[&id].order, id)).collect();
        let steady = longest_rising(&ranks);
        moved.extend(ranks.iter().map(|(_, id)| *id).filter(|id| !steady.contains(id)));
    }
    moved
}

struct Position {
    parent: (SectionId, Option<ItemId>),
    order: usize,
}

fn places(content: &Content) -> BTreeMap<ItemId, Position> {
    fn below(section: SectionId, parent: Option<ItemId>, items: &[Item], out: &mut BTreeMap<ItemId, Position>) {
        for (order, item) in items.iter().enumerate() {
            out.insert(item.id, Position { parent: (section, parent), order });
            below(section, Some(item.id), &item.children, out);
        }
    }
    let mut out = BTreeMap::new();
    for section in &content.sections {
        below(section.id, None, &section.items, &mut out);
    }
    out
}

/// The ids of a longest strictly rising run of ranks (quadratic: siblings are few).
fn longest_rising(ranks: &[(usize, ItemId)]) -> BTreeSet<ItemId> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(ranks.len());
    for (here, (rank, _)) in ranks.iter().enumerate() {
        let before = (0..here).filter(|there| ranks[*there].0 < *rank).max_by_key(|there| best[*there].0);
        best.push((before.map_or(1, |there| best[there].0 + 1), before));
    }
    let mut at = (0..ranks.len()).max_by_key(|here| best[*here].0);
    let mut steady = BTreeSet::new();
    while let Some(here) = at {
        steady.insert(ranks[here].1);
        at = best[here].1;
    }
    steady
}

fn facts(old: Option<&Item>, new: &Item) -> Vec<Fact> {
    let before = old.map(|old| labelled(&old.body)).unwrap_or_default();
    labelled(&new.body)
        .into_iter()
        .map(|(label, now)| {
            let then = before.iter().find(|(name, _)| *name == label).map_or("", |(_, then)| then);
            // A fact is short: it changes as a whole.
            let words = match then == now || then.is_empty() || now.is_empty() {
                true => words(then, &now),
                false => vec![stretch(Tag::Removed, then), stretch(Tag::Added, &now)],
            };
            Fact { label, words }
        })
        .collect()
}

/// What an item holds beside its text, as a reader sees it.
pub fn labelled(body: &Body) -> Vec<(&'static str, String)> {
    match body {
        Body::Paragraph | Body::Group | Body::Duty | Body::Category => Vec::new(),
        Body::Criterion { importance, subheading, assessment } => {
            let how: Vec<&str> = assessment.iter().map(|one| one.label()).collect();
            vec![
                ("Importance", importance.label().to_owned()),
                ("Under", subheading.clone()),
                ("Assessed by", how.join(", ")),
            ]
        }
        Body::Term { label } | Body::Detail { label } => vec![("Label", label.clone())],
        Body::Demand { present, frequency, examples } => {
            let said = match present {
                Some(true) => "Yes",
                Some(false) => "No",
                None => "",
            };
            vec![("Present", said.to_owned()), ("How often", frequency.clone()), ("Examples", examples.clone())]
        }
        Body::FactorLevel { factor, level } => vec![("Factor", factor.clone()), ("Level", level.clone())],
        Body::Clause { heading } => vec![("Heading", heading.clone())],
    }
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

fn stretch(tag: Tag, text: &str) -> Stretch {
    Stretch { tag, text: text.to_owned() }
}

/// Marks the words of `new` against `old`; neighbours of one kind are joined.
pub fn words(old: &str, new: &str) -> Vec<Stretch> {
    if old == new {
        return match new.is_empty() {
            true => Vec::new(),
            false => vec![stretch(Tag::Same, new)],
        };
    }
    let diff = similar::TextDiff::from_words(old, new);
    let mut out: Vec<Stretch> = Vec::new();
    for change in diff.iter_all_changes() {
        let tag = match change.tag() {
            similar::ChangeTag::Equal => Tag::Same,
            similar::ChangeTag::Insert => Tag::Added,
            similar::ChangeTag::Delete => Tag::Removed,
        };
        match out.last_mut() {
            Some(last) if last.tag == tag => last.text.push_str(change.value()),
            Some(_) | None => out.push(stretch(tag, change.value())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::Section;

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
        fn the_marked_words_hold_both_sides(old in "[a-c ]{0,30}", new in "[a-c ]{0,30}") {
            let marked = words(&old, &new);
            let side = |drop: Tag| marked.iter().filter(|s| s.tag != drop).map(|s| s.text.as_str()).collect::<String>();
            proptest::prop_assert_eq!(side(Tag::Added), old);
            proptest::prop_assert_eq!(side(Tag::Removed), new);
        }

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
}

//! Matching a document that came back from Word to the items it once was: exactly, then by likeness.
//!
//! A match keeps an item's identity, and so its history and its place in every comparison. It is a proposal: people
//! see its confidence and correct it.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Body, Content, Item, ItemKind, Section, SectionKind};
use super::diff::TooLong;
use super::ids::{ItemId, SectionId};

/// Below this share of common words two items are not the same one reworded.
pub const LEAST_LIKENESS: f64 = 0.5;
/// Below this share two items have so little in common that offering one for the other only lengthens the list.
const LEAST_NEARNESS: f64 = 0.2;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The item in the new document.
    pub new: ItemId,
    /// The item of the earlier version that it continues.
    pub old: ItemId,
    /// 1.0 for the same words; otherwise the share of words that both hold.
    pub confidence: f64,
}

/// One-to-one pairs, exact ones first, then the likeliest of the same kind.
pub fn propose(new: &Content, old: &Content) -> Vec<Match> {
    let (new, old) = (keys(new), keys(old));
    let mut free: BTreeMap<(ItemKind, &str), Vec<ItemId>> = BTreeMap::new();
    for one in old.iter().rev() {
        free.entry((one.kind, &one.words)).or_default().push(one.id);
    }
    let mut matches = Vec::new();
    for one in &new {
        if let Some(id) = free.get_mut(&(one.kind, one.words.as_str())).and_then(Vec::pop) {
            matches.push(Match { new: one.id, old: id, confidence: 1.0 });
        }
    }
    matches.extend(by_likeness(&new, &old, &matches));
    matches
}

/// Sections that go on: of the same kind and heading, then those that share items, then the only one of its kind that
/// is left on either side. Where several would do, it is the one with the most items in common; `items` says which go on.
pub fn propose_sections(
    new: &Content,
    old: &Content,
    items: &BTreeMap<ItemId, ItemId>,
) -> BTreeMap<SectionId, SectionId> {
    let mut pairs = likely_sections(new, old, items);
    pairs.sort_by_key(|pair| std::cmp::Reverse((pair.same_heading, pair.shared)));
    let mut kept: BTreeMap<SectionId, SectionId> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for pair in pairs.iter().filter(|pair| pair.same_heading || pair.shared > 0) {
        if !kept.contains_key(&pair.new) && taken.insert(pair.old) {
            kept.insert(pair.new, pair.old);
        }
    }
    for kind in SectionKind::ALL {
        let of_kind = |section: &&Section| section.kind == *kind;
        let left: Vec<&Section> =
            new.sections.iter().filter(of_kind).filter(|section| !kept.contains_key(&section.id)).collect();
        let free: Vec<&Section> =
            old.sections.iter().filter(of_kind).filter(|section| !taken.contains(&section.id)).collect();
        if let ([section], [other]) = (&left[..], &free[..]) {
            kept.insert(section.id, other.id);
        }
    }
    kept
}

/// Two sections of one kind, and what they have in common.
struct Pair {
    new: SectionId,
    old: SectionId,
    same_heading: bool,
    shared: usize,
}

fn likely_sections(new: &Content, old: &Content, items: &BTreeMap<ItemId, ItemId>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for section in &new.sections {
        let goes_on: BTreeSet<ItemId> =
            section.all_items().iter().filter_map(|item| items.get(&item.id).copied()).collect();
        for other in old.sections.iter().filter(|other| other.kind == section.kind) {
            pairs.push(Pair {
                new: section.id,
                old: other.id,
                same_heading: other.heading.eq_ignore_ascii_case(&section.heading),
                shared: other.all_items().iter().filter(|item| goes_on.contains(&item.id)).count(),
            });
        }
    }
    pairs
}

/// The most pairs of items that are looked at while somebody waits for a page: 3,000 lines against 3,000.
const MOST_PAIRS: usize = 9_000_000;

/// The new content under the identities of the old one, wherever a line or a section of it goes on: so two profiles,
/// which share none, compare line by line.
///
/// # Errors
/// [`TooLong`] where there are too many lines to find each other.
pub fn as_continuing(mut new: Content, old: &Content) -> Result<Content, TooLong> {
    fn rename(items: &mut [Item], kept: &BTreeMap<ItemId, ItemId>) {
        for item in items {
            item.id = kept.get(&item.id).copied().unwrap_or(item.id);
            rename(&mut item.children, kept);
        }
    }
    if new.all_items().len().saturating_mul(old.all_items().len()) > MOST_PAIRS {
        return Err(TooLong);
    }
    let items = propose(&new, old).into_iter().map(|pair| (pair.new, pair.old)).collect();
    let sections = propose_sections(&new, old, &items);
    for section in &mut new.sections {
        section.id = sections.get(&section.id).copied().unwrap_or(section.id);
        rename(&mut section.items, &items);
    }
    Ok(new)
}

/// For each new item the earlier ones of its kind that are nearest in words, likeliest first, up to `most`: what a person
/// chooses from.
pub fn nearest(new: &Content, old: &Content, most: usize) -> BTreeMap<ItemId, Vec<ItemId>> {
    let old = keys(old);
    let near = |one: &Key| {
        let mut near: Vec<(f64, ItemId)> = old
            .iter()
            .filter(|other| other.kind == one.kind)
            .map(|other| (likeness(&one.bag, &other.bag), other.id))
            .filter(|(likeness, _)| *likeness > LEAST_NEARNESS)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.into_iter().take(most).map(|(_, id)| id).collect()
    };
    keys(new).iter().map(|one| (one.id, near(one))).collect()
}

fn by_likeness(new: &[Key], old: &[Key], exact: &[Match]) -> Vec<Match> {
    let mut taken_new: BTreeSet<ItemId> = exact.iter().map(|pair| pair.new).collect();
    let mut taken_old: BTreeSet<ItemId> = exact.iter().map(|pair| pair.old).collect();
    let mut candidates: Vec<Match> = Vec::new();
    for one in new.iter().filter(|one| !taken_new.contains(&one.id)) {
        for other in old.iter().filter(|other| other.kind == one.kind && !taken_old.contains(&other.id)) {
            let confidence = likeness(&one.bag, &other.bag);
            if confidence >= LEAST_LIKENESS {
                candidates.push(Match { new: one.id, old: other.id, confidence });
            }
        }
    }
    candidates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    candidates.retain(|pair| {
        let free = !taken_new.contains(&pair.new) && !taken_old.contains(&pair.old);
        if free {
            taken_new.insert(pair.new);
            taken_old.insert(pair.old);
        }
        free
    });
    candidates
}

struct Key {
    id: ItemId,
    kind: ItemKind,
    words: String,
    bag: BTreeMap<String, usize>,
}

fn keys(content: &Content) -> Vec<Key> {
    content.all_items().into_iter().map(key).collect()
}

fn key(item: &Item) -> Key {
    let beside = match &item.body {
        Body::Term { label } | Body::Detail { label } => label.as_str(),
        Body::FactorLevel { factor, .. } => factor,
        Body::Clause { heading, .. } => heading,
        Body::Paragraph
        | Body::Group
        | Body::Duty(_)
        | Body::Category
        | Body::Criterion { .. }
        | Body::Demand { .. } => "",
    };
    let words: Vec<String> = format!("{beside} {}", item.text)
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut bag = BTreeMap::new();
    for word in &words {
        *bag.entry(word.clone()).or_insert(0) += 1;
    }
    Key { id: item.id, kind: item.kind(), words: words.join(" "), bag }
}

/// Twice the common words over all words (the Sørensen–Dice measure), 0 to 1.
fn likeness(a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>) -> f64 {
    let common: usize = a.iter().map(|(word, n)| (*n).min(b.get(word).copied().unwrap_or(0))).sum();
    let all: usize = a.values().sum::<usize>() + b.values().sum::<usize>();
    match all {
        0 => 0.0,
        all => 2.0 * common as f64 / all as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duties(texts: &[(i64, &str)]) -> Content {
        let items = texts.iter().map(|(id, text)| Item::new(ItemId(*id), *text, Body::duty())).collect();
        let heading = String::new();
        Content { sections: vec![Section { id: SectionId(1), kind: SectionKind::Duties, heading, revision: 1, items }] }
    }

    #[test]
    fn exact_first_then_the_likeliest_and_each_once() {
        let old = duties(&[(1, "Order the weekly stationery."), (2, "Greet visitors."), (3, "Greet visitors.")]);
        let new = duties(&[
            (11, "Greet visitors."),
            (12, "Order the weekly stationery and check it."),
            (13, "Drive the minibus."),
            (14, "GREET  visitors"),
        ]);
        let pairs: Vec<(i64, i64)> = propose(&new, &old).iter().map(|pair| (pair.new.0, pair.old.0)).collect();
        assert_eq!(pairs, [(11, 2), (14, 3), (12, 1)]);
    }

    #[test]
    fn sections_go_on_by_heading_and_else_where_there_is_no_doubt() {
        let section = |id, kind, heading: &str| Section {
            id: SectionId(id),
            kind,
            heading: heading.to_owned(),
            revision: 1,
            items: Vec::new(),
        };
        let (prose, duties) = (SectionKind::Prose, SectionKind::Duties);
        let old = [section(1, prose, "Purpose"), section(2, prose, "Context"), section(3, duties, "Duties")];
        let new = [
            section(11, prose, "About us"),
            section(12, prose, "PURPOSE"),
            section(13, duties, "What you do"),
            section(14, prose, "Team"),
        ];
        let content = |sections: &[Section]| Content { sections: sections.to_vec() };
        let kept = propose_sections(&content(&new), &content(&old), &BTreeMap::new());
        let kept: Vec<(i64, i64)> = kept.into_iter().map(|(new, old)| (new.0, old.0)).collect();
        assert_eq!(kept, [(12, 1), (13, 3)]);
    }

    #[test]
    fn sections_of_one_name_find_each_other_by_what_they_hold() {
        let section = |id, text: &str| Section {
            id: SectionId(id),
            kind: SectionKind::Duties,
            heading: String::new(),
            revision: 1,
            items: vec![Item::new(ItemId(id), text, Body::duty())],
        };
        let old = Content { sections: vec![section(1, "Greets visitors."), section(2, "Orders paper.")] };
        let new = Content { sections: vec![section(12, "Orders paper."), section(11, "Greets visitors.")] };
        let turned = as_continuing(new, &old).unwrap();
        assert_eq!(turned.sections, [old.sections[1].clone(), old.sections[0].clone()]);
    }

    #[test]
    fn the_nearest_come_first_and_strangers_not_at_all() {
        let old = duties(&[(1, "Order the weekly stationery."), (2, "Order stationery."), (3, "Greet visitors.")]);
        let near = nearest(&duties(&[(11, "Order the stationery.")]), &old, 5);
        assert_eq!(near[&ItemId(11)], [ItemId(1), ItemId(2)]);
    }

    proptest::proptest! {
        #[test]
        fn an_unchanged_document_keeps_every_identity(texts in proptest::collection::vec("[a-z]{1,6}( [a-z]{1,6}){0,5}", 0..30)) {
            let old: Vec<(i64, &str)> = texts.iter().enumerate().map(|(n, text)| (n as i64, text.as_str())).collect();
            let new: Vec<(i64, &str)> = old.iter().map(|(id, text)| (id + 1000, *text)).collect();
            for pair in propose(&duties(&new), &duties(&old)) {
                proptest::prop_assert_eq!(pair.confidence, 1.0);
            }
            proptest::prop_assert_eq!(propose(&duties(&new), &duties(&old)).len(), texts.len());
        }
    }
}

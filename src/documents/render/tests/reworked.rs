//! A Word file that somebody reworded and put in another order: its lines find their items again.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::round_trip::{read, written};
use crate::domain::content::{Body, Content, Importance, Item, ItemKind, Section, SectionKind};
use crate::domain::details::Details;
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::matching::propose;

const WORDS: [&str; 32] = [
    "patients",
    "colleagues",
    "records",
    "budget",
    "reports",
    "training",
    "policy",
    "equipment",
    "visits",
    "referrals",
    "plans",
    "reviews",
    "advises",
    "checks",
    "improves",
    "answers",
    "leads",
    "supports",
    "weekly",
    "safely",
    "promptly",
    "jointly",
    "local",
    "senior",
    "clinical",
    "outdoor",
    "urgent",
    "for",
    "with",
    "across",
    "under",
    "before",
];

/// As many items as a long job description has, each of 8 to 20 words.
fn version(seed: &mut u64) -> Content {
    let mut next = 0;
    let mut item = |body: Body, seed: &mut u64| {
        next += 1;
        let words = 8 + below(seed, 13);
        let text: Vec<&str> = (0..words).map(|_| WORDS[below(seed, WORDS.len())]).collect();
        Item::new(ItemId(next), text.join(" "), body)
    };
    let criterion =
        Body::Criterion { importance: Importance::Essential, subheading: String::new(), assessment: Vec::new() };
    let mut sections = Vec::new();
    for (kind, heading, over, body) in [
        (SectionKind::Duties, "What you do", Body::Group, Body::empty(ItemKind::Duty)),
        (SectionKind::Criteria, "Person specification", Body::Category, criterion),
    ] {
        let items = (0..8).map(|_| {
            let children = (0..9).map(|_| item(body.clone(), seed)).collect();
            Item { children, ..item(over.clone(), seed) }
        });
        let items = items.collect();
        sections.push(Section { id: SectionId(0), kind, heading: heading.to_owned(), revision: 1, items });
    }
    Content { sections }
}

fn below(seed: &mut u64, most: usize) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    (*seed >> 11) as usize % most
}

/// Every third line with two other words, every group turned round, one line of each moved to the next group.
fn reworked(content: &Content, seed: &mut u64) -> Content {
    let mut content = content.clone();
    for section in &mut content.sections {
        for group in &mut section.items {
            group.children.reverse();
            for item in group.children.iter_mut().step_by(3) {
                let mut words: Vec<&str> = item.text.split(' ').collect();
                for _ in 0..2 {
                    let at = below(seed, words.len());
                    words[at] = "otherwise";
                }
                item.text = words.join(" ");
            }
        }
        for at in 1..section.items.len() {
            let moved = section.items[at - 1].children.remove(0);
            section.items[at].children.push(moved);
        }
    }
    content
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn lines_find_their_items_again(seed in 1_u64..u64::MAX) {
        let seed = &mut seed.clone();
        let old = version(seed);
        let new = reworked(&old, seed);
        // The file's own identities are counted anew; those that it was written from say what is right.
        let back = read(&written(&new, &Details { title: "Porter".into(), ..Details::default() })).content;
        let right: BTreeMap<ItemId, ItemId> =
            back.all_items().iter().map(|item| item.id).zip(new.all_items().iter().map(|item| item.id)).collect();
        let found = propose(&back, &old).iter().filter(|pair| right.get(&pair.new) == Some(&pair.old)).count();
        let all = old.all_items().len();
        prop_assert!(found * 100 >= all * 99, "{found} of {all}");
    }
}

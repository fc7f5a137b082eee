//! The acts: no word is lost, kinds stay where they may stand, and undoing everything gives the start.

use proptest::prelude::*;

use super::*;
use crate::domain::content::{Assessment, Body, Content, Importance, Item, ItemKind, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::shape;

fn duty(id: i64, text: &str, children: Vec<Item>) -> Item {
    Item { children, ..Item::new(ItemId(id), text, Body::duty()) }
}

fn section(id: i64, kind: SectionKind, items: Vec<Item>) -> Section {
    Section { id: SectionId(id), kind, heading: kind.label().to_owned(), revision: 1, items }
}

fn criterion(id: i64, text: &str, importance: Importance, assessment: &[Assessment]) -> Item {
    let body = Body::Criterion { importance, subheading: String::new(), assessment: assessment.to_vec() };
    Item::new(ItemId(id), text, body)
}

/// Two duties of which the first has two below it, a group with one, two criteria, and a paragraph.
fn content() -> Content {
    let below = vec![duty(11, "Counts it.", vec![]), duty(12, "Shelves it.", vec![])];
    let group = Item { children: vec![duty(21, "Drives.", vec![])], ..Item::new(ItemId(2), "Transport", Body::Group) };
    let first = criterion(31, "Writes well.", Importance::Desirable, &[Assessment::Interview]);
    let second = criterion(32, "Reads well.", Importance::Essential, &[Assessment::Test, Assessment::Interview]);
    let paragraph = Item::new(ItemId(41), "Keeps the stores.", Body::Paragraph);
    Content {
        sections: vec![
            section(1, SectionKind::Prose, vec![paragraph]),
            section(2, SectionKind::Duties, vec![duty(1, "Takes stock.", below), duty(3, "Orders.", vec![]), group]),
            section(3, SectionKind::Criteria, vec![first, second]),
        ],
    }
}

fn texts(content: &Content) -> Vec<&str> {
    content.all_items().into_iter().map(|item| item.text.as_str()).collect()
}

fn piece(level: usize, text: &str) -> Piece {
    Piece { level, number: None, text: text.to_owned() }
}

#[test]
fn a_split_keeps_levels_and_what_stood_below() {
    let pieces = [piece(0, "Takes"), piece(1, "daily"), piece(2, "stock"), piece(0, "twice")];
    let after = split(&content(), ItemId(1), &pieces, &[ItemId(91), ItemId(92), ItemId(93)]).unwrap();
    let duties = &after.sections[1].items;
    assert_eq!(duties[0].children[0].children[0].text, "stock");
    assert_eq!(duties[1].text, "twice");
    assert_eq!(duties[1].children.len(), 2, "they followed the whole text");
}

#[test]
fn a_merge_unites_what_both_say() {
    let (after, kept) = merge(&content(), ItemId(32)).unwrap();
    assert_eq!(kept, ItemId(31));
    let both = [Assessment::Interview, Assessment::Test];
    assert_eq!(after.sections[2].items, [criterion(31, "Writes well.\nReads well.", Importance::Essential, &both)]);
    assert_eq!(merge(&content(), ItemId(31)), Err(Refusal::NothingBefore));
    assert_eq!(merge(&content(), ItemId(2)), Err(Refusal::OtherKind));
}

#[test]
fn a_move_changes_the_kind_only_where_nothing_is_lost() {
    let paragraph = place(&content(), ItemId(3), Under::Section(SectionId(1)), None).unwrap();
    assert_eq!(paragraph.sections[0].items[1].kind(), ItemKind::Paragraph);
    let lost = place(&content(), ItemId(1), Under::Section(SectionId(1)), None);
    assert_eq!(lost, Err(Refusal::Loses("the lines below it")));
    let lost = place(&content(), ItemId(31), Under::Section(SectionId(2)), None);
    assert_eq!(lost, Err(Refusal::Loses("whether it is essential and how it is assessed")));
    assert_eq!(place(&content(), ItemId(1), Under::Item(ItemId(11)), None), Err(Refusal::BelowItself));
    let names: Vec<String> = spots(&content(), ItemId(3)).into_iter().map(|spot| spot.name).collect();
    let places = ["Text", "Duties", "Duties: Transport", "Person specification", "Below the line before: Takes stock."];
    assert_eq!(names, places);
}

#[test]
fn what_changed_since_is_not_undone() {
    let start = content();
    let (merged, _) = merge(&start, ItemId(32)).unwrap();
    let touched = touches(&start, &merged);
    let mut changed = merged.clone();
    changed.sections[2].items[0].text = "Reads and writes.".into();
    assert_eq!(undo(&changed, &touched), Err(CantUndo::Changed));
    assert_eq!(undo(&start, &touched), Err(CantUndo::Stands));
    assert_eq!(undo(&merged, &touched), Ok(start));
}

#[test]
fn a_move_is_told_as_one_touch() {
    let start = content();
    let after = place(&start, ItemId(3), Under::Section(SectionId(2)), Some(0)).unwrap();
    let touched = touches(&start, &after);
    assert_eq!(touched.iter().map(|touch| touch.id.0).collect::<Vec<_>>(), [3]);
}

/// An act with numbers that choose its items.
#[derive(Debug, Clone)]
enum Any {
    Duplicate(usize),
    Split(usize),
    Merge(usize),
    Place(usize, usize, usize),
    Delete(usize),
    Reword(usize),
}

fn any() -> impl Strategy<Value = Any> {
    let n = 0usize..40;
    prop_oneof![
        n.clone().prop_map(Any::Duplicate),
        n.clone().prop_map(Any::Split),
        n.clone().prop_map(Any::Merge),
        (n.clone(), n.clone(), 0usize..5).prop_map(|(item, to, at)| Any::Place(item, to, at)),
        n.clone().prop_map(Any::Delete),
        n.prop_map(Any::Reword),
    ]
}

fn act(content: &Content, any: &Any, fresh: &mut i64) -> Option<Content> {
    let all = content.all_items();
    let id = |n: usize| (!all.is_empty()).then(|| all[n % all.len()].id);
    let mut new = |many: usize| -> Vec<ItemId> {
        *fresh += many as i64;
        (0..many).map(|n| ItemId(*fresh - n as i64)).collect()
    };
    match any {
        Any::Duplicate(n) => {
            let id = id(*n)?;
            duplicate(content, id, &new(content.item(id)?.1.walk().len())).ok()
        }
        Any::Split(n) => {
            let id = id(*n)?;
            let words = content.item(id)?.1.text.split_whitespace();
            let pieces: Vec<Piece> = words.enumerate().map(|(n, word)| piece(n % 3, word)).collect();
            split(content, id, &pieces, &new(pieces.len().saturating_sub(1))).ok()
        }
        Any::Merge(n) => merge(content, id(*n)?).ok().map(|(content, _)| content),
        Any::Place(n, to, at) => {
            let id = id(*n)?;
            let spots = spots(content, id);
            let spot = spots.get(to % spots.len().max(1))?;
            place(content, id, spot.under, Some(*at)).ok()
        }
        Any::Delete(n) => {
            let id = id(*n)?;
            let mut after = content.clone();
            for section in &mut after.sections {
                remove(&mut section.items, id);
            }
            Some(after)
        }
        Any::Reword(n) => {
            let id = id(*n)?;
            let mut after = content.clone();
            let items = after.sections.iter_mut().flat_map(|section| &mut section.items);
            items.for_each(|item| reword(item, id));
            Some(after)
        }
    }
}

fn remove(items: &mut Vec<Item>, id: ItemId) {
    items.retain(|item| item.id != id);
    items.iter_mut().for_each(|item| remove(&mut item.children, id));
}

fn reword(item: &mut Item, id: ItemId) {
    if item.id == id {
        item.text.push_str(" again");
    }
    item.children.iter_mut().for_each(|child| reword(child, id));
}

fn words(content: &Content) -> Vec<String> {
    let all = texts(content).join(" ");
    let mut words: Vec<String> = all.split_whitespace().filter(|word| *word != "/").map(str::to_owned).collect();
    words.sort();
    words
}

proptest! {
    #[test]
    fn undoing_everything_gives_the_start(acts in proptest::collection::vec(any(), 1..12)) {
        let (mut now, mut fresh) = (content(), 100);
        let mut done: Vec<(Content, Vec<Touch>)> = Vec::new();
        for any in &acts {
            if let Some(after) = act(&now, any, &mut fresh).filter(|after| *after != now) {
                done.push((now.clone(), touches(&now, &after)));
                now = after;
            }
        }
        for (before, touched) in done.into_iter().rev() {
            now = undo(&now, &touched).unwrap();
            prop_assert_eq!(&now, &before);
        }
    }

    #[test]
    fn no_word_is_lost_and_every_kind_stands_where_it_may(acts in proptest::collection::vec(any(), 1..12)) {
        let (mut now, mut fresh) = (content(), 100);
        for any in &acts {
            let Some(after) = act(&now, any, &mut fresh) else { continue };
            let (mut before, mut kept) = (words(&now), words(&after));
            match any {
                // Two headings that say the same become one.
                Any::Merge(_) => [&mut before, &mut kept].into_iter().for_each(Vec::dedup),
                Any::Split(_) | Any::Place(..) => {}
                Any::Duplicate(_) | Any::Delete(_) | Any::Reword(_) => before.clone_from(&kept),
            }
            prop_assert_eq!(&kept, &before, "{:?}", any);
            prop_assert!(after.sections.iter().all(|section| shape::holds(section.kind, &section.items)));
            now = after;
        }
    }

    #[test]
    fn undoing_out_of_turn_refuses_or_loses_no_word_of_others(first in any(), second in any()) {
        let (start, mut fresh) = (content(), 100);
        let Some(once) = act(&start, &first, &mut fresh) else { return Ok(()) };
        let Some(twice) = act(&once, &second, &mut fresh) else { return Ok(()) };
        if let Ok(undone) = undo(&twice, &touches(&start, &once)) {
            prop_assert!(undone.sections.iter().all(|section| shape::holds(section.kind, &section.items)));
        }
    }
}

//! Fits: as it stands, woven with a later edit, or no longer, and never at the cost of what somebody wrote since.

use proptest::prelude::*;

use super::*;
use crate::domain::content::{Assessment, Body, Importance, ItemKind, Section, SectionKind};

fn duty(id: i64, text: &str) -> Item {
    Item::new(ItemId(id), text, Body::duty())
}

fn content(items: Vec<Item>) -> Content {
    let section = Section { id: SectionId(1), kind: SectionKind::Duties, heading: String::new(), revision: 1, items };
    Content { sections: vec![section] }
}

fn criterion(text: &str, importance: Importance, assessment: Vec<Assessment>) -> Item {
    Item::new(ItemId(7), text, Body::Criterion { importance, subheading: String::new(), assessment })
}

#[test]
fn a_rewording_fits_is_woven_or_no_longer_fits() {
    let (before, after) = (duty(7, "Orders paper each week."), duty(7, "Orders paper each month."));
    let proposal = Proposal::Reword { before: before.clone(), after: after.clone() };
    let now = |text: &str| fit(&proposal, &content(vec![Item { revision: 4, ..duty(7, text) }]));
    assert!(matches!(now("Orders paper each week."), Fit::AsItStands(Taken::Reword(item)) if item.text == after.text));
    let woven = "Orders all paper each month.";
    assert!(matches!(now("Orders all paper each week."), Fit::Woven(Taken::Reword(item)) if item.text == woven));
    assert_eq!(now("Orders paper each day."), Fit::NoLonger(Obstacle::Changed));
    assert_eq!(now("Orders paper each month."), Fit::Already);
    assert_eq!(fit(&proposal, &content(vec![])), Fit::NoLonger(Obstacle::LineGone));
}

#[test]
fn facts_are_taken_from_whoever_changed_them() {
    let before = criterion("Drives.", Importance::Essential, vec![Assessment::Application]);
    let after = criterion("Drives.", Importance::Desirable, vec![Assessment::Application, Assessment::Test]);
    let now = Item { revision: 2, ..criterion("Drives a van.", Importance::Essential, vec![Assessment::Interview]) };
    let section = SectionKind::Criteria;
    let sections = vec![Section { id: SectionId(1), kind: section, heading: "".into(), revision: 1, items: vec![now] }];
    let fit = fit(&Proposal::Reword { before, after }, &Content { sections });
    let expected = criterion("Drives a van.", Importance::Desirable, vec![Assessment::Interview, Assessment::Test]);
    assert!(matches!(fit, Fit::Woven(Taken::Reword(item)) if item.says_the_same(&expected)));
}

#[test]
fn a_removal_fits_only_what_was_seen() {
    let mut before = duty(7, "Leads.");
    before.children = vec![duty(8, "Writes the rota.")];
    let proposal = Proposal::Remove { before: before.clone() };
    assert_eq!(fit(&proposal, &content(vec![before.clone()])), Fit::AsItStands(Taken::Remove));
    assert_eq!(fit(&proposal, &content(vec![])), Fit::Already);
    let mut more = before.clone();
    more.children.push(duty(9, "Meets the union."));
    assert_eq!(fit(&proposal, &content(vec![more])), Fit::NoLonger(Obstacle::Changed), "a line was added below it");
}

#[test]
fn a_new_line_finds_the_nearest_place() {
    let place = Place { section: SectionId(1), after: Some(ItemId(7)), under: None };
    let fits = |kind, items| {
        let item = Item::new(ItemId(0), "New.", Body::empty(kind));
        fit(&Proposal::Add { place, item }, &content(items))
    };
    assert_eq!(fits(ItemKind::Duty, vec![duty(7, "One.")]), Fit::AsItStands(Taken::Add(place)));
    let end = Place { after: None, ..place };
    assert_eq!(fits(ItemKind::Duty, vec![duty(8, "Two.")]), Fit::Woven(Taken::Add(end)));
    assert_eq!(fits(ItemKind::Criterion, vec![duty(7, "One.")]), Fit::NoLonger(Obstacle::PlaceGone));
    let item = duty(0, "New.");
    assert_eq!(fit(&Proposal::Add { place, item }, &Content::default()), Fit::NoLonger(Obstacle::PlaceGone));
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec("[a-f]", 0..10).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Every word that the later edit wrote is in what is taken in, in the order in which it was written.
    #[test]
    fn what_is_woven_keeps_every_word_of_the_later_edit(before in text(), after in text(), now in text()) {
        let proposal = Proposal::Reword { before: duty(7, &before), after: duty(7, &after) };
        if let Fit::Woven(Taken::Reword(taken)) = fit(&proposal, &content(vec![duty(7, &now)])) {
            let written = crate::domain::diff::words(&before, &now);
            let mut rest = taken.text.as_str();
            for stretch in written.iter().filter(|stretch| stretch.tag == crate::domain::diff::Tag::Added) {
                for word in stretch.text.split_whitespace() {
                    let found = rest.find(word);
                    prop_assert!(found.is_some(), "“{word}” of “{now}” is not in “{}”", taken.text);
                    rest = &rest[found.unwrap_or_default() + word.len()..];
                }
            }
        }
    }

    #[test]
    fn a_suggestion_on_an_unchanged_line_is_taken_as_it_was_written(before in text(), after in text()) {
        let proposal = Proposal::Reword { before: duty(7, &before), after: duty(7, &after) };
        match fit(&proposal, &content(vec![duty(7, &before)])) {
            Fit::AsItStands(Taken::Reword(taken)) => prop_assert_eq!(taken.text, after),
            Fit::Already => prop_assert_eq!(before, after),
            Fit::AsItStands(_) | Fit::Woven(_) | Fit::NoLonger(_) => prop_assert!(false, "nothing stands in its way"),
        }
    }
}

//! Merging: nobody's words go, and changes that leave one another alone read as one text.

use proptest::prelude::*;

use super::*;
use crate::domain::content::Importance;
use crate::domain::ids::ItemId;

#[test]
fn changes_in_different_places_make_one_text() {
    let base = "Orders paper for the ward every week.";
    let mine = "Orders paper and ink for the ward every week.";
    let theirs = "Orders paper for the ward every day.";
    assert_eq!(text(base, mine, theirs).as_deref(), Some("Orders paper and ink for the ward every day."));
    assert_eq!(text(base, mine, mine).as_deref(), Some(mine));
}

#[test]
fn changes_of_one_place_are_left_to_a_person() {
    assert_eq!(text("Leads the team.", "Leads my team.", "Leads their team."), None);
    assert_eq!(text("", "Mine", "Theirs"), None);
    let duty = |text: &str| Item::new(ItemId(1), text, Body::duty());
    let both = both(Some(&duty("Leads the team.")), &duty("Leads my team."), &duty("Leads their team."));
    assert_eq!((both.item.text.as_str(), both.clean), ("Leads their team.\nLeads my team.", false));
}

#[test]
fn each_field_takes_whoever_changed_it() {
    let criterion = |text: &str, importance, methods: &[Assessment]| {
        let body = Body::Criterion { importance, subheading: String::new(), assessment: methods.to_vec() };
        Item::new(ItemId(1), text, body)
    };
    let (interview, test, other) = (Assessment::Interview, Assessment::Test, Assessment::Other);
    let base = criterion("Drives.", Importance::Essential, &[interview, test]);
    let mine = criterion("Drives a van.", Importance::Essential, &[interview]);
    let theirs = criterion("Drives.", Importance::Desirable, &[interview, test, other]);
    let both = both(Some(&base), &mine, &theirs);
    assert_eq!(both.item, criterion("Drives a van.", Importance::Desirable, &[interview, other]));
    assert!(both.clean);
    let without_base = super::both(None, &mine, &theirs);
    assert_eq!(without_base.clashes, ["Importance"]);
    assert_eq!(without_base.item.text, "Drives.\nDrives a van.");
}

/// A text of numbered words, some taken out and some put in by one side, each with a name of its own.
fn side(base: usize, name: &'static str) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec((0..10u8, 0..3usize), base + 1).prop_map(move |edits| {
        let mut words = Vec::new();
        for (at, (keep, add)) in edits.iter().enumerate() {
            let added = if *keep > 7 { *add } else { 0 };
            words.extend((0..added).map(|n| format!("{name}{at}x{n}")));
            words.extend((at + 1 < edits.len() && *keep > 0).then(|| format!("b{at}")));
        }
        words
    })
}

fn three_sides() -> impl Strategy<Value = (Vec<String>, Vec<String>, Vec<String>)> {
    (0..14usize).prop_flat_map(|length| {
        let base: Vec<String> = (0..length).map(|at| format!("b{at}")).collect();
        (Just(base), side(length, "m"), side(length, "t"))
    })
}

/// Whether the words stand in the text in that order, with others between them.
fn in_order<'a>(words: impl Iterator<Item = &'a String>, text: &str) -> bool {
    let mut all = text.split_whitespace();
    words.into_iter().all(|word| all.any(|one| one == word))
}

proptest! {
    #[test]
    fn no_word_that_anybody_wrote_is_dropped((base, mine, theirs) in three_sides()) {
        let item = |words: &[String]| Item::new(ItemId(1), words.join(" "), Body::duty());
        let merged = both(Some(&item(&base)), &item(&mine), &item(&theirs));
        let text = &merged.item.text;
        for side in [&mine, &theirs] {
            let kept = |word: &&String| !merged.clean || !base.contains(word) || (mine.contains(word) && theirs.contains(word));
            prop_assert!(in_order(side.iter().filter(kept), text), "{side:?} in {text:?}");
        }
        // And what nobody wrote is not there.
        for word in text.split_whitespace() {
            prop_assert!(mine.iter().chain(&theirs).any(|one| one == word), "{word}");
        }
    }

    #[test]
    fn one_who_changed_nothing_changes_nothing((base, mine, _) in three_sides()) {
        let (base, mine) = (base.join(" "), mine.join(" "));
        prop_assert_eq!(text(&base, &mine, &base), Some(mine.clone()));
        prop_assert_eq!(text(&base, &base, &mine), Some(mine));
    }
}

//! What answers place, which text holds on which day, and that placing loses no line.

use proptest::prelude::*;
use time::{Date, Duration, Month};

use super::*;
use crate::domain::content::{Body, Content, Item, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::london::{london_date, start_of_day};

fn day(n: i64) -> Date {
    Date::from_calendar_date(2026, Month::January, 1).unwrap() + Duration::days(n)
}

#[test]
fn the_answers_give_the_level_of_the_check() {
    use Question::{Adults, Children, Drives, Patients, Public};
    let table: [(&[Question], Check); 9] = [
        (&[], Check::Basic),
        (&[Drives, Public], Check::Basic),
        (&[Patients], Check::Standard),
        (&[Children], Check::EnhancedChildren),
        (&[Patients, Children], Check::EnhancedChildren),
        (&[Adults], Check::EnhancedAdults),
        (&[Patients, Adults], Check::EnhancedAdults),
        (&[Children, Adults], Check::EnhancedBoth),
        (&[Patients, Children, Adults], Check::EnhancedBoth),
    ];
    for (yes, check) in table {
        assert_eq!(Answers::of(yes.iter().copied()).check(), check, "{yes:?}");
    }
}

fn clause(id: i64, when: &[When]) -> LibraryClause {
    let name = format!("Clause {id}");
    let text = format!("Text {id}.");
    LibraryClause { id: ClauseId(id), heading: name.clone(), name, edition: 1, text, when: when.to_vec() }
}

fn draft(items: Vec<Item>) -> Content {
    let section = Section {
        id: SectionId(1),
        kind: SectionKind::Clauses,
        heading: "Standard clauses".into(),
        revision: 1,
        items,
    };
    Content { sections: vec![section] }
}

#[test]
fn a_plan_adds_what_is_asked_for_and_takes_out_what_is_not() {
    let library = [clause(1, &[When::Always]), clause(2, &[When::Drives]), clause(3, &[]), clause(4, &[When::Budget])];
    let mut own = place_one(&library[3], ItemId(14));
    if let Body::Clause { placed: Some(placed), .. } = &mut own.body {
        placed.reason = "The rota is ours.".into();
    }
    let free = Item::new(ItemId(15), "Ours alone.", Body::clause(""));
    let before = draft(vec![place_one(&library[1], ItemId(12)), place_one(&library[2], ItemId(13)), own, free]);
    let plan = Plan::of(&before, &library, &Answers::default());
    assert_eq!(plan.added.iter().map(|one| one.id.0).collect::<Vec<_>>(), [1]);
    assert_eq!(plan.removed.iter().map(|line| line.item.0).collect::<Vec<_>>(), [12]);
    assert_eq!(plan.kept.len(), 2, "by hand, and with words of its own");
    let after = plan.carried_out(&before, &[ItemId(21)]).unwrap();
    assert_eq!(after.all_items().iter().map(|item| item.id.0).collect::<Vec<_>>(), [13, 14, 15, 21]);
    assert!(Plan::of(&after, &library, &Answers::default()).changes_nothing(), "a plan carried out is done");
}

#[test]
fn a_roll_out_never_follows_an_evaluated_version_silently() {
    use crate::domain::details::GradeBasis::{Evaluated, Indicative, Matched};
    use crate::domain::version::StateName::{Approved, Draft, InReview};
    let silent = (Mode::Silent, InReviewChoice::Wait);
    for basis in [Evaluated, Matched] {
        assert_eq!(step(Some((Standing::Old, Some(basis))), None, silent), Step::Draft);
        let open = Some((Draft, Standing::Old));
        assert_eq!(step(Some((Standing::Old, Some(basis))), open, silent), Step::Done(Outcome::TakenByDraft));
    }
    let old = Some((Standing::Old, Some(Indicative)));
    assert_eq!(step(old, None, silent), Step::Issue);
    assert_eq!(step(old, None, (Mode::Controlled, InReviewChoice::Wait)), Step::Draft);
    assert_eq!(step(old, Some((Draft, Standing::Old)), silent), Step::IssueBeside);
    assert_eq!(step(old, Some((InReview, Standing::Old)), silent), Step::Wait(InReview));
    assert_eq!(step(old, Some((InReview, Standing::Old)), (Mode::Silent, InReviewChoice::Recall)), Step::Recall);
    assert_eq!(
        step(old, Some((Approved, Standing::Old)), (Mode::Silent, InReviewChoice::Recall)),
        Step::Wait(Approved)
    );
    assert_eq!(step(Some((Standing::Own, None)), None, silent), Step::Done(Outcome::Overridden));
    assert_eq!(step(Some((Standing::New, None)), None, silent), Step::Done(Outcome::UpToDate));
    assert_eq!(step(None, Some((Draft, Standing::Old)), silent), Step::Done(Outcome::TakenByDraft));
}

#[test]
fn what_the_reader_of_a_day_knows_is_no_part_of_a_clause() {
    let one = Placed::new(ClauseId(1), 2);
    let ended = Placed { ended: Some(day(1)), ..one.clone() };
    assert_eq!(one, ended);
    assert_eq!(serde_json::to_value(&ended).unwrap(), serde_json::json!({"clause": 1, "edition": 2}));
}

proptest! {
    #[test]
    fn the_edition_of_a_day_has_begun_and_none_began_later(
        days in prop::collection::vec((0..40_i64, prop::option::of(0..20_i64)), 0..6), today in 0..40_i64,
    ) {
        let all: Vec<Holds> = days
            .iter()
            .enumerate()
            .map(|(n, (from, length))| {
                Holds { number: n as i32 + 1, from: day(*from), until: length.map(|length| day(from + length)) }
            })
            .collect();
        match in_force(&all, day(today)) {
            None => prop_assert!(all.iter().all(|one| one.from > day(today))),
            Some(now) => {
                prop_assert!(now.from <= day(today));
                let later = |one: &&Holds| one.from <= day(today) && (one.from, one.number) > (now.from, now.number);
                prop_assert!(!all.iter().any(|one| later(&one)));
                prop_assert_eq!(now.has_ended(day(today)), now.until.is_some_and(|until| until < day(today)));
            }
        }
    }

    /// From its first day on the new text holds, and the day before the old one did.
    #[test]
    fn a_text_changes_at_its_first_day(first in 1..300_i64) {
        let all = [Holds { number: 1, from: day(0), until: None }, Holds { number: 2, from: day(first), until: None }];
        prop_assert_eq!(in_force(&all, day(first - 1)).map(|now| now.number), Some(1));
        prop_assert_eq!(in_force(&all, day(first)).map(|now| now.number), Some(2));
    }

    /// The same by the clock on the wall in London, in summer and winter and on the nights on which clocks change: the
    /// last second of the day before has the old text, the first second of the day the new one.
    #[test]
    fn a_text_changes_at_midnight_in_london(first in 1..9_000_i64, seconds in 0..79_200_i64) {
        let all = [Holds { number: 1, from: day(0), until: None }, Holds { number: 2, from: day(first), until: None }];
        let at = |instant: time::OffsetDateTime| in_force(&all, london_date(instant)).map(|now| now.number);
        let midnight = start_of_day(day(first));
        prop_assert_eq!(at(midnight - Duration::SECOND), Some(1));
        prop_assert_eq!(at(midnight), Some(2));
        prop_assert_eq!(at(midnight - Duration::seconds(seconds + 1)), Some(1));
        prop_assert_eq!(at(midnight + Duration::seconds(seconds)), Some(2));
        // In summer that is 11 in the evening by the clock of a server.
        prop_assert!(matches!(midnight.to_offset(time::UtcOffset::UTC).hour(), 0 | 23));
    }

    #[test]
    fn a_plan_never_touches_words_of_its_own(mask in 0..256_u32) {
        let library: Vec<LibraryClause> =
            When::ALL.iter().enumerate().map(|(n, when)| clause(n as i64, &[*when])).collect();
        let yes = Question::ALL.iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0).map(|(_, one)| *one);
        let free = Item::new(ItemId(500), "Ours alone.", Body::clause(""));
        let all: Vec<Item> = library.iter().map(|one| place_one(one, ItemId(one.id.0 + 100))).chain([free]).collect();
        let before = draft(all);
        let plan = Plan::of(&before, &library, &Answers::of(yes));
        prop_assert!(plan.added.is_empty());
        let after = plan.carried_out(&before, &[]).unwrap();
        prop_assert!(after.item(ItemId(500)).is_some());
        prop_assert_eq!(after.all_items().len(), before.all_items().len() - plan.removed.len());
    }
}

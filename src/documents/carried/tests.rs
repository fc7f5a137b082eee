//! Tracked changes and comments on the lines of small documents.

use super::*;
use crate::documents::extract::result::{
    Comment as ReadComment, CriteriaCategory, Criterion, Details, Duty, DutyGroup, Importance, Layout, Section, Source,
};
use crate::documents::to_content::to_content;

fn extract(duties: &[&str]) -> Extract {
    let duty = |text: &&str| Duty {
        text: (*text).to_owned(),
        number: None,
        sure: true,
        work: Default::default(),
        children: Vec::new(),
    };
    let duties = duties.iter().map(duty).collect();
    let group = DutyGroup { heading: None, number: None, lead_in: None, duties, after: Vec::new() };
    let source = Source { name: String::new(), media_type: String::new(), sha256: String::new(), words: 1 };
    Extract {
        format: String::new(),
        source,
        layout: Layout::Other,
        details: Default::default(),
        sections: vec![Section::Duties { heading: Some("Main duties".to_owned()), groups: vec![group] }],
        labels: Vec::new(),
        unplaced: Vec::new(),
        tracked: Vec::new(),
        comments: Vec::new(),
        findings: Vec::new(),
        before: None,
        ours: false,
    }
}

fn change(kind: TrackedKind, text: &str, author: &str) -> Tracked {
    let (text, author) = (text.to_owned(), author.to_owned());
    Tracked { kind, text, author, date: "2026-01-05T10:00:00Z".to_owned(), at: String::new() }
}

fn added(text: &str) -> Tracked {
    change(TrackedKind::Inserted, text, "Sam Ash")
}

fn deleted(text: &str) -> Tracked {
    change(TrackedKind::Deleted, text, "Sam Ash")
}

fn all(before: &[&str], after: &[&str], tracked: Vec<Tracked>) -> Carried {
    let before = Extract { tracked, ..extract(before) };
    let (made, changed) = (to_content(&before, &[], None), to_content(&extract(after), &[], None));
    carried(&before, &made, Some(&changed))
}

/// `reword a → b`, `add b after 3`, `remove a`, with who.
fn short(carried: &Carried) -> Vec<String> {
    let one = |one: &Suggestion| match &one.proposal {
        Proposal::Reword { before, after } => format!("{} → {} ({})", before.text, after.text, one.told.by),
        Proposal::Add { place, item } => format!("+ {} after {:?}", item.text, place.after.map(|id| id.0)),
        Proposal::Remove { before } => format!("- {}", before.text),
    };
    carried.suggestions.iter().map(one).collect()
}

fn left(carried: &Carried) -> Vec<&str> {
    carried.left.iter().map(|left| left.said.as_str()).collect()
}

#[test]
fn a_changed_line_is_reworded_by_those_who_changed_it() {
    let tracked = vec![deleted("the"), change(TrackedKind::Inserted, "all", "Jo Lee"), deleted("daily")];
    let carried = all(&["Opens the hall daily", "Sweeps"], &["Opens all hall", "Sweeps"], tracked);
    assert_eq!(short(&carried), ["Opens the hall daily → Opens all hall (Jo Lee and Sam Ash)"]);
    assert_eq!((carried.left.len(), carried.comments.len()), (0, 0));
}

#[test]
fn a_text_written_in_place_of_another_is_one_change() {
    let tracked = vec![deleted("Opens the hall"), added("Answers every letter")];
    let carried = all(&["Sweeps", "Opens the hall"], &["Sweeps", "Answers every letter"], tracked);
    assert_eq!(short(&carried), ["Opens the hall → Answers every letter (Sam Ash)"]);
}

#[test]
fn lines_come_and_go() {
    let tracked = vec![added("Locks doors"), added("Counts keys"), deleted("Sweeps the yard")];
    let carried = all(&["Opens doors", "Sweeps the yard"], &["Opens doors", "Locks doors", "Counts keys"], tracked);
    // the group has no heading, so the section is 1 and the duties are 2 and 3; one takes the place of the yard
    assert_eq!(short(&carried), ["Sweeps the yard → Locks doors (Sam Ash)", "+ Counts keys after Some(3)"]);
    let tracked = vec![added("Locks doors"), added("Counts keys")];
    let carried = all(&["Opens doors", "Sweeps"], &["Opens doors", "Locks doors", "Counts keys", "Sweeps"], tracked);
    assert_eq!(short(&carried), ["+ Counts keys after Some(2)", "+ Locks doors after Some(2)"]);
    let carried = all(&["Opens doors", "Sweeps"], &["Sweeps"], vec![deleted("Opens doors")]);
    assert_eq!(short(&carried), ["- Opens doors"]);
}

#[test]
fn what_differs_without_a_tracked_change_is_no_suggestion() {
    let carried = all(&["Opens doors", "Sweeps"], &["Opens the doors", "Sweeps"], vec![added("Grade 5")]);
    assert!(carried.suggestions.is_empty());
    assert_eq!(left(&carried), ["Added “Grade 5”"]);
    assert!(carried.comments[0].text.ends_with("\nAdded “Grade 5” (Sam Ash)"), "{}", carried.comments[0].text);
    assert_eq!((carried.comments[0].section, carried.counted().as_str()), (None, "1 comment"));
}

#[test]
fn a_comment_stands_on_its_line_even_where_words_repeat() {
    let comment = |at: &str, answers| ReadComment {
        text: "Why?".to_owned(),
        author: "Sam Ash".to_owned(),
        date: String::new(),
        at: at.to_owned(),
        on: "the hall".to_owned(),
        answers,
        resolved: false,
    };
    let comments = vec![
        comment("sections/0/groups/0/duties/2", None),
        comment("sections/0/groups/0/duties/2", Some(0)),
        comment("sections/0", None),
        comment("", None),
    ];
    let read = Extract { comments, ..extract(&["Opens doors", "Sweeps", "Opens doors"]) };
    let made = to_content(&read, &[], None);
    let carried = carried(&read, &made, None);
    let places: Vec<(Option<i64>, Option<i64>)> =
        carried.comments.iter().map(|one| (one.section.map(|id| id.0), one.item.map(|id| id.0))).collect();
    assert_eq!(places, [(Some(1), Some(4)), (Some(1), Some(4)), (Some(1), None), (None, None)]);
    assert_eq!(carried.comments[1].answers, Some(0));
    assert_eq!(carried.comments[3].text, "On “the hall”: Why?");
}

#[test]
fn a_moved_line_gets_a_comment_that_says_where_it_went() {
    let tracked = vec![deleted("Opens"), deleted("doors"), added("Opens doors")];
    let tracked: Vec<Tracked> =
        tracked.into_iter().map(|change| Tracked { at: "sections/0".to_owned(), ..change }).collect();
    let carried = all(&["Opens doors", "Sweeps", "Counts keys"], &["Sweeps", "Counts keys", "Opens doors"], tracked);
    assert!(carried.suggestions.is_empty() && carried.left.is_empty(), "{carried:?}");
    let said: Vec<_> = carried.comments.iter().map(|one| (one.item.map(|id| id.0), one.text.as_str())).collect();
    assert_eq!(said, [(Some(2), "This line was moved in the document: there it stands after “Counts keys”.")]);
    assert_eq!(carried.comments[0].told.by, "Sam Ash");
}

#[test]
fn details_and_headings_say_what_they_became() {
    let tracked = vec![added("Senior"), deleted("Main"), added("Usual"), deleted("37")];
    let before = Extract { tracked, ..extract(&["Opens doors"]) };
    let named = |extract: Extract, title: &str, hours: &str| {
        let details = Details { title: Some(title.to_owned()), hours: Some(hours.to_owned()), ..Details::default() };
        Extract { details, ..extract }
    };
    let mut after = named(extract(&["Opens doors"]), "Senior clerk", "a week");
    if let Section::Duties { heading, .. } = &mut after.sections[0] {
        *heading = Some("Usual duties".to_owned());
    }
    let before = named(before, "Clerk", "37 a week");
    let (made, changed) = (to_content(&before, &[], None), to_content(&after, &[], None));
    let carried = carried(&before, &made, Some(&changed));
    let expected = [
        "Hours: “37 a week” became “a week”",
        "Title: “Clerk” became “Senior clerk”",
        "Heading of “Main duties”: “Main duties” became “Usual duties”",
    ];
    assert_eq!(left(&carried), expected);
}

/// A specification whose criteria say only how important they are.
fn specification(all: &[(&str, Importance)]) -> Extract {
    let criterion = |(text, importance): &(&str, Importance)| Criterion {
        text: (*text).to_owned(),
        number: None,
        subheading: None,
        importance: *importance,
        assessment: Vec::new(),
        sure: true,
    };
    let criteria = all.iter().map(criterion).collect();
    let category = CriteriaCategory { heading: Some("Skills".to_owned()), number: None, criteria };
    let sections = vec![Section::Criteria { heading: None, categories: vec![category] }];
    Extract { sections, ..extract(&[]) }
}

#[test]
fn a_tick_that_went_to_another_column_is_a_suggestion() {
    use Importance::{Desirable, Essential};
    let tracked = vec![deleted("✓"), added("✓")];
    let before = Extract { tracked, ..specification(&[("Types", Essential), ("Drives", Essential)]) };
    let after = specification(&[("Types", Essential), ("Drives", Desirable)]);
    let (made, changed) = (to_content(&before, &[], None), to_content(&after, &[], None));
    let carried = carried(&before, &made, Some(&changed));
    assert_eq!(short(&carried), ["Drives → Drives (Sam Ash)"]);
    assert!(carried.left.is_empty(), "{:?}", carried.left);
}

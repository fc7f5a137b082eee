//! What becomes of an extract: content that a version can hold.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::content::{Body, Importance, ItemKind};
use crate::domain::ids::GradeId;
use crate::domain::shape;

fn extract(details: Value, sections: Value) -> Extract {
    serde_json::from_value(json!({
        "format": "rolebook.extract/1",
        "source": {"name": "x.docx", "media_type": "text/plain", "sha256": "", "words": 0},
        "layout": "other", "details": details, "sections": sections,
        "labels": [], "unplaced": [], "tracked": [], "comments": [], "findings": []
    }))
    .unwrap()
}

fn grades() -> Vec<GradeName> {
    vec![GradeName { id: GradeId(7), name: "Band 4".into(), pay_scheme: "Agenda for Change".into() }]
}

fn outline(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .flat_map(|item| {
            let number = item.number.as_deref().unwrap_or("-");
            let line = format!("{} {number} {}", item.kind().word(), item.text);
            std::iter::once(line).chain(outline(&item.children).into_iter().map(|line| format!("  {line}")))
        })
        .collect()
}

#[test]
fn duties_keep_their_order_groups_and_children() {
    let duty = |text: &str| json!({"text": text, "number": null, "sure": true, "children": []});
    let made = to_content(
        &extract(
            json!({}),
            json!([{"kind": "duties", "heading": "What you do", "groups": [
                {"heading": null, "number": null, "lead_in": "You will:", "duties": [duty("Open the post.")], "after": []},
                {"heading": "Money", "number": "2.", "lead_in": "Each week:", "duties": [
                    {"text": "Pay invoices:", "number": "2.1", "sure": false, "children": [duty("by card;"), duty("by transfer.")]}
                ], "after": [{"text": "And no others.", "number": null}]}
            ]}]),
        ),
        &[],
        None,
    );
    let section = &made.content.sections[0];
    assert_eq!((section.kind, section.heading.as_str()), (SectionKind::Duties, "What you do"));
    assert_eq!(
        outline(&section.items),
        [
            "paragraph - You will:",
            "duty - Open the post.",
            "group 2. Money",
            "  paragraph - Each week:",
            "  duty 2.1 Pay invoices:",
            "    duty - by card;",
            "    duty - by transfer.",
            "  paragraph - And no others.",
        ]
    );
    let unsure: Vec<&str> =
        section.all_items().into_iter().filter(|item| !item.sure).map(|item| item.text.as_str()).collect();
    assert_eq!(unsure, ["Pay invoices:"]);
    assert_eq!(made.identities, 9);
}

#[test]
fn criteria_keep_what_they_are_asked_by() {
    let made = to_content(
        &extract(
            json!({}),
            json!([{"kind": "criteria", "heading": null, "categories": [
                {"heading": "Skills", "number": "1", "criteria": [{"text": "Typing", "number": null, "subheading": "IT",
                    "importance": "desirable", "assessment": ["test", "assessment centre"], "sure": false}]},
                {"heading": null, "number": null, "criteria": [{"text": "Calm", "number": "3", "subheading": null,
                    "importance": "essential", "assessment": [], "sure": true}]}
            ]}]),
        ),
        &[],
        None,
    );
    let items = &made.content.sections[0].items;
    assert_eq!(outline(items), ["category 1 Skills", "  criterion - Typing", "criterion 3 Calm"]);
    assert_eq!(
        items[0].children[0].body,
        Body::Criterion {
            importance: Importance::Desirable,
            subheading: "IT".into(),
            assessment: vec![
                crate::domain::content::Assessment::Test,
                crate::domain::content::Assessment::AssessmentCentre
            ],
        }
    );
}

#[test]
fn details_go_to_their_fields_and_the_rest_to_rows_that_come_first() {
    let made = to_content(
        &extract(
            json!({
                "title": "Ward  clerk", "grade": "Band 4", "pay_scheme": "Agenda for Change", "hours": "37.5",
                "post_numbers": "1234, 1235", "last_reviewed": "2025-03-01", "closing_date": "28 January",
                "contact": {"name": "Jo Marsh", "email": "jo@example.org"},
                "other": [{"label": "Profession", "text": "Administrative"}, {"label": "Parking", "text": "None"}]
            }),
            json!([{"kind": "terms", "heading": "Terms", "rows": [{"label": "Parking", "text": "None"}]}]),
        ),
        &grades(),
        None,
    );
    assert_eq!((made.details.title.as_str(), made.details.grade_from), ("Ward clerk", Some(GradeId(7))));
    assert_eq!((made.details.hours.as_str(), made.post_numbers.as_str()), ("37.5", "1234, 1235"));
    let first = &made.content.sections[0];
    let rows: Vec<(String, &str)> = first
        .items
        .iter()
        .map(|item| match &item.body {
            Body::Detail { label } => (label.clone(), item.text.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(label, text)| (label.as_str(), *text)).collect();
    assert_eq!(
        rows,
        [
            ("Last reviewed", "1 March 2025"),
            ("Closing date", "28 January"),
            ("Contact name", "Jo Marsh"),
            ("Contact e-mail", "jo@example.org"),
            ("Profession", "Administrative"),
        ]
    );
    assert_eq!(first.kind, SectionKind::Details);
}

#[test]
fn a_grade_that_the_employer_does_not_have_stays_in_words() {
    let details = json!({"grade": "Grade 5", "pay_scheme": "NJC"});
    let made = to_content(&extract(details, json!([])), &grades(), None);
    assert_eq!((made.details.grade_from, made.grade_in_words.as_deref()), (None, Some("Grade 5")));
    let texts: Vec<&str> = made.content.all_items().iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts, ["Grade 5", "NJC"]);
}

#[test]
fn real_identities_are_kept_or_fresh() {
    let paragraphs = json!([{"text": "One", "number": null}, {"text": "Two", "number": null}]);
    let sections = json!([{"kind": "prose", "heading": "About", "paragraphs": paragraphs}]);
    let made = to_content(&extract(json!({}), sections), &[], None);
    let mut kept = Kept::default();
    kept.items.insert(ItemId(3), ItemId(77));
    let content = made.with_identities(&[901, 902, 903], &kept);
    let ids: Vec<i64> = content.all_items().iter().map(|item| item.id.0).collect();
    assert_eq!((content.sections[0].id.0, ids), (901, vec![902, 77]));
}

/// Every word of a value's strings, but for the names of enums.
fn words_of(value: &Value, bag: &mut BTreeMap<String, usize>) {
    match value {
        Value::String(text) => add(text, bag),
        Value::Array(all) => all.iter().for_each(|one| words_of(one, bag)),
        Value::Object(all) => {
            let named = ["kind", "importance", "assessment"];
            all.iter().filter(|(key, _)| !named.contains(&key.as_str())).for_each(|(_, one)| words_of(one, bag));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn add(text: &str, bag: &mut BTreeMap<String, usize>) {
    for word in text.split_whitespace() {
        *bag.entry(word.to_owned()).or_insert(0) += 1;
    }
}

fn words_kept(made: &Made) -> BTreeMap<String, usize> {
    let mut bag = BTreeMap::new();
    for section in &made.content.sections {
        add(&section.heading, &mut bag);
        for item in section.all_items() {
            add(&item.text, &mut bag);
            add(item.number.as_deref().unwrap_or_default(), &mut bag);
            match &item.body {
                Body::Paragraph | Body::Group | Body::Duty(_) | Body::Category => {}
                Body::Criterion { subheading, .. } => add(subheading, &mut bag),
                Body::Term { label } | Body::Detail { label } => add(label, &mut bag),
                Body::Demand { frequency, examples, .. } => {
                    [frequency, examples].map(|text| add(text, &mut bag)).into_iter().collect()
                }
                Body::FactorLevel { factor, level } => {
                    [factor, level].map(|text| add(text, &mut bag)).into_iter().collect()
                }
                Body::Clause { heading, .. } => add(heading, &mut bag),
            }
        }
    }
    bag
}

fn text() -> impl Strategy<Value = String> {
    "[a-z£’]{1,4}([ \n\t][a-z0-9.]{1,4}){0,3}"
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(text())
}

fn duty() -> impl Strategy<Value = Value> {
    let leaf = (text(), proptest::bool::ANY)
        .prop_map(|(text, sure)| json!({"text": text, "number": null, "sure": sure, "children": []}));
    leaf.prop_recursive(3, 8, 3, |inner| {
        (text(), maybe(), proptest::collection::vec(inner, 0..3)).prop_map(
            |(text, number, children)| json!({"text": text, "number": number, "sure": true, "children": children}),
        )
    })
}

fn paragraphs() -> impl Strategy<Value = Value> {
    proptest::collection::vec((text(), maybe()), 0..3)
        .prop_map(|all| all.into_iter().map(|(text, number)| json!({"text": text, "number": number})).collect())
}

fn section() -> impl Strategy<Value = Value> {
    let group = (maybe(), maybe(), text(), proptest::collection::vec(duty(), 0..3), paragraphs()).prop_map(
        |(heading, lead_in, number, duties, after)| {
            // A number is printed before something: a heading, or the words that follow it.
            let number = heading.as_ref().or(lead_in.as_ref()).map(|_| number);
            json!({"heading": heading, "number": number, "lead_in": lead_in, "duties": duties, "after": after})
        },
    );
    let criterion = (text(), maybe(), maybe()).prop_map(|(text, number, subheading)| {
        json!({"text": text, "number": number, "subheading": subheading, "importance": "essential", "assessment": ["test"], "sure": true})
    });
    let category = (maybe(), proptest::collection::vec(criterion, 0..3))
        .prop_map(|(heading, criteria)| json!({"heading": heading, "number": null, "criteria": criteria}));
    let row = (text(), text()).prop_map(|(label, text)| json!({"label": label, "text": text}));
    let demand = (text(), maybe(), maybe()).prop_map(
        |(demand, frequency, examples)| json!({"demand": demand, "present": null, "frequency": frequency, "examples": examples}),
    );
    let factor = (text(), text(), text())
        .prop_map(|(factor, level, text)| json!({"factor": factor, "level": level, "text": text}));
    let clause = (maybe(), maybe(), text())
        .prop_map(|(heading, number, text)| json!({"heading": heading, "number": number, "text": text}));
    use proptest::collection::vec;
    prop_oneof![
        (maybe(), paragraphs())
            .prop_map(|(heading, all)| json!({"kind": "prose", "heading": heading, "paragraphs": all})),
        (maybe(), paragraphs())
            .prop_map(|(heading, all)| json!({"kind": "organisation_chart", "heading": heading, "paragraphs": all})),
        (maybe(), vec(group, 0..3))
            .prop_map(|(heading, all)| json!({"kind": "duties", "heading": heading, "groups": all})),
        (maybe(), vec(category, 0..3))
            .prop_map(|(heading, all)| json!({"kind": "criteria", "heading": heading, "categories": all})),
        (maybe(), vec(row, 0..3)).prop_map(|(heading, all)| json!({"kind": "terms", "heading": heading, "rows": all})),
        (maybe(), vec(demand, 0..3))
            .prop_map(|(heading, all)| json!({"kind": "demands", "heading": heading, "rows": all})),
        (maybe(), vec(factor, 0..3))
            .prop_map(|(heading, all)| json!({"kind": "factors", "heading": heading, "rows": all})),
        (maybe(), vec(clause, 0..3))
            .prop_map(|(heading, all)| json!({"kind": "clauses", "heading": heading, "clauses": all})),
    ]
}

proptest! {
    #[test]
    fn every_word_of_the_sections_is_in_the_content_as_often(sections in proptest::collection::vec(section(), 0..5)) {
        let sections = Value::Array(sections);
        let made = to_content(&extract(json!({}), sections.clone()), &[], None);
        let mut read = BTreeMap::new();
        words_of(&sections, &mut read);
        prop_assert_eq!(words_kept(&made), read);
        for section in &made.content.sections {
            prop_assert!(shape::holds(section.kind, &section.items));
        }
        let ids: Vec<i64> = made.content.sections.iter().flat_map(|section| {
            std::iter::once(section.id.0).chain(section.all_items().into_iter().map(|item| item.id.0)).collect::<Vec<_>>()
        }).collect();
        prop_assert_eq!(ids, (1..=made.identities as i64).collect::<Vec<_>>());
    }
}

#[test]
fn groups_are_no_items_of_their_own_where_the_document_has_none() {
    let group = json!({"heading": null, "number": null, "lead_in": null, "duties": [], "after": []});
    let made =
        to_content(&extract(json!({}), json!([{"kind": "duties", "heading": null, "groups": [group]}])), &[], None);
    assert!(made.content.all_items().iter().all(|item| item.kind() != ItemKind::Group));
}

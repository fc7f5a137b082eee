//! The promise on documents of chance: whatever the blocks, no word is lost and none is invented.

use crate::documents::extract::blocks::{Block, BlockKind, Cell, Document, Marker, Place, Row, Table};
use crate::documents::extract::recognise::{audit, recognise};
use crate::documents::extract::result::Source;
use proptest::prelude::*;

/// Texts that fire recognisers, and texts that fire none.
const TEXTS: &[&str] = &[
    "Job description",
    "Person specification",
    "Main duties",
    "Key tasks:",
    "Essential",
    "Desirable",
    "Essential criteria",
    "Qualifications",
    "Experience",
    "Skills and knowledge",
    "Assessed by",
    "A & I/T",
    "Application form and interview",
    "Yes",
    "No",
    "Examples",
    "Physical effort",
    "Level",
    "Factor",
    "Job title: Ranger",
    "Grade:",
    "Band\t4",
    "Closing date",
    "3 May 2027",
    "Health and safety",
    "Confidentiality: keep records safe at all times.",
    "Terms and conditions",
    "Salary",
    "To walk the paths every morning before the gates are opened to the public.",
    "The ranger will:",
    "and also -",
    "None",
    "✓",
    "X",
    "E",
    "D",
    ".",
    "1",
    "2",
    "(i)",
    "A – Application form",
    "Essential: boots / a map / a whistle",
    "Able to read a map (E) (A/I)",
    "[bookmark: _GoBack]1. Mend the fence",
    "Organisation chart",
    "Responsible to",
    "Head Ranger",
    "Marlowe Council - JOB PROFILE",
    "Contact details",
    "For a chat contact Ann Lee on 01632 960123",
    "ann.lee@example.org",
    "Page 2 of 5",
    "Apply now",
    "first\nsecond\n• third\n1. fourth",
    "This list is not exhaustive.",
    "Works well with others. KEY DUTIES",
    "Criteria\tE/D\tHow assessed",
    "Can sew\tE\tT",
    "Our values",
    "fair",
    "o",
    "Competencies",
    "3",
    "",
];

fn text() -> impl Strategy<Value = String> {
    (0..TEXTS.len(), "[a-z]{0,6}")
        .prop_map(|(at, tail)| if tail.len() > 3 { format!("{} {tail}", TEXTS[at]) } else { TEXTS[at].to_owned() })
}

fn marker() -> impl Strategy<Value = Marker> {
    prop_oneof![
        prop_oneof![Just("•"), Just("·"), Just("o"), Just("-")].prop_map(|glyph| Marker::Bullet(glyph.to_owned())),
        (1..30_u8).prop_map(|number| Marker::Number(format!("{number}."))),
        Just(Marker::Number("2.1.1".to_owned())),
        Just(Marker::Number("a)".to_owned())),
    ]
}

fn line() -> impl Strategy<Value = Block> {
    let kind = prop_oneof![
        (1..4_u8, text()).prop_map(|(level, text)| BlockKind::Heading { level, number: None, text }),
        (text(), any::<bool>(), any::<bool>()).prop_map(|(text, bold, blank_before)| BlockKind::Paragraph {
            text,
            bold,
            blank_before
        }),
        (0..3_u8, marker(), text(), any::<bool>()).prop_map(|(level, marker, text, blank_before)| {
            BlockKind::ListItem { level, marker, text, bold: false, blank_before }
        }),
    ];
    let place = prop_oneof![9 => Just(Place::Body), 1 => Just(Place::Header), 1 => Just(Place::Footnote)];
    (place, prop_oneof![3 => Just(0_u8), 1 => 0..3_u8], kind).prop_map(|(place, tabs_before, kind)| Block {
        place,
        tabs_before,
        kind,
    })
}

fn table() -> impl Strategy<Value = Block> {
    let cell = prop::collection::vec(line(), 0..3);
    prop::collection::vec(prop::collection::vec(cell, 1..5), 1..5).prop_map(|rows| {
        let row = |cells: Vec<Vec<Block>>| Row {
            header: false,
            cells: cells
                .into_iter()
                .enumerate()
                .map(|(column, blocks)| Cell { column, columns: 1, rows: 1, blocks })
                .collect(),
        };
        Block {
            place: Place::Body,
            tabs_before: 0,
            kind: BlockKind::Table(Table { rows: rows.into_iter().map(row).collect() }),
        }
    })
}

fn source() -> Source {
    Source { name: "chance.txt".to_owned(), media_type: "text/plain".to_owned(), sha256: String::new(), words: 0 }
}

proptest! {
    #[test]
    fn no_word_is_lost_and_none_invented(blocks in prop::collection::vec(prop_oneof![5 => line().boxed(), 1 => table().boxed()], 0..40)) {
        let document = Document { blocks, asides: Vec::new() };
        let extract = recognise(&document, source());
        let differences = audit::compare(&document, &extract);
        prop_assert!(differences.is_empty(), "{differences:?}");
    }
}

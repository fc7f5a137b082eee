//! The same document in every container reads the same: the promise that a format does not decide what is found.

use super::super::extract;
use super::super::result::{Extract, Source};
use super::pdfs::pdf;
use super::pieces::{Piece, docx, html, odt, rtf};
use super::support::{read, short};
use proptest::prelude::*;

fn caretaker() -> Vec<Piece> {
    let heading = |level, text: &str| Piece::Heading(level, text.to_owned());
    let text = |text: &str| Piece::Text(text.to_owned());
    let bullet = |text: &str| Piece::Bullet(0, text.to_owned());
    let number = |text: &str| Piece::Number(text.to_owned());
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    vec![
        heading(1, "Job description"),
        Piece::Table(vec![
            row(&["Job title:", "Caretaker of the town hall"]),
            row(&["Grade:", "Scale 4"]),
            row(&["Responsible to:", "Facilities manager"]),
        ]),
        heading(2, "Purpose of the job"),
        text("To keep the town hall open, safe and clean for all who use it."),
        heading(2, "Main duties"),
        number("Opens and locks the hall at the agreed hours."),
        number("Checks fire doors and alarms each week & keeps the log."),
        number("Sets out rooms for meetings, weddings and elections."),
        heading(2, "Values"),
        bullet("We are fair."),
        bullet("We say what we do."),
        heading(1, "Person specification"),
        Piece::Table(vec![
            row(&["Criteria", "Essential", "Desirable"]),
            row(&["Qualifications", "Basic first aid", "Boiler certificate"]),
            row(&["Experience", "Work in a public building", "Handling cash"]),
        ]),
    ]
}

/// What was found, apart from the file it was found in.
fn found(bytes: &[u8]) -> Extract {
    let nothing = Source { name: String::new(), media_type: String::new(), sha256: String::new(), words: 0 };
    Extract { source: nothing, ..extract(bytes, "x").unwrap() }
}

#[test]
fn the_same_document_gives_the_same_structure_from_every_container() {
    let pieces = caretaker();
    let wanted = found(&docx(&pieces));
    assert_eq!(wanted.details.title.as_deref(), Some("Caretaker of the town hall"));
    assert_eq!(wanted.sections.len(), 4, "{:#?}", wanted.sections);
    let wanted = serde_json::to_string_pretty(&wanted).unwrap();
    for (name, bytes) in [("odt", odt(&pieces)), ("rtf", rtf(&pieces)), ("html", html(&pieces)), ("pdf", pdf(&pieces))]
    {
        let found = serde_json::to_string_pretty(&found(&bytes)).unwrap();
        let at = found.lines().zip(wanted.lines()).position(|(found, wanted)| found != wanted);
        assert!(found == wanted, "{name} differs from line {at:?} on:\n{:#?}", short(&read(&bytes)));
    }
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            Just("keys"),
            Just("Opens"),
            Just("rota’s"),
            Just("£12"),
            Just("<hall>"),
            Just("A & B"),
            Just("{log}"),
            Just("café")
        ],
        1..6,
    )
    .prop_map(|words| format!("the {}", words.join(" ")))
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        (1..4_u8, words()).prop_map(|(level, text)| Piece::Heading(level, text)),
        words().prop_map(Piece::Text),
        words().prop_map(Piece::Bold),
        (0..3_u8, words()).prop_map(|(level, text)| Piece::Bullet(level, text)),
        words().prop_map(Piece::Number),
        (1..4_usize, 1..4_usize)
            .prop_flat_map(|(columns, rows)| prop::collection::vec(prop::collection::vec(words(), columns), rows))
            .prop_map(Piece::Table),
    ]
}

/// Tables that touch are one in rich text, which has no mark between them.
fn apart(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        if matches!((out.last(), &piece), (Some(Piece::Table(_)), Piece::Table(_))) {
            out.push(Piece::Text("between the tables".to_owned()));
        }
        out.push(piece);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Debug builds audit each result, so that reading is also the check that no word is lost.
    #[test]
    fn documents_of_chance_read_alike(pieces in prop::collection::vec(piece(), 1..12)) {
        let mut pieces = apart(pieces);
        // Without some plain words a document is refused as unreadable, which is another story.
        pieces.push(Piece::Text("The post holder keeps the office open and answers letters from readers.".to_owned()));
        let wanted = short(&read(&docx(&pieces)));
        for (name, bytes) in [("odt", odt(&pieces)), ("rtf", rtf(&pieces)), ("html", html(&pieces))] {
            prop_assert_eq!(&short(&read(&bytes)), &wanted, "{}", name);
            prop_assert!(extract(&bytes, name).is_ok());
        }
    }
}

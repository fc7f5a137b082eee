//! The same document in every container reads the same: the promise that a format does not decide what is found.

use super::super::extract;
use super::super::result::{Extract, Source};
use super::pdfs::pdf;
use super::pieces::{Piece, docx, html, odt, rtf, text};
use super::support::{read, short};
use proptest::prelude::*;
use std::collections::BTreeMap;

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

/// What job descriptions say, so that every recogniser is met.
const LINES: [&str; 30] = [
    "Job title: Caretaker",
    "Grade",
    "Post number: 1234",
    "Reports to: Head of halls",
    "Job description",
    "Person specification",
    "Main duties",
    "Key result areas",
    "Essential",
    "Desirable",
    "Essential / Desirable",
    "E",
    "D",
    "A & I",
    "Qualifications",
    "Experience:",
    "Opens the hall. (A/I)",
    "To plan rotas, and to keep them:",
    "Emotional effort",
    "Yes",
    "No",
    "Frequency: daily",
    "Terms and conditions",
    "Closing date: 28 January 2026",
    "Contact Sam Ash 01632 960123 sam@example.org",
    "Health and safety: everybody takes care",
    "Level 3",
    "Page 1 of 3",
    "the councils officers",
    "Purpose of the job",
];

fn words() -> impl Strategy<Value = String> {
    let loose = prop::sample::select(vec!["keys", "Opens", "rota’s", "£12", "<hall>", "A & B", "{log}", "café"]);
    prop_oneof![
        prop::collection::vec(loose, 1..6).prop_map(|words| format!("the {}", words.join(" "))),
        prop::sample::select(LINES.to_vec()).prop_map(str::to_owned),
    ]
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

    /// Not one word is lost, whatever the container; and where it carries structure, the structure is the same.
    #[test]
    fn documents_of_chance_read_alike(pieces in prop::collection::vec(piece(), 1..14)) {
        let mut pieces = apart(pieces);
        // Without some plain words a document is refused as unreadable, which is another story.
        pieces.push(Piece::Text("The post holder keeps the office open and answers letters from readers.".to_owned()));
        let bytes = docx(&pieces);
        let (blocks, structure) = (short(&read(&bytes)), found(&bytes));
        prop_assert_eq!(lost(&pieces, &structure), Vec::<String>::new(), "docx");
        for (name, bytes) in [("odt", odt(&pieces)), ("rtf", rtf(&pieces)), ("html", html(&pieces))] {
            prop_assert_eq!(&short(&read(&bytes)), &blocks, "{}", name);
            prop_assert_eq!(&found(&bytes), &structure, "{}", name);
        }
        prop_assert_eq!(lost(&pieces, &found(&text(&pieces))), Vec::<String>::new(), "text");
    }
}

/// Words of the document that the result does not hold as often.
fn lost(pieces: &[Piece], found: &Extract) -> Vec<String> {
    let (mut have, mut lost) = (BTreeMap::<String, usize>::new(), Vec::new());
    let placed = serde_json::to_value((&found.sections, &found.labels, &found.unplaced, &found.details)).unwrap();
    strings(&placed, &mut |text| each_word(text, &mut |word| *have.entry(word).or_default() += 1));
    for text in pieces.iter().flat_map(texts) {
        each_word(text, &mut |word| match have.get_mut(&word).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => lost.push(word),
        });
    }
    lost
}

fn texts(piece: &Piece) -> Vec<&str> {
    match piece {
        Piece::Heading(_, text)
        | Piece::Text(text)
        | Piece::Bold(text)
        | Piece::Bullet(_, text)
        | Piece::Number(text) => {
            vec![text]
        }
        Piece::Table(rows) => rows.iter().flatten().map(String::as_str).collect(),
    }
}

fn strings(value: &serde_json::Value, visit: &mut dyn FnMut(&str)) {
    use serde_json::Value;
    match value {
        Value::String(text) => visit(text),
        Value::Array(all) => all.iter().for_each(|own| strings(own, visit)),
        Value::Object(all) => {
            let told = all
                .iter()
                .filter(|(key, _)| !["kind", "as", "reason", "importance", "assessment"].contains(&key.as_str()));
            told.for_each(|(_, own)| strings(own, visit));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn each_word(text: &str, visit: &mut dyn FnMut(String)) {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.for_each(|word| visit(word.to_lowercase()));
}

//! Out and in again: what is read from our own Word and JSON files is the version, in every item, field and order.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use regex::Regex;
use time::macros::datetime;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{made, sample};
use crate::documents::extract::extract;
use crate::documents::render::docx::{Reviser, docx};
use crate::documents::render::json::VersionFile;
use crate::documents::render::paper::Audience;
use crate::documents::render::sheet::{Edition, Family, Sheet, sheet};
use crate::documents::to_content::{Made, to_content};
use crate::domain::content::{Body, Content, Item};
use crate::domain::details::Details;
use crate::domain::ids::ItemId;

pub fn word(sheet: &Sheet) -> Vec<u8> {
    let now = datetime!(2026-11-22 09:30 UTC);
    docx(sheet, &Reviser { name: "Amara Okafor".into(), at: now }, now).expect("a file in memory")
}

/// The file without what a word processor or a careful person takes out: properties and bookmarks.
pub fn bare(bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let bookmark = Regex::new("<w:bookmark(Start|End)[^>]*/>").unwrap();
    for n in 0..zip.len() {
        let mut entry = zip.by_index(n).unwrap();
        let name = entry.name().to_owned();
        if name.starts_with("docProps/") || name.contains("custom") {
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(bookmark.replace_all(&text, "").as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

pub fn read(bytes: &[u8]) -> Made {
    to_content(&extract(bytes, "version.docx").unwrap(), &[], None)
}

pub fn written(content: &Content, details: &Details) -> Vec<u8> {
    let edition = Edition { grade: "", ..sample::edition(details, content) };
    word(&sheet(&edition, Audience::Staff, Family::Own))
}

/// The details without what belongs to the record of the version, not to its document.
pub fn printed(details: &Details) -> Details {
    let (grade_basis, grade_basis_reference) = (None, String::new());
    Details { grade_basis, grade_basis_reference, ..details.clone() }
}

#[test]
fn the_sample_comes_back_from_word_whole() {
    let (details, content) = (sample::details(), sample::content());
    let bytes = bare(&written(&content, &details));
    let made = read(&bytes);
    assert_eq!(made.details, printed(&details));
    let shown = |content: &Content| serde_json::to_string_pretty(&without_identities(content)).unwrap();
    assert_eq!(shown(&made.content), shown(&content));
    let extract = extract(&bytes, "version.docx").unwrap();
    let unsure: Vec<&str> = extract
        .unplaced
        .iter()
        .filter(|rest| rest.reason == crate::documents::extract::result::Reason::Uncertain)
        .map(|rest| rest.text.as_str())
        .collect();
    assert_eq!(unsure, [""; 0], "every word has its place or its name");
}

/// An employer without a grade of that name keeps its words among the further details.
#[test]
fn a_grade_in_words_keeps_its_place_among_the_rows() {
    let (details, mut content) = (sample::details(), sample::content());
    let row = |(n, label, text): (i64, &str, &str)| Item::new(ItemId(n), text, Body::Detail { label: label.into() });
    let rows = [(901, "Grade", "Band 4, with a supplement"), (902, "Pay scheme", "Agenda for Change")].map(row);
    content.sections[0].items.splice(0..0, rows);
    let made = read(&bare(&written(&content, &details)));
    assert_eq!(without_identities(&made.content), without_identities(&content));
}

#[test]
fn json_comes_back_identical_and_reads_as_a_document_does() {
    let (details, content) = (sample::details(), sample::content());
    let edition = sample::edition(&details, &content);
    let bytes = VersionFile::of(&edition).to_bytes().unwrap();
    let back = VersionFile::read(&bytes).unwrap();
    assert_eq!((&back.details, &back.content()), (&details, &content));
    assert_eq!(back.to_bytes().unwrap(), bytes);
    let ungraded = VersionFile { grade: String::new(), ..back }.to_bytes().unwrap();
    let made = to_content(&extract(&ungraded, "version.json").unwrap(), &[], None);
    assert_eq!(without_identities(&made.content), without_identities(&content));
}

pub fn without_identities(content: &Content) -> Content {
    let text = serde_json::to_string(content).unwrap();
    let text = Regex::new(r#""id":\d+"#).unwrap().replace_all(&text, r#""id":0"#);
    serde_json::from_str(&text).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_version_comes_back_from_word(content in made::content()) {
        let details = Details { title: "Tree Officer".into(), hours: "37".into(), ..Details::default() };
        let made = read(&bare(&written(&content, &details)));
        prop_assert_eq!(made.content, content);
        prop_assert_eq!(made.details, details);
    }

    #[test]
    fn a_version_comes_back_from_json(content in made::content()) {
        let details = Details { title: "Tree Officer".into(), ..Details::default() };
        let edition = sample::edition(&details, &content);
        let bytes = VersionFile::of(&edition).to_bytes().unwrap();
        prop_assert_eq!(VersionFile::read(&bytes).map(|file| file.content()), Some(content));
    }
}

//! Whole documents, in the words and shapes that people wrote: read, written as Word, read again. Those of the golden
//! files always; those of a folder that `ROLEBOOK_DOCUMENTS` names beside them, which are not ours to keep here.

use std::collections::BTreeMap;
use std::path::Path;

use super::libreoffice::saved;
use super::round_trip::{bare, printed, read, without_identities, word};
use super::sample;
use crate::documents::extract::extract;
use crate::documents::render::json::VersionFile;
use crate::documents::render::paper::Audience;
use crate::documents::render::sheet::{Edition, Family, sheet};
use crate::documents::to_content::{Made, to_content};
use crate::domain::content::{Body, Content, Item};
use crate::domain::ids::ItemId;
use crate::domain::matching::propose;

/// Files that can be a document; beside them lie their descriptions.
const KINDS: [&str; 5] = ["docx", "odt", "rtf", "pdf", "txt"];

/// Every document with its name.
pub fn documents() -> Vec<(String, Made)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/documents");
    let given = std::env::var_os("ROLEBOOK_DOCUMENTS").map(Into::into);
    let mut out = Vec::new();
    for folder in [Some(own), given].into_iter().flatten() {
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if KINDS.iter().any(|kind| name.ends_with(&format!(".{kind}"))) {
                let extract = extract(&std::fs::read(&file).unwrap(), &name).unwrap();
                out.push((name, to_content(&extract, &[], None)));
            }
        }
    }
    assert!(out.len() >= 5);
    out
}

fn file(made: &Made, content: &Content, family: Family) -> Vec<u8> {
    let edition = Edition { grade: "", ..sample::edition(&made.details, content) };
    word(&sheet(&edition, Audience::Staff, family))
}

#[track_caller]
fn the_same(name: &str, back: &Made, made: &Made) {
    assert_eq!(back.details, printed(&made.details), "{name}");
    let shown = |content| serde_json::to_string_pretty(&without_identities(content)).unwrap();
    let (back, made) = (shown(&back.content), shown(&made.content));
    let at = back.lines().zip(made.lines()).position(|(one, other)| one != other);
    let around = |text: &str| {
        let from = at.unwrap_or_default().saturating_sub(8);
        text.lines().skip(from).take(16).collect::<Vec<_>>().join("\n")
    };
    assert!(back == made, "{name}: read back as\n{}\nwhich was\n{}", around(&back), around(&made));
}

#[test]
fn every_document_comes_back_from_word_and_data_whole() {
    for (name, made) in documents() {
        the_same(&name, &read(&bare(&file(&made, &made.content, Family::Own))), &made);
        let bytes = VersionFile::of(&sample::edition(&made.details, &made.content)).to_bytes().unwrap();
        let back = VersionFile::read(&bytes).unwrap();
        assert_eq!((&back.details, &back.content()), (&made.details, &made.content), "{name}");
    }
}

#[test]
fn every_document_comes_back_from_libreoffice_whole() {
    for (name, made) in documents() {
        let Some(bytes) = saved(&bare(&file(&made, &made.content, Family::Own)), "given") else { return };
        the_same(&name, &read(&bytes), &made);
    }
}

/// A family orders and shortens what stands beside the words; the words themselves come back from each.
#[test]
fn no_family_loses_a_line() {
    for (name, made) in documents() {
        for family in Family::ALL {
            let back = read(&bare(&file(&made, &made.content, *family)));
            let texts = |content: &Content| {
                let mut all: Vec<String> = content.all_items().iter().map(|item| item.text.clone()).collect();
                all.sort();
                all
            };
            let (back, made) = (texts(&back.content), texts(&made.content));
            let lost: Vec<&String> = made.iter().filter(|text| !back.contains(text)).collect();
            assert!(back == made, "{name} as {family:?}: lost {lost:#?}, {} of {}", back.len(), made.len());
        }
    }
}

/// Every third line of a list with another word in its middle, and each list turned round.
fn reworked(items: &mut [Item]) {
    let is_line = |item: &Item| matches!(item.body, Body::Duty(_) | Body::Criterion { .. });
    if items.len() > 1 && items.iter().all(is_line) {
        items.reverse();
        for item in items.iter_mut().step_by(3) {
            let mut words: Vec<&str> = item.text.split(' ').collect();
            if words.len() > 4 {
                let middle = words.len() / 2;
                words[middle] = "otherwise";
                item.text = words.join(" ");
            }
        }
    }
    items.iter_mut().for_each(|item| reworked(&mut item.children));
}

#[test]
fn a_reworked_document_finds_its_items_again() {
    for (name, made) in documents() {
        let mut new = made.content.clone();
        new.sections.iter_mut().for_each(|section| reworked(&mut section.items));
        assert_ne!(new, made.content, "{name}");
        let back = read(&bare(&file(&made, &new, Family::Own))).content;
        let (read, right) = (back.all_items(), new.all_items());
        assert_eq!(read.len(), right.len(), "{name}");
        let right: BTreeMap<ItemId, ItemId> = read.iter().zip(&right).map(|(one, other)| (one.id, other.id)).collect();
        let found = propose(&back, &made.content).iter().filter(|pair| right.get(&pair.new) == Some(&pair.old)).count();
        assert!(found * 100 >= right.len() * 99, "{name}: {found} of {}", right.len());
    }
}

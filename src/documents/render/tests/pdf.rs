//! PDFs: whatever the words are, a document comes out, and one that holds to PDF/UA-1.

use std::path::Path;
use std::sync::LazyLock;

use super::sample;
use crate::documents::render::Html;
use crate::documents::render::paper::Audience;
use crate::documents::render::pdf::{Fonts, Pdf, pdf};
use crate::documents::render::sheet::{Against, Edition, Family, LARGE, Look, comparison, sheet};
use crate::domain::content::{Body, Content, Item};
use crate::domain::ids::ItemId;
use crate::domain::version::StateName;

/// Prepared by `make assets`.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("static")));

#[track_caller]
fn printed(content: &Content, family: Family, large: bool) -> Pdf {
    let details = sample::details();
    let mut sheet = sheet(&sample::edition(&details, content), Audience::Staff, family);
    if large {
        sheet.head.size = LARGE;
    }
    let made = pdf(&sheet, &FONTS).unwrap();
    assert_eq!(made.short_of_standard, None);
    made
}

#[test]
fn every_family_holds_to_the_standard_in_both_sizes() {
    for family in Family::ALL {
        assert!((2..=4).contains(&printed(&sample::content(), *family, false).pages), "{family:?}");
    }
    assert!(printed(&sample::content(), Family::Own, true).pages >= 4);
}

#[test]
fn every_page_says_what_it_is_of_and_the_file_how_to_read_it() {
    let (details, content) = (sample::details(), sample::content());
    let edition = Edition { state: StateName::Draft, effective: None, ..sample::edition(&details, &content) };
    let made = pdf(&sheet(&edition, Audience::Staff, Family::Own), &FONTS).unwrap();
    let read = pdf_extract::extract_text_from_mem(&made.bytes).unwrap();
    for n in 1..=made.pages {
        let page = format!("Page {n} of {}", made.pages);
        assert_eq!(read.matches(&page).count(), 1, "{page} in {read}");
    }
    assert_eq!(read.matches("JP-0042 version 3, draft. Printed 22 November 2026.").count(), made.pages);
    assert_eq!(read.lines().filter(|line| line.trim().ends_with("Draft")).count(), made.pages, "{read}");
    assert!(read.matches("Criterion").count() >= 1);
    // What opens the file is told without its having to look into it.
    let raw = String::from_utf8_lossy(&made.bytes);
    for said in ["/Lang(en-GB)", "DisplayDocTitle true", "pdfuaid:part>1<", "pdfaid:part>2<", "/Outlines"] {
        assert!(raw.contains(said), "{said}");
    }
}

#[test]
fn odd_words_come_out_and_none_is_dropped() {
    let mut content = sample::content();
    let purpose = &mut content.sections[1].items;
    for odd in [
        "x".repeat(300),
        "emoji 😀, Arabic مرحبا, Welsh ŵ ŷ, maths ∑, #let x = 1 $a$ [b] *c* <d>".to_owned(),
        "مرحبا بكم في Calder Vale 2026".to_owned(),
        "שלום Calder Vale".to_owned(),
        "नमस्ते, Ελλάδα, Україна ✓ ☎".to_owned(),
        "東京 and \u{e000}".to_owned(),
        "\u{202e}turned\u{202c} and zero\u{200b}width".to_owned(),
        String::new(),
    ] {
        purpose.push(Item::new(ItemId(900 + purpose.len() as i64), odd, Body::Paragraph));
    }
    content.sections[3].items.clear();
    content.sections[4].items.clear();
    let bytes = printed(&content, Family::Own, false).bytes;
    // Lines are broken and turned round as they are set: what counts is that every letter is there.
    let read = pdf_extract::extract_text_from_mem(&bytes).unwrap();
    let read: String = read.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect();
    for there in ["emoji", "\u{1f600}", "#letx=1$a$[b]c<d>", "Україна", "[U+6771][U+4EAC]and[U+E000]", "denrut"]
    {
        assert!(read.contains(there), "{there} in {read}");
    }
    assert!(read.matches('x').count() >= 300, "the long word is broken, not cut");
    assert_eq!(read.matches("Nothingiswrittenhereyet.").count(), 2, "an empty section says so");
    for letter in "שלוםمرحباनŵ".chars() {
        assert!(FONTS.has(letter), "{letter}");
    }
    let missing = FONTS.missing("Tea 😀 ŵ مرحبا שלום नमस्ते Україна 東京 ✓\u{200f}");
    assert_eq!(missing.into_iter().collect::<String>(), "京東");
}

/// Pages of PDF are counted in the benchmark: unoptimised, the typesetter takes its time over so many.
#[test]
fn five_thousand_duties_come_out_each_once() {
    let mut content = sample::content();
    let duty = |n: i64| Item::new(ItemId(10_000 + n), format!("Counts to {n}, and stops."), Body::duty());
    content.sections[3].items = (0..5_000).map(duty).collect();
    let details = sample::details();
    let sheet = sheet(&sample::edition(&details, &content), Audience::Staff, Family::Own);
    let read = super::round_trip::read(&super::round_trip::word(&sheet)).content;
    let texts = |content: &Content| content.all_items().iter().map(|item| item.text.clone()).collect::<Vec<_>>();
    // The grade is not one that the reader was told of, so its words come first.
    assert_eq!(texts(&read)[1..], texts(&content)[..]);
    let (text, page) = (crate::documents::render::text(&sheet), Html::new(&sheet.blocks, &()).to_string());
    for n in [0, 1, 2_499, 4_999] {
        let said = format!("Counts to {n}, and stops.");
        assert_eq!((text.matches(&said).count(), page.matches(&said).count()), (1, 1), "{said}");
    }
    content.sections[3].items.truncate(400);
    printed(&content, Family::Own, false);
}

#[test]
fn a_huge_or_broken_logo_stops_no_document() {
    let (details, content) = (sample::details(), sample::content());
    let mut sheet = sheet(&sample::edition(&details, &content), Audience::Staff, Family::Own);
    let head = |wide: u32| [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &wide.to_be_bytes(), &[0, 0, 0, 9]].concat();
    for broken in [head(900), head(u32::MAX)] {
        sheet.head.look = Look::new(None, Some((broken, "Calder Vale".into())));
        assert!(sheet.head.look.logo.is_some(), "it looks like one");
        let made = pdf(&sheet, &FONTS).unwrap();
        assert_eq!((made.short_of_standard, made.pages > 1), (None, true), "left out, and said in the log");
    }
}

#[test]
fn a_comparison_holds_to_the_standard_too() {
    let (details, old) = (sample::details(), sample::content());
    let mut new = old.clone();
    new.sections[1].items[0].text.push_str(" You plant new ones.");
    new.sections[3].items[0].children.remove(2);
    new.sections[4].items.swap(0, 1);
    new.sections.remove(7);
    let against = Against { edition: sample::edition(&details, &old) };
    let sheet = comparison(&against, &sample::edition(&details, &new), Audience::Staff, Family::Own).unwrap();
    let made = pdf(&sheet, &FONTS).unwrap();
    assert_eq!(made.short_of_standard, None);
    let said = crate::documents::render::text(&sheet);
    assert!(said.contains("[+ You plant new ones.+]"), "{said}");
    assert!(said.contains("1.2 Answer for safety:"), "what follows a removed line has its new number: {said}");
    assert!(said.contains("[Removed] [-Decide what work a tree needs, by when, and who does it.-]"), "{said}");
    assert!(said.contains("[Removed]") && said.contains("Factor levels"), "what was removed is still there to read");
}

//! PDFs: whatever the words are, a document comes out, and one that holds to PDF/UA-1.

use std::path::Path;
use std::sync::LazyLock;

use super::sample;
use crate::documents::render::paper::Audience;
use crate::documents::render::pdf::{Fonts, Pdf, pdf};
use crate::documents::render::sheet::{Against, Family, LARGE, comparison, sheet};
use crate::domain::content::{Body, Content, Item};
use crate::domain::ids::ItemId;

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
    printed(&content, Family::Own, false);
    let missing = FONTS.missing("Tea 😀 ŵ مرحبا שלום नमस्ते Україна 東京 ✓\u{200f}");
    assert_eq!(missing.into_iter().collect::<String>(), "京東");
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

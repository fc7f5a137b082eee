//! Pages on screen: every line of the sheet is there once, under its own address, in the order of the file.

use proptest::prelude::*;
use regex::Regex;

use super::{made, sample};
use crate::documents::render::paper::Audience;
use crate::documents::render::sheet::{Edition, Family, sheet};
use crate::documents::render::{Beside, Html};
use crate::domain::content::{Body, Content, Item};
use crate::domain::details::Details;
use crate::domain::ids::{ItemId, SectionId};

/// Says where it was asked for.
struct Echo;

impl Beside for Echo {
    fn item(&self, item: ItemId) -> String {
        format!("<i>about {item}</i>")
    }

    fn section(&self, section: SectionId) -> String {
        format!("<i>about section {section}</i>")
    }
}

fn shown(content: &Content) -> String {
    let details = Details { title: "Tree <Officer>".into(), hours: "37\nin turns".into(), ..Details::default() };
    let edition = Edition { grade: "", ..sample::edition(&details, content) };
    let sheet = sheet(&edition, Audience::Staff, Family::Own);
    format!("{}{}", Html::head(&sheet), Html::new(&sheet.blocks, &Echo))
}

fn found(pattern: &str, html: &str) -> Vec<String> {
    Regex::new(pattern).unwrap().captures_iter(html).map(|found| found[1].to_owned()).collect()
}

#[test]
fn a_page_holds_every_kind_of_section() {
    let html = shown(&sample::content());
    let headings = found("<h2[^>]*>([^<]*)</h2>", &html);
    assert_eq!(headings[..3], ["Tree &#60;Officer&#62;", "Further details", "Purpose of the job"]);
    assert_eq!(headings.len(), 1 + sample::content().sections.len());
    assert!(html.contains("<dt>Hours</dt><dd>37<br>in turns</dd>"), "{html}");
    assert_eq!(found(r#"<span class="rb-num">([^<]*)</span>"#, &html)[..6], ["1", "1.1", "1.2", "1.3", "a", "b"]);
    assert!(html.contains(r#"<td role="cell" class="rb-short" data-label="Needed">Essential</td>"#), "{html}");
    assert!(html.contains("<ol class=\"rb-posts\""), "an organisation chart");
    assert!(html.contains("To be confirmed"));
    assert!(html.contains("<h3>Health and safety</h3>"), "a clause with its heading");
    assert!(html.contains("–"), "a demand without examples");
}

#[test]
fn what_was_typed_is_never_markup() {
    let mut content = sample::content();
    let odd = "<script>alert(1)</script> **bold** [us](https://a.example) & \u{202e}turned";
    content.sections[1].items = vec![Item::new(ItemId(1), odd, Body::Paragraph)];
    let html = shown(&content);
    assert!(!html.contains("<script>") && html.contains("<strong>bold</strong>"), "{html}");
    assert!(html.contains(r#"<a href="https://a.example" rel="noopener">us</a>"#), "{html}");
    assert!(html.contains("\u{2068}"), "marks of direction turn round nothing that follows them");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_line_has_one_address_and_one_place_beside_it(content in made::content()) {
        let html = shown(&content);
        let mut told: Vec<String> = content.all_items().iter().map(|item| item.id.to_string()).collect();
        let (mut addresses, mut beside) = (found(r#" id="item-(\d+)""#, &html), found(r"<i>about (\d+)</i>", &html));
        for list in [&mut told, &mut addresses, &mut beside] {
            list.sort();
        }
        prop_assert_eq!(&addresses, &told);
        prop_assert_eq!(&beside, &told);
        let sections: Vec<String> = content.sections.iter().map(|section| section.id.to_string()).collect();
        prop_assert_eq!(&found(r#" id="section-(\d+)""#, &html), &sections);
        prop_assert_eq!(&found(r"<i>about section (\d+)</i>", &html), &sections);
    }

    #[test]
    fn every_word_of_the_version_is_on_the_page(content in made::content()) {
        let words = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        // The signs that HTML escapes stand between words here.
        let page = Regex::new("<[^>]*>|&#?[a-z0-9]+;").unwrap().replace_all(&shown(&content), " ").into_owned();
        let page = words(&page);
        for item in content.all_items() {
            let own = words(&item.text);
            prop_assert!(own.is_empty() || page.windows(own.len()).any(|there| there == own), "{:?}", item.text);
        }
    }
}

//! What no author wrote: on the page and in files, and never back in.

use proptest::prelude::*;

use super::round_trip::{bare, printed, read, without_identities, word};
use super::{made, sample};
use crate::documents::extract::extract;
use crate::documents::extract::result::Reason;
use crate::documents::render::paper::Audience;
use crate::documents::render::pdf::{Fonts, pdf};
use crate::documents::render::sheet::{Against, Edition, Family, comparison, sheet};
use crate::documents::render::{Html, text};
use crate::domain::content::{Content, SectionKind};
use crate::domain::details::Details;
use crate::domain::given::Given;
use crate::domain::organisation::{Chart, Neighbours};
use crate::domain::terms::SchemeTerms;

fn given() -> Given {
    let details = Details { title: "Tree officer".into(), reports_to: "Parks manager".into(), ..Details::default() };
    let around = Neighbours { above: vec!["Parks manager".into(), "Director".into()], below: vec!["Ranger".into()] };
    let line = |label: &str, text: &str| (label.to_owned(), text.to_owned());
    Given {
        unit: "Trees, part of Parks".into(),
        terms: SchemeTerms {
            lines: vec![line("Annual leave", "23 days"), line("Notice", "1 week")],
            source: "As the pay scheme sets them on 1 April 2026. Annual leave: the book.".into(),
        },
        chart: Chart::of(&details, &around),
    }
}

/// The sample as an author leaves it who wrote neither terms nor a chart; `kept` leaves their empty sections.
fn unwritten(kept: bool) -> Content {
    let mut content = sample::content();
    let left = [SectionKind::Terms, SectionKind::OrganisationChart];
    content
        .sections
        .iter_mut()
        .filter(|section| left.contains(&section.kind))
        .for_each(|section| section.items.clear());
    content.sections.retain(|section| kept || !left.contains(&section.kind));
    content
}

fn edition<'a>(details: &'a Details, content: &'a Content, given: &'a Given) -> Edition<'a> {
    Edition { grade: "", given, ..sample::edition(details, content) }
}

#[test]
fn pages_and_text_show_it_where_the_author_wrote_nothing() {
    let (details, given) = (sample::details(), given());
    for kept in [false, true] {
        let content = unwritten(kept);
        let sheet = sheet(&edition(&details, &content, &given), Audience::Staff, Family::Own);
        let html = format!("{}{}", Html::head(&sheet), Html::new(&sheet.blocks, &()));
        assert!(html.contains("<dt>Annual leave</dt><dd>23 days</dd>"), "{html}");
        assert!(html.contains("<dt>Unit</dt><dd>Trees, part of Parks</dd>"), "{html}");
        let said = "Tree officer reports to Parks manager, who reports to Director. Tree officer leads Ranger.";
        assert!(html.contains(&format!("<figcaption>{said}</figcaption>")), "{html}");
        assert_eq!(html.matches("<rect ").count(), 4);
        let plain = text(&sheet);
        assert!(plain.contains("Notice: 1 week\n") && plain.contains(said), "{plain}");
    }
    let written = sample::content();
    let sheet = sheet(&edition(&details, &written, &given), Audience::Staff, Family::Own);
    let html = Html::new(&sheet.blocks, &()).to_string();
    assert!(!html.contains("23 days") && !html.contains("<rect "), "what an author wrote stands alone");
}

#[test]
fn the_public_reads_the_terms_and_no_chart() {
    let (details, given) = (sample::details(), given());
    for kept in [false, true] {
        let content = unwritten(kept);
        let html = Html::new(&sheet(&edition(&details, &content, &given), Audience::Public, Family::Own).blocks, &())
            .to_string();
        assert!(html.contains("23 days") && !html.contains("<rect "), "{html}");
    }
}

#[test]
fn every_family_sets_it_as_a_pdf_that_holds_to_the_standard() {
    let (details, given, content) = (sample::details(), given(), unwritten(false));
    let fonts = Fonts::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static"));
    for family in Family::ALL {
        for size in [11, 18] {
            let mut own = sheet(&edition(&details, &content, &given), Audience::Staff, *family);
            own.head.size = size;
            let made = pdf(&own, &fonts).unwrap();
            assert_eq!(made.short_of_standard, None, "{family:?}");
            let words = pdf_extract::extract_text_from_mem(&made.bytes).unwrap().replace('\n', " ");
            assert!(words.contains("23 days") && words.contains("Tree officer leads Ranger"), "{words}");
        }
    }
}

#[test]
fn from_word_the_version_comes_back_without_it() {
    let (details, given) = (sample::details(), given());
    for kept in [false, true] {
        let content = unwritten(kept);
        let bytes = bare(&word(&sheet(&edition(&details, &content, &given), Audience::Staff, Family::Own)));
        let made = read(&bytes);
        assert_eq!(made.details, printed(&details));
        assert_eq!(without_identities(&made.content), without_identities(&content));
        let extract = extract(&bytes, "version.docx").unwrap();
        let lost: Vec<&str> = extract
            .unplaced
            .iter()
            .filter(|rest| rest.reason == Reason::Uncertain)
            .map(|rest| rest.text.as_str())
            .collect();
        assert_eq!(lost, [""; 0], "every word has its name");
    }
}

#[test]
fn a_comparison_shows_it_unmarked() {
    let (details, given, content) = (sample::details(), given(), unwritten(false));
    let new = edition(&details, &content, &given);
    let sheet = comparison(&Against { edition: new }, &new, Audience::Staff, Family::Own).unwrap();
    let html = Html::new(&sheet.blocks, &()).to_string();
    assert!(html.contains("<dd>23 days</dd>") && !html.contains("<ins>"), "{html}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_version_comes_back_from_word_without_it(content in made::content()) {
        let details = Details { title: "Tree Officer".into(), hours: "37".into(), ..Details::default() };
        let given = given();
        let made = read(&bare(&word(&sheet(&edition(&details, &content, &given), Audience::Staff, Family::Own))));
        prop_assert_eq!(made.content, content);
        prop_assert_eq!(made.details, details);
    }
}

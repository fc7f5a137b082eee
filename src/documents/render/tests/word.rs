//! Word files as those meet them who can't see the page or want it otherwise: headings, header rows, names, identities.

use std::io::{Cursor, Read};

use regex::Regex;
use zip::ZipArchive;

use super::round_trip::word;
use super::sample;
use crate::documents::render::paper::Audience;
use crate::documents::render::sheet::{Against, Block, Edition, Family, Row, Sheet, comparison, sheet};
use crate::domain::version::StateName;

fn part(sheet: &Sheet, name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(word(sheet))).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn count(pattern: &str, text: &str) -> usize {
    Regex::new(pattern).unwrap().find_iter(text).count()
}

#[test]
fn tables_repeat_their_header_and_no_row_is_cut() {
    let (details, content) = (sample::details(), sample::content());
    for family in Family::ALL {
        let sheet = sheet(&sample::edition(&details, &content), Audience::Staff, *family);
        let document = part(&sheet, "word/document.xml");
        let tables = sheet.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
        assert!(tables >= 2);
        let header = r"</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/>";
        assert_eq!(count(header, &document), tables, "{family:?}: the first row of each");
        assert_eq!(count("<w:tr>", &document), count("<w:trPr><w:cantSplit/>", &document), "{family:?}");
        // LibreOffice has lost the rest of a table whose header and first row were both to stay with what follows.
        let is_over =
            |block: &&Block| matches!(block, Block::Table(table) if matches!(table.rows.first(), Some(Row::Over(_))));
        let free = r#"<w:pStyle w:val="RolebookCategory"/><w:keepNext w:val="0"/>"#;
        assert_eq!(document.matches(free).count(), sheet.blocks.iter().filter(is_over).count(), "{family:?}");
        assert!(document.contains(r#"<w:tblCaption w:val="Effort and working conditions"/>"#), "{family:?}");
    }
}

#[test]
fn headings_numbers_and_identities_are_real() {
    let (details, content) = (sample::details(), sample::content());
    let sheet = sheet(&sample::edition(&details, &content), Audience::Staff, Family::Own);
    let document = part(&sheet, "word/document.xml");
    for item in content.all_items() {
        let bookmark = format!(r#"w:name="rolebook_item_{}"/>"#, item.id);
        assert_eq!(document.matches(&bookmark).count(), 1, "{}", item.text);
    }
    let styles = part(&sheet, "word/styles.xml");
    assert!(styles.contains(r#"w:styleId="Heading1"><w:name w:val="heading 1"/>"#) && document.contains("Heading1"));
    for (style, level) in [("RolebookSectionName", "Heading1"), ("RolebookGroup", "Heading2")] {
        let based = format!(r#"w:styleId="{style}"><w:name w:val="[^"]*"/><w:basedOn w:val="{level}"/>"#);
        assert_eq!(count(&based, &styles), 1, "{style}");
    }
    assert!(count(r#"<w:numPr><w:ilvl w:val="0"/><w:numId"#, &document) >= 9, "lists that Word counts");
    let keeps = r#"<w:pStyle w:val="RolebookDutyText"/><w:keepNext/>"#;
    assert_eq!(document.matches(keeps).count(), 1, "words that lead in to a list stay with it");
}

#[test]
fn the_file_says_what_it_is_on_every_page_and_in_its_properties() {
    let (details, content) = (sample::details(), sample::content());
    let edition = Edition { state: StateName::Draft, effective: None, ..sample::edition(&details, &content) };
    let sheet = sheet(&edition, Audience::Staff, Family::Own);
    let properties = part(&sheet, "docProps/core.xml");
    for said in ["<dc:title>Tree Officer</dc:title>", "<dc:creator>Calder Vale Council</dc:creator>", "en-GB"] {
        assert!(properties.contains(said), "{said}");
    }
    let (header, footer) = (part(&sheet, "word/header1.xml"), part(&sheet, "word/footer1.xml"));
    assert!(header.contains("Calder Vale Council · Tree Officer") && header.contains("<w:t>Draft</w:t>"), "{header}");
    assert!(footer.contains("JP-0042 version 3, draft. Printed 22 November 2026."), "{footer}");
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES "));
}

#[test]
fn every_change_is_tracked_with_its_author_and_day() {
    let (details, old) = (sample::details(), sample::content());
    let mut new = old.clone();
    new.sections[1].items[0].text.push_str(" You plant new ones.");
    new.sections[3].items[0].children.remove(2);
    let against = Against { edition: sample::edition(&details, &old) };
    let sheet = comparison(&against, &sample::edition(&details, &new), Audience::Staff, Family::Own).unwrap();
    let document = part(&sheet, "word/document.xml");
    let known = r#"<w:(ins|del) w:id="\d+" w:author="Amara Okafor" w:date="2026-11-22T09:30:00Z"/?>"#;
    assert_eq!(count("<w:(ins|del) ", &document), count(known, &document));
    assert_eq!(count("<w:ins [^>]*><w:r>", &document), 1, "the sentence");
    assert_eq!(count("<w:del [^>]*><w:r>", &document), 1, "the duty");
    assert_eq!(count("<w:rPr><w:del [^>]*/></w:rPr>", &document), 1, "and its paragraph");
}

/// Accepting the loss of a line must not take its neighbours along.
#[test]
fn a_row_goes_only_with_all_that_stands_in_it() {
    let (details, old) = (sample::details(), sample::content());
    let mut new = old.clone();
    new.sections[4].items[0].children.remove(0);
    let against = Against { edition: sample::edition(&details, &old) };
    // How it is assessed goes with it, words and label.
    for (family, rows, texts) in [(Family::Own, 1, 3), (Family::NhsDescription, 0, 3)] {
        let sheet = comparison(&against, &sample::edition(&details, &new), Audience::Staff, family).unwrap();
        let document = part(&sheet, "word/document.xml");
        assert_eq!(count("<w:cantSplit/><w:del ", &document), rows, "{family:?}");
        assert_eq!(count("<w:del [^>]*><w:r>", &document), texts, "{family:?}: the criterion itself");
    }
}

#[test]
fn the_documents_of_a_pack_are_found_among_the_headings() {
    let (details, content) = (sample::details(), sample::content());
    let mut sheet = sheet(&sample::edition(&details, &content), Audience::Staff, Family::Own);
    let title = sheet.blocks.iter().find(|block| matches!(block, Block::Title(_))).cloned();
    sheet.blocks.extend([Block::NewPage].into_iter().chain(title));
    let document = part(&sheet, "word/document.xml");
    let found = r#"<w:pStyle w:val="Title"/><w:pageBreakBefore/><w:outlineLvl w:val="0"/>"#;
    assert_eq!((document.matches(found).count(), document.matches(r#"w:val="Title"/>"#).count()), (1, 2));
}

//! Files made to hurt: each ends in one sentence, quickly.

use super::super::limits;
use super::super::refusal::Refusal;
use super::support::{Docx, p, r, read, refusal, short, zipped};

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    assert_eq!(refusal(&vec![b'a'; 60 * 1024 * 1024]), Refusal::TooLarge(20));
}

#[test]
fn a_part_that_unpacks_without_end_is_refused() {
    let bomb = vec![b' '; limits::PART_BYTES + 1];
    assert_eq!(refusal(&Docx::new("").file("word/document.xml", &bomb).bytes()), Refusal::UnpacksTooLarge);
    let styles = Docx::new(&p("Words")).styles("").file("word/styles.xml", &bomb);
    assert_eq!(refusal(&styles.bytes()), Refusal::UnpacksTooLarge);
}

#[test]
fn a_zip_that_says_it_is_huge_is_refused() {
    let mut bytes = Docx::new(&p("Words")).bytes();
    let entry = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    // the unpacked size in the first entry of the directory
    bytes[entry + 24..entry + 28].copy_from_slice(&0xf000_0000_u32.to_le_bytes());
    assert_eq!(refusal(&bytes), Refusal::UnpacksTooLarge);
}

#[test]
fn a_zip_of_very_many_entries_is_refused() {
    let files: Vec<(String, Vec<u8>)> =
        (0..=limits::ZIP_ENTRIES).map(|index| (format!("word/{index}"), Vec::new())).collect();
    assert_eq!(refusal(&zipped(&files)), Refusal::UnpacksTooLarge);
}

#[test]
fn a_truncated_zip_is_damaged() {
    let whole = Docx::new(&p("Some words that matter")).bytes();
    for length in [whole.len() / 3, whole.len() / 2, whole.len() - 30] {
        assert!(matches!(refusal(&whole[..length]), Refusal::Damaged(_)), "{length}");
    }
}

#[test]
fn deep_nesting_is_refused_and_shallow_nesting_read() {
    let nested = |levels: usize| {
        "<w:tbl><w:tr><w:tc>".repeat(levels) + &p("Deep words") + &"</w:tc></w:tr></w:tbl>".repeat(levels)
    };
    for levels in [limits::TABLE_DEPTH + 1, 50, 2_000, 50_000] {
        assert_eq!(refusal(&Docx::new(&nested(levels)).bytes()), Refusal::TooDeep, "{levels}");
    }
    assert!(short(&read(&Docx::new(&nested(limits::TABLE_DEPTH)).bytes()))[0].contains("Deep words"));
    let controls = "<w:sdt><w:sdtContent>".repeat(10_000) + &p("Deep") + &"</w:sdtContent></w:sdt>".repeat(10_000);
    assert_eq!(refusal(&Docx::new(&controls).bytes()), Refusal::TooDeep);
}

#[test]
fn a_walk_at_the_bound_fits_a_small_stack() {
    let wrap = |open: &str, close: &str, levels: usize| open.repeat(levels) + &r("Deep words") + &close.repeat(levels);
    let body = format!("<w:p>{}</w:p>", wrap("<w:ins><w:hyperlink>", "</w:hyperlink></w:ins>", 70));
    let bytes = Docx::new(&body).bytes();
    let walk = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(move || short(&read(&bytes)));
    assert_eq!(walk.unwrap().join().unwrap(), ["P Deep words"]);
}

#[test]
fn document_types_and_entities_are_refused() {
    let laughs = r#"<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"#;
    assert_eq!(refusal(&Docx::new("").file("word/document.xml", laughs.as_bytes()).bytes()), Refusal::DocumentType);
    let undefined = Docx::new(&p("&secret;")).bytes();
    assert!(matches!(refusal(&undefined), Refusal::Damaged(_)));
}

#[test]
fn xml_that_is_not_well_formed_is_damaged() {
    for xml in [
        "",
        "<w:document>",
        "<w:document></w:body>",
        "<a/><b/>",
        "\u{0}",
        "<w:document xmlns:w='x' a=>",
        "<document><body>",
    ] {
        let refusal = refusal(&Docx::new("").file("word/document.xml", xml.as_bytes()).bytes());
        assert!(matches!(refusal, Refusal::Damaged(_)), "{xml}: {refusal}");
    }
}

#[test]
fn endless_elements_and_marks_are_refused() {
    let many = Docx::new(&"<w:r/>".repeat(limits::XML_NODES + 1));
    assert_eq!(refusal(&many.bytes()), Refusal::UnpacksTooLarge);
    let marks = Docx::new(&format!(
        "<w:p>{}{}</w:p>",
        r("Words"),
        r#"<w:bookmarkStart w:name="b"/>"#.repeat(limits::ASIDES + 1)
    ));
    assert_eq!(refusal(&marks.bytes()), Refusal::TooManyMarks);
}

#[test]
fn many_open_comments_on_long_text_stay_small() {
    let comments: String = (0..2_000).map(|id| format!(r#"<w:comment w:id="{id}">{}</w:comment>"#, p("Why"))).collect();
    let starts: String = (0..2_000).map(|id| format!(r#"<w:commentRangeStart w:id="{id}"/>"#)).collect();
    let body = format!("<w:p>{starts}{}</w:p>", r("some words ").repeat(5_000));
    let document = Docx::new(&body).part("comments", "comments", &comments).read();
    assert_eq!(document.asides.len(), limits::COMMENTS);
}

#[test]
fn documents_that_take_in_others_are_refused() {
    assert_eq!(refusal(&Docx::new(&(p("Words") + r#"<w:altChunk r:id="x"/>"#)).bytes()), Refusal::EmbeddedDocument);
}

#[test]
fn a_template_or_lost_main_part_is_refused() {
    assert!(matches!(
        refusal(&zipped(&[("[Content_Types].xml".to_owned(), b"<Types/>".to_vec())])),
        Refusal::Damaged(_)
    ));
    let other = Docx::new("").file("word/document.xml", b"<presentation/>");
    assert!(matches!(refusal(&other.bytes()), Refusal::OtherType(_)));
}

#[test]
fn endless_text_is_refused() {
    assert_eq!(refusal("word ".repeat(limits::TEXT_BYTES).as_bytes()), Refusal::TooMuchText);
}

#[test]
fn marks_that_never_end_take_no_quadratic_time() {
    let begins = r#"<w:r><w:fldChar w:fldCharType="begin"/><w:t>word </w:t></w:r>"#.repeat(50_000);
    assert!(short(&Docx::new(&format!("<w:p>{begins}</w:p>")).read())[0].starts_with("P word word"));
    let results = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>word</w:t></w:r></w:p>"#.repeat(9_000);
    assert_eq!(Docx::new(&results).read().blocks.len(), 9_000);
    let notes: String = (0..40_000).map(|id| format!(r#"<w:footnote w:id="{id}"/>"#)).collect();
    let marks: String = (0..40_000).rev().map(|id| format!(r#"<w:footnoteReference w:id="{id}"/>"#)).collect();
    assert_eq!(
        Docx::new(&format!("<w:p><w:r>{marks}<w:t>Words</w:t></w:r></w:p>"))
            .part("footnotes", "footnotes", &notes)
            .read()
            .blocks
            .len(),
        1
    );
}

#[test]
fn endless_blocks_are_refused() {
    assert_eq!(refusal(&Docx::new(&p("word").repeat(limits::BLOCKS + 1)).bytes()), Refusal::TooMuchText);
}

#[test]
fn a_file_of_end_marks_is_refused_at_once() {
    let end = [&b"PK\x05\x06"[..], &[0; 4], &[0xff; 4], &[0; 10]].concat();
    assert!(matches!(refusal(&[b"PK\x03\x04".to_vec(), end.repeat(100_000)].concat()), Refusal::Damaged(_)));
}

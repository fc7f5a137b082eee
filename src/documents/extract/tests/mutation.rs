//! Whatever bytes are changed, reading ends: in blocks or in a sentence, without a panic and in time.

use super::super::extract;
use super::pdfs::pdf;
use super::pieces::{Piece, html, odt, odt_of, rtf};
use super::support::{Docx, item, p, r};
use proptest::prelude::*;
use std::time::Duration;

/// Long even for a build without optimisation on a busy machine; the bound on the release build is 2 s.
const LONGEST: Duration = Duration::from_secs(5);

/// A document with some of everything, unpacked into its main part so that changes reach the walk.
fn body() -> String {
    let cell = |inside: &str| {
        format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>{inside}</w:tc>"#)
    };
    let field = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
    let change =
        format!(r#"<w:ins w:author="HR">{}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"#, r("new"));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}</w:tr></w:tbl>",
        cell(&p("Left")),
        cell(&item(1, 1, "Right")),
        cell("<w:p/>")
    );
    p("Caretaker of the hall")
        + &item(1, 0, "Opens the doors")
        + &format!("<w:p>{field}{change}{}</w:p>", r("after"))
        + &table
}

fn document() -> Docx {
    let level = |index: u32| {
        format!(
            r#"<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2"/></w:lvl>"#
        )
    };
    Docx::new(&body()).numbering(&format!(r#"<w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#, level(0), level(1)))
}

#[allow(clippy::disallowed_methods, reason = "the test measures how long reading takes")]
fn ends_in_time(bytes: &[u8]) {
    let start = std::time::Instant::now();
    let _ = extract(bytes, "changed");
    assert!(start.elapsed() < LONGEST, "took {:?}", start.elapsed());
}

/// Replaces bytes at places given as shares of the length.
fn changed(bytes: &[u8], changes: &[(f64, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (share, byte) in changes {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in a small file"
        )]
        let at = (share * bytes.len() as f64) as usize;
        if let Some(place) = bytes.get_mut(at) {
            *place = *byte;
        }
    }
    bytes
}

/// A little of everything.
fn pieces() -> Vec<Piece> {
    vec![
        Piece::Heading(1, "Caretaker of the hall".to_owned()),
        Piece::Bullet(1, "Opens the doors".to_owned()),
        Piece::Number("Locks them".to_owned()),
        Piece::Table(vec![vec!["Left".to_owned(), "Right".to_owned()]]),
    ]
}

const ODT: &str = r#"<text:p>One<text:s text:c="9"/><text:note><text:note-body><text:p>note</text:p></text:note-body></text:note></text:p><text:list><text:list-item text:start-value="3"><text:p>two</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-spanned="2" table:number-columns-repeated="3"><text:p>three</text:p></table:table-cell></table:table-row></table:table>"#;

fn changes() -> impl Strategy<Value = Vec<(f64, u8)>> {
    prop::collection::vec((0.0..1.0_f64, any::<u8>()), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_zips_end(changes in changes()) {
        ends_in_time(&changed(&document().bytes(), &changes));
    }

    #[test]
    fn changed_parts_end(changes in changes()) {
        let whole = format!(r#"<w:document xmlns:w="x"><w:body>{}</w:body></w:document>"#, body());
        ends_in_time(&document().file("word/document.xml", &changed(whole.as_bytes(), &changes)).bytes());
    }

    #[test]
    fn changed_files_of_every_kind_end(changes in changes()) {
        for bytes in [rtf(&pieces()), html(&pieces()), pdf(&pieces()), odt(&pieces())] {
            ends_in_time(&changed(&bytes, &changes));
        }
        ends_in_time(&odt_of("", &String::from_utf8_lossy(&changed(ODT.as_bytes(), &changes))));
    }

    #[test]
    fn cut_files_end(share in 0.0..1.0_f64) {
        let whole = document().bytes();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small file")]
        let length = (share * whole.len() as f64) as usize;
        ends_in_time(&whole[..length]);
    }

    #[test]
    fn any_text_ends(text in "(?s).{0,400}") {
        ends_in_time(text.as_bytes());
    }

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        ends_in_time(&bytes);
    }
}

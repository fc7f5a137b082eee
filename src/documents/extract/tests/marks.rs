//! Tracked changes, comments, bookmarks, pictures and hidden text.

use super::super::blocks::{AsideKind, BlockKind, Said};
use super::support::{Docx, asides, p, r, short};

const WHO: &str = r#"w:author="HR" w:date="2026-01-05T10:00:00Z""#;

fn change(kind: &str, text: &str) -> AsideKind {
    let (text, author, date) = (text.to_owned(), "HR".to_owned(), "2026-01-05T10:00:00Z".to_owned());
    if kind == "ins" { AsideKind::Inserted { text, author, date } } else { AsideKind::Deleted { text, author, date } }
}

#[test]
fn insertions_stay_and_deletions_go_and_both_are_reported() {
    let body = format!(
        "<w:p>{}<w:del {WHO}><w:r><w:delText>oral</w:delText></w:r></w:del><w:ins {WHO}>{}</w:ins>{}</w:p>",
        r("Good "),
        r("spoken"),
        r(" English")
    );
    let document = Docx::new(&body).read();
    assert_eq!(short(&document), ["P Good spoken English"]);
    assert_eq!(asides(&document), [change("del", "oral"), change("ins", "spoken")]);
    assert_eq!(document.asides[0].paragraph, "Good spoken English");
}

#[test]
fn moved_text_stands_where_it_went() {
    let body = format!(
        "<w:p><w:moveFrom {WHO}>{}</w:moveFrom>{}</w:p><w:p><w:moveTo {WHO}>{}</w:moveTo></w:p>",
        r("Travel "),
        r("Stay"),
        r("Travel")
    );
    assert_eq!(short(&Docx::new(&body).read()), ["P Stay", "P Travel"]);
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let joined =
        format!("<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{}</w:p>{}", r("Answers the "), p("telephone"));
    assert_eq!(short(&Docx::new(&joined).read()), ["P Answers the telephone"]);
    let last = format!("{}<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{}</w:p>", p("First"), r("Nothing follows"));
    assert_eq!(short(&Docx::new(&last).read()), ["P First", "P Nothing follows"]);
}

#[test]
fn comments_say_what_they_mark() {
    let comment =
        |id: u32, text: &str| format!(r#"<w:comment w:id="{id}" {WHO}>{}{}</w:comment>"#, p(text), p("second line"));
    let body = format!(
        r#"<w:p>{}<w:commentRangeStart w:id="4"/>{}<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>{}</w:p>"#,
        r("Works "),
        r("thirty hours"),
        r(" a week")
    );
    let document =
        Docx::new(&body).part("comments", "comments", &(comment(4, "Check this") + &comment(5, "Lost"))).read();
    assert_eq!(short(&document), ["P Works thirty hours a week"]);
    let said = |text: &str, on: &str| AsideKind::Comment {
        said: Said {
            text: format!("{text}\nsecond line"),
            author: "HR".to_owned(),
            date: "2026-01-05T10:00:00Z".to_owned(),
            ..Said::default()
        },
        on: on.to_owned(),
    };
    assert_eq!(asides(&document), [said("Check this", "thirty hours"), said("Lost", "")]);
    assert_eq!((document.asides[0].block, document.asides[1].block), (Some(0), None));
}

#[test]
fn bookmarks_are_reported_but_not_those_of_word_itself() {
    let body = format!(
        r#"<w:p><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/><w:bookmarkStart w:id="1" w:name="JobTitle"/>{}</w:p>"#,
        r("Caretaker")
    );
    let document = Docx::new(&body).read();
    assert_eq!(asides(&document), [AsideKind::Bookmark { name: "JobTitle".to_owned() }]);
    assert_eq!(short(&document), ["P Caretaker"]);
}

#[test]
fn pictures_are_reported_with_their_alternative_text() {
    let picture = |more: &str| {
        format!(
            r#"<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" {more}/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a.png"/></pic:nvPicPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        )
    };
    let old = r#"<w:r><w:pict><v:shape alt="Old logo"><v:imagedata r:id="x"/></v:shape></w:pict></w:r>"#;
    let body = p("Words") + &format!("<w:p>{}{}{old}</w:p>", picture(r#"descr="Team chart""#), picture(""));
    let said = |text: &str| AsideKind::Picture { description: text.to_owned() };
    assert_eq!(asides(&Docx::new(&body).read()), [said("Team chart"), said(""), said("Old logo")]);
}

#[test]
fn hidden_text_is_kept_and_reported() {
    let body = format!("<w:p>{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>the hidden part</w:t></w:r></w:p>", r("Seen and "));
    let document = Docx::new(&body).read();
    assert_eq!(short(&document), ["P Seen and the hidden part"]);
    assert_eq!(asides(&document), [AsideKind::Hidden { text: "the hidden part".to_owned() }]);
}

#[test]
fn marks_between_paragraphs_are_no_blank_lines() {
    let body = p("One") + r#"<w:bookmarkStart w:id="1" w:name="Two"/><w:bookmarkEnd w:id="1"/>"# + &p("Two");
    let document = Docx::new(&body).read();
    assert!(matches!(&document.blocks[1].kind, BlockKind::Paragraph { blank_before: false, .. }));
    assert_eq!(document.asides[0].block, Some(1));
}

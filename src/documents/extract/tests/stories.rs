//! Text outside the main flow: boxes, diagrams, notes, headers and footers.

use super::support::{Docx, p, r, short};

fn boxed(text: &str) -> String {
    format!("<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>", p(text))
}

#[test]
fn a_text_box_stands_once_though_word_writes_it_twice() {
    let drawing = format!(
        "<w:drawing><wp:anchor><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></wp:anchor></w:drawing>",
        boxed("Main purpose")
    );
    let copy = format!(
        "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>",
        p("Main purpose")
    );
    let twice = format!(
        "<w:r><mc:AlternateContent><mc:Choice>{drawing}</mc:Choice><mc:Fallback>{copy}</mc:Fallback></mc:AlternateContent></w:r>"
    );
    let body = format!("<w:p>{twice}{}</w:p><w:p>{}{twice}</w:p>", r("Words after"), r("Words before"));
    assert_eq!(
        short(&Docx::new(&body).read()),
        [
            "TextBox: B Main purpose".replace("B ", "P "),
            "P Words after".to_owned(),
            "P Words before".to_owned(),
            "TextBox: P Main purpose".to_owned()
        ]
    );
}

#[test]
fn a_fallback_with_the_only_words_counts() {
    let body = format!(
        "<w:p><mc:AlternateContent><mc:Choice><w:r/></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:p>",
        r("Only here")
    );
    assert_eq!(short(&Docx::new(&body).read()), ["P Only here"]);
}

#[test]
fn the_words_of_a_diagram_are_kept() {
    let data = r#"<dgm:dataModel xmlns:dgm="d" xmlns:a="a"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Head of </a:t></a:r><a:r><a:t>service</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt/><dgm:pt><dgm:t><a:p><a:r><a:t>Caretaker</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"#;
    let body = p("Chart")
        + r#"<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="d1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#;
    let docx = Docx::new(&body)
        .relation("d1", "diagramData", "diagrams/data1.xml", "")
        .file("word/diagrams/data1.xml", data.as_bytes());
    assert_eq!(short(&docx.read()), ["P Chart", "TextBox: P Head of service", "TextBox: P Caretaker"]);
}

#[test]
fn notes_follow_the_body_in_the_order_of_their_marks() {
    let note = |kind: &str, id: i32, text: &str| format!(r#"<w:{kind} w:id="{id}">{}</w:{kind}>"#, p(text));
    let body = format!(
        r#"<w:p>{}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r></w:p><w:p>{}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>"#,
        r("Pay"),
        r("Leave")
    );
    let docx = Docx::new(&body)
        .part(
            "footnotes",
            "footnotes",
            &(note("footnote", -1, "separator")
                + &note("footnote", 1, "By request")
                + &note("footnote", 2, "Before tax")),
        )
        .part("endnotes", "endnotes", &note("endnote", 1, "At the end"));
    assert_eq!(
        short(&docx.read()),
        ["P Pay", "P Leave", "Footnote: P Before tax", "Footnote: P By request", "Footnote: P At the end"]
    );
}

#[test]
fn headers_come_first_and_footers_last_each_once() {
    let section = r#"<w:sectPr><w:headerReference w:type="default" r:id="r-header1"/><w:footerReference w:type="default" r:id="r-footer1"/></w:sectPr>"#;
    let body = format!("<w:p><w:pPr>{section}</w:pPr>{}</w:p>{section}", r("Body"));
    let watermark = r#"<w:p><w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r></w:p>"#;
    let docx =
        Docx::new(&body).part("header1", "hdr", &(p("Our council") + watermark)).part("footer1", "ftr", &p("Page 1"));
    assert_eq!(short(&docx.read()), ["Header: P Our council", "Header: P DRAFT", "P Body", "Footer: P Page 1"]);
}

//! Headings, weight, breaks and special characters.

use super::super::blocks::BlockKind;
use super::support::{Docx, STRICT, p, r, short};

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, r(text))
}

#[test]
fn headings_come_from_names_outlines_and_ancestors() {
    let style = |id: &str, inside: &str| format!(r#"<w:style w:type="paragraph" w:styleId="{id}">{inside}</w:style>"#);
    let styles = style("H2", r#"<w:name w:val="heading 2"/>"#)
        + &style("Ours", r#"<w:name w:val="Council bar"/><w:basedOn w:val="H2"/>"#)
        + &style("Top", r#"<w:name w:val="Banner"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>"#)
        + &style("Circle", r#"<w:name w:val="Round"/><w:basedOn w:val="Circle"/>"#)
        + &style("Front", r#"<w:name w:val="Title"/>"#);
    let direct = format!(r#"<w:p><w:pPr><w:outlineLvl w:val="3"/></w:pPr>{}</w:p>"#, r("Direct"));
    let off =
        format!(r#"<w:p><w:pPr><w:pStyle w:val="H2"/><w:outlineLvl w:val="9"/></w:pPr>{}</w:p>"#, r("Body after all"));
    let body = styled("Front", "Caretaker")
        + &styled("Top", "Purpose")
        + &styled("Ours", "3. Duties")
        + &styled("Circle", "Text")
        + &direct
        + &off;
    let document = Docx::new(&body).styles(&styles).read();
    assert_eq!(
        short(&document),
        ["H1 Caretaker", "H1 Purpose", "H2 3. Duties", "P Text", "H4 Direct", "P Body after all"]
    );
    assert!(matches!(&document.blocks[2].kind, BlockKind::Heading { number: Some(number), .. } if number == "3."));
}

#[test]
fn a_paragraph_is_bold_when_all_that_shows_is() {
    let bold = |text: &str, on: &str| {
        format!(r#"<w:r><w:rPr><w:b w:val="{on}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
    };
    let styles = r#"<w:style w:type="paragraph" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style><w:style w:type="character" w:styleId="Heavy"><w:rPr><w:b/></w:rPr></w:style>"#;
    let heavy = r#"<w:p><w:r><w:rPr><w:rStyle w:val="Heavy"/></w:rPr><w:t>Heavy</w:t></w:r></w:p>"#;
    let light = format!(r#"<w:p><w:pPr><w:pStyle w:val="Strong"/></w:pPr>{}</w:p>"#, bold("Light", "0"));
    let body = format!("<w:p>{}{}{}</w:p>", bold("All", "1"), r("  "), bold("of it", "true"))
        + &format!("<w:p>{}{}</w:p>", bold("Part", "1"), r(" of it"))
        + &styled("Strong", "By style")
        + heavy
        + &light;
    assert_eq!(
        short(&Docx::new(&body).styles(styles).read()),
        ["B All  of it", "P Part of it", "B By style", "B Heavy", "P Light"]
    );
}

#[test]
fn breaks_tabs_hyphens_and_symbols_are_characters() {
    let body = r#"<w:p><w:r><w:t>Mon</w:t><w:br/><w:t>Tue</w:t><w:cr/><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>erate</w:t><w:tab/><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Wingdings" w:char="F0FB"/><w:sym w:font="Wingdings" w:char="F04A"/></w:r></w:p>"#;
    assert_eq!(short(&Docx::new(body).read()), ["P Mon\nTue\nco-operate\t✓✗•"]);
}

#[test]
fn empty_paragraphs_show_as_blank_before() {
    let document = Docx::new(&(p("One") + "<w:p/><w:p><w:r><w:br/></w:r></w:p>" + &p("Two") + &p("Three"))).read();
    let blanks =
        document.blocks.iter().map(|block| matches!(block.kind, BlockKind::Paragraph { blank_before: true, .. }));
    assert_eq!(blanks.collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn runs_join_in_mid_word_and_wrappers_are_walked_through() {
    let body = format!(
        "<w:customXml><w:p>{}<w:smartTag>{}</w:smartTag><w:unheardOf>{}</w:unheardOf></w:p></w:customXml>",
        r("Care"),
        r("tak"),
        r("er")
    );
    assert_eq!(short(&Docx::new(&body).read()), ["P Caretaker"]);
}

#[test]
fn content_controls_give_their_text_wherever_they_stand() {
    let control = |inside: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"never shown\"/><w:text/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )
    };
    let block = control(&p("Block"));
    let inline = format!("<w:p>{}{}</w:p>", r("In "), control(&r("line")));
    let check = format!("<w:p>{}{}</w:p>", control("<w:r><w:t>☒</w:t></w:r>"), r(" Driver"));
    let cell = format!("<w:tc>{}</w:tc>", p("cell one"));
    let row = format!("<w:tr>{cell}{}</w:tr>", control(&format!("<w:tc>{}</w:tc>", p("cell two"))));
    let table = format!("<w:tbl>{row}{}</w:tbl>", control(&row));
    let lines = short(&Docx::new(&(block + &inline + &check + &table)).read());
    assert_eq!(lines[..3], ["P Block", "P In line", "P ☒ Driver"]);
    assert_eq!(
        lines[3],
        r#"T 0+1x1 ["P cell one"] | 1+1x1 ["P cell two"] // 0+1x1 ["P cell one"] | 1+1x1 ["P cell two"]"#
    );
}

#[test]
fn strict_files_and_utf_16_parts_read_alike() {
    let strict = Docx::with(STRICT, &p("Strict words"));
    assert_eq!(short(&strict.read()), ["P Strict words"]);
    for mark in [true, false] {
        let xml = format!(
            r#"<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="x"><w:body>{}</w:body></w:document>"#,
            p("Zoë’s wide words")
        );
        let mut bytes: Vec<u8> = if mark { vec![0xff, 0xfe] } else { Vec::new() };
        bytes.extend(xml.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(short(&Docx::new("").file("word/document.xml", &bytes).read()), ["P Zoë’s wide words"]);
    }
}

#[test]
fn xml_entities_are_characters() {
    assert_eq!(
        short(&Docx::new(&p("Health &amp; safety &lt;first&gt; &#163;10 &#x2019;")).read()),
        ["P Health & safety <first> £10 ’"]
    );
}

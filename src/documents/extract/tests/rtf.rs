//! Rich text: the constructs that word processors write, and streams made to hurt.

use super::super::blocks::{AsideKind, Document};
use super::super::refusal::Refusal;
use super::support::{asides, read, refusal, short};

fn rtf(body: &str) -> Document {
    read(format!(r"{{\rtf1\ansi\ansicpg1252{{\fonttbl{{\f0\fcharset0 Arial;}}{{\f1\fcharset2 Wingdings;}}{{\f2\fcharset204 Arial;}}}}{body}}}").as_bytes())
}

fn lines(body: &str) -> Vec<String> {
    short(&rtf(body))
}

#[test]
fn characters_are_read_in_their_code_page() {
    let body = r"\f0 Caf\'e9\rquote s\~pay\_day \u8211?\uc2\u163  x 10\par\f2 \'cf\'f0\'e8\par{\f1\'fc} Yes, \{open\}\line next\tab cell";
    assert_eq!(lines(body), ["P Café’s\u{a0}pay-day –£ 10", "P При", "L0 ✓ Yes, {open}\nnext\tcell"]);
}

#[test]
fn text_that_is_not_on_the_page_is_left_out() {
    let body =
        r"{\info{\title Hidden title}}{\*\generator Writer;}{\*\unknown\foo words}{\pict\pngblip 89504e47}Shown\par";
    let document = rtf(body);
    assert_eq!(short(&document), ["P Shown"]);
    assert_eq!(asides(&document), [AsideKind::Picture { description: String::new() }]);
}

#[test]
fn merged_and_nested_cells_stand_once() {
    let body = r"\trowd\trhdr\cellx4000\intbl Wide\cell\row\trowd\clvmgf\cellx2000\cellx4000\pard\intbl Tall\cell {\pard\intbl\itap2 Inner\nestcell{\*\nesttableprops\trowd\cellx900\nestrow}}\pard\intbl\itap1 Right\cell\row\trowd\clvmrg\cellx2000\cellx4000\pard\intbl\cell Last\cell\row\pard After\par";
    let wanted =
        r#"T ! 0+2x1 ["P Wide"] // 0+1x2 ["P Tall"] | 1+1x1 ["T 0+1x1 [\"P Inner\"]", "P Right"] // 1+1x1 ["P Last"]"#;
    assert_eq!(lines(body), [wanted, "P After"]);
}

#[test]
fn printed_markers_and_styles_are_read() {
    let body = r"{\stylesheet{\s0 Normal;}{\s3\b heading 2;}}\pard\s3 Duties\par\pard{\listtext 1.\tab}\ilvl0 Opens\par{\listtext a)\tab}\ilvl1 doors\par{\listtext\f1\'a7\tab}\ilvl0 Locks\par\pard\outlinelevel0 Pay\par\pard{\b Bold all}\par";
    assert_eq!(lines(body), ["H2 Duties", "L0 1. Opens", "L1 a) doors", "L0 • Locks", "H1 Pay", "B Bold all"]);
}

#[test]
fn heads_notes_and_boxes_stand_in_their_places() {
    let body = r"{\header Our council\par}Body{\footnote Before tax\par} text{\shp{\*\shpinst{\sp{\sn name}{\sv Box 1}}{\shptxt In a box\par}}{\shprslt{\*\do{\dptxbxtext In a box\par}}}}\par{\footer Page 1}{\header Our council\par}\sect More\par";
    assert_eq!(
        lines(body),
        [
            "Header: P Our council",
            "P Body text",
            "TextBox: P In a box",
            "P More",
            "Footnote: P Before tax",
            "Footer: P Page 1"
        ]
    );
}

#[test]
fn changes_comments_and_links_are_reported() {
    let body = r#"{\*\revtbl{Unknown;}{Ann;}}Keeps {\revised\revauth1\revdttm1 new} logs{\deleted\revauthdel1 old} {\*\atrfstart 1}daily{\*\atrfend 1}{\*\atnid B}{\*\atnauthor Bo}{\*\annotation{\*\atnref 1}Which?\par} {\field{\*\fldinst HYPERLINK "https://example.org/"}{\fldrslt our page}}\par"#;
    let document = rtf(body);
    assert_eq!(short(&document), ["P Keeps new logs daily our page"]);
    let kinds: Vec<String> = asides(&document).iter().map(|aside| format!("{aside:?}")).collect();
    for (kind, part) in kinds.iter().zip([
        r#"Inserted { text: "new", author: "Ann""#,
        r#"Deleted { text: "old", author: "Ann""#,
        r#"Comment { said: Said { text: "Which?", author: "Bo", date: """#,
        r#"Link { text: "our page", target: "https://example.org/" }"#,
    ]) {
        assert!(kind.starts_with(part), "{kind}");
    }
    assert_eq!(kinds.len(), 4);
}

#[test]
fn broken_and_deep_streams_end() {
    assert_eq!(refusal(format!("{{\\rtf1 {}", "{".repeat(100_000)).as_bytes()), Refusal::TooDeep);
    let rows = r"\trowd\cellx1\pard\intbl\itap40 word\nestcell".repeat(10);
    assert_eq!(refusal(format!("{{\\rtf1 {rows}}}").as_bytes()), Refusal::TooDeep);
    assert_eq!(
        short(&read(b"{\\rtf1 Some words that break off {\\b in the mid")),
        ["P Some words that break off in the mid"]
    );
    assert_eq!(short(&read(b"{\\rtf1 Some words}}}}} and more of them\\par}")), ["P Some words and more of them"]);
    let edges = r"{\rtf1\trowd".to_owned() + &r"\cellx1".repeat(50_000) + r"\intbl word\cell\row}";
    assert_eq!(short(&read(edges.as_bytes())).len(), 1);
}

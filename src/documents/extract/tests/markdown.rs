//! Light Markdown.

use super::super::blocks::AsideKind;
use super::super::{MediaType, read_blocks};
use super::support::short;

#[test]
fn headings_bold_lines_and_lists_are_known() {
    let (kind, document) =
        read_blocks(b"# Caretaker\n\n**Purpose**\n\n- Opens the hall\n1. Locks it\n\n### Pay ###\nGrade 4\n").unwrap();
    assert_eq!(kind, MediaType::Markdown);
    assert_eq!(
        short(&document),
        ["H1 Caretaker", "B Purpose", "L0 - Opens the hall", "L0 1. Locks it", "H3 Pay", "P Grade 4"]
    );
}

#[test]
fn pipe_tables_and_links_are_known() {
    let text = "# Cook\n| Factor | **Level** |\n|:---|---|\n| Care<br>- for all | 3 |\n\nSee [the **guide**](https://example.org/g) first\n";
    let document = read_blocks(text.as_bytes()).unwrap().1;
    assert_eq!(
        short(&document),
        [
            "H1 Cook",
            r#"T ! 0+1x1 ["P Factor"] | 1+1x1 ["B Level"] // 0+1x1 ["P Care", "L0 - for all"] | 1+1x1 ["P 3"]"#,
            "P See the guide first"
        ]
    );
    let link = AsideKind::Link { text: "the guide".to_owned(), target: "https://example.org/g".to_owned() };
    assert_eq!((document.asides[0].block, &document.asides[0].kind), (Some(2), &link));
}

//! OpenDocument texts: the constructs that word processors write, and files made to hurt.

use super::super::blocks::{AsideKind, Document, Said};
use super::super::limits;
use super::super::refusal::Refusal;
use super::pieces::odt_of;
use super::support::{asides, read, refusal, short, zipped};

fn odt(body: &str) -> Document {
    read(&odt_of("", body))
}

fn lines(body: &str) -> Vec<String> {
    short(&odt(body))
}

#[test]
fn spaces_tabs_and_breaks_are_as_printed() {
    let body = "<text:p>\n  Two<text:s text:c=\"3\"/>gaps <text:tab/>then<text:line-break/>next \n line</text:p>";
    assert_eq!(lines(body), ["P Two   gaps \tthen\nnext line"]);
}

#[test]
fn merged_and_nested_cells_stand_once() {
    let cell = |more: &str, text: &str| format!("<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>");
    let nested = format!(
        "<table:table-cell><table:table><table:table-row>{}</table:table-row></table:table></table:table-cell>",
        cell("", "Inner")
    );
    let body = format!(
        r#"<table:table><table:table-header-rows><table:table-row>{}<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>{}{nested}</table:table-row><table:table-row><table:covered-table-cell/>{}</table:table-row></table:table>"#,
        cell(r#"table:number-columns-spanned="2""#, "Wide"),
        cell(r#"table:number-rows-spanned="2""#, "Tall"),
        cell("", "Last")
    );
    let wanted = r#"T ! 0+2x1 ["P Wide"] // 0+1x2 ["P Tall"] | 1+1x1 ["T 0+1x1 [\"P Inner\"]"] // 1+1x1 ["P Last"]"#;
    assert_eq!(lines(&body), [wanted]);
}

#[test]
fn lists_count_on_restart_and_nest() {
    let styles = r#"<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>"#;
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let inner = format!(
        "<text:list-item><text:p>Two</text:p><text:list>{}{}</text:list></text:list-item>",
        item("x"),
        item("y")
    );
    let body = format!(
        r#"<text:list text:style-name="N" xml:id="l1">{}{inner}</text:list><text:p>Between</text:p><text:list text:style-name="N" text:continue-list="l1">{}</text:list><text:list text:style-name="N">{}</text:list><text:list text:style-name="N"><text:list-item text:start-value="7"><text:p>Seven</text:p><text:p>more of it</text:p></text:list-item></text:list>"#,
        item("One"),
        item("Three"),
        item("Anew")
    );
    assert_eq!(
        short(&read(&odt_of(styles, &body))),
        [
            "L0 1. One",
            "L0 2. Two",
            "L1 a) x",
            "L1 b) y",
            "P Between",
            "L0 3. Three",
            "L0 1. Anew",
            "L0 7. Seven",
            "P more of it"
        ]
    );
}

#[test]
fn notes_boxes_and_fields_keep_their_words() {
    let body = r#"<text:p>Pay<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Before tax</text:p></text:note-body></text:note> on page <text:page-number>3</text:page-number></text:p><text:p><draw:frame><draw:text-box><text:p>Main purpose</text:p></draw:text-box></draw:frame>After</text:p><text:p>Crest <draw:frame><draw:image/><svg:desc>The council's crest</svg:desc></draw:frame></text:p>"#;
    let document = odt(body);
    assert_eq!(
        short(&document),
        ["P Pay on page 3", "TextBox: P Main purpose", "P After", "P Crest", "Footnote: P Before tax"]
    );
    assert_eq!(asides(&document), [AsideKind::Picture { description: "The council's crest".to_owned() }]);
}

#[test]
fn tracked_changes_and_comments_are_told_apart_from_the_text() {
    let info =
        "<office:change-info><dc:creator>Ann</dc:creator><dc:date>2026-01-05T10:00:00</dc:date></office:change-info>";
    let body = format!(
        r#"<text:tracked-changes><text:changed-region xml:id="c1"><text:insertion>{info}</text:insertion></text:changed-region><text:changed-region xml:id="c2"><text:deletion>{info}<text:p>old words</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Keeps <text:change-start text:change-id="c1"/>new<text:change-end text:change-id="c1"/> logs<text:change text:change-id="c2"/> <office:annotation office:name="a1"><dc:creator>Bo</dc:creator><dc:date>2026-01-06</dc:date><text:p>Which?</text:p></office:annotation>daily<office:annotation-end office:name="a1"/></text:p>"#
    );
    let document = odt(&body);
    assert_eq!(short(&document), ["P Keeps new logs daily"]);
    let (author, date) = ("Ann".to_owned(), "2026-01-05T10:00:00".to_owned());
    assert_eq!(
        asides(&document),
        [
            AsideKind::Inserted { text: "new".to_owned(), author: author.clone(), date: date.clone() },
            AsideKind::Deleted { text: "old words".to_owned(), author, date },
            AsideKind::Comment {
                said: Said {
                    text: "Which?".to_owned(),
                    author: "Bo".to_owned(),
                    date: "2026-01-06".to_owned(),
                    ..Said::default()
                },
                on: "daily".to_owned()
            },
        ]
    );
}

#[test]
fn signs_of_picture_fonts_and_links_are_kept() {
    let styles = r#"<style:style style:name="W" style:family="text"><style:text-properties style:font-name="Wingdings"/></style:style>"#;
    let body = "<text:p><text:span text:style-name=\"W\">\u{f0fc}</text:span> Yes, see <text:a xlink:href=\"https://example.org/\">our page</text:a></text:p>";
    let document = read(&odt_of(styles, body));
    assert_eq!(short(&document), ["L0 ✓ Yes, see our page"]);
    assert_eq!(asides(&document).len(), 1);
}

#[test]
fn protected_broken_and_deep_files_are_refused() {
    let files = |manifest: &str, content: &str| {
        zipped(&[
            ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec()),
            ("META-INF/manifest.xml".to_owned(), manifest.as_bytes().to_vec()),
            ("content.xml".to_owned(), content.as_bytes().to_vec()),
        ])
    };
    assert_eq!(refusal(&files("<m><manifest:encryption-data/></m>", "?")), Refusal::PasswordProtected);
    assert!(matches!(refusal(&files("<m/>", "<office:x/>")), Refusal::Damaged(_)));
    let laughs = r#"<!DOCTYPE d [<!ENTITY a "ha">]><d>&a;</d>"#;
    assert_eq!(refusal(&files("<m/>", laughs)), Refusal::DocumentType);
    let deep = "<text:section>".repeat(10_000) + &"</text:section>".repeat(10_000);
    assert_eq!(refusal(&odt_of("", &deep)), Refusal::TooDeep);
    let many = "<text:p>word</text:p>".repeat(limits::BLOCKS + 1);
    assert_eq!(refusal(&odt_of("", &many)), Refusal::TooMuchText);
}

#[test]
fn cells_that_repeat_inside_each_other_end() {
    let levels = 20;
    let open = r#"<table:table><table:table-row><table:table-cell table:number-columns-repeated="60">"#.repeat(levels);
    let close = "</table:table-cell></table:table-row></table:table>".repeat(levels);
    assert_eq!(refusal(&odt_of("", &format!("{open}<text:p>word</text:p>{close}"))), Refusal::TooMuchText);
}

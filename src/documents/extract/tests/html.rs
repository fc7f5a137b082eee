//! Web pages and pasted HTML.

use super::super::blocks::{AsideKind, Document};
use super::super::refusal::Refusal;
use super::support::{asides, read, refusal, short};

fn html(body: &str) -> Document {
    read(format!("<html><body>{body}</body></html>").as_bytes())
}

fn lines(body: &str) -> Vec<String> {
    short(&html(body))
}

#[test]
fn only_what_a_browser_shows_is_text() {
    let body = "<script>let a = 1</script><style>p{}</style><p hidden>No</p><p style='display: none'>No</p><nav><a href='/'>Home</a></nav><p>One\n   two&nbsp;<b>three</b></p><!-- no --><footer>Our council</footer>";
    assert_eq!(lines(body), ["Header: P Home", "P One two\u{a0}three", "Footer: P Our council"]);
}

#[test]
fn breaks_lists_and_definitions() {
    let body = "<div>First<br>second<br><br>third</div><ol start=3 type=a><li>Opens<ul><li>doors</ul><li value=9><p>Locks</p><p>late</p></ol><dl><dt>Grade<dd>Band 4<dt>Hours<dd>37</dl>";
    assert_eq!(
        lines(body),
        [
            "P First\nsecond",
            "P third",
            "L0 c. Opens",
            "L1 • doors",
            "L0 i. Locks",
            "P late",
            r#"T 0+1x1 ["P Grade"] | 1+1x1 ["P Band 4"] // 0+1x1 ["P Hours"] | 1+1x1 ["P 37"]"#
        ]
    );
}

#[test]
fn merged_and_nested_cells_stand_once() {
    let body = "<table><tr><th colspan=2>Wide</th></tr><tr><td rowspan=2>Tall<td><table><tr><td>Inner</table></tr><tr><td>Last</table>";
    let wanted = r#"T ! 0+2x1 ["P Wide"] // 0+1x2 ["P Tall"] | 1+1x1 ["T 0+1x1 [\"P Inner\"]"] // 1+1x1 ["P Last"]"#;
    assert_eq!(lines(body), [wanted]);
}

#[test]
fn words_own_pages_say_their_lists_in_their_own_way() {
    let body = "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]>Opens doors</p>";
    assert_eq!(lines(body), ["L1 • Opens doors"]);
    let pasted = "Version:0.9\r\nStartHTML:0000000105\r\n<html><body><!--StartFragment--><b style='font-weight:normal'><p>Not bold</p></b><p><span style='font-weight:700'>Bold</span></p><!--EndFragment--></body></html>";
    assert_eq!(short(&read(pasted.as_bytes())), ["P Not bold", "B Bold"]);
}

#[test]
fn changes_links_pictures_and_boxes_are_reported() {
    let body = "<p>Keeps <ins cite='Ann' datetime='2026-01-05'>new</ins> logs<del>old</del> <a href='https://example.org/'>here</a> <img src=x alt='Our crest'><img src=y alt=''> <input type=checkbox checked> Yes</p>";
    let document = html(body);
    assert_eq!(short(&document), ["P Keeps new logs here ☒ Yes"]);
    let texts: Vec<AsideKind> = asides(&document);
    assert_eq!(texts.len(), 4, "{texts:?}");
}

#[test]
fn the_encoding_is_found() {
    let latin = b"<html><head><meta charset=\"iso-8859-1\"></head><body><p>Caf\xe9 \xa310</p></body></html>";
    assert_eq!(short(&read(latin)), ["P Café £10"]);
    let wide: Vec<u8> = "\u{feff}<html><p>Café</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(short(&read(&wide)), ["P Café"]);
}

#[test]
fn deep_and_endless_pages_are_refused() {
    for levels in [200, 1_000, 100_000] {
        let deep = "<div>".repeat(levels) + "words in the deep";
        assert_eq!(refusal(format!("<html>{deep}").as_bytes()), Refusal::TooDeep, "{levels}");
    }
    assert_eq!(refusal(format!("<html>{}", "<br>".repeat(200_000)).as_bytes()), Refusal::UnpacksTooLarge);
}

//! Fields: results stay, instructions go.

use super::super::blocks::AsideKind;
use super::support::{Docx, asides, p, r, short};

fn mark(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

fn code(text: &str) -> String {
    format!(r#"<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>"#)
}

#[test]
fn results_stay_and_instructions_go() {
    let merge = mark("begin") + &code(" MERGEFIELD Grade ") + &mark("separate") + &r("Grade 6") + &mark("end");
    let simple = format!(r#"<w:fldSimple w:instr=" AUTHOR ">{}</w:fldSimple>"#, r("A Person"));
    let body = format!("<w:p>{}{merge}{}{simple}</w:p>", r("Paid at "), r(" by "));
    assert_eq!(short(&Docx::new(&body).read()), ["P Paid at Grade 6 by A Person"]);
}

#[test]
fn nested_fields_show_only_the_outer_result() {
    let inner = mark("begin") + &code("MERGEFIELD x") + &mark("separate") + &r("hidden condition") + &mark("end");
    let outer = mark("begin") + &code("IF ") + &inner + &code(" = 1") + &mark("separate") + &r("shown") + &mark("end");
    assert_eq!(short(&Docx::new(&format!("<w:p>{outer}</w:p>")).read()), ["P shown"]);
}

#[test]
fn a_field_may_run_over_paragraphs_and_one_that_never_ends_loses_nothing() {
    let contents = format!(
        "<w:p>{}{}{}{}</w:p><w:p>{}{}</w:p>",
        mark("begin"),
        code("TOC"),
        mark("separate"),
        r("Purpose 1"),
        r("Duties 2"),
        mark("end")
    );
    let open = format!("<w:p>{}{}</w:p>", mark("begin"), r("Words after a lost separator"));
    let document = Docx::new(&(contents + &open + &p("Next"))).read();
    assert_eq!(short(&document), ["P Purpose 1", "P Duties 2", "P Words after a lost separator", "P Next"]);
}

#[test]
fn links_are_reported_with_their_targets() {
    let field = mark("begin")
        + &code(r#" HYPERLINK "https://example.org/apply" "#)
        + &mark("separate")
        + &r("Apply")
        + &mark("end");
    let element = format!(
        r#"<w:hyperlink r:id="l1">{}</w:hyperlink><w:hyperlink w:anchor="top">{}</w:hyperlink>"#,
        r("ask us"),
        r(" above")
    );
    let docx = Docx::new(&format!("<w:p>{field}{}{element}</w:p>", r(" or "))).relation(
        "l1",
        "hyperlink",
        "mailto:jobs@example.org",
        r#"TargetMode="External""#,
    );
    let document = docx.read();
    assert_eq!(short(&document), ["P Apply or ask us above"]);
    let link = |text: &str, target: &str| AsideKind::Link { text: text.to_owned(), target: target.to_owned() };
    assert_eq!(
        asides(&document),
        [link("Apply", "https://example.org/apply"), link("ask us", "mailto:jobs@example.org")]
    );
    assert!(document.asides.iter().all(|aside| aside.block == Some(0) && aside.paragraph == "Apply or ask us above"));
}

#[test]
fn old_form_fields_show_their_state() {
    let form = |data: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>{}{}"#,
            code("FORM"),
            mark("end")
        )
    };
    let ticked = form("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>");
    let empty = form("<w:checkBox><w:default w:val=\"0\"/></w:checkBox>");
    let list = form(
        r#"<w:ddList><w:result w:val="1"/><w:listEntry w:val="Full time"/><w:listEntry w:val="Part time"/></w:ddList>"#,
    );
    let body = format!("<w:p>{ticked}{}{empty}{}{list}</w:p>", r(" Yes "), r(" No "));
    assert_eq!(short(&Docx::new(&body).read()), ["P ☒ Yes ☐ No Part time"]);
}

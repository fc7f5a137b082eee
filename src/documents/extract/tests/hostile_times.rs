//! The hostile files that everybody tries first: each is refused, within two seconds of processor time.

use super::super::extract;
use super::super::limits;
use super::pdfs;
use super::pieces::odt_of;
use super::support::{Docx, p, zipped};
use nix::sys::resource::{UsageWho, getrusage};

/// Of this thread, in milliseconds: what else runs on the machine does not count.
fn processor_time() -> i64 {
    let usage = getrusage(UsageWho::RUSAGE_THREAD).unwrap();
    let sum = usage.user_time() + usage.system_time();
    sum.tv_sec() * 1_000 + sum.tv_usec() / 1_000
}

#[track_caller]
fn refused_at_once(what: &str, bytes: &[u8]) {
    let before = processor_time();
    assert!(extract(bytes, what).is_err(), "{what} was read");
    let taken = processor_time() - before;
    assert!(taken <= 2_000, "{what} took {taken} ms");
}

#[test]
fn zip_bombs() {
    let bomb = vec![b' '; limits::PART_BYTES * 2];
    refused_at_once("a part without end", &Docx::new("").file("word/document.xml", &bomb).bytes());
    let within: Vec<_> = (0..4).map(|at| (format!("{at}.zip"), bomb.clone())).collect();
    let nested = zipped(&[("[Content_Types].xml".to_owned(), zipped(&within)), ("word/document.xml".to_owned(), bomb)]);
    refused_at_once("zips in a zip", &nested);
}

#[test]
fn entity_bombs() {
    let levels: String =
        (1..10).map(|at| format!("<!ENTITY a{at} \"{}\">", format!("&a{};", at - 1).repeat(10))).collect();
    let laughs = format!(
        r#"<!DOCTYPE d [<!ENTITY a0 "ha">{levels}]><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"#
    );
    refused_at_once("entities in Word", &Docx::new("").file("word/document.xml", laughs.as_bytes()).bytes());
    let content = laughs.replace("w:document", "office:document-content");
    let odt = zipped(&[
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml".to_owned(), content.into_bytes()),
    ]);
    refused_at_once("entities in OpenDocument", &odt);
}

#[test]
fn ten_thousand_deep() {
    let nested = |open: &str, inside: &str, close: &str| open.repeat(10_000) + inside + &close.repeat(10_000);
    let tables = nested("<w:tbl><w:tr><w:tc>", &p("Deep words"), "</w:tc></w:tr></w:tbl>");
    refused_at_once("tables in Word", &Docx::new(&tables).bytes());
    refused_at_once("runs in Word", &Docx::new(&format!("<w:p>{}</w:p>", nested("<w:ins>", "", "</w:ins>"))).bytes());
    let lists = nested("<text:list><text:list-item>", "<text:p>Deep</text:p>", "</text:list-item></text:list>");
    refused_at_once("lists in OpenDocument", &odt_of("", &lists));
    let page = nested("<div>", "Deep words of a page", "</div>");
    refused_at_once("a web page", format!("<!doctype html><html><body>{page}</body></html>").as_bytes());
    let groups = nested("{", "Deep words", "}");
    refused_at_once("groups in rich text", format!("{{\\rtf1 {groups}}}").as_bytes());
}

#[test]
fn tables_of_a_hundred_thousand_rows() {
    let row = format!("<w:tr><w:tc>{}</w:tc></w:tr>", p("x"));
    refused_at_once("a table in Word", &Docx::new(&format!("<w:tbl>{}</w:tbl>", row.repeat(100_000))).bytes());
    let row = "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>";
    let table = format!("<table:table>{}</table:table>", row.repeat(100_000));
    refused_at_once("a table in OpenDocument", &odt_of("", &table));
    let table = "<tr><td>x</td></tr>".repeat(100_000);
    refused_at_once("a table in a web page", format!("<!doctype html><html><body><table>{table}").as_bytes());
    let rows = r"\trowd\cellx2000\pard\intbl x\cell\row ".repeat(100_000);
    refused_at_once("a table in rich text", format!("{{\\rtf1 {rows}}}").as_bytes());
}

#[test]
fn a_page_tree_that_holds_itself() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 9 >>",
        "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 /Parent 2 0 R >>",
    ];
    refused_at_once("pages in a circle", &pdfs::file(&objects.map(str::to_owned)));
}

//! Pages in which a careless reader would go over the same stretch again and again.

use nix::sys::resource::{UsageWho, getrusage};

use super::super::{PASTE_BYTES, read_html, read_text};

/// Of this thread, in milliseconds: what else runs on the machine does not count.
fn processor_time() -> i64 {
    let usage = getrusage(UsageWho::RUSAGE_THREAD).unwrap();
    let sum = usage.user_time() + usage.system_time();
    sum.tv_sec() * 1_000 + sum.tv_usec() / 1_000
}

/// The longest that a megabyte may take, unoptimised; something that looks back over itself takes minutes.
const MOMENT: i64 = 10_000;

#[track_caller]
fn in_a_moment(unit: &str, read: impl FnOnce(&str)) {
    let whole = unit.repeat(PASTE_BYTES / unit.len());
    let before = processor_time();
    read(&whole);
    let taken = processor_time() - before;
    assert!(taken <= MOMENT, "{unit:?} took {taken} ms");
}

#[test]
fn a_megabyte_of_a_page_is_read_in_a_moment() {
    let style = format!("<p style='{}'>x", "a:b;".repeat(15_000));
    let attributes = format!("<p {}>x", "a=b ".repeat(15_000));
    let units = [
        "<",
        "<a b='",
        "<a b='>' c=\"",
        "<a <b",
        "</",
        "</a b='",
        "<!--",
        "<![if",
        "<script>",
        "<script></",
        "<b><i>",
        "<td>x",
        "x<br>",
        "<li>x",
        "<li><p>x",
        "<table><tr><td>x<br>",
        "<table>",
        "<ol><li>",
        "&amp",
        "*_`[",
        "[](x",
        "<a href='https://x.example'>",
        &style,
        &attributes,
    ];
    for unit in units {
        in_a_moment(unit, |page| drop(read_html(page)));
    }
}

#[test]
fn a_megabyte_of_lines_is_read_in_a_moment() {
    for unit in ["x\t", "\t", " ", "*_`[", "1.", "x".repeat(200).as_str(), "\u{202e}", "o\t"] {
        in_a_moment(unit, |text| drop(read_text(text)));
    }
}

#[test]
fn a_tag_after_many_that_never_end_is_still_one() {
    let page = "<a b='".repeat(1_000) + "'\"> <p>One</p><p>Two</p>";
    let read = read_html(&page).unwrap();
    assert_eq!(read.entries.last().map(|entry| entry.cells[0].as_str()), Some("Two"));
}

//! PDFs: lines rejoined, tables put back, running heads taken out; and files made to hurt.

use super::super::blocks::AsideKind;
use super::super::refusal::Refusal;
use super::pdfs::{Pdf, file};
use super::support::{asides, read, refusal, short};

#[test]
fn lines_are_joined_and_hyphens_undone() {
    let pdf = Pdf::default()
        .page()
        .text(60.0, 150.0, 11.0, "The caretaker keeps the town hall open, safe and clean for everyone who uses it, and")
        .text(60.0, 164.0, 11.0, "talks to all of them with care. Good communication with the many groups and commun-")
        .text(60.0, 178.0, 11.0, "ication with the police is part of every day, as is each pre-")
        .text(60.0, 192.0, 11.0, "inspection visit.")
        .text(60.0, 220.0, 11.0, "A new paragraph begins here.");
    assert_eq!(
        short(&read(&pdf.bytes())),
        [
            "P The caretaker keeps the town hall open, safe and clean for everyone who uses it, and talks to all of them with care. Good communication with the many groups and communication with the police is part of every day, as is each pre-inspection visit.",
            "P A new paragraph begins here."
        ]
    );
}

#[test]
fn lists_hang_and_nest() {
    let pdf = Pdf::default()
        .page()
        .text(60.0, 150.0, 11.0, "•")
        .text(80.0, 150.0, 11.0, "Opens the doors of the hall in the morning and locks them again at the end of each")
        .text(80.0, 164.0, 11.0, "evening.")
        .text(80.0, 180.0, 11.0, "–")
        .text(100.0, 180.0, 11.0, "also on Sundays")
        .text(60.0, 196.0, 11.0, "•")
        .text(80.0, 196.0, 11.0, "Keeps the keys");
    assert_eq!(
        short(&read(&pdf.bytes())),
        [
            "L0 • Opens the doors of the hall in the morning and locks them again at the end of each evening.",
            "L1 – also on Sundays",
            "L0 • Keeps the keys"
        ]
    );
}

fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

#[test]
fn a_table_over_two_pages_is_one_and_its_heads_are_furniture() {
    let head: &[&str] = &["Criteria", "Essential"];
    let mut pdf = Pdf::default()
        .page()
        .text(60.0, 40.0, 9.0, "Town council job description")
        .table(700.0, &[60.0, 200.0, 400.0], &rows(&[head, &["Skills", "Clear writing"]]))
        .text(290.0, 810.0, 9.0, "1")
        .page()
        .text(60.0, 40.0, 9.0, "Town council job description")
        .table(110.0, &[60.0, 200.0, 400.0], &rows(&[head, &["Experience", "Cash handling"]]))
        .text(290.0, 810.0, 9.0, "2");
    pdf.rule((60.0, 500.0), (400.0, 500.0));
    assert_eq!(
        short(&read(&pdf.bytes())),
        [
            "Header: P Town council job description",
            "Header: P Town council job description",
            "Header: P Criteria",
            "Header: P Essential",
            r#"T ! 0+1x1 ["P Criteria"] | 1+1x1 ["P Essential"] // 0+1x1 ["P Skills"] | 1+1x1 ["P Clear writing"] // 0+1x1 ["P Experience"] | 1+1x1 ["P Cash handling"]"#,
            "Footer: P 1",
            "Footer: P 2"
        ]
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut pdf = Pdf::default().page();
    for line in 0..8_u8 {
        let y = 150.0 + 14.0 * f64::from(line);
        pdf = pdf.text(60.0, y, 11.0, &format!("left words of line {line}.")).text(
            320.0,
            y,
            11.0,
            &format!("right words of line {line}."),
        );
    }
    let all = short(&read(&pdf.bytes())).join(" ");
    let places = |side: &str| -> Vec<usize> {
        (0..8).map(|line| all.find(&format!("{side} words of line {line}.")).unwrap()).collect()
    };
    let in_order = [places("left"), places("right")].concat();
    assert!(in_order.is_sorted(), "{all}");
}

#[test]
fn columns_whose_headings_have_moved_them_apart_are_read_one_after_the_other() {
    let mut pdf = Pdf::default().page().text(60.0, 120.0, 11.0, "Job title: Keeper of the hall");
    for line in 0..8_u8 {
        // a heading in the middle of each column moves what follows by half a line
        let moved = if line > 3 { 7.0 } else { 0.0 };
        let y = 150.0 + 14.0 * f64::from(line);
        pdf = pdf.text(60.0, y + moved, 11.0, &format!("left words of line {line}."));
        // the first lines stand at one height
        let beside = if line == 0 { y } else { y + 5.0 - moved / 2.0 };
        pdf = pdf.text(320.0, beside, 11.0, &format!("right words of line {line}."));
    }
    let pdf = pdf.text(60.0, 300.0, 11.0, "This line goes over the whole width of the page and so ends the columns.");
    let all = short(&read(&pdf.bytes())).join(" ");
    let places = |side: &str| -> Vec<usize> {
        (0..8).map(|line| all.find(&format!("{side} words of line {line}.")).unwrap()).collect()
    };
    let ends = [all.find("Job title").unwrap(), all.find("This line goes").unwrap()];
    let in_order = [&ends[..1], &places("left")[..], &places("right")[..], &ends[1..]].concat();
    assert!(in_order.is_sorted(), "{all}");
}

#[test]
fn rows_without_rules_stay_rows() {
    let mut pdf = Pdf::default().page();
    let mut y = 150.0;
    for row in 0..6_u8 {
        pdf = pdf.text(60.0, y, 11.0, &format!("What is asked for in row {row}")).text(
            320.0,
            y,
            11.0,
            "How it is assessed here",
        );
        pdf = match row % 2 {
            0 => pdf.text(60.0, y + 14.0, 11.0, "and more words of it"),
            _ => pdf.text(320.0, y + 14.0, 11.0, "and more words of that"),
        };
        y += 34.0;
    }
    let all = short(&read(&pdf.bytes())).join(" ");
    let (second, last) = (all.find("in row 1").unwrap(), all.find("How it is").unwrap());
    assert!(last < second, "{all}");
}

#[test]
fn broken_and_looping_files_are_refused() {
    assert!(matches!(refusal(b"%PDF-1.7 words that are no PDF at all"), Refusal::Damaged(_)));
    let whole = Pdf::default().page().text(60.0, 150.0, 11.0, "Words that matter").bytes();
    assert!(super::super::read_blocks(&whole[..whole.len() / 2]).is_err());
    let page =
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Contents 4 0 R >>";
    let form = "<< /Type /XObject /Subtype /Form /Resources << /XObject << /X 4 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream";
    let pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
    let root = "<< /Type /Catalog /Pages 2 0 R >>";
    let owned = |objects: [&str; 4]| objects.map(str::to_owned).to_vec();
    assert_eq!(
        refusal(&file(&owned([root, pages, page, form]))),
        Refusal::Damaged("its pages lead back to themselves")
    );
    let own_parent = "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 1 /Parent 2 0 R >>";
    let bare = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>";
    assert!(matches!(refusal(&file(&owned([root, own_parent, bare, form]))), Refusal::Damaged(_)));
    let empty = Pdf::default().page().bytes();
    assert_eq!(refusal(&empty), Refusal::NoWords);
}

#[test]
fn links_are_told_beside_the_text() {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R /Annots [6 0 R 6 0 R << /Subtype /Link /A << /S /URI /URI (mailto:sam@example.org) >> >> << /A 99 0 R >>] >>";
    let text = "BT /F1 11 Tf 1 0 0 1 60 700 Tm (Read more on our page, or write to us about the post.) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        page.to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len() + 1),
        "<< /Subtype /Link /A << /S /URI /URI (https://example.org/jobs) >> >>".to_owned(),
    ];
    let targets: Vec<AsideKind> = asides(&read(&file(&objects)));
    let link = |text: &str, target: &str| AsideKind::Link { text: text.to_owned(), target: target.to_owned() };
    let (web, mail) = ("https://example.org/jobs", "mailto:sam@example.org");
    assert_eq!(targets, [link(web, web), link("sam@example.org", mail)]);
}

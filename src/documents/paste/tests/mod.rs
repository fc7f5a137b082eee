//! Clipboards as Word, LibreOffice, mail and web pages fill them, with words of our own; and hostile ones.

mod hostile;

use proptest::prelude::*;

use super::*;
use crate::domain::content::{Assessment, Body, Importance, ItemKind};
use crate::domain::shape;

const WORD: &str = include_str!("word.html");
const LIBREOFFICE: &str = include_str!("libreoffice.html");

fn lines(pasted: &Pasted) -> Vec<(usize, &str)> {
    pasted.entries.iter().map(|entry| (entry.level, entry.cells[0].as_str())).collect()
}

#[test]
fn a_list_of_word_keeps_levels_and_marks_and_tells_what_it_left_out() {
    let pasted = read_html(WORD).unwrap();
    let expected = [
        (0, "Answers the **telephone** and takes messages for the ward’s manager."),
        (1, "Writes down who called and when."),
        (2, "Passes on what is *urgent* at once."),
        (0, "Orders paper from [the stores](https://stores.example/paper)."),
        (0, "Keeps the filing room tidy."),
    ];
    assert_eq!(lines(&pasted), expected);
    let left: Vec<String> = pasted.dropped.iter().map(|(what, count)| what.said(*count)).collect();
    assert_eq!(left, ["formatting, such as fonts and colours", "1 picture", "1 stretch marked as deleted"]);
}

#[test]
fn a_list_of_libreoffice_keeps_levels_headings_and_breaks() {
    let pasted = read_html(LIBREOFFICE).unwrap();
    let expected = [
        (0, "Visits people at home and writes a plan with them."),
        (1, "Asks what matters to **them**."),
        (1, "Agrees who does what."),
        (0, "Checks every plan after six weeks."),
        (0, "Leading"),
        (0, "Leads two assistants\nand plans their week."),
    ];
    assert_eq!(lines(&pasted), expected);
    let numbers: Vec<Option<&str>> = pasted.entries.iter().map(|entry| entry.number.as_deref()).collect();
    assert_eq!(numbers, [Some("1."), Some("a)"), Some("b)"), Some("2."), None, None]);
    let items = items(&pasted.entries, shape::section_takes(crate::domain::content::SectionKind::Duties));
    let read: Vec<(usize, ItemKind)> = items.iter().map(|(piece, body)| (piece.level, body.kind())).collect();
    use ItemKind::{Duty, Group};
    assert_eq!(read, [(0, Duty), (1, Duty), (1, Duty), (0, Duty), (0, Group), (1, Duty)]);
    assert!(items.iter().all(|(piece, _)| piece.number.is_none()), "the document counts by itself");
}

#[test]
fn numbers_that_are_no_count_are_kept() {
    let html = "<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>4.1<span>&nbsp; </span></span>Plans rotas</p>";
    let pasted = read_html(html).unwrap();
    let (piece, _) = &items(&pasted.entries, &[ItemKind::Duty])[0];
    assert_eq!((piece.number.as_deref(), piece.text.as_str()), (Some("4.1"), "Plans rotas"));
}

#[test]
fn a_table_becomes_rows_with_what_each_cell_says() {
    let html = "<table><tr><th>Criterion</th><th>Needed</th><th>How</th></tr>
        <tr><td><p>Writes plain English</p><p>in letters</p></td><td>E</td><td>A / I</td></tr>
        <tr><td>Drives</td><td>Desirable</td><td>Interview</td></tr></table>";
    let pasted = read_html(html).unwrap();
    assert_eq!(pasted.dropped.get(&Dropped::TableHeadings), Some(&1));
    let criteria = items(&pasted.entries, &[ItemKind::Criterion, ItemKind::Category]);
    let both = vec![Assessment::Application, Assessment::Interview];
    let first = Body::Criterion { importance: Importance::Essential, subheading: String::new(), assessment: both };
    assert_eq!((criteria[0].0.text.as_str(), &criteria[0].1), ("Writes plain English\nin letters", &first));
    assert!(matches!(criteria[1].1, Body::Criterion { importance: Importance::Desirable, .. }));
    let terms = items(&read_text("Hours\t37 a week\nLeave: 27 days").unwrap().entries, &[ItemKind::Term]);
    let said: Vec<String> = terms.iter().map(|(piece, body)| format!("{:?} {}", body, piece.text)).collect();
    assert_eq!(said, ["Term { label: \"Hours\" } 37 a week", "Term { label: \"Leave\" } 27 days"]);
}

#[test]
fn lines_of_a_mail_are_entries() {
    let html = "<div class=WordSection1><div>Greets visitors.</div><div><br></div><div>Sorts the post.<br>Locks up.</div></div>";
    let expected = [(0, "Greets visitors."), (0, "Sorts the post."), (0, "Locks up.")];
    assert_eq!(lines(&read_html(html).unwrap()), expected);
}

#[test]
fn plain_text_is_read_by_its_bullets_and_tabs() {
    let pasted = read_text("• Greets visitors\r\n\t- Offers tea\n\t- Shows the way\n1. Sorts **post**\n").unwrap();
    let expected = [(0, "Greets visitors"), (1, "Offers tea"), (1, "Shows the way"), (0, "Sorts \\*\\*post\\*\\*")];
    assert_eq!(lines(&pasted), expected);
}

#[test]
fn words_own_plain_text_keeps_its_levels() {
    let text = "1.\tAnswers the telephone\n·\tTakes messages\no\tWrites down who called\n§\tAnd when\n·\tPasses them on\n2.\tSorts the post\n";
    let pasted = read_text(text).unwrap();
    let expected = [
        (0, "Answers the telephone"),
        (1, "Takes messages"),
        (2, "Writes down who called"),
        (3, "And when"),
        (1, "Passes them on"),
        (0, "Sorts the post"),
    ];
    assert_eq!(lines(&pasted), expected);
    // Lines without a sign are no list, and "o" without a tab is a word.
    let pasted = read_text("Greets visitors\n- Offers tea\n- Shows the way\nLocks up\no yes").unwrap();
    assert_eq!(pasted.entries.iter().map(|entry| entry.level).collect::<Vec<_>>(), [0, 0, 0, 0, 0]);
}

/// Category, importance and text of each criterion, and how it is assessed.
fn specification(pasted: &Pasted) -> Vec<(&'static str, String, usize)> {
    let items = items(&pasted.entries, &[ItemKind::Criterion, ItemKind::Category]);
    let read = |(piece, body): (Piece, Body)| match body {
        Body::Criterion { importance, assessment, .. } => (importance.word(), piece.text, assessment.len()),
        _ => ("category", piece.text, 0),
    };
    items.into_iter().map(read).collect()
}

#[test]
fn a_specification_with_columns_of_marks_is_read_by_its_headings() {
    let html = "<table><tr><td><b>Criterion</b></td><td>Essential</td><td>Desirable</td><td>Assessed by</td></tr>
        <tr><td>Skills</td><td></td><td></td><td></td></tr>
        <tr><td>Writes plainly</td><td>X</td><td></td><td>A/I</td></tr>
        <tr><td>Driving licence</td><td></td><td>✓</td><td>Certificate</td></tr></table>";
    let expected = [
        ("category", "Skills".to_owned(), 0),
        ("essential", "Writes plainly".to_owned(), 2),
        ("desirable", "Driving licence".to_owned(), 1),
    ];
    let pasted = read_html(html).unwrap();
    assert_eq!(specification(&pasted), expected);
    assert_eq!(pasted.dropped.get(&Dropped::TableHeadings), Some(&1));
    let text = "Criterion\tEssential\tDesirable\tAssessed by\nSkills\t\t\t\nWrites plainly\tX\t\tA/I\nDriving licence\t\t✓\tCertificate";
    assert_eq!(specification(&read_text(text).unwrap()), expected);
    let heads = html.replace(
        "<td><b>Criterion</b></td><td>Essential</td><td>Desirable</td><td>Assessed by</td>",
        "<th>Criterion</th><th>Essential</th><th>Desirable</th><th>Assessed by</th>",
    );
    assert_eq!(specification(&read_html(&heads).unwrap()), expected);
}

#[test]
fn a_specification_with_lists_in_its_columns_is_read_by_its_headings() {
    let html = "<table><tr><td></td><td>Essential criteria</td><td>Desirable criteria</td></tr>
        <tr><td>Experience</td><td><ul><li>Runs an office</li><li>Leads people</li></ul></td><td><p>Knows schools</p></td></tr></table>";
    let expected = [
        ("category", "Experience".to_owned(), 0),
        ("essential", "Runs an office".to_owned(), 0),
        ("essential", "Leads people".to_owned(), 0),
        ("desirable", "Knows schools".to_owned(), 0),
    ];
    assert_eq!(specification(&read_html(html).unwrap()), expected);
}

#[test]
fn scripts_and_hidden_words_do_nothing_and_are_not_there() {
    let html = "<p onclick='alert(1)'>One<script>alert('<p>x</p>')</script></p><p style='display:none'>Secret</p>
        <p><a href='javascript:alert(1)'>Two</a></p><iframe src='https://evil.example'></iframe><p>T\u{202e}hree</p>
        <b style='font-weight:normal'><p>Four</p></b><style>p{}</style><textarea></p>x</textarea>";
    let pasted = read_html(html).unwrap();
    assert_eq!(lines(&pasted), [(0, "One"), (0, "Two"), (0, "Three"), (0, "Four")]);
    for what in [Dropped::Scripts, Dropped::Links, Dropped::Objects, Dropped::Invisible] {
        assert!(pasted.dropped.contains_key(&what), "{what:?}");
    }
}

#[test]
fn more_than_is_read_at_once_is_refused() {
    assert_eq!(read_text(&"x".repeat(PASTE_BYTES + 1)), Err(TooMuch::Bytes));
    assert_eq!(read_text(&"x\n".repeat(PASTE_ENTRIES + 1)), Err(TooMuch::Entries));
    assert_eq!(read_text(&"x\n".repeat(PASTE_ENTRIES)).unwrap().entries.len(), PASTE_ENTRIES);
    let deep = "<div>".repeat(100_000) + "x";
    assert_eq!(lines(&read_html(&deep).unwrap()), [(0, "x")]);
    assert!(read_html(&"<".repeat(PASTE_BYTES)).is_ok());
    assert!(read_html(&"<a b='".repeat(PASTE_BYTES / 8)).is_ok());
}

proptest! {
    /// Whatever is pasted: every visible letter outside tags comes through, in its order.
    #[test]
    fn no_word_of_a_list_is_lost(words in proptest::collection::vec(("[a-z]{1,8}", 0usize..3, any::<bool>()), 1..20)) {
        let mut html = String::new();
        for (word, level, bold) in &words {
            let word = if *bold { format!("go <b>{word}</b>") } else { format!("go {word}") };
            let style = format!("mso-list:l0 level{} lfo1", level + 1);
            html.push_str(&format!("<p style='{style}'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>{word}</p>"));
        }
        let pasted = read_html(&html).unwrap();
        let read: Vec<(usize, String)> =
            pasted.entries.iter().map(|entry| (entry.level, crate::domain::inline::plain(&entry.cells[0]))).collect();
        let expected: Vec<(usize, String)> = words.iter().map(|(word, level, _)| (*level, format!("go {word}"))).collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn hostile_html_is_only_read(html in "(<(p|li|ul|table|tr|td|script|style|a href=x|/p|/ul|/td|/table|!--|!x)>?|[a-z &;'\"=>\u{0}]){0,60}") {
        let pasted = read_html(&html).unwrap();
        let nul = pasted.entries.iter().any(|entry| entry.cells.concat().contains('\u{0}'));
        prop_assert!(!nul);
    }
}

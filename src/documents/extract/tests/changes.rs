//! Documents as they were before their tracked changes.

use super::super::extract;
use super::super::result::{Extract, Section};
use super::pieces::odt_of;
use super::support::{Docx, p, r};

const WHO: &str = r#"w:author="Sam Ash" w:date="2026-01-05T10:00:00Z""#;

fn del(text: &str) -> String {
    format!("<w:del {WHO}><w:r><w:delText>{text}</w:delText></w:r></w:del>")
}

fn ins(text: &str) -> String {
    format!("<w:ins {WHO}>{}</w:ins>", r(text))
}

fn marked(mark: &str, inside: &str) -> String {
    format!("<w:p><w:pPr><w:rPr><w:{mark} {WHO}/></w:rPr></w:pPr>{inside}</w:p>")
}

/// The paragraphs after the changes and before them.
fn both(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let texts = |read: &Extract| -> Vec<String> {
        let paragraphs = |section: &Section| -> Vec<String> {
            let Section::Prose { paragraphs, .. } = section else { panic!("{section:?}") };
            paragraphs.iter().map(|own| own.text.clone()).collect()
        };
        read.sections.iter().flat_map(paragraphs).collect()
    };
    let read = extract(bytes, "x").unwrap();
    let before = read.before.as_ref().expect("tracked changes that can be taken back");
    (texts(&read), texts(before))
}

#[test]
fn word_puts_back_what_was_deleted_and_takes_out_what_was_added() {
    let rows = format!(
        "<w:tbl><w:tr><w:trPr><w:ins {WHO}/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
        p("A row that came."),
        del("A row that went.")
    );
    let body = [
        p("The hall stands by the river and is open to everybody in the town."),
        format!("<w:p>{}{}{}</w:p>", r("It has "), del("two"), ins("three") + &r(" rooms.")),
        marked("ins", &ins("A paragraph that came.")),
        marked("del", &del("A paragraph that went.")),
        format!("<w:p>{}{}</w:p>", r("The end "), r("of it.")),
        rows,
        // a new break in the middle of a paragraph, with a move
        marked("ins", &r("One sentence.")),
        format!("<w:p>{}<w:moveFrom {WHO}>{}</w:moveFrom></w:p>", r(" And another."), r(" Moved.")),
        format!("<w:p>{}<w:moveTo {WHO}>{}</w:moveTo></w:p>", r("Here."), r(" Moved.")),
    ];
    let (after, before) = both(&Docx::new(&body.concat()).bytes());
    assert_eq!(
        after[1..],
        [
            "It has three rooms.",
            "A paragraph that came.",
            "The end of it.",
            "A row that came.",
            "One sentence.",
            "And another.",
            "Here. Moved."
        ]
    );
    assert_eq!(
        before[1..],
        [
            "It has two rooms.",
            "A paragraph that went.",
            "The end of it.",
            "A row that went.",
            "One sentence. And another. Moved.",
            "Here."
        ]
    );
}

#[test]
fn opendocument_does_the_same() {
    let info = "<office:change-info><dc:creator>Sam Ash</dc:creator><dc:date>2026-01-05T10:00:00</dc:date></office:change-info>";
    let region = |id: &str, kind: &str, inside: &str| {
        format!(
            r#"<text:changed-region text:id="{id}"><text:{kind}>{info}{inside}</text:{kind}></text:changed-region>"#
        )
    };
    let list = region("a", "insertion", "")
        + &region("b", "deletion", "<text:p>two</text:p>")
        + &region("c", "insertion", "")
        + &region("d", "deletion", "<text:p>A paragraph that went.</text:p><text:p/>");
    let start = |id: &str| format!(r#"<text:change-start text:change-id="{id}"/>"#);
    let end = |id: &str| format!(r#"<text:change-end text:change-id="{id}"/>"#);
    let gone = |id: &str| format!(r#"<text:change text:change-id="{id}"/>"#);
    let body = format!(
        "<text:tracked-changes>{list}</text:tracked-changes><text:p>The hall stands by the river and is open to everybody in the town.</text:p><text:p>It has {}{}three{} rooms.{}</text:p><text:p>A paragraph that came.{}</text:p><text:p>{}The end of it.</text:p>",
        gone("b"),
        start("a"),
        end("a"),
        start("c"),
        end("c"),
        gone("d"),
    );
    let (after, before) = both(&odt_of("", &body));
    assert_eq!(after[1..], ["It has three rooms.", "A paragraph that came.", "The end of it."]);
    assert_eq!(before[1..], ["It has two rooms.", "A paragraph that went.", "The end of it."]);
}

#[test]
fn a_document_written_while_changes_were_tracked_has_no_earlier_text() {
    let all: String = ["The hall is open to everybody in the town.", "It stands by the river."]
        .map(|text| marked("ins", &ins(text)))
        .concat();
    let read = extract(&Docx::new(&(all + &p("End."))).bytes(), "x").unwrap();
    assert!(read.before.is_none() && read.tracked.len() == 2, "{read:?}");
}

#[test]
fn rich_text_does_the_same() {
    let ins = |text: &str| format!(r"{{\revised\revauth1\revdttm1695181354 {text}}}");
    let del = |text: &str| format!(r"{{\deleted\revauthdel1\revdttmdel1695181354 {text}}}");
    let body = [
        r"The hall stands by the river and is open to everybody in the town.\par ".to_owned(),
        format!(r"It has {}{} rooms.\par ", del("two"), ins("three")),
        ins(r"A paragraph that came.\par "),
        del(r"A paragraph that went.\par "),
        r"{\listtext \'b7\tab}Opens doors.\par ".to_owned(),
        r"{\revised\revauth1{\listtext \'b7\tab}}".to_owned() + &ins(r"Locks doors.\par "),
        format!(r"\pard One sentence.{} And another.\par ", ins(r"\par ")),
        format!(r"Here.{} And there.\par ", del(r"\par ")),
    ];
    let file = format!(r"{{\rtf1\ansi\ansicpg1252{{\*\revtbl{{Unknown;}}{{Sam Ash;}}}}{}}}", body.concat());
    let (after, before) = both(file.as_bytes());
    let came = ["It has three rooms.", "A paragraph that came.", "Opens doors.", "Locks doors.", "One sentence."];
    assert_eq!(after[1..6], came);
    assert_eq!(after[6..], ["And another.", "Here. And there."]);
    let went = ["It has two rooms.", "A paragraph that went.", "Opens doors.", "One sentence. And another.", "Here."];
    assert_eq!(before[1..6], went);
    assert_eq!(before[6..], ["And there."]);
    let who: Vec<String> = extract(file.as_bytes(), "x").unwrap().tracked.into_iter().map(|one| one.author).collect();
    assert!(who.len() >= 5 && who.iter().all(|name| name == "Sam Ash"), "{who:?}");
}

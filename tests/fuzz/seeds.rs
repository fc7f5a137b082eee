//! Documents to begin with: of chance, in the words that job descriptions use, written in every container.

use rolebook::documents::extract::blocks::{Block, BlockKind, Cell, Document, Marker, Place, Row, Table};

use crate::chance::Chance;
use crate::pieces::{self, Piece};

/// Words and lines that recognisers look for, beside such as they don't.
const LINES: [&str; 58] = [
    "Job title:",
    "Grade: Band 5",
    "Post number",
    "Responsible to: Head of parks",
    "Job description",
    "Person specification",
    "Main duties",
    "Key result areas",
    "Essential",
    "Desirable",
    "Essential / Desirable",
    "E",
    "D",
    "A & I/T",
    "AF, I",
    "Assessed by application form and interview",
    "Qualifications",
    "Experience",
    "Knowledge and skills",
    "1.",
    "2.1.1",
    "•",
    "\u{f0b7}",
    "o",
    "Opens the hall and locks it again.",
    "To plan rotas, and to keep them:",
    "Must be able to drive",
    "Emotional effort",
    "Working conditions",
    "Yes",
    "No",
    "Y",
    "✓",
    "*",
    "Frequency: daily",
    "Terms and conditions",
    "Hours: 37 a week",
    "Closing date: 28 January 2026",
    "Interview date 3/2/26",
    "Contact Sam Ash 01632 960123 sam@example.org",
    "Health and safety: everybody takes care",
    "Equality and diversity",
    "Safeguarding",
    "Level 3",
    "Knowledge",
    "Organisation chart",
    "Purpose of the job",
    "About us",
    "Page 1 of 3",
    "MERGEFIELD",
    "ACCOUNTABILITYMERGE05ORGANISATION",
    "the councils officers",
    "[delete as needed]",
    "Application/ Interview",
    "Salary £27,485 to £30,162",
    "and so on and",
    "",
    "\t",
];

const WORDS: [&str; 20] = [
    "the", "and", "keys", "Opens", "rota’s", "£12", "A & B", "café", "log", "\u{301}", "é", "—", "ﬁ", "x", "to", "of",
    "plans", "reports", "\u{a0}", "日本",
];

fn text(chance: &mut Chance) -> String {
    if chance.once_in(3) {
        let words = 1 + chance.below(12);
        return (0..words).map(|_| chance.of(&WORDS)).collect::<Vec<_>>().join(" ");
    }
    let lines = 1 + chance.below(3);
    let parts = [": ", " ", "\t", " / ", ", ", "; ", " – "];
    (0..lines).map(|_| chance.of(&LINES).to_owned() + chance.of(&parts)).collect::<String>().trim_end().to_owned()
}

fn level(chance: &mut Chance) -> u8 {
    chance.of(&[0, 0, 1, 2])
}

fn piece(chance: &mut Chance) -> Piece {
    let text = text(chance);
    match chance.below(7) {
        0 => Piece::Heading(1 + level(chance), text),
        1 | 2 => Piece::Text(text),
        3 => Piece::Bold(text),
        4 => Piece::Bullet(level(chance), text),
        5 => Piece::Number(text),
        _ => {
            let (rows, columns) = (1 + chance.below(5), 1 + chance.below(4));
            Piece::Table((0..rows).map(|_| (0..columns).map(|_| self::text(chance)).collect()).collect())
        }
    }
}

pub fn pieces(chance: &mut Chance) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = (0..1 + chance.below(30)).map(|_| piece(chance)).collect();
    pieces.push(Piece::Text("The post holder keeps the office open and answers letters from readers.".to_owned()));
    pieces
}

/// The pieces as plain text: markers, tabs between cells, blank lines here and there.
pub fn plain(pieces: &[Piece], chance: &mut Chance) -> Vec<u8> {
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Heading(level, text) => out += &format!("{} {text}\n", "#".repeat(usize::from(*level))),
            Piece::Text(text) => out += &format!("{text}\n"),
            Piece::Bold(text) => out += &format!("**{text}**\n"),
            Piece::Bullet(level, text) => out += &format!("{}• {text}\n", " ".repeat(usize::from(*level))),
            Piece::Number(text) => out += &format!("{at}. {text}\n"),
            Piece::Table(rows) => rows.iter().for_each(|row| out += &(row.join("\t") + "\n")),
        }
        if chance.once_in(3) {
            out.push('\n');
        }
    }
    match chance.below(6) {
        0 => out.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => encoding_rs::WINDOWS_1252.encode(&out).0.into_owned(),
        _ => out.into_bytes(),
    }
}

/// A Word file with tracked changes, notes, fields, boxes and comments beside the pieces.
pub fn word(pieces: &[Piece], chance: &mut Chance) -> Vec<u8> {
    if chance.once_in(2) {
        return pieces::docx(pieces);
    }
    let all = [
        r#"<w:p><w:r><w:t xml:space="preserve">Keeps </w:t></w:r><w:ins w:author="Sam" w:date="2026-01-02T10:00:00Z"><w:r><w:t>all </w:t></w:r></w:ins><w:del w:author="Sam"><w:r><w:delText>the </w:delText></w:r></w:del><w:r><w:t>keys</w:t></w:r></w:p>"#,
        r#"<w:p><w:pPr><w:rPr><w:ins w:author="Sam"/></w:rPr></w:pPr><w:ins w:author="Sam"><w:r><w:t>A new line</w:t></w:r></w:ins></w:p>"#,
        r#"<w:p><w:pPr><w:rPr><w:del w:author="Sam"/></w:rPr></w:pPr><w:del w:author="Sam"><w:r><w:delText>An old line</w:delText></w:r></w:del></w:p>"#,
        r#"<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Says a thing</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>"#,
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>link</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#,
        r#"<w:tbl><w:tr><w:trPr><w:ins w:author="Sam"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Wide</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Deep</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"#,
        r#"<w:sdt><w:sdtContent><w:p><w:moveFrom w:author="A"><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:moveTo w:author="A"><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p></w:sdtContent></w:sdt>"#,
        r#"<w:p><w:r><w:footnoteReference w:id="1"/><w:tab/><w:br/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>"#,
    ];
    let body: String = (0..1 + chance.below(12)).map(|_| chance.of(&all)).collect();
    let line = crate::word::p("Answers letters from readers and keeps the office open.");
    let comment = |id: u8| format!(r#"<w:comment w:id="{id}" w:author="Sam">{}</w:comment>"#, crate::word::p("Why so"));
    crate::word::Docx::new(&(body + &line))
        .part("comments", "comments", &(comment(0) + &comment(1)))
        .part("footnotes", "footnotes", &format!(r#"<w:footnote w:id="1">{}</w:footnote>"#, crate::word::p("A note")))
        .bytes()
}

/// Blocks as containers give them, and as none would.
pub fn document(chance: &mut Chance) -> Document {
    let blocks = (0..1 + chance.below(40)).map(|_| block(chance, 0)).collect();
    Document { blocks, asides: Vec::new() }
}

fn block(chance: &mut Chance, depth: usize) -> Block {
    let place = chance.of(&[
        Place::Body,
        Place::Body,
        Place::Body,
        Place::Body,
        Place::Header,
        Place::Footer,
        Place::Footnote,
        Place::TextBox,
    ]);
    let tabs_before = chance.of(&[0, 0, 0, 0, 1, 3]);
    let marked = |chance: &mut Chance| {
        let marker = chance.of(&["•", "1.", "a)", "2.1.1", "iv", "-", "✓", "o", ""]).to_owned();
        if chance.once_in(2) { Marker::Bullet(marker) } else { Marker::Number(marker) }
    };
    let (bold, blank_before) = (chance.once_in(4), chance.once_in(3));
    let own = if chance.once_in(5) { text(chance) + "\n" + &text(chance) } else { text(chance) };
    let kind = match chance.below(9) {
        0 | 1 => BlockKind::Heading {
            level: 1 + level(chance),
            number: chance.once_in(3).then(|| "2.".to_owned()),
            text: own,
        },
        2..=4 => BlockKind::Paragraph { text: own, bold, blank_before },
        5..=7 => BlockKind::ListItem { level: level(chance), marker: marked(chance), text: own, bold, blank_before },
        _ if depth < 3 => BlockKind::Table(table(chance, depth)),
        _ => BlockKind::Paragraph { text: String::new(), bold, blank_before },
    };
    Block { place, tabs_before, kind }
}

fn table(chance: &mut Chance, depth: usize) -> Table {
    let columns = 1 + chance.below(5);
    let row = |chance: &mut Chance| {
        let cell = |column: usize, chance: &mut Chance| Cell {
            column: if chance.once_in(30) { chance.below(70) } else { column },
            columns: chance.of(&[1, 1, 1, 2, 0, 40]),
            rows: chance.of(&[1, 1, 1, 2, 0, 9]),
            blocks: (0..chance.below(3)).map(|_| block(chance, depth + 1)).collect(),
        };
        let cells = (0..columns).map(|column| cell(column, chance)).collect();
        Row { header: chance.once_in(6), cells }
    };
    Table { rows: (0..1 + chance.below(6)).map(|_| row(chance)).collect() }
}

//! One document of our own wording, written in every format that has structure.

use super::word::{Docx, item, p, r, zipped};
use std::fmt::Write as _;

/// What a document is made of. Numbered items count from 1 within their run.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Heading(u8, String),
    Text(String),
    Bold(String),
    Bullet(u8, String),
    Number(String),
    Table(Vec<Vec<String>>),
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The pieces with runs of equal kind numbered: the place of each numbered item in its run.
fn places(pieces: &[Piece]) -> Vec<(usize, &Piece)> {
    let mut count = 0;
    let place = |piece: &Piece| {
        count = if matches!(piece, Piece::Number(_)) { count + 1 } else { 0 };
        count
    };
    pieces.iter().map(place).collect::<Vec<_>>().into_iter().zip(pieces).collect()
}

pub fn docx(pieces: &[Piece]) -> Vec<u8> {
    let mut body = String::new();
    // each run of numbers is a list of its own
    let mut list = 1;
    let mut lists = String::new();
    for (place, piece) in places(pieces) {
        body += &match piece {
            Piece::Heading(level, text) => {
                format!(r#"<w:p><w:pPr><w:outlineLvl w:val="{}"/></w:pPr>{}</w:p>"#, level - 1, r(&escaped(text)))
            }
            Piece::Text(text) => p(&escaped(text)),
            Piece::Bold(text) => format!(r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"#, escaped(text)),
            Piece::Bullet(level, text) => item(1, u32::from(*level), &escaped(text)),
            Piece::Number(text) => {
                if place == 1 {
                    list += 1;
                    let start = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>"#;
                    lists += &format!(r#"<w:num w:numId="{list}"><w:abstractNumId w:val="1"/>{start}</w:num>"#);
                }
                item(list, 0, &escaped(text))
            }
            Piece::Table(rows) => {
                let cell = |text: &String| format!("<w:tc>{}</w:tc>", p(&escaped(text)));
                let row = |row: &Vec<String>| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
                format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
            }
        };
    }
    let bullet =
        |level: u32| format!(r#"<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>"#);
    let number = r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>"#;
    let numbering = format!(
        r#"<w:abstractNum w:abstractNumId="0">{}{}{}</w:abstractNum><w:abstractNum w:abstractNumId="1">{number}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{lists}"#,
        bullet(0),
        bullet(1),
        bullet(2)
    );
    Docx::new(&body).numbering(&numbering).bytes()
}

/// An OpenDocument text with these parts of its content.
pub fn odt_of(styles: &str, body: &str) -> Vec<u8> {
    let spaces = r#"xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:fo="f" xmlns:draw="d" xmlns:dc="c" xmlns:xlink="x" xmlns:svg="v""#;
    let content = format!(
        "<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml".to_owned(), content.into_bytes()),
    ])
}

pub fn odt(pieces: &[Piece]) -> Vec<u8> {
    let mut body = String::new();
    for (place, piece) in places(pieces) {
        body += &match piece {
            Piece::Heading(level, text) => {
                format!(r#"<text:h text:outline-level="{level}">{}</text:h>"#, escaped(text))
            }
            Piece::Text(text) => format!("<text:p>{}</text:p>", escaped(text)),
            Piece::Bold(text) => {
                format!(r#"<text:p><text:span text:style-name="B">{}</text:span></text:p>"#, escaped(text))
            }
            Piece::Bullet(level, text) => {
                let depth = usize::from(*level);
                format!(
                    r#"<text:list text:style-name="U"><text:list-item>{}<text:p>{}</text:p>{}</text:list-item></text:list>"#,
                    "<text:list><text:list-item>".repeat(depth),
                    escaped(text),
                    "</text:list-item></text:list>".repeat(depth)
                )
            }
            Piece::Number(text) => {
                let goes_on = if place > 1 { r#" text:continue-numbering="true""# } else { "" };
                format!(
                    r#"<text:list text:style-name="N"{goes_on}><text:list-item><text:p>{}</text:p></text:list-item></text:list>"#,
                    escaped(text)
                )
            }
            Piece::Table(rows) => {
                let cell =
                    |text: &String| format!("<table:table-cell><text:p>{}</text:p></table:table-cell>", escaped(text));
                let row = |row: &Vec<String>| {
                    format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
                };
                format!("<table:table>{}</table:table>", rows.iter().map(row).collect::<String>())
            }
        };
    }
    let bullet = |level: u32| format!(r#"<text:list-level-style-bullet text:level="{level}" text:bullet-char="•"/>"#);
    let styles = format!(
        r#"<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><text:list-style style:name="U">{}{}{}</text:list-style><text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>"#,
        bullet(1),
        bullet(2),
        bullet(3)
    );
    odt_of(&styles, &body)
}

/// Text in rich text: what is not plain ASCII by its code, with a question mark to stand in for it.
pub fn rtf_text(text: &str) -> String {
    let mut out = String::new();
    for unit in text.encode_utf16() {
        match u8::try_from(unit).ok().filter(u8::is_ascii) {
            Some(byte @ (b'\\' | b'{' | b'}')) => write!(out, "\\{}", char::from(byte)).unwrap(),
            Some(byte) => out.push(char::from(byte)),
            None => write!(out, "\\u{}?", unit.cast_signed()).unwrap(),
        }
    }
    out
}

pub fn rtf(pieces: &[Piece]) -> Vec<u8> {
    let mut out = String::from(
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}}{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2\b heading 2;}{\s3\b heading 3;}}",
    );
    for (place, piece) in places(pieces) {
        out += &match piece {
            Piece::Heading(level, text) => format!(r"\pard\plain\s{level}\f0 {}\par ", rtf_text(text)),
            Piece::Text(text) => format!(r"\pard\plain\f0 {}\par ", rtf_text(text)),
            Piece::Bold(text) => format!(r"\pard\plain\f0{{\b {}}}\par ", rtf_text(text)),
            Piece::Bullet(level, text) => {
                format!(r"\pard\plain\f0{{\listtext\f1\'b7\tab}}\ilvl{level}\ls1 {}\par ", rtf_text(text))
            }
            Piece::Number(text) => {
                format!(r"\pard\plain\f0{{\listtext {place}.\tab}}\ilvl0\ls2 {}\par ", rtf_text(text))
            }
            Piece::Table(rows) => rows.iter().map(|row| rtf_row(row)).collect(),
        };
    }
    (out + "}").into_bytes()
}

fn rtf_row(row: &[String]) -> String {
    let edges: String = (1..=row.len()).map(|column| format!(r"\cellx{}", column * 2_000)).collect();
    let cells: String = row.iter().map(|text| format!(r"\pard\intbl {}\cell ", rtf_text(text))).collect();
    format!(r"\trowd\trleft0{edges}{cells}\row ")
}

pub fn html(pieces: &[Piece]) -> Vec<u8> {
    let mut out = String::from("<!doctype html><html><head><title>No text of the page</title></head><body>");
    for (place, piece) in places(pieces) {
        out += &match piece {
            Piece::Heading(level, text) => format!("<h{level}>{}</h{level}>", escaped(text)),
            Piece::Text(text) => format!("<p>{}</p>", escaped(text)),
            Piece::Bold(text) => format!("<p><strong>{}</strong></p>", escaped(text)),
            Piece::Bullet(level, text) => {
                let depth = usize::from(*level) + 1;
                format!("{}<li>{}</li>{}", "<ul>".repeat(depth), escaped(text), "</ul>".repeat(depth))
            }
            Piece::Number(text) => format!(r#"<ol start="{place}"><li>{}</li></ol>"#, escaped(text)),
            Piece::Table(rows) => {
                let cell = |text: &String| format!("<td>{}</td>", escaped(text));
                let row = |row: &Vec<String>| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>());
                format!("<table>{}</table>", rows.iter().map(row).collect::<String>())
            }
        };
    }
    (out + "</body></html>").into_bytes()
}

/// Typed as in an editor without formatting: blank lines around headings and tables, tabs between cells.
pub fn text(pieces: &[Piece]) -> Vec<u8> {
    let mut out = String::new();
    for (place, piece) in places(pieces) {
        match piece {
            Piece::Heading(_, text) => write!(out, "\n{text}\n\n").unwrap(),
            Piece::Text(text) | Piece::Bold(text) => writeln!(out, "{text}").unwrap(),
            Piece::Bullet(level, text) => writeln!(out, "{}• {text}", "  ".repeat(usize::from(*level))).unwrap(),
            Piece::Number(text) => writeln!(out, "{place}. {text}").unwrap(),
            Piece::Table(rows) => {
                out.push('\n');
                rows.iter().for_each(|row| writeln!(out, "{}", row.join("\t")).unwrap());
                out.push('\n');
            }
        }
    }
    out.into_bytes()
}

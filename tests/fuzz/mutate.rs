//! Changes to a file: of bytes, of what stands between marks, and of the parts of a zip, which is then zipped anew.

use std::io::{Cursor, Read};

use crate::chance::Chance;
use crate::word::zipped;

/// Bits that formats are made of, and numbers at their edges.
const BITS: [&str; 52] = [
    "<w:del>",
    "</w:del>",
    "<w:ins>",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:p>",
    "</w:p>",
    "<w:t>",
    "<w:br/>",
    "<w:tab/>",
    r#"<w:gridSpan w:val="99999"/>"#,
    r#"<w:vMerge/>"#,
    r#"<w:numId w:val="2"/>"#,
    r#"<w:ilvl w:val="-1"/>"#,
    r#"<w:fldChar w:fldCharType="begin"/>"#,
    r#"<w:fldChar w:fldCharType="end"/>"#,
    "<text:p>",
    "<text:list><text:list-item>",
    r#"<text:s text:c="99999999"/>"#,
    r#"table:number-columns-repeated="9999999""#,
    "<text:change text:change-id=\"c\"/>",
    "<text:note-body>",
    "<!DOCTYPE a>",
    "&a;",
    "&#0;",
    "&#x10ffff;",
    "<![CDATA[",
    "<!--",
    r"\par ",
    r"\cell\row ",
    r"{\*\listtable",
    r"\u-1?",
    r"\'",
    r"\bin99999 ",
    r"\trowd\cellx-99",
    r"{{{{{{{{",
    r"}}}}",
    r"\ilvl9999999999",
    r"\deleted ",
    "<table><tr><td colspan=9999999 rowspan=9999999>",
    "</table>",
    "<ol start=2147483647>",
    "<style>",
    "<script>",
    "<li>",
    "stream",
    "endstream",
    "<< /Kids [2 0 R] >>",
    "BT /F1 1e30 Tf",
    "-99999999999",
    "\u{fffd}",
    "\0",
];

pub fn mutated(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    if bytes.starts_with(b"PK\x03\x04")
        && !chance.once_in(8)
        && let Some(parts) = parts(bytes)
    {
        return with_a_part_changed(parts, chance);
    }
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + chance.below(6) {
        change(&mut bytes, other, chance);
    }
    bytes
}

fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        parts.push((file.name().to_owned(), bytes));
    }
    Some(parts)
}

fn with_a_part_changed(mut parts: Vec<(String, Vec<u8>)>, chance: &mut Chance) -> Vec<u8> {
    // the parts with text most of all
    let long: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].1.len() > 200).collect();
    let at = if long.is_empty() || chance.once_in(10) { chance.below(parts.len()) } else { chance.of(&long) };
    let other = parts[chance.below(parts.len())].1.clone();
    for _ in 0..1 + chance.below(4) {
        change(&mut parts[at].1, &other, chance);
    }
    zipped(&parts)
}

fn change(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    if bytes.is_empty() {
        return bytes.push(chance.byte());
    }
    let at = chance.below(bytes.len());
    match chance.below(10) {
        0 => bytes[at] = chance.byte(),
        1 => bytes[at] ^= 1 << chance.below(8),
        2 => drop(bytes.drain(at..(at + 1 + chance.below(40)).min(bytes.len()))),
        3 => insert(bytes, at, chance.of(&BITS).as_bytes()),
        4 => {
            let run = slice(bytes, at, 1 + chance.below(200)).to_vec();
            let most = if chance.once_in(20) { 2_000 } else { 6 };
            insert(bytes, at, &run.repeat(1 + chance.below(most)));
        }
        5 => {
            let from = chance.below(other.len());
            insert(bytes, at, slice(other, from, 1 + chance.below(300)));
        }
        6 => bytes.truncate(at),
        7 => number(bytes, at, chance),
        8 | 9 => element(bytes, chance),
        _ => {}
    }
    bytes.truncate(3_000_000);
}

fn slice(bytes: &[u8], from: usize, length: usize) -> &[u8] {
    &bytes[from.min(bytes.len())..(from + length).min(bytes.len())]
}

fn insert(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    bytes.splice(at..at, new.iter().copied());
}

/// The next number becomes another.
fn number(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let Some(from) = bytes[at..].iter().position(u8::is_ascii_digit).map(|more| at + more) else { return };
    let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let numbers = ["0", "-1", "1", "7", "63", "255", "65536", "2147483648", "99999999999999999999", "1e9", ""];
    bytes.splice(from..from + length, chance.of(&numbers).bytes());
}

/// What stands between two tags or groups is doubled, nested, moved or taken out.
fn element(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let is_mark = |byte: &u8| matches!(byte, b'<' | b'{' | b'\\' | b'\n');
    let marks: Vec<usize> =
        bytes.iter().enumerate().filter(|(_, byte)| is_mark(byte)).map(|(at, _)| at).take(20_000).collect();
    if marks.len() < 2 {
        return;
    }
    let first = chance.below(marks.len() - 1);
    let most = if chance.once_in(3) { 60 } else { 4 };
    let last = (first + 1 + chance.below(most)).min(marks.len() - 1);
    let (from, to) = (marks[first], marks[last]);
    let run = bytes[from..to].to_vec();
    match chance.below(4) {
        0 => drop(bytes.drain(from..to)),
        1 => insert(bytes, to, &run),
        2 => {
            let times = if chance.once_in(10) { 1_000 } else { 3 };
            insert(bytes, from, &run.repeat(times));
        }
        _ => insert(bytes, chance.of(&marks), &run),
    }
}

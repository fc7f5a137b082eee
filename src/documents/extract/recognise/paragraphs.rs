//! Lines to paragraphs: joins what only the line width or a soft break has parted.

use super::desk::Desk;
use super::sheet::Line;
use crate::documents::extract::result::Paragraph;

/// Whether a line goes on with the paragraph of the line before it.
pub fn goes_on(before: &Line, line: &Line) -> bool {
    if line.is_item() || line.head || before.head || line.bar {
        return false;
    }
    line.soft || is_open(before.text()) && continues_sentence(line.text())
}

/// No sentence or lead-in ends here.
fn is_open(text: &str) -> bool {
    !text.trim_end().ends_with(['.', ':', ';', '?', '!'])
}

/// Begins in lower case, as the rest of a wrapped sentence does.
fn continues_sentence(text: &str) -> bool {
    text.starts_with(|c: char| c.is_lowercase())
}

/// Groups lines into paragraphs.
pub fn group(lines: &[Line]) -> Vec<Vec<Line>> {
    let mut out: Vec<Vec<Line>> = Vec::new();
    for line in lines.iter().filter(|line| line.has_words()) {
        match out.last_mut() {
            Some(open) if open.last().is_some_and(|before| goes_on(before, line)) => open.push(line.clone()),
            Some(_) | None => out.push(vec![line.clone()]),
        }
    }
    out
}

/// The text of lines that belong together: a wrapped line joins with a space, any other with a line break.
pub fn text(desk: &mut Desk, lines: &[Line]) -> String {
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            desk_number_inline(desk, line, &mut out);
        }
        let piece = desk.take(&line.piece);
        if !out.is_empty() && !piece.is_empty() && !out.ends_with(['\n', ' ']) {
            let before = at.checked_sub(1).and_then(|before| lines.get(before));
            let rest = continues_sentence(line.text()) || before.is_some_and(is_full_width) || line.is_rest();
            let wrapped = before.is_some_and(|before| is_open(before.text())) && rest;
            out.push(if wrapped { ' ' } else { '\n' });
        }
        out.push_str(&piece);
    }
    out
}

/// As long as a line that the page's width broke.
fn is_full_width(line: &Line) -> bool {
    (45..=110).contains(&line.text().len())
}

/// A typed number inside a text of several lines stays in the text.
fn desk_number_inline(desk: &mut Desk, line: &Line, out: &mut String) {
    if let Some(number) = desk.number(line) {
        out.push('\n');
        out.push_str(&number);
        out.push(' ');
    }
}

/// A paragraph of the result, with its number apart.
pub fn paragraph(desk: &mut Desk, lines: &[Line]) -> Paragraph {
    let number = lines.first().and_then(|line| desk.number(line));
    Paragraph { text: text(desk, lines), number }
}

/// Every line as paragraphs of the result.
pub fn paragraphs(desk: &mut Desk, lines: &[Line]) -> Vec<Paragraph> {
    group(lines)
        .iter()
        .map(|lines| paragraph(desk, lines))
        .filter(|paragraph| !paragraph.text.is_empty() || paragraph.number.is_some())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_join_and_paragraphs_do_not() {
        let mut desk = Desk::default();
        let lines: Vec<Line> = ["The rota runs from", "dawn to dusk.", "Breaks are paid."]
            .iter()
            .map(|text| Line::plain(desk.ledger.enter(text)))
            .collect();
        let found = paragraphs(&mut desk, &lines);
        let texts: Vec<&str> = found.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(texts, ["The rota runs from dawn to dusk.", "Breaks are paid."]);
    }
}

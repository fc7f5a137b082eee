//! Makes lines fit for reading: leftover field marks are cut out, glued headings cut off, wordless lines set aside.

use super::desk::Desk;
use super::flattened::is_capitals;
use super::headings::opens_part;
use super::load::{tail, with_marker};
use super::sheet::{Line, Node};
use super::topics::{self, Topic};
use crate::documents::extract::result::Reason;

/// Cleans every line of the sheet.
pub fn normalise(desk: &mut Desk, nodes: Vec<Node>) -> Vec<Node> {
    let nodes = number_letters(join_lone_numbers(nodes));
    let mut out = Vec::new();
    let mut blank = false;
    for node in nodes {
        let Node::Line(line) = node else {
            out.push(clean_cells(desk, node));
            continue;
        };
        let line = cut_field_marks(desk, line);
        if line.tabs == 0 && !line.has_words() {
            blank = true;
            desk.set_aside(&line, Reason::Debris);
            continue;
        }
        let line = Line { blank: line.blank || std::mem::take(&mut blank), ..line };
        out.extend(cut_leading_heading(line).into_iter().flat_map(cut_glued_heading).map(Node::Line));
    }
    out
}

/// Numbers without a point, each alone on its line above its text. Fires where they count up: 1, 2 and so on.
fn join_lone_numbers(nodes: Vec<Node>) -> Vec<Node> {
    let value = |node: &Node| {
        node.as_line().filter(|line| !line.is_item() && line.tabs == 0).and_then(|line| line.text().parse::<u8>().ok())
    };
    let text = |node: Option<&Node>| {
        node.and_then(Node::as_line).is_some_and(|line| {
            !line.is_item() && line.tabs == 0 && line.text().parse::<u8>().is_err() && line.word_count() >= 2
        })
    };
    let places: Vec<(usize, u8)> = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| Some((at, value(node)?)))
        .filter(|(at, _)| text(nodes.get(at + 1)))
        .collect();
    let counts_up =
        places.len() >= 2 && places.iter().enumerate().all(|(index, (_, value))| usize::from(*value) == index + 1);
    if !counts_up {
        return nodes;
    }
    let mut out: Vec<Node> = Vec::new();
    let mut waiting: Option<Line> = None;
    for (at, node) in nodes.into_iter().enumerate() {
        match node {
            Node::Line(line) if places.iter().any(|(place, _)| *place == at) => waiting = Some(line),
            Node::Line(line) => match waiting.take() {
                Some(number) => out.push(Node::Line(Line { number: Some(number.piece), blank: number.blank, ..line })),
                None => out.push(Node::Line(line)),
            },
            Node::Pair(_) | Node::Grid(_) => out.push(node),
        }
    }
    out
}

/// `A. Practice` above `A1. …`: a letter that numbers a group.
fn number_letters(mut nodes: Vec<Node>) -> Vec<Node> {
    for at in 1..nodes.len() {
        let (before, rest) = nodes.split_at_mut(at);
        let (Some(Node::Line(line)), Some(Node::Line(next))) = (before.last_mut(), rest.first()) else { continue };
        let letter =
            line.text().split_once(". ").map(|(letter, _)| letter.to_owned()).filter(|letter| letter.len() == 1);
        let numbered = next.number.as_ref().is_some_and(|number| {
            letter.as_deref().is_some_and(|letter| number.text().starts_with(letter) && number.text().len() > 2)
        });
        if numbered && !line.is_item() {
            let (number, text) = line.piece.split_at(2);
            *line = Line { number: Some(number), ..line.with(text) };
        }
    }
    nodes
}

fn clean_cells(desk: &mut Desk, mut node: Node) -> Node {
    for line in node.lines_mut() {
        let clean = cut_field_marks(desk, line.clone());
        *line = clean;
    }
    node
}

/// What word processors leave behind in plain text.
const MARKS: &[&str] = &[
    "[bookmark:",
    "[bookmark",
    "{MERGEFIELD",
    "{ MERGEFIELD",
    "{PAGE",
    "{ PAGE",
    "{HYPERLINK",
    "{ HYPERLINK",
    "[if !",
    "[endif]",
];

/// Cuts `[bookmark: _GoBack]` and its like off the start or end of a line.
fn cut_field_marks(desk: &mut Desk, line: Line) -> Line {
    let text = line.text();
    let Some((start, close)) =
        MARKS.iter().find_map(|mark| text.find(mark).map(|at| (at, if mark.starts_with('{') { '}' } else { ']' })))
    else {
        return line;
    };
    let Some(end) = text[start..].find(close).map(|at| start + at + close.len_utf8()) else { return line };
    if end - start > 120 {
        return line;
    }
    let mark = line.piece.part(start..end);
    let why = "A field mark that a word processor left in the text. It is no part of the document.";
    desk.find("field-mark", mark.text(), None, why);
    let rest = if start == 0 {
        line.piece.part(end..text.len())
    } else if end == text.len() {
        line.piece.part(0..start)
    } else {
        return line;
    };
    let text = desk.take(&mark);
    desk.set_aside_text(text, Reason::Debris);
    let bare = line.with(rest);
    if bare.is_item() { bare } else { with_marker(bare) }
}

/// A heading glued to the end of the paragraph before it: `… as required. KEY TASKS`.
fn cut_glued_heading(line: Line) -> Vec<Line> {
    let text = line.text();
    let Some(at) = text
        .rmatch_indices(['.', '?', '!'])
        .map(|(at, mark)| at + mark.len())
        .find(|at| text[*at..].trim().chars().any(char::is_alphabetic))
    else {
        return vec![line];
    };
    let after = text[at..].trim();
    let spaced = text[at..].starts_with(char::is_whitespace) || is_capitals(after);
    let words = after.split_whitespace().count();
    let long_enough = text[..at].split_whitespace().count() >= 5;
    let section = topics::exact(after).is_some_and(|topic| match topic {
        Topic::Details | Topic::Web | Topic::Employer => false,
        Topic::Clauses => true,
        topic => opens_part(topic),
    });
    let named = section && words >= 2 && after.starts_with(char::is_uppercase);
    let loud = is_capitals(after) && words >= 2 && after.chars().filter(|c| c.is_alphabetic()).count() >= 10;
    if !(spaced && long_enough && words <= 9 && (named || loud)) {
        return vec![line];
    }
    let (before, heading) = line.piece.split_at(at);
    let heading = Line { blank: true, bold: named || loud, ..tail(&line, heading) };
    vec![line.with(before), heading]
}

/// `Job purpose: To keep the hall open.`: the heading of what the post is for, on the line of its own text. Fires on that
/// topic alone, and only before a sentence: a label with a short value is a detail.
fn cut_leading_heading(line: Line) -> Vec<Line> {
    let Some((at, _)) = line.text().char_indices().find(|(_, c)| *c == ':') else { return vec![line] };
    let (head, rest) = (line.text()[..at].trim(), line.text()[at + 1..].trim());
    let sentence = rest.split_whitespace().count() >= 5 && rest.starts_with(char::is_uppercase);
    if line.is_item() || line.tabs > 0 || !sentence || topics::exact(head) != Some(Topic::Purpose) {
        return vec![line];
    }
    let (head, rest) = line.piece.split_at(at + 1);
    let head = Line { bold: true, ..line.with(head) };
    vec![head, tail(&line, rest)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> (Vec<String>, Desk) {
        let mut desk = Desk::default();
        let line = Line::plain(desk.ledger.enter(raw));
        let nodes = normalise(&mut desk, vec![Node::Line(line)]);
        let texts = nodes.iter().filter_map(Node::as_line).map(|line| line.text().to_owned()).collect();
        (texts, desk)
    }

    #[test]
    fn field_marks_are_set_aside_and_named() {
        let (lines, desk) = texts("[bookmark: _Toc1]2.\tSweep the yard");
        assert_eq!(lines, ["Sweep the yard"]);
        assert_eq!(desk.unplaced.len(), 1);
        assert_eq!(desk.findings[0].rule, "field-mark");
    }

    #[test]
    fn a_glued_heading_is_cut_off() {
        assert_eq!(
            texts("Sweep the yard and lock up at night. Person specification").0,
            ["Sweep the yard and lock up at night.", "Person specification"]
        );
        assert_eq!(texts("Sweep the yard and lock up at night. Then go home.").0.len(), 1);
    }

    #[test]
    fn a_purpose_on_the_line_of_its_heading_is_cut_off() {
        let cut = ["Job purpose:", "To keep the hall open for everybody."];
        assert_eq!(texts("Job purpose: To keep the hall open for everybody.").0, cut);
        assert_eq!(texts("Reports to: The head of the whole parks service").0.len(), 1);
    }

    #[test]
    fn a_lone_stop_is_debris() {
        let (lines, desk) = texts(".");
        assert!(lines.is_empty());
        assert_eq!(desk.unplaced[0].reason, Reason::Debris);
    }
}

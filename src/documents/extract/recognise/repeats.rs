//! Blocks that the source prints twice: the second printing is set aside as a repeat.
//!
//! Fires on a run of lines that stands word for word further up: several lines, or one long one. The last line of a
//! run may be cut off in either printing; the cut copy is then the repeat.

use super::desk::Desk;
use super::ledger::words;
use super::sheet::{Line, Node};
use crate::documents::extract::result::Reason;
use std::collections::HashMap;

/// A run is a repeat from this many lines on, when it also has this many words.
const LINES: usize = 4;
const WORDS: usize = 18;
/// Fewer lines are one from this many words on.
const LONG: usize = 40;
/// Earlier printings looked at for one line; a table's `Yes` may stand a thousand times.
const CANDIDATES: usize = 40;

/// A line's words, and where it stands: node and place within the node.
struct Entry {
    key: Vec<String>,
    at: (usize, usize),
}

/// Takes repeated runs out of the sheet.
pub fn drop_repeats(desk: &mut Desk, mut nodes: Vec<Node>) -> Vec<Node> {
    let entries = entries(&mut nodes);
    let mut gone: HashMap<(usize, usize), ()> = HashMap::new();
    for (start, length) in runs(&entries) {
        for entry in &entries[start..start + length] {
            gone.insert(entry.at, ());
        }
        let text = entries[start].key.join(" ");
        report(desk, &nodes, &entries[start], length, &text);
    }
    if gone.is_empty() {
        return nodes;
    }
    let mut out = Vec::new();
    for (index, mut node) in nodes.into_iter().enumerate() {
        remove(desk, &mut node, |place| gone.contains_key(&(index, place)));
        let empty = matches!(&node, Node::Line(line) if !line.has_words())
            || matches!(&node, Node::Grid(grid) if grid.rows.iter().all(|row| row.cells.iter().all(|cell| !cell.has_words())));
        if !empty {
            out.push(node);
        }
    }
    out
}

fn entries(nodes: &mut [Node]) -> Vec<Entry> {
    let mut out = Vec::new();
    for (index, node) in nodes.iter_mut().enumerate() {
        for (place, line) in node.lines_mut().into_iter().enumerate() {
            let number = line.number.as_ref().map(|number| words(number.text())).unwrap_or_default();
            let key: Vec<String> = number.into_iter().chain(words(line.text())).collect();
            if !key.is_empty() {
                out.push(Entry { key, at: (index, place) });
            }
        }
    }
    out
}

/// Start and length of every repeated run, never overlapping.
fn runs(entries: &[Entry]) -> Vec<(usize, usize)> {
    let mut seen: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut out = Vec::new();
    let mut at = 0;
    while at < entries.len() {
        let first = entries[at].key.first().map(String::as_str).unwrap_or_default();
        let earlier = seen.get(first).map(Vec::as_slice).unwrap_or_default();
        let best = earlier.iter().rev().take(CANDIDATES).map(|&from| run_length(entries, from, at)).max().unwrap_or(0);
        if is_repeat(&entries[at..at + best]) {
            out.push((at, best));
            at += best;
            continue;
        }
        seen.entry(first).or_default().push(at);
        at += 1;
    }
    out
}

fn is_repeat(run: &[Entry]) -> bool {
    let total: usize = run.iter().map(|entry| entry.key.len()).sum();
    run.len() >= LINES && total >= WORDS || total >= LONG
}

fn run_length(entries: &[Entry], from: usize, at: usize) -> usize {
    let mut length = 0;
    while from + length < at && at + length < entries.len() {
        let (first, second) = (&entries[from + length].key, &entries[at + length].key);
        if first != second {
            // the later copy may break off in the middle of a word
            return length + usize::from(length > 0 && is_cut(second, first));
        }
        length += 1;
    }
    length
}

/// Whether one text is the beginning of the other, at least four words long.
fn is_cut(cut: &[String], whole: &[String]) -> bool {
    let Some((last, rest)) = cut.split_last() else { return false };
    cut.len() >= 4
        && cut.len() < whole.len()
        && whole.starts_with(rest)
        && whole.get(rest.len()).is_some_and(|word| word.starts_with(last.as_str()))
}

fn report(desk: &mut Desk, nodes: &[Node], first: &Entry, length: usize, key: &str) {
    let shown = match nodes.get(first.at.0) {
        Some(Node::Line(line)) => line.text().to_owned(),
        Some(Node::Grid(_) | Node::Pair(_)) | None => key.to_owned(),
    };
    let short: String = shown.chars().take(120).collect();
    let why = format!("{length} lines from here on stand word for word further up. They are placed once.");
    desk.find("repeat", &short, None, &why);
}

/// Sets the chosen lines of a node aside and empties them.
fn remove(desk: &mut Desk, node: &mut Node, chosen: impl Fn(usize) -> bool) {
    for (place, line) in node.lines_mut().into_iter().enumerate() {
        if chosen(place) {
            desk.set_aside(line, Reason::Repeat);
            *line = Line { number: None, glyph: None, ..line.with(line.piece.part(0..0)) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(lines: &[&str]) -> (Vec<String>, usize) {
        let mut desk = Desk::default();
        let nodes = lines.iter().map(|text| Node::Line(Line::plain(desk.ledger.enter(text)))).collect();
        let nodes = drop_repeats(&mut desk, nodes);
        (nodes.iter().filter_map(Node::as_line).map(|line| line.text().to_owned()).collect(), desk.unplaced.len())
    }

    const BLOCK: &[&str] = &[
        "Main duties",
        "Feed the goats twice a day",
        "Mend the fences round the meadow",
        "Lead visitors about the farm safely",
        "Keep the log",
    ];

    #[test]
    fn a_block_printed_twice_is_placed_once() {
        let twice = [BLOCK, &["Closing words"], BLOCK].concat();
        let (lines, repeats) = left(&twice);
        assert_eq!(lines, [BLOCK, &["Closing words"]].concat());
        assert_eq!(repeats, BLOCK.len());
    }

    #[test]
    fn a_short_likeness_is_no_repeat() {
        let (lines, repeats) = left(&["Skills", "Essential", "Desirable", "Knowledge", "Essential", "Desirable"]);
        assert_eq!((lines.len(), repeats), (6, 0));
    }
}

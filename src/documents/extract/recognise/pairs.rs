//! Labels and values in running lines: `Label: value`, `Label<tab>value`, and a label alone above its value.
//!
//! Fires on labels that are known to many employers; beside a known one, a short unknown label with a colon is
//! believed as well. Tables of labels are `grids`' business.

use super::grids::split_label;
use super::headings;
use super::labels;
use super::sheet::{Line, Node, Pair};
use super::topics;

/// Makes pairs of the lines that hold them.
pub fn pair_up(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    let mut rest = nodes.into_iter().peekable();
    while let Some(node) = rest.next() {
        let Node::Line(line) = node else {
            out.push(node);
            continue;
        };
        let beside = matches!(out.last(), Some(Node::Pair(_)));
        if let Some(pair) = in_line(&line, beside, rest.peek()) {
            out.push(Node::Pair(pair));
            continue;
        }
        if is_label_line(&line) {
            let mut value = Vec::new();
            while rest.peek().is_some_and(|next| is_value(next, &value, &line)) {
                if let Some(Node::Line(next)) = rest.next() {
                    value.push(next);
                }
            }
            if !value.is_empty() || followed_by_label(rest.peek()) && beside {
                out.push(Node::Pair(Pair { label: line.piece.without_end(&[':']), value, firm: false }));
                continue;
            }
        }
        out.push(Node::Line(line));
    }
    out
}

/// `Label: value` and `Label<tab>value` on one line.
fn in_line(line: &Line, beside: bool, next: Option<&Node>) -> Option<Pair> {
    if line.is_item() && !beside && !line.is_bullet() || line.style.is_some() && !line.text().contains(':') {
        return None;
    }
    let (label, value) = split_label(&line.piece).or_else(|| split_tab(line))?;
    let known = labels::is_known(label.text());
    let near = beside || next_is_known(next);
    let unknown = near && !line.is_item() && label.text().split_whitespace().count() <= 4 && !topics::is_clause(label.text()) && value.text().split_whitespace().count() <= 12;
    let heading = topics::exact(label.text()).is_some_and(headings::opens_part) && !known;
    if !(known || unknown) || heading {
        return None;
    }
    let words = value.text().split_whitespace().count();
    if words > 60 || !known && !value.has_words() || topics::is_clause(label.text()) && words > 12 {
        return None;
    }
    if value.text().is_empty() && !near && !labels::is_firm(label.text()) {
        return None;
    }
    if value.text().is_empty() && line.leads_in() && next.and_then(Node::as_line).is_some_and(Line::is_item) {
        return None;
    }
    if value.has_words() {
        let line = Line { number: None, ..line.with(value) };
        return Some(Pair { label, value: vec![line], firm: true });
    }
    None
}

/// A known label, then a tab or a wide gap that the reader kept as a tab.
fn split_tab(line: &Line) -> Option<(super::ledger::Piece, super::ledger::Piece)> {
    let at = line.text().find('\t')?;
    let (label, value) = line.piece.split_at(at);
    labels::is_known(label.text()).then_some((label, value))
}

fn next_is_known(next: Option<&Node>) -> bool {
    match next {
        Some(Node::Pair(_)) => true,
        Some(Node::Line(line)) => split_label(&line.piece).is_some_and(|(label, _)| labels::is_known(label.text())),
        Some(Node::Grid(_)) | None => false,
    }
}

fn followed_by_label(next: Option<&Node>) -> bool {
    next.and_then(Node::as_line).is_some_and(is_label_line)
}

/// A line that is only a label, by its words.
fn is_label_line(line: &Line) -> bool {
    let text = line.text().trim_end_matches([':', ' ']);
    !line.is_item() && labels::is_firm(text) && !text.is_empty()
}

/// Whether a node can be the value of a label above it, or a further line of an address.
fn is_value(next: &Node, so_far: &[Line], label: &Line) -> bool {
    let Node::Line(line) = next else { return false };
    let words = line.word_count();
    let other = is_label_line(line) || line.style.is_some() || line.bar && !label.bar || line.leads_in();
    let topic = topics::exact(line.text()).is_some();
    if other || words == 0 || split_label(&line.piece).is_some_and(|(label, _)| labels::is_known(label.text())) {
        return false;
    }
    match so_far.last() {
        None => words <= if label.bar { 60 } else { 15 } && !topic && !line.is_bullet(),
        Some(last) => is_address(label) && words <= 6 && !topic && !line.is_item() && !is_postcode_end(last.text()) && !line.text().ends_with('.'),
    }
}

fn is_address(label: &Line) -> bool {
    let plain = labels::plain(label.text());
    plain == "address" || labels::key(label.text()) == Some(labels::Key::Location)
}

/// Whether a line ends with a United Kingdom postcode, as an address does.
pub fn is_postcode_end(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_end_matches('.').split_whitespace().rev().take(2).collect();
    let [inward, outward] = parts.as_slice() else { return false };
    let inward = inward.len() == 3 && inward.starts_with(|c: char| c.is_ascii_digit()) && inward[1..].bytes().all(|b| b.is_ascii_uppercase());
    let outward = (2..=4).contains(&outward.len()) && outward.starts_with(|c: char| c.is_ascii_uppercase()) && outward.bytes().any(|b| b.is_ascii_digit());
    inward && outward
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::recognise::ledger::Ledger;

    fn nodes(lines: &[&str]) -> Vec<Node> {
        let mut ledger = Ledger::default();
        lines.iter().map(|text| Node::Line(Line::plain(ledger.enter(text)))).collect()
    }

    fn pairs(lines: &[&str]) -> Vec<(String, String)> {
        let text = |pair: Pair| (pair.label.text().to_owned(), pair.value.iter().map(Line::text).collect::<Vec<_>>().join("|"));
        pair_up(nodes(lines))
            .into_iter()
            .filter_map(|node| match node {
                Node::Pair(pair) => Some(text(pair)),
                Node::Line(_) | Node::Grid(_) => None,
            })
            .collect()
    }

    fn own(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn labels_with_a_colon_or_tab() {
        let found = pairs(&["Post title: Ranger", "Band:\t3", "Clan: Highland", "Grade\t5"]);
        assert_eq!(found, own(&[("Post title", "Ranger"), ("Band", "3"), ("Clan", "Highland"), ("Grade", "5")]));
        assert!(pairs(&["The duties include: filing", "Confidentiality: you must keep records safe at all times."]).is_empty());
    }

    #[test]
    fn a_label_above_its_value() {
        let found = pairs(&["Closing date", "3 May 2027", "Job locations", "Town Hall", "High Street", "Marlowe", "ZZ1 2AB", "More text follows here."]);
        assert_eq!(found, own(&[("Closing date", "3 May 2027"), ("Job locations", "Town Hall|High Street|Marlowe|ZZ1 2AB")]));
    }
}

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
    let mut at = 0;
    let mut unparted_before = false;
    while let Some(node) = nodes.get(at) {
        let after = &nodes[at + 1..];
        at += 1;
        let Node::Line(line) = node else {
            out.push(node.clone());
            continue;
        };
        let beside = match out.last() {
            Some(Node::Pair(_)) => true,
            Some(Node::Line(before)) => before.leads_in() && before.text().to_lowercase().contains("contact"),
            Some(Node::Grid(_)) | None => false,
        };
        if let Some(pair) = in_line(line, beside, after.first()) {
            out.extend(several(pair).into_iter().map(Node::Pair));
            continue;
        }
        let below = |nth: usize, least| {
            after.get(nth).and_then(Node::as_line).is_some_and(|next| unparted(next, least).is_some())
        };
        let block = unparted_before || below(0, 2) || below(0, 1) && below(1, 2);
        if let Some((label, value)) = unparted(line, 2).or_else(|| unparted(line, 1)).filter(|_| block) {
            unparted_before = true;
            let value = Line { number: None, ..line.with(value) };
            out.push(Node::Pair(Pair { number: line.number.clone(), label, value: vec![value] }));
            continue;
        }
        unparted_before = false;
        // between other labels, less certain words are believed as well
        let near = beside && labels::is_known(line.text()) && !line.is_item();
        let value = if is_label_line(line) || near { value_below(line, after) } else { Vec::new() };
        at += value.len();
        if !value.is_empty()
            || is_label_line(line)
                && (line.bar || beside && (line.text().ends_with(':') || followed_by_label(after.first())))
        {
            out.push(Node::Pair(Pair { number: line.number.clone(), label: line.piece.without_end(&[':']), value }));
        } else {
            out.push(node.clone());
        }
    }
    out
}

/// The lines under a label that are its value.
fn value_below(label: &Line, after: &[Node]) -> Vec<Line> {
    let mut value: Vec<Line> = Vec::new();
    while let Some(node) = after.get(value.len()) {
        let rest = &after[value.len() + 1..];
        let Some(line) = node.as_line().filter(|line| is_value(line, &value, label, rest)) else { break };
        value.push(line.clone());
    }
    value
}

/// `Label: value` and `Label<tab>value` on one line.
fn in_line(line: &Line, beside: bool, next: Option<&Node>) -> Option<Pair> {
    if line.is_item() && !beside && !line.is_bullet() || line.style.is_some() && !line.text().contains(':') {
        return None;
    }
    let (label, value) = split_label(&line.piece).or_else(|| split_tab(line))?;
    let known = labels::is_known(label.text());
    let near = beside || next_is_known(next);
    let unknown = near
        && !line.is_item()
        && label.text().split_whitespace().count() <= 4
        && !topics::is_clause(label.text())
        && value.text().split_whitespace().count() <= 12;
    let heading = topics::exact(label.text()).is_some_and(headings::opens_part) && !known;
    // "Budget: none. Staff: two." is a sentence, not a row of labels
    let keyed = labels::key(label.text()).is_some();
    let prose = !keyed && (!near || value.text().contains(". "));
    if !(known && !prose || unknown) || heading || topics::exact(value.text()).is_some_and(headings::opens_part) {
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
        let number = line.number.clone();
        let line = Line { number: None, ..line.with(value) };
        return Some(Pair { number, label, value: vec![line] });
    }
    None
}

/// Two pairs on one line: `Job title: Ranger   Grade: 5`.
fn several(pair: Pair) -> Vec<Pair> {
    let [line] = pair.value.as_slice() else { return vec![pair] };
    let text = line.text();
    let starts = text.match_indices(':').filter_map(|(colon, _)| {
        // the label is the one to three words before the colon
        let before = text[..colon].char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at + 1);
        before.take(3).filter(|at| labels::key(&text[*at..colon]).is_some()).last().map(|at| (at, colon))
    });
    let Some((at, colon)) = starts.into_iter().next() else { return vec![pair] };
    let (value, rest) = (line.piece.part(0..at), line.piece.part(colon + 1..text.len()));
    let label = line.piece.part(at..colon);
    if !value.has_words() || !rest.has_words() {
        return vec![pair];
    }
    let next = Pair { number: None, label, value: vec![Line::plain(rest)] };
    let first = Pair { value: vec![line.with(value)], ..pair.clone() };
    std::iter::once(first).chain(several(next)).collect()
}

/// A known label, then a tab or a wide gap that the reader kept as a tab.
fn split_tab(line: &Line) -> Option<(super::ledger::Piece, super::ledger::Piece)> {
    let at = line.text().find('\t')?;
    let (label, value) = line.piece.split_at(at);
    labels::is_known(label.text()).then_some((label, value))
}

/// A label of so many words or more with its value right behind it: `Role title Ranger`. Fires beside another such line
/// only, and one word is enough only beside a line with more.
fn unparted(line: &Line, least: usize) -> Option<(super::ledger::Piece, super::ledger::Piece)> {
    let text = line.text();
    let ends = text.ends_with(['.', ':', ';']) || topics::is_document_name(text);
    if line.is_item() || line.tabs > 0 || line.word_count() > 10 || ends {
        return None;
    }
    let spaces = text.match_indices(' ').map(|(at, _)| at).skip(least - 1).take(3);
    let ends: Vec<usize> = spaces.collect();
    let at = ends.into_iter().rev().find(|at| labels::key(&text[..*at]).is_some())?;
    let value = text[at..].trim_start();
    value.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '£').then(|| line.piece.split_at(at))
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
    // a numbered line must name a key: "2. Reports to"
    let numbered = line.number.is_some() && labels::key(text).is_some();
    (!line.is_item() || numbered) && labels::is_firm(text) && !text.is_empty() && !topics::is_document_name(text)
}

/// Whether a line can be the value of a label above it, or a further line of an address.
fn is_value(line: &Line, so_far: &[Line], label: &Line, rest: &[Node]) -> bool {
    let words = line.word_count();
    let other = is_label_line(line) || line.style.is_some() || line.bar && !label.bar || line.leads_in();
    let topic = topics::exact(line.text()).is_some();
    let other = other
        || so_far.is_empty()
            && unparted(line, 2).is_some()
            && rest.first().and_then(Node::as_line).is_some_and(|next| unparted(next, 2).is_some());
    if other || words == 0 || split_label(&line.piece).is_some_and(|(label, _)| labels::is_known(label.text())) {
        return false;
    }
    let dated = labels::key(label.text()).is_some_and(|key| key.is_date() || key == labels::Key::PostNumbers);
    if dated && !line.text().contains(|c: char| c.is_ascii_digit()) && words > 3 {
        return false;
    }
    // a numbered sentence is the first item of a list under a heading
    let item = line.number.is_some() && label.number.is_none() && words > 3;
    let heading = item || !label.bar && headings::judge(line, None, rest).is_some();
    match so_far.last() {
        None => words <= if label.bar { 60 } else { 15 } && !topic && !heading && !line.is_bullet(),
        Some(last) => {
            is_address(label)
                && words <= 6
                && !topic
                && !line.is_item()
                && !is_postcode_end(last.text())
                && !line.text().ends_with('.')
        }
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
    let inward = inward.len() == 3
        && inward.starts_with(|c: char| c.is_ascii_digit())
        && inward[1..].bytes().all(|b| b.is_ascii_uppercase());
    let outward = (2..=4).contains(&outward.len())
        && outward.starts_with(|c: char| c.is_ascii_uppercase())
        && outward.bytes().any(|b| b.is_ascii_digit());
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
        let text = |pair: Pair| {
            (pair.label.text().to_owned(), pair.value.iter().map(Line::text).collect::<Vec<_>>().join("|"))
        };
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
        assert!(
            pairs(&["The duties include: filing", "Confidentiality: you must keep records safe at all times."])
                .is_empty()
        );
    }

    #[test]
    fn labels_without_a_separator() {
        let found = pairs(&["Role title Ranger", "Reporting to Head Ranger", "Job title changes are rare here."]);
        assert_eq!(found, own(&[("Role title", "Ranger"), ("Reporting to", "Head Ranger")]));
        let found = pairs(&["ROLE PROFILE", "Role title Ranger", "Grade Grade 5", "Reporting to Head Ranger"]);
        assert_eq!(found, own(&[("Role title", "Ranger"), ("Grade", "Grade 5"), ("Reporting to", "Head Ranger")]));
        assert!(pairs(&["Reporting to Head Ranger", "The ranger walks."]).is_empty());
    }

    #[test]
    fn a_label_above_its_value() {
        let found = pairs(&[
            "Closing date",
            "3 May 2027",
            "Job locations",
            "Town Hall",
            "High Street",
            "Marlowe",
            "ZZ1 2AB",
            "More text follows here.",
        ]);
        assert_eq!(
            found,
            own(&[("Closing date", "3 May 2027"), ("Job locations", "Town Hall|High Street|Marlowe|ZZ1 2AB")])
        );
    }
}

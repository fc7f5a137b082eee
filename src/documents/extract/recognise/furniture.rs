//! Page furniture: running heads and feet, page numbers, and the buttons and notes of a web page.
//!
//! Fires on what the container knows to be a head or foot, on lines that only number a page, and on lines of
//! well-known web page parts. Everything is set aside as page furniture.

use super::desk::Desk;
use super::ledger::words;
use super::sheet::{Line, Node};
use super::vocabulary::Lists;
use crate::documents::extract::result::Reason;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static WORDS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("vocabulary/web.txt")));

/// Takes furniture out of the body; heads and feet come apart from it. Returns the text of all heads as well.
pub fn clear(desk: &mut Desk, apart: &[Line], nodes: Vec<Node>) -> (Vec<Node>, Vec<String>) {
    let mut texts: Vec<String> = apart.iter().map(|line| line.text().to_owned()).collect();
    for line in apart {
        desk.set_aside(line, Reason::PageFurniture);
    }
    let heads = running_heads(&nodes);
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut out = Vec::new();
    for node in nodes {
        if let Node::Line(line) = &node {
            let key = words(line.text()).join(" ");
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            let numbered = before_page_number(line.text());
            if numbered.is_some() || is_web(line) || heads.contains(&key) && *count > 1 {
                texts.extend(numbered.map(str::to_owned));
                desk.set_aside(line, Reason::PageFurniture);
                continue;
            }
        }
        out.push(node);
    }
    (out, texts)
}

/// What stands before the page number that ends a line: `Marlowe Council  Page 2 of 5`, or nothing.
fn before_page_number(text: &str) -> Option<&str> {
    if is_page_number(text) {
        return Some("");
    }
    let at = text.rfind("Page ").filter(|at| is_page_number(&text[*at..]))?;
    let before = text[..at].trim();
    (text[..at].ends_with(['\t', '|', '–', '-', ' ']) && before.split_whitespace().count() <= 10).then_some(before)
}

/// `Page 2 of 5`, `- 3 -`.
fn is_page_number(text: &str) -> bool {
    let words = words(text);
    let number = |word: &str| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["page", one] => number(one),
        ["page", one, "of", all] => number(one) && number(all),
        [one] => number(one) && text.trim().starts_with(['-', '–']),
        _ => false,
    }
}

fn is_web(line: &Line) -> bool {
    let plain = words(line.text()).join(" ");
    let known = WORDS.has("web", &plain) && !line.is_item();
    let new_tab = plain.contains("opens in a new")
        && words(line.text()).len() <= 12
        && (plain.contains("privacy") || plain.contains("cookie"));
    known || new_tab
}

/// The same short line printed with a page number in it, at least three times.
fn running_heads(nodes: &[Node]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in nodes
        .iter()
        .filter_map(Node::as_line)
        .filter(|line| !line.is_item() && !line.leads_in() && (4..=14).contains(&line.word_count()))
    {
        *counts.entry(words(line.text()).join(" ")).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= 3).map(|(key, _)| key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_and_buttons_are_furniture() {
        let mut desk = Desk::default();
        let texts =
            ["Page 1 of 3", "Apply now", "Keep the page numbers right", "Our privacy notice (opens in a new tab)"];
        let nodes = texts.iter().map(|text| Node::Line(Line::plain(desk.ledger.enter(text)))).collect();
        let (left, _) = clear(&mut desk, &[], nodes);
        assert_eq!(left.len(), 1);
        assert!(desk.unplaced.iter().all(|rest| rest.reason == Reason::PageFurniture));
    }
}

//! Running heads, feet and page numbers: what stands at the top or foot of several pages alike.

use super::lines::Line;
use std::collections::HashMap;

/// Share of the page's height in which heads and feet stand.
const EDGE: f64 = 0.12;
/// Lines at one edge that are looked at.
const LINES: usize = 4;

/// A page's lines, its heads and feet apart.
#[derive(Debug, Default)]
pub struct Cut {
    pub heads: Vec<Line>,
    pub body: Vec<Line>,
    pub feet: Vec<Line>,
}

/// Cuts heads and feet off pages of these heights. A line is one where another page has the same text, numbers
/// aside, at the same height; a number alone at the edge always is.
pub fn cut(pages: Vec<(f64, Vec<Line>)>) -> Vec<Cut> {
    let mut counts: HashMap<(bool, String), usize> = HashMap::new();
    for (height, lines) in &pages {
        for (top, line) in candidates(*height, lines) {
            *counts.entry((top, key(line))).or_default() += 1;
        }
    }
    let runs = |top: bool, line: &Line| {
        let text = line.text();
        let number = text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
        number || counts.get(&(top, key(line))).is_some_and(|count| *count > 1)
    };
    let mut out = Vec::new();
    for (height, lines) in &pages {
        let mut cut = Cut::default();
        let edges: Vec<(bool, &Line)> =
            candidates(*height, lines).into_iter().filter(|(top, line)| runs(*top, line)).collect();
        for line in lines {
            match edges.iter().find(|(_, edge)| std::ptr::eq(*edge, line)) {
                Some((true, _)) => cut.heads.push(line.clone()),
                Some((false, _)) => cut.feet.push(line.clone()),
                None => cut.body.push(line.clone()),
            }
        }
        out.push(cut);
    }
    out
}

/// The lines near the top (true) and the foot of a page.
fn candidates(height: f64, lines: &[Line]) -> Vec<(bool, &Line)> {
    let top = lines.iter().take(LINES).filter(|line| line.baseline() < height * EDGE).map(|line| (true, line));
    let foot = lines.iter().rev().take(LINES).filter(|line| line.baseline() > height * (1.0 - EDGE));
    top.chain(foot.map(|line| (false, line))).collect()
}

/// Its text without numbers, and its height to some points.
fn key(line: &Line) -> String {
    let text: String = line.text().chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    let text = text.replace("##", "#").to_lowercase();
    format!("{text} {:.0}", line.baseline() / 6.0)
}

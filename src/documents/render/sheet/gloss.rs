//! Short forms of the employer, explained where each stands first: in stretches of their own, which are no part of the
//! version and are left out when a Word file of ours is read back.

use super::{Block, Entry, Line, Mark, Row, Run};
use crate::domain::advert::{Acronyms, Explainer};

pub(super) fn explain(blocks: &mut [Block], glossary: &Acronyms) {
    if glossary.is_empty() {
        return;
    }
    let mut whole = String::new();
    each_line(blocks, &mut |line| {
        whole.push_str(&line.text());
        whole.push('\n');
    });
    let mut explainer = glossary.explainer(&whole);
    // What a heading or a label says stays short: only what an item says is explained.
    each_line(blocks, &mut |line| {
        if line.item.is_some() {
            line.words = explained(std::mem::take(&mut line.words), &mut explainer);
        }
    });
}

fn explained(words: Vec<Run>, explainer: &mut Explainer<'_>) -> Vec<Run> {
    let mut out = Vec::new();
    for run in words {
        let mut from = 0;
        if run.mark == Mark::Same {
            for (at, long) in explainer.explanations(&run.text) {
                out.push(Run { text: run.text[from..at].to_owned(), ..run.clone() });
                out.push(Run { text: long, gloss: true, ..run.clone() });
                from = at;
            }
        }
        if from < run.text.len() || from == 0 {
            out.push(Run { text: run.text[from..].to_owned(), ..run });
        }
    }
    out
}

/// Every line in reading order.
fn each_line(blocks: &mut [Block], act: &mut impl FnMut(&mut Line)) {
    for block in blocks {
        match block {
            Block::Text(line) => act(line),
            Block::List(list) => each_entry(list, act),
            Block::Facts(facts) => facts.iter_mut().for_each(|fact| act(&mut fact.value)),
            Block::Table(table) => {
                for row in &mut table.rows {
                    match row {
                        Row::Over(_) => {}
                        Row::Cells(cells) => cells.iter_mut().flatten().for_each(&mut *act),
                    }
                }
            }
            Block::Chart(lines) => lines.iter_mut().for_each(&mut *act),
            Block::Part { .. }
            | Block::Posts(_)
            | Block::Title(_)
            | Block::Heading { .. }
            | Block::Break
            | Block::Ungrouped
            | Block::NewPage => {}
        }
    }
}

fn each_entry(list: &mut [Entry], act: &mut impl FnMut(&mut Line)) {
    for entry in list {
        act(&mut entry.line);
        each_entry(&mut entry.children, act);
    }
}

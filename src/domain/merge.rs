//! Two people changed the same item: both wordings in one, as far as their changes leave one another alone.
//!
//! No word that either of them wrote is ever dropped. A word goes only where one took it out and the other left it.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::content::{Assessment, Body, Item};
use super::work::Work;

/// Both sides of an item in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    pub item: Item,
    /// Whether the changes leave one another alone, so that it reads as one text.
    pub clean: bool,
    /// What can only be one thing and was changed to two: mine stands.
    pub clashes: Vec<&'static str>,
}

/// A stretch of the base's pieces, and what one side wrote in its place.
struct Change<'a> {
    at: Range<usize>,
    new: Vec<&'a str>,
}

/// The text with the changes of both sides, where no change of one touches a change of the other.
pub fn text(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let pieces = pieces(base);
    let (mine, theirs) = (changes(&pieces, mine), changes(&pieces, theirs));
    let mut ordered: Vec<&Change<'_>> = mine.iter().collect();
    for change in &theirs {
        match mine.iter().find(|one| touch(&one.at, &change.at)) {
            None => ordered.push(change),
            // The same done twice is done once.
            Some(same) if same.at == change.at && same.new == change.new => {}
            Some(_) => return None,
        }
    }
    ordered.sort_by_key(|change| (change.at.start, change.at.end));
    let mut merged = String::new();
    let mut reached = 0;
    for change in ordered {
        merged.extend(pieces[reached..change.at.start].iter().copied());
        merged.extend(change.new.iter().copied());
        reached = change.at.end;
    }
    merged.extend(pieces[reached..].iter().copied());
    Some(merged)
}

/// Words and the spaces between them, in turn.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last: Option<bool> = None;
    for (at, c) in text.char_indices() {
        if last.is_some_and(|space| space != c.is_whitespace()) {
            pieces.push(&text[start..at]);
            start = at;
        }
        last = Some(c.is_whitespace());
    }
    pieces.extend((start < text.len()).then(|| &text[start..]));
    pieces
}

fn changes<'a>(base: &[&str], side: &'a str) -> Vec<Change<'a>> {
    let side = pieces(side);
    let changed = |op: &DiffOp| !matches!(op, DiffOp::Equal { .. });
    capture_diff_slices(Algorithm::Myers, base, &side)
        .into_iter()
        .filter(changed)
        .map(|op| Change { at: op.old_range(), new: side[op.new_range()].to_vec() })
        .collect()
}

/// Neighbours touch too: who changes a word and who changes the space behind it mean the same place.
fn touch(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Both sides of an item in one. Without a base everything that differs was changed by both.
pub fn both(base: Option<&Item>, mine: &Item, theirs: &Item) -> Both {
    let mut merge = Merge { clean: true, clashes: Vec::new() };
    let text = merge.lines(base.map(|base| base.text.as_str()), &mine.text, &theirs.text);
    let number = merge.pick("Number", base.map(|base| &base.number), &mine.number, &theirs.number);
    let body = merge.body(base.map(|base| &base.body), &mine.body, &theirs.body);
    let clean = merge.clean && merge.clashes.is_empty();
    Both { item: Item { text, number, body, ..theirs.clone() }, clean, clashes: merge.clashes }
}

struct Merge {
    clean: bool,
    clashes: Vec<&'static str>,
}

impl Merge {
    /// What can be only one of the two.
    fn pick<T: PartialEq + Clone>(&mut self, what: &'static str, base: Option<&T>, mine: &T, theirs: &T) -> T {
        if base == Some(mine) || mine == theirs {
            return theirs.clone();
        }
        if base != Some(theirs) {
            self.clashes.push(what);
        }
        mine.clone()
    }

    /// Text of several lines: merged, or theirs with mine below it.
    fn lines(&mut self, base: Option<&str>, mine: &str, theirs: &str) -> String {
        self.joined(base, mine, theirs, "\n")
    }

    /// A short text: merged, or both side by side.
    fn line(&mut self, base: Option<&String>, mine: &str, theirs: &str) -> String {
        self.joined(base.map(String::as_str), mine, theirs, " / ")
    }

    fn joined(&mut self, base: Option<&str>, mine: &str, theirs: &str, between: &str) -> String {
        if mine == theirs {
            return mine.to_owned();
        }
        if let Some(merged) = base.and_then(|base| text(base, mine, theirs)) {
            return merged;
        }
        self.clean = false;
        match (theirs.is_empty(), mine.is_empty()) {
            (true, _) => mine.to_owned(),
            (false, true) => theirs.to_owned(),
            (false, false) => format!("{theirs}{between}{mine}"),
        }
    }

    fn body(&mut self, base: Option<&Body>, mine: &Body, theirs: &Body) -> Body {
        match (mine, theirs) {
            (Body::Criterion { .. }, Body::Criterion { .. }) => self.criterion(base, mine, theirs),
            (Body::Duty(mine), Body::Duty(theirs)) => {
                let base = if let Some(Body::Duty(base)) = base { Some(base) } else { None };
                Body::Duty(self.work(base, mine, theirs))
            }
            (Body::Demand { .. }, Body::Demand { .. }) => self.demand(base, mine, theirs),
            (Body::Term { label: mine }, Body::Term { label: theirs }) => {
                Body::Term { label: self.line(label(base), mine, theirs) }
            }
            (Body::Detail { label: mine }, Body::Detail { label: theirs }) => {
                Body::Detail { label: self.line(label(base), mine, theirs) }
            }
            (Body::Clause { heading, placed }, Body::Clause { heading: theirs, placed: their_placed }) => {
                let heading = self.line(label(base), heading, theirs);
                let base =
                    base.and_then(|base| if let Body::Clause { placed, .. } = base { Some(placed) } else { None });
                let placed = self.pick("Standard clause", base, placed, their_placed);
                Body::Clause { heading, placed }
            }
            (Body::FactorLevel { factor, level }, Body::FactorLevel { factor: their_factor, level: their_level }) => {
                let base =
                    if let Some(Body::FactorLevel { factor, level }) = base { Some((factor, level)) } else { None };
                let factor = self.line(base.map(|base| base.0), factor, their_factor);
                Body::FactorLevel { factor, level: self.line(base.map(|base| base.1), level, their_level) }
            }
            (mine, theirs) => self.pick("Kind", base, mine, theirs),
        }
    }

    fn criterion(&mut self, base: Option<&Body>, mine: &Body, theirs: &Body) -> Body {
        let (
            Body::Criterion { importance, subheading, assessment },
            Body::Criterion { importance: their_importance, subheading: theirs_under, assessment: their_methods },
        ) = (mine, theirs)
        else {
            return mine.clone();
        };
        let base = if let Some(Body::Criterion { importance, subheading, assessment }) = base {
            Some((importance, subheading, assessment))
        } else {
            None
        };
        let importance = self.pick("Importance", base.map(|base| base.0), importance, their_importance);
        let subheading = self.line(base.map(|base| base.1), subheading, theirs_under);
        // A way of assessing that both left out goes; what either added stays.
        let was = |method: &Assessment| base.is_some_and(|base| base.2.contains(method));
        let mut all = assessment.clone();
        all.extend(their_methods.iter().filter(|method| !assessment.contains(method)).copied());
        all.retain(|method| !was(method) || (assessment.contains(method) && their_methods.contains(method)));
        Body::Criterion { importance, subheading, assessment: all }
    }

    fn work(&mut self, base: Option<&Work>, mine: &Work, theirs: &Work) -> Work {
        Work {
            frequency: self.pick("How often", base.map(|base| &base.frequency), &mine.frequency, &theirs.frequency),
            share: self.pick("Share of time", base.map(|base| &base.share), &mine.share, &theirs.share),
            systems: self.line(base.map(|base| &base.systems), &mine.systems, &theirs.systems),
        }
    }

    fn demand(&mut self, base: Option<&Body>, mine: &Body, theirs: &Body) -> Body {
        let (
            Body::Demand { present, frequency, examples },
            Body::Demand { present: their_present, frequency: their_frequency, examples: their_examples },
        ) = (mine, theirs)
        else {
            return mine.clone();
        };
        let base = if let Some(Body::Demand { present, frequency, examples }) = base {
            Some((present, frequency, examples))
        } else {
            None
        };
        Body::Demand {
            present: self.pick("Present", base.map(|base| base.0), present, their_present),
            frequency: self.line(base.map(|base| base.1), frequency, their_frequency),
            examples: self.lines(base.map(|base| base.2.as_str()), examples, their_examples),
        }
    }
}

/// The one label that a term, a detail row and a clause have.
fn label(body: Option<&Body>) -> Option<&String> {
    match body? {
        Body::Term { label } | Body::Detail { label } | Body::Clause { heading: label, .. } => Some(label),
        Body::Paragraph
        | Body::Group
        | Body::Duty(_)
        | Body::Category
        | Body::Criterion { .. }
        | Body::Demand { .. }
        | Body::FactorLevel { .. } => None,
    }
}

#[cfg(test)]
mod tests;

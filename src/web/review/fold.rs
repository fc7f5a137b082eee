//! A comparison as its page shows it: what changed in the open, what did not folded away in between.

use std::collections::BTreeSet;

use crate::domain::diff::{Comparison, Fate, Line, SectionChange, Stretch};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::text::count;

/// A single line is no shorter folded.
const FEWEST_FOLDED: usize = 2;

/// A section of the compared document.
pub struct Part {
    pub section: SectionId,
    /// The name where the document prints no heading.
    pub kind: &'static str,
    pub heading: Vec<Stretch>,
    /// What happened to the section as a whole: class, words.
    pub marks: Vec<(&'static str, String)>,
    pub runs: Vec<Run>,
}

/// Lines that follow each other.
pub struct Run {
    pub lines: Vec<Line>,
    /// `12 lines unchanged`, for what is folded; otherwise empty.
    pub folded: String,
}

pub fn parts(comparison: Comparison) -> Vec<Part> {
    comparison.sections.into_iter().map(part).collect()
}

fn part(section: SectionChange) -> Part {
    let fate = match section.fate {
        Fate::Unchanged => None,
        Fate::Added => Some(("added", "Section added".to_owned())),
        Fate::Removed => Some(("removed", "Section removed".to_owned())),
        Fate::Reworded => Some(("reworded", "Heading changed".to_owned())),
    };
    let moved = section.moved.as_ref().map(|moved| ("moved", format!("Section moved {}", moved.in_words())));
    Part {
        section: section.section,
        kind: section.kind.label(),
        marks: fate.into_iter().chain(moved).collect(),
        heading: section.heading,
        runs: runs(section.lines),
    }
}

fn runs(lines: Vec<Line>) -> Vec<Run> {
    let shown = shown(&lines);
    let mut runs: Vec<Run> = Vec::new();
    let mut last = None;
    for line in lines {
        let is_shown = shown.contains(&line.item);
        match runs.last_mut() {
            Some(run) if last == Some(is_shown) => run.lines.push(line),
            Some(_) | None => runs.push(Run { lines: vec![line], folded: String::new() }),
        }
        last = Some(is_shown);
        if let Some(run) = runs.last_mut().filter(|run| !is_shown && run.lines.len() >= FEWEST_FOLDED) {
            run.folded = count(run.lines.len(), "line unchanged", "lines unchanged");
        }
    }
    runs
}

/// What changed, and the headings that it stands under.
fn shown(lines: &[Line]) -> BTreeSet<ItemId> {
    let mut shown = BTreeSet::new();
    let mut above: Vec<&Line> = Vec::new();
    for line in lines {
        above.retain(|over| over.depth < line.depth);
        if line.changed() {
            shown.extend(above.iter().map(|over| over.item));
            shown.insert(line.item);
        }
        above.push(line);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::ItemKind;

    fn line(id: i64, depth: usize, fate: Fate) -> Line {
        let (words, facts) = (Vec::new(), Vec::new());
        Line { item: ItemId(id), kind: ItemKind::Duty, depth, fate, moved: None, joined: None, words, facts }
    }

    #[test]
    fn what_did_not_change_folds_between_what_did() {
        let same = |id, depth| line(id, depth, Fate::Unchanged);
        let lines = vec![
            same(1, 0),
            same(2, 0),
            same(3, 0),
            same(4, 1),
            line(5, 1, Fate::Reworded),
            same(6, 1),
            line(7, 0, Fate::Added),
        ];
        let runs = runs(lines);
        let found: Vec<(Vec<i64>, &str)> =
            runs.iter().map(|run| (run.lines.iter().map(|line| line.item.0).collect(), run.folded.as_str())).collect();
        let expected = [
            (vec![1, 2], "2 lines unchanged"),
            (vec![3], ""),
            (vec![4], ""),
            (vec![5], ""),
            (vec![6], ""),
            (vec![7], ""),
        ];
        assert_eq!(found, expected);
    }
}

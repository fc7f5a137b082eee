//! The few changes that matter most to somebody who reads a message on a phone: those with the most words.

use super::{At, Comparison, Line, Mark, Stretch, Tag};

/// So many are told in a message; pages show all.
pub const TOLD: usize = 3;

/// The largest changes, each in a line: `Reworded: Duty: Orders the weekly …`. The largest first.
pub fn largest(comparison: &Comparison, most: usize) -> Vec<String> {
    let mut listed: Vec<_> =
        comparison.list().into_iter().map(|one| (weight(comparison, one.at, one.mark), one)).collect();
    // Equal ones stay in the order of the paper.
    listed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    listed.into_iter().take(most).map(|(_, one)| format!("{}: {}", one.mark.label(), one.text)).collect()
}

/// How many letters came or went.
fn weight(comparison: &Comparison, at: At, mark: Mark) -> usize {
    match at {
        At::Details => comparison.details.iter().map(|fact| letters(&fact.words)).max().unwrap_or(0),
        At::Section(section) => comparison
            .sections
            .iter()
            .filter(|one| one.section == section)
            .map(|one| letters(&one.heading) + whole(&one.lines, mark))
            .sum(),
        At::Item(item) => {
            let lines = comparison.sections.iter().flat_map(|section| &section.lines);
            lines.filter(|line| line.item == item).map(of_line).sum()
        }
    }
}

/// A section that came or went came or went with its lines.
fn whole(lines: &[Line], mark: Mark) -> usize {
    match mark {
        Mark::SectionAdded | Mark::SectionRemoved => lines.iter().map(of_line).sum(),
        Mark::Reworded
        | Mark::RewordedAndMoved
        | Mark::Changed
        | Mark::ChangedAndMoved
        | Mark::Split
        | Mark::Merged
        | Mark::Moved
        | Mark::Added
        | Mark::Removed
        | Mark::SectionMoved
        | Mark::Renamed
        | Mark::Detail => 0,
    }
}

fn of_line(line: &Line) -> usize {
    letters(&line.words) + line.facts.iter().map(|fact| letters(&fact.words)).sum::<usize>()
}

fn letters(words: &[Stretch]) -> usize {
    words.iter().filter(|stretch| stretch.tag != Tag::Same).map(|stretch| stretch.text.len()).sum()
}

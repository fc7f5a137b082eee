//! How much changed, in one sentence.

use super::list::{Listed, Mark};
use crate::domain::text::count;

/// How many changes of each sort the list holds; a line that was reworded and moved counts as both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub reworded: usize,
    /// Something beside the words: importance, level, frequency.
    pub changed: usize,
    pub split: usize,
    pub merged: usize,
    pub moved: usize,
    pub added: usize,
    pub removed: usize,
    pub sections_added: usize,
    pub sections_removed: usize,
    pub sections_moved: usize,
    pub headings: usize,
    pub details: usize,
}

impl Counts {
    pub fn of(list: &[Listed]) -> Self {
        let mut counts = Counts::default();
        for listed in list {
            match listed.mark {
                Mark::Reworded => counts.reworded += 1,
                Mark::RewordedAndMoved => {
                    counts.reworded += 1;
                    counts.moved += 1;
                }
                Mark::Changed => counts.changed += 1,
                Mark::ChangedAndMoved => {
                    counts.changed += 1;
                    counts.moved += 1;
                }
                Mark::Split => counts.split += 1,
                Mark::Merged => counts.merged += 1,
                Mark::Moved => counts.moved += 1,
                Mark::Added => counts.added += 1,
                Mark::Removed => counts.removed += 1,
                Mark::SectionAdded => counts.sections_added += 1,
                Mark::SectionRemoved => counts.sections_removed += 1,
                Mark::SectionMoved => counts.sections_moved += 1,
                Mark::Renamed => counts.headings += 1,
                Mark::Detail => counts.details += 1,
            }
        }
        counts
    }

    /// `3 reworded, 1 moved, 2 removed, 1 detail changed`; nothing where nothing changed.
    pub fn in_words(&self) -> String {
        let lines = [
            (self.reworded, "reworded"),
            (self.changed, "changed"),
            (self.split, "split"),
            (self.merged, "merged"),
            (self.moved, "moved"),
            (self.added, "added"),
            (self.removed, "removed"),
        ];
        let lines = lines.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}"));
        let others = [
            (self.sections_added, "section added", "sections added"),
            (self.sections_removed, "section removed", "sections removed"),
            (self.sections_moved, "section moved", "sections moved"),
            (self.headings, "heading changed", "headings changed"),
            (self.details, "detail changed", "details changed"),
        ];
        let others = others.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(n, one, many));
        lines.chain(others).collect::<Vec<_>>().join(", ")
    }
}

//! The list of changes that a reader jumps by: one entry for one change, a split or a merge being one.

use std::collections::BTreeMap;

use super::{Comparison, Fact, Fate, Joined, Line, Moved, SectionChange, Stretch, Tag};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::text::count;
use crate::domain::worded::worded;

worded! {
    /// What happened, as the list and the marked line say it.
    Mark {
        Reworded = "reworded", "Reworded";
        RewordedAndMoved = "reworded_moved", "Reworded and moved";
        Changed = "changed", "Changed";
        ChangedAndMoved = "changed_moved", "Changed and moved";
        Split = "split", "Split";
        Merged = "merged", "Merged";
        Moved = "moved", "Moved";
        Added = "added", "Added";
        Removed = "removed", "Removed";
        SectionAdded = "section_added", "Section added";
        SectionRemoved = "section_removed", "Section removed";
        SectionMoved = "section_moved", "Section moved";
        Renamed = "renamed", "Heading changed";
        Detail = "detail", "Changed";
    }
}

/// In bytes: a line of a phone's screen, about.
const LONGEST_SHORT: usize = 60;

/// Where a change stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Details,
    Section(SectionId),
    Item(ItemId),
}

/// An entry of the list of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub mark: Mark,
    pub at: At,
    /// What changed: `Duty: Orders the weekly …`.
    pub text: String,
    /// How, in words, where the mark does not say it all: `from Finance, to Service delivery`.
    pub note: String,
}

impl Mark {
    /// The colour: one of `added`, `removed`, `moved` and `reworded`.
    pub fn class(self) -> &'static str {
        match self {
            Mark::Added | Mark::SectionAdded => "added",
            Mark::Removed | Mark::SectionRemoved => "removed",
            Mark::Moved | Mark::SectionMoved => "moved",
            Mark::Reworded
            | Mark::RewordedAndMoved
            | Mark::Changed
            | Mark::ChangedAndMoved
            | Mark::Split
            | Mark::Merged
            | Mark::Renamed
            | Mark::Detail => "reworded",
        }
    }
}

impl Line {
    /// What happened to the line itself; none where nothing did.
    pub fn mark(&self) -> Option<Mark> {
        Some(match (self.fate, self.is_reworded(), self.moved.is_some()) {
            (Fate::Added, ..) => Mark::Added,
            (Fate::Removed, ..) => Mark::Removed,
            (Fate::Reworded, true, true) => Mark::RewordedAndMoved,
            (Fate::Reworded, true, false) => Mark::Reworded,
            (Fate::Reworded, false, true) => Mark::ChangedAndMoved,
            (Fate::Reworded, false, false) => Mark::Changed,
            (Fate::Unchanged, _, true) => Mark::Moved,
            (Fate::Unchanged, _, false) => return None,
        })
    }

    /// The first words of the line as they are now; of a removed one, as they were.
    pub fn opening(&self) -> String {
        let drop = if self.fate == Fate::Removed { Tag::Added } else { Tag::Removed };
        let text = side(&self.words, drop);
        let text = match text.trim().is_empty() {
            true => self.facts.first().map(|fact| side(&fact.words, drop)).unwrap_or_default(),
            false => text,
        };
        short(&text)
    }

    /// Words that are the same and look different: `“weekly” now bold`.
    fn looks(&self) -> Vec<String> {
        let changed = self.words.iter().filter(|stretch| stretch.was.is_some());
        changed.map(|stretch| format!("“{}” {}", short(stretch.text.trim()), stretch.relook())).collect()
    }

    fn name(&self) -> String {
        format!("{}: {}", self.kind.label(), self.opening())
    }
}

impl Moved {
    /// `from Finance, to Service delivery`
    pub fn in_words(&self) -> String {
        format!("from {}, to {}", self.from, self.to)
    }
}

impl Fact {
    /// What it was, and what it is.
    pub fn sides(&self) -> (String, String) {
        (side(&self.words, Tag::Added), side(&self.words, Tag::Removed))
    }

    /// What a reader knows the line by: a term's label, a factor, a clause's heading.
    pub fn is_name(&self) -> bool {
        matches!(self.label, "Label" | "Heading" | "Factor")
    }

    /// So short that both values are read faster than marks within them.
    pub fn is_short(&self) -> bool {
        let (old, new) = self.sides();
        old.len().max(new.len()) <= LONGEST_SHORT
    }

    /// `Level: was 3, now 4`
    pub fn in_words(&self) -> String {
        let (old, new) = self.sides();
        match (old.is_empty(), new.is_empty()) {
            (true, _) => format!("{}: now {new}", self.label),
            (false, true) => format!("{}: was {old}, now nothing", self.label),
            (false, false) => format!("{}: was {old}, now {new}", self.label),
        }
    }
}

fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() > 8 {
        true => format!("{} …", words[..8].join(" ")),
        false => words.join(" "),
    }
}

/// The words of one side: what `drop` marks belongs to the other.
pub(super) fn side(words: &[Stretch], drop: Tag) -> String {
    words.iter().filter(|stretch| stretch.tag != drop).map(|stretch| stretch.text.as_str()).collect()
}

impl Comparison {
    /// Every change once, in reading order.
    pub fn list(&self) -> Vec<Listed> {
        let details = self.details.iter().map(|fact| Listed {
            mark: Mark::Detail,
            at: At::Details,
            text: fact.label.to_owned(),
            note: fact.in_words().trim_start_matches(fact.label).trim_start_matches(": ").to_owned(),
        });
        let joined = Parts::of(self);
        let sections = self.sections.iter().flat_map(|section| {
            let lines = section.lines.iter().filter(|line| !told_elsewhere(section, line));
            let lines: Vec<Listed> = lines.filter_map(|line| listed(line, &joined)).collect();
            of_section(section).into_iter().chain(lines)
        });
        details.chain(sections).collect()
    }
}

/// An added line of an added section goes with it, and so with removed ones; parts of a split and a merge are told with
/// the line that stayed.
fn told_elsewhere(section: &SectionChange, line: &Line) -> bool {
    line.joined.is_some() || (line.fate == section.fate && matches!(line.fate, Fate::Added | Fate::Removed))
}

fn of_section(section: &SectionChange) -> Vec<Listed> {
    let own = section.lines.iter().filter(|line| told_elsewhere(section, line) && line.joined.is_none()).count();
    let lines = if own > 0 { format!("with {}", count(own, "line", "lines")) } else { String::new() };
    let heading = |drop| match side(&section.heading, drop) {
        heading if heading.is_empty() => section.kind.label().to_owned(),
        heading => heading,
    };
    let entry = |mark, text: String, note| Listed { mark, at: At::Section(section.section), text, note };
    let fate = match section.fate {
        Fate::Added => Some(entry(Mark::SectionAdded, heading(Tag::Removed), lines)),
        Fate::Removed => Some(entry(Mark::SectionRemoved, heading(Tag::Added), lines)),
        Fate::Reworded => {
            let note = format!("was {}", heading(Tag::Added));
            Some(entry(Mark::Renamed, heading(Tag::Removed), note))
        }
        Fate::Unchanged => None,
    };
    let moved = section.moved.as_ref();
    let moved = moved.map(|moved| entry(Mark::SectionMoved, heading(Tag::Removed), moved.in_words()));
    fate.into_iter().chain(moved).collect()
}

/// What was split off a line, and what was merged into it.
struct Parts {
    split: BTreeMap<ItemId, Vec<String>>,
    merged: BTreeMap<ItemId, Vec<String>>,
}

impl Parts {
    fn of(comparison: &Comparison) -> Self {
        let mut parts = Parts { split: BTreeMap::new(), merged: BTreeMap::new() };
        for line in comparison.lines() {
            match line.joined {
                Some(Joined::SplitFrom(from)) => parts.split.entry(from).or_default().push(line.opening()),
                Some(Joined::MergedInto(into)) => parts.merged.entry(into).or_default().push(line.opening()),
                None => {}
            }
        }
        parts
    }
}

fn listed(line: &Line, parts: &Parts) -> Option<Listed> {
    let mark = line.mark()?;
    let mut notes: Vec<String> = Vec::new();
    let (split, merged) = (parts.split.get(&line.item), parts.merged.get(&line.item));
    notes.extend(split.map(|parts| format!("and: {}", parts.join("; "))));
    notes.extend(merged.map(|parts| format!("with: {}", parts.join("; "))));
    notes.extend(line.moved.as_ref().map(Moved::in_words));
    if line.fate == Fate::Reworded {
        notes.extend(line.looks());
        notes.extend(line.facts.iter().filter(|fact| fact.changed()).map(Fact::in_words));
    }
    let mark = match (split, merged) {
        (Some(_), _) => Mark::Split,
        (None, Some(_)) => Mark::Merged,
        (None, None) => mark,
    };
    Some(Listed { mark, at: At::Item(line.item), text: line.name(), note: notes.join("; ") })
}

//! What changed between two versions: item by item, with the words marked.
//!
//! Identity decides, not likeness: an item that kept its id was reworded or moved, any other was added or removed.
//! `patch` holds the same difference as changes that can be applied; `list` and `counts` say it in words.

mod counts;
mod facts;
mod joins;
mod largest;
mod lines;
mod list;
mod looks;
mod moves;
mod patch;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use super::content::{Content, ItemKind, SectionKind};
use super::details::Details;
use super::ids::{ItemId, SectionId};
pub use counts::Counts;
pub use facts::labelled;
pub use largest::{TOLD, largest};
pub use list::{At, Listed, Mark};
pub use looks::marked;
pub use patch::{Change, Misfit, Patch, Spot, apply, diff};
pub use tree::Parent;
use words::Marker;
pub use words::{Stretch, Tag, words};

/// The most items that both sides of a comparison hold together. A long job description has 200.
pub const MOST_ITEMS: usize = 20_000;
/// The most bytes of text that both sides hold together: about 600 pages.
pub const MOST_TEXT: usize = 2_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Unchanged,
    Added,
    Removed,
    Reworded,
}

/// A line of the compared document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub item: ItemId,
    pub kind: ItemKind,
    /// 0 directly in the section.
    pub depth: usize,
    pub fate: Fate,
    /// Stands in another place than before; may be reworded too.
    pub moved: Option<Moved>,
    /// An added line whose words another had before, or a removed one whose words another has now.
    pub joined: Option<Joined>,
    pub words: Vec<Stretch>,
    /// What it holds beside the text: label, old, new ("Importance", "Desirable", "Essential").
    pub facts: Vec<Fact>,
}

/// From where to where, as a sentence goes on: "from Finance, to Service delivery".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    SplitFrom(ItemId),
    MergedInto(ItemId),
}

/// A labelled value, with its change marked; unchanged facts have one stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub label: &'static str,
    pub words: Vec<Stretch>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChange {
    pub section: SectionId,
    pub kind: SectionKind,
    pub fate: Fate,
    pub moved: Option<Moved>,
    pub heading: Vec<Stretch>,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Changed rows of the details alone.
    pub details: Vec<Fact>,
    pub sections: Vec<SectionChange>,
}

/// More than is compared while somebody waits for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the two versions are too long to compare: together they may hold {MOST_ITEMS} lines and {MOST_TEXT} letters")]
pub struct TooLong;

impl Fact {
    pub fn changed(&self) -> bool {
        self.words.iter().any(|stretch| stretch.tag != Tag::Same)
    }
}

impl Line {
    pub fn changed(&self) -> bool {
        self.fate != Fate::Unchanged || self.moved.is_some()
    }

    pub fn is_on_both_sides(&self) -> bool {
        matches!(self.fate, Fate::Unchanged | Fate::Reworded)
    }

    /// Its words changed, not only what stands beside them.
    pub fn is_reworded(&self) -> bool {
        self.fate == Fate::Reworded && self.words.iter().any(|stretch| stretch.tag != Tag::Same)
    }
}

impl SectionChange {
    pub fn changed(&self) -> bool {
        self.fate != Fate::Unchanged || self.moved.is_some() || self.lines.iter().any(Line::changed)
    }
}

impl Comparison {
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines)
    }

    pub fn is_empty(&self) -> bool {
        self.details.is_empty() && !self.sections.iter().any(SectionChange::changed)
    }
}

/// Compares two versions. `grades` gives the printed grade of each side.
///
/// # Errors
/// [`TooLong`] beyond [`MOST_ITEMS`] and [`MOST_TEXT`].
pub fn compare(
    old: (&Details, &Content),
    new: (&Details, &Content),
    grades: (&str, &str),
) -> Result<Comparison, TooLong> {
    let (mut items, mut text) = (0, 0);
    for item in old.1.all_items().into_iter().chain(new.1.all_items()) {
        items += 1;
        text += item.text.len();
    }
    if items > MOST_ITEMS || text > MOST_TEXT {
        return Err(TooLong);
    }
    let mut marker = Marker::default();
    let details = details(&mut marker, old.0, new.0, grades);
    Ok(Comparison { details, sections: lines::sections(&mut marker, old.1, new.1) })
}

fn details(marker: &mut Marker, old: &Details, new: &Details, grades: (&str, &str)) -> Vec<Fact> {
    let (old_basis, new_basis) = (old.basis_in_words(), new.basis_in_words());
    let rows = [
        ("Title", old.title.as_str(), new.title.as_str()),
        ("Grade", grades.0, grades.1),
        ("Grade decided by", &old_basis, &new_basis),
        ("Salary", &old.salary_text, &new.salary_text),
        ("Why the salary is typed", &old.salary_reason, &new.salary_reason),
        ("Hours", &old.hours, &new.hours),
        ("Contract", &old.contract, &new.contract),
        ("Working pattern", &old.working_pattern, &new.working_pattern),
        ("Location", &old.location, &new.location),
        ("Directorate", &old.directorate, &new.directorate),
        ("Service", &old.service, &new.service),
        ("Reports to", &old.reports_to, &new.reports_to),
        ("Responsible for", &old.responsible_for, &new.responsible_for),
    ];
    rows.into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(label, old, new)| Fact { label, words: marker.words(old, new) })
        .collect()
}

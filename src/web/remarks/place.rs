//! Where remarks stand, and where their forms come from: the words that addresses and hidden fields use for both.

use crate::domain::content::Content;
use crate::domain::ids::{ItemId, SectionId, TaskId};
use crate::web::paths;

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Version,
    Section(SectionId),
    Item(ItemId),
}

impl Spot {
    pub fn parse(word: &str) -> Option<Spot> {
        match word.split_once('-') {
            None => (word == "version").then_some(Spot::Version),
            Some(("section", id)) => id.parse().ok().map(|id| Spot::Section(SectionId(id))),
            Some(("item", id)) => id.parse().ok().map(|id| Spot::Item(ItemId(id))),
            Some(_) => None,
        }
    }

    /// As forms and anchors name it.
    pub fn word(self) -> String {
        match self {
            Spot::Version => "version".to_owned(),
            Spot::Section(id) => format!("section-{id}"),
            Spot::Item(id) => format!("item-{id}"),
        }
    }

    /// Where something about that section and item is shown: what is no longer there lets it stand one step further out.
    pub fn shown(section: Option<SectionId>, item: Option<ItemId>, content: &Content) -> Spot {
        match (item.filter(|id| content.item(*id).is_some()), section) {
            (Some(id), _) => Spot::Item(id),
            (None, Some(id)) if content.section(id).is_some() => Spot::Section(id),
            (None, Some(_) | None) => Spot::Version,
        }
    }
}

/// The page that a form stands on, to which its answer leads back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    Version,
    Edit,
    Remarks,
    Task(TaskId),
}

impl Back {
    /// Of a hidden field; the version's own page where it is damaged.
    pub fn read(word: &str) -> Back {
        match word.split_once('-') {
            Some(("task", id)) => id.parse().map_or(Back::Version, |id| Back::Task(TaskId(id))),
            Some(_) => Back::Version,
            None if word == "edit" => Back::Edit,
            None if word == "remarks" => Back::Remarks,
            None => Back::Version,
        }
    }

    pub fn word(self) -> String {
        match self {
            Back::Version => "version".to_owned(),
            Back::Edit => "edit".to_owned(),
            Back::Remarks => "remarks".to_owned(),
            Back::Task(task) => format!("task-{task}"),
        }
    }

    pub fn page(self, employer: paths::Employer<'_>, at: paths::Version<'_>) -> String {
        match self {
            Back::Version => at.page(),
            Back::Edit => at.edit(),
            Back::Remarks => at.remarks(),
            Back::Task(task) => employer.task(task),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        for spot in [Spot::Version, Spot::Section(SectionId(3)), Spot::Item(ItemId(12))] {
            assert_eq!(Spot::parse(&spot.word()), Some(spot));
        }
        for damaged in ["", "item", "item-", "item-x", "unit-3", "version-2"] {
            assert_eq!(Spot::parse(damaged), None, "{damaged}");
        }
        for back in [Back::Version, Back::Edit, Back::Remarks, Back::Task(TaskId(9))] {
            assert_eq!(Back::read(&back.word()), back);
        }
        assert_eq!(Back::read("https://elsewhere.example"), Back::Version);
    }
}

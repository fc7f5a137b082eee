//! What was read of a document as a version's details and content: where each thing goes, and nothing else.
//!
//! No word is lost on the way: what has no field or section of its own becomes a row under "Further details".
//! Identities are provisional, counted from 1 in reading order, so that the same document always gives the same ones;
//! [`Made::with_identities`] puts real ones in their place.

mod details;
mod grade;
mod sections;

use std::collections::BTreeMap;

use super::extract::result::Extract;
use crate::domain::content::{Content, Item, Section, SectionKind};
use crate::domain::details::Details;
use crate::domain::ids::{ItemId, SectionId};

pub use grade::GradeName;

/// A document as the beginning of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub details: Details,
    pub content: Content,
    /// For the profile, which keeps them.
    pub post_numbers: String,
    /// The document's own words for the grade, where they name more or other than a grade of the employer.
    pub grade_in_words: Option<String>,
    /// How many identities the content takes.
    pub identities: usize,
}

/// Which items and sections of an earlier version go on under their identity, by provisional identity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    pub items: BTreeMap<ItemId, ItemId>,
    pub sections: BTreeMap<SectionId, SectionId>,
}

/// Turns what was read into details and content. `grades` are the employer's, lowest first. `post_numbers` are those of
/// the profile that the document is for, if there is one: other ones stay in the content, since a draft changes none.
pub fn to_content(extract: &Extract, grades: &[GradeName], post_numbers: Option<&str>) -> Made {
    let mut count = Count(0);
    let told = details::told(extract, grades, post_numbers);
    let mut sections: Vec<Section> = Vec::new();
    if !told.rows.is_empty() {
        let id = SectionId(count.next());
        let items = told.rows.into_iter().map(|row| sections::detail(&mut count, row)).collect();
        let heading = SectionKind::Details.label().to_owned();
        sections.push(Section { id, kind: SectionKind::Details, heading, revision: 1, items });
    }
    sections.extend(extract.sections.iter().map(|section| sections::section(&mut count, section)));
    Made {
        details: told.details,
        content: Content { sections },
        post_numbers: told.post_numbers,
        grade_in_words: told.grade_in_words,
        identities: count.0 as usize,
    }
}

/// Hands out provisional identities.
struct Count(i64);

impl Count {
    fn next(&mut self) -> i64 {
        self.0 += 1;
        self.0
    }
}

impl Made {
    /// The content under real identities: kept ones where `kept` names one, else those of `fresh`, of which there have
    /// to be [`Made::identities`].
    pub fn with_identities(&self, fresh: &[i64], kept: &Kept) -> Content {
        let mut content = self.content.clone();
        for section in &mut content.sections {
            section.id = kept.section(section.id, fresh);
            for item in &mut section.items {
                renumber(item, &|id| kept.item(id, fresh));
            }
        }
        content
    }
}

impl Kept {
    /// The real identity of a section: the kept one, or one of the fresh.
    pub fn section(&self, provisional: SectionId, fresh: &[i64]) -> SectionId {
        self.sections.get(&provisional).copied().unwrap_or(SectionId(real(provisional.0, fresh)))
    }

    /// The same of an item.
    pub fn item(&self, provisional: ItemId, fresh: &[i64]) -> ItemId {
        self.items.get(&provisional).copied().unwrap_or(ItemId(real(provisional.0, fresh)))
    }
}

fn real(provisional: i64, fresh: &[i64]) -> i64 {
    usize::try_from(provisional - 1).ok().and_then(|at| fresh.get(at).copied()).unwrap_or(provisional)
}

/// Gives an item and what stands below it other identities.
pub(super) fn renumber(item: &mut Item, real: &impl Fn(ItemId) -> ItemId) {
    item.id = real(item.id);
    for child in &mut item.children {
        renumber(child, real);
    }
}

#[cfg(test)]
mod tests;

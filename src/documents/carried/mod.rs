//! What a document's tracked changes and comments become on the draft that is made of it: suggestions and comments.
//!
//! The draft says what the document said before its tracked changes, so that each of them is still somebody's to decide.
//! Both sides are read as whole documents; where a line differs and a tracked change says so, that is a suggestion. What
//! differs without one is a matter of reading, and no suggestion. A change that fits no line is told, never dropped.

mod comments;
mod evidence;
mod pairs;
#[cfg(test)]
mod tests;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::extract::result::{Extract, Tracked, TrackedKind};
use super::to_content::{Kept, Made, renumber};
use crate::domain::content::Item;
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::suggestion::{Place, Proposal};
use crate::domain::text::count;

/// Most tracked changes that become suggestions; of a document with more, one comment tells of them.
pub const MOST_CHANGES: usize = 2_000;

/// Everything that goes over, under the identities of the content that it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    pub suggestions: Vec<Suggestion>,
    pub comments: Vec<Comment>,
    /// Tracked changes that fit no line.
    pub left: Vec<Tracked>,
}

/// A tracked change of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub section: SectionId,
    pub proposal: Proposal,
    pub told: Told,
}

/// A comment, or an answer to the one of that place in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub section: Option<SectionId>,
    pub item: Option<ItemId>,
    pub text: String,
    pub answers: Option<usize>,
    pub resolved: bool,
    pub told: Told,
}

/// Who did it and when, as the file tells it; empty where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub by: String,
    pub date: String,
}

/// What a document carries over. `changed` is the same document with its tracked changes accepted, where it has any.
pub fn carried(extract: &Extract, made: &Made, changed: Option<&Made>) -> Carried {
    let (suggestions, left) = match changed {
        Some(after) if extract.tracked.len() <= MOST_CHANGES => evidence::suggestions(made, after, &extract.tracked),
        Some(_) | None => (Vec::new(), extract.tracked.clone()),
    };
    let mut comments = comments::comments(extract, made);
    comments.extend(comments::of_left(&left));
    Carried { suggestions, comments, left }
}

impl Carried {
    pub fn is_empty(&self) -> bool {
        self.suggestions.is_empty() && self.comments.is_empty()
    }

    /// `3 suggestions and 2 comments`; nothing where there is neither.
    pub fn counted(&self) -> String {
        let (suggestions, comments) = (self.suggestions.len(), self.comments.len());
        let suggestions = (suggestions > 0).then(|| count(suggestions, "suggestion", "suggestions"));
        let comments = (comments > 0).then(|| count(comments, "comment", "comments"));
        suggestions.into_iter().chain(comments).collect::<Vec<_>>().join(" and ")
    }

    /// The same under real identities.
    pub fn with_identities(mut self, fresh: &[i64], kept: &Kept) -> Carried {
        let item = |id| kept.item(id, fresh);
        for one in &mut self.suggestions {
            one.section = kept.section(one.section, fresh);
            match &mut one.proposal {
                Proposal::Reword { before, after } => {
                    renumber(before, &item);
                    renumber(after, &item);
                }
                Proposal::Remove { before } => renumber(before, &item),
                Proposal::Add { place, .. } => {
                    let Place { section, after, under } = *place;
                    *place =
                        Place { section: kept.section(section, fresh), after: after.map(item), under: under.map(item) };
                }
            }
        }
        for one in &mut self.comments {
            one.section = one.section.map(|id| kept.section(id, fresh));
            one.item = one.item.map(item);
        }
        self
    }
}

impl Told {
    fn of(change: &Tracked) -> Told {
        Told { by: change.author.trim().to_owned(), date: change.date.clone() }
    }

    /// Word writes the time of its user's clock and calls it universal; a file without a zone is taken at its word too.
    pub fn moment(&self) -> Option<OffsetDateTime> {
        let read = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
        read(&self.date).or_else(|| read(&format!("{}Z", self.date)))
    }
}

/// `Added “new words”`
pub fn said(change: &Tracked) -> String {
    let verb = match change.kind {
        TrackedKind::Inserted => "Added",
        TrackedKind::Deleted => "Deleted",
    };
    format!("{verb} “{}”", change.text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An item without what stands below it.
fn alone(item: &Item) -> Item {
    Item { children: Vec::new(), ..item.clone() }
}

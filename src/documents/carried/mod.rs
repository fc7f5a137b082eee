//! What a document's tracked changes and comments become on the draft that is made of it: suggestions and comments.
//!
//! The draft says what the document said before its tracked changes, so that each of them is still somebody's to decide.
//! Both sides are read as whole documents; where a line differs and a tracked change says so, that is a suggestion. What
//! differs without one is a matter of reading, and no suggestion. A moved line gets a comment; a change that fits no line is
//! told, never dropped.

mod comments;
mod elsewhere;
mod evidence;
mod pairs;
#[cfg(test)]
mod tests;

use pairs::Pairs;
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

/// Most pairs of lines that are looked at to find each other: 2,000 lines before the changes and as many after them.
const MOST_PAIRS: usize = 4_000_000;

/// Everything that goes over, under the identities of the content that it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    pub suggestions: Vec<Suggestion>,
    pub comments: Vec<Comment>,
    /// Tracked changes that fit no line.
    pub left: Vec<Left>,
}

/// A tracked change that no suggestion can hold, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// `Added “new words”`, `Title: “Clerk” became “Senior clerk”`
    pub said: String,
    pub told: Told,
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
    let few = |after: &Made| extract.tracked.len() <= MOST_CHANGES && pairs_of(made, after) <= MOST_PAIRS;
    let mut comments = comments::comments(extract, made);
    let (suggestions, left) = match changed.filter(|after| few(after)) {
        Some(after) => {
            let pairs = Pairs::of(made, after);
            let (suggestions, left) = evidence::suggestions(made, &pairs, &extract.tracked);
            let (moved, left) = elsewhere::tell(made, after, &pairs, left);
            comments.extend(moved);
            (suggestions, left)
        }
        None => {
            let left = |change: &Tracked| Left { said: said(change), told: Told::of(change) };
            (Vec::new(), extract.tracked.iter().map(left).collect())
        }
    };
    comments.extend(comments::of_left(&left));
    Carried { suggestions, comments, left }
}

fn pairs_of(before: &Made, after: &Made) -> usize {
    before.content.all_items().len().saturating_mul(after.content.all_items().len())
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

    /// Several people at several times: all their names, and the last time.
    fn of_all(all: &[Told]) -> Told {
        let mut names: Vec<&str> = all.iter().map(|told| told.by.as_str()).filter(|by| !by.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let date = all.iter().map(|told| told.date.clone()).max().unwrap_or_default();
        Told { by: names.join(" and "), date }
    }

    /// Word writes the time of its user's clock and calls it universal; a file without a zone is taken at its word too.
    pub fn moment(&self) -> Option<OffsetDateTime> {
        let read = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
        read(&self.date).or_else(|| read(&format!("{}Z", self.date)))
    }
}

/// `Added “new words”`
fn said(change: &Tracked) -> String {
    let verb = match change.kind {
        TrackedKind::Inserted => "Added",
        TrackedKind::Deleted => "Deleted",
    };
    format!("{verb} “{}”", change.text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// An item without what stands below it.
fn alone(item: &Item) -> Item {
    Item { children: Vec::new(), ..item.clone() }
}

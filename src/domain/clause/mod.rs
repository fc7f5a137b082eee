//! Standard clauses: texts kept once, with editions, placed in many profiles.
//!
//! Pure. A line of a profile stands for a clause through [`Placed`] and keeps its text beside that, so that whatever
//! reads items reads clauses too. Which edition holds on a day is [`in_force`]; what eight answers place is in
//! `answers` and `plan`, what a roll-out does to a profile in `rollout`.

mod answers;
mod entry;
mod plan;
mod rollout;

pub use answers::{Answers, Check, Question, When, called_for};
pub use entry::{ClauseEntry, EditionEntry, MOST_CLAUSES, MOST_EDITIONS};
pub use plan::{Kept, LibraryClause, Line, Plan, place_one};
pub use rollout::{InReviewChoice, Mode, Outcome, Standing, Step, step};

use serde::{Deserialize, Serialize};
use time::Date;

use super::ids::ClauseId;
use super::worded::worded;

/// Which clause a line of a profile stands for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Placed {
    pub clause: ClauseId,
    /// The edition whose text stands beside it.
    pub edition: i32,
    /// Why the text differs from the standard here; empty where it does not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The last day of an edition that no longer holds: known where a version is read on a day, and no part of it.
    #[serde(skip)]
    pub ended: Option<Date>,
    /// The standard text, where the words here differ from it; as `ended`, known to a reader alone.
    #[serde(skip)]
    pub standard: Option<String>,
}

impl Placed {
    pub fn new(clause: ClauseId, edition: i32) -> Self {
        Placed { clause, edition, reason: String::new(), ended: None, standard: None }
    }

    /// Its words are this profile's own.
    pub fn is_overridden(&self) -> bool {
        !self.reason.is_empty()
    }
}

impl PartialEq for Placed {
    fn eq(&self, other: &Self) -> bool {
        (self.clause, self.edition, &self.reason) == (other.clause, other.edition, &other.reason)
    }
}

impl Eq for Placed {}

/// When an approved edition holds. What comes later takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holds {
    pub number: i32,
    pub from: Date,
    /// The last day, included.
    pub until: Option<Date>,
}

/// The edition of the day: of those that have begun the one that began last, and of two that began together the later
/// one. It may have ended, and then nothing holds in its place.
pub fn in_force(editions: &[Holds], day: Date) -> Option<&Holds> {
    editions.iter().filter(|edition| edition.from <= day).max_by_key(|edition| (edition.from, edition.number))
}

impl Holds {
    pub fn has_ended(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }
}

worded! {
    /// How an edition stands.
    EditionState {
        Proposed = "proposed", "Proposed";
        Refused = "refused", "Not taken";
        Coming = "coming", "Approved";
        InForce = "in_force", "In force";
        Earlier = "earlier", "Earlier";
        Ended = "ended", "Expired";
    }
}

#[cfg(test)]
mod tests;

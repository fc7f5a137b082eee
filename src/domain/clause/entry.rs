//! What somebody types of a clause and of an edition, and what is wrong with it.

use time::{Date, Duration};

use super::When;
use crate::domain::ids::MembershipId;
use crate::domain::text::{LONGEST_LINE, LONGEST_TEXT};

/// Clauses of one employer.
pub const MOST_CLAUSES: usize = 500;
/// Editions of one clause.
pub const MOST_EDITIONS: usize = 200;
const LONGEST_NAME: usize = 200;

/// What is kept of a clause beside its text; it is no part of any document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClauseEntry {
    pub name: String,
    pub owner: Option<MembershipId>,
    pub legal_basis: String,
    pub when: Vec<When>,
    pub review_on: Option<Date>,
}

impl ClauseEntry {
    /// What has to be put right, by the field.
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let mut problems = Vec::new();
        if self.name.is_empty() {
            problems.push(("name", "Give the clause a name, such as “Safeguarding”".to_owned()));
        } else if self.name.chars().count() > LONGEST_NAME {
            problems.push(("name", format!("The name may have {LONGEST_NAME} characters at most")));
        }
        if self.legal_basis.chars().count() > LONGEST_LINE {
            problems.push(("legal_basis", format!("The legal basis may have {LONGEST_LINE} characters at most")));
        }
        problems
    }
}

/// An edition as somebody proposes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionEntry {
    pub heading: String,
    pub text: String,
    pub note: String,
    pub effective_from: Date,
    pub expires_on: Option<Date>,
}

impl EditionEntry {
    /// What has to be put right, by the field. `before` is the text that it follows.
    pub fn problems(&self, before: Option<(&str, &str)>, today: Date) -> Vec<(&'static str, String)> {
        let mut problems = Vec::new();
        let mut long = |field: &'static str, text: &str, most: usize, what: &str| {
            if text.chars().count() > most {
                problems.push((field, format!("{what} may have {most} characters at most")));
            }
        };
        long("heading", &self.heading, LONGEST_LINE, "The heading");
        long("text", &self.text, LONGEST_TEXT, "The text");
        long("note", &self.note, LONGEST_TEXT, "The reason");
        if self.text.is_empty() {
            problems.push(("text", "Write the text of the clause".to_owned()));
        }
        if self.note.is_empty() {
            problems.push(("note", "Say what is new and why: whoever approves it reads this".to_owned()));
        }
        if before == Some((&self.heading, &self.text)) && self.expires_on.is_none() {
            problems.push(("text", "This is the text that holds already: change it, or give a last day".to_owned()));
        }
        if self.effective_from < today {
            problems.push(("effective_from", "It can’t hold from a day that has passed".to_owned()));
        }
        if self.effective_from > today.saturating_add(Duration::days(3653)) {
            problems.push(("effective_from", "Choose a day within the next ten years".to_owned()));
        }
        if self.expires_on.is_some_and(|last| last < self.effective_from) {
            problems.push(("expires_on", "The last day comes before the first: choose a later one".to_owned()));
        }
        problems
    }
}

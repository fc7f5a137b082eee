//! Reference data: dated facts that come with the program, read into the values that an employer starts with.
//!
//! The files are in `reference/`, each row with its source. What must not be here: rules over those facts.

pub mod acronyms;
pub mod agenda_for_change;
pub mod bank_holidays;
pub mod clauses;
pub mod guidance;
pub mod pay_schemes;
pub mod places;
pub mod synonyms;
pub mod templates;

/// A file of reference data that the program can't read; its own tests read all of them.
#[derive(Debug, thiserror::Error)]
#[error("the reference data {file} can't be read: {what}")]
pub struct ReferenceError {
    pub file: &'static str,
    pub what: String,
}

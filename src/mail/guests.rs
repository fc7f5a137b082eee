//! Messages to people without an account: the link to what they are asked, and the code that shows who they are.

use super::review::{by, changes, subject};
use crate::domain::route::StepKind;

/// What a guest is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub name: &'a str,
    pub employer: &'a str,
    pub kind: StepKind,
    pub title: &'a str,
    pub note: &'a str,
    /// The largest changes, each in a line.
    pub largest: &'a [String],
    /// `due by Friday 4 December`
    pub due: &'a str,
    /// The day until which the link works.
    pub until: &'a str,
    /// Absolute.
    pub link: &'a str,
}

/// Subject and text.
pub fn asked(asked: Asked<'_>) -> (String, String) {
    let Asked { name, employer, kind, title, note, largest, due, until, link } = asked;
    let body = format!(
        "Dear {name},\n\n{employer} asks you to {} the job profile “{title}”.{}\n\n\
         What changed, in the author’s words:\n{note}\n\n{}\
         This link is for you alone, and works until {until}. You need no account; a code is sent to this address before \
         anything is shown:\n{link}\n",
        kind.verb(),
        by(due),
        changes(largest)
    );
    (subject(kind.asks(), title, due), body)
}

/// Subject and text, some days after the first message.
pub fn reminder(asked: Asked<'_>) -> (String, String) {
    let Asked { name, employer, kind, title, note: _, largest, due, until, link } = asked;
    let body = format!(
        "Dear {name},\n\n{employer} still waits for you to {} the job profile “{title}”.{}\n\n{}\
         This link is for you alone, and works until {until}. You need no account; a code is sent to this address before \
         anything is shown:\n{link}\n",
        kind.verb(),
        by(due),
        changes(largest)
    );
    (subject(&format!("Reminder, {}", kind.asks().to_lowercase()), title, due), body)
}

/// Subject and text. The code is in the text alone: subjects are shown on locked screens and in lists.
pub fn code(name: &str, code: &str) -> (String, String) {
    let body = format!(
        "Dear {name},\n\nYour code is {code}. It works for 15 minutes.\n\nIf you did not ask for it, somebody else has the \
         link that was sent to you: tell the employer.\n"
    );
    ("Your code for a job profile".to_owned(), body)
}

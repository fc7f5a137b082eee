//! The labels of label–value blocks ("Job title", "Responsible to") and the details they stand for.
//!
//! Vocabulary only. How a label and its value are found is `pairs`' business.

use super::ledger::words;
use super::vocabulary::{self, Lists};
use std::sync::LazyLock;

/// A key of `details`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Title,
    Employer,
    Grade,
    PayScheme,
    Salary,
    Hours,
    Contract,
    WorkingPattern,
    Location,
    Directorate,
    Service,
    ReportsTo,
    ResponsibleFor,
    PostNumbers,
    Reference,
    LastReviewed,
    DatePosted,
    ClosingDate,
    ShortlistingDate,
    InterviewDate,
}

impl Key {
    /// Whether its value is a date in the result.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Key::LastReviewed | Key::DatePosted | Key::ClosingDate | Key::ShortlistingDate | Key::InterviewDate
        )
    }

    /// Whether a list of labels with this key among them describes a vacancy.
    pub fn is_term(self) -> bool {
        matches!(
            self,
            Key::Salary
                | Key::Hours
                | Key::Contract
                | Key::WorkingPattern
                | Key::PayScheme
                | Key::DatePosted
                | Key::ClosingDate
                | Key::Reference
        )
    }
}

/// The keys with their labels, in order: the first that fits decides.
static KEYS: LazyLock<Vec<(Key, Vec<&'static str>)>> = LazyLock::new(|| {
    let lists = vocabulary::lists(include_str!("vocabulary/labels.txt"));
    lists.into_iter().filter_map(|(name, labels)| Some((key_named(name)?, labels))).collect()
});
static WORDS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("vocabulary/labels.txt")));

/// The key of a list's name.
fn key_named(name: &str) -> Option<Key> {
    use Key::{
        ClosingDate, Contract, DatePosted, Directorate, Employer, Grade, Hours, InterviewDate, LastReviewed, Location,
        PayScheme, PostNumbers, Reference, ReportsTo, ResponsibleFor, Salary, Service, ShortlistingDate, Title,
        WorkingPattern,
    };
    let all = [
        Title,
        Employer,
        Grade,
        PayScheme,
        Salary,
        Hours,
        Contract,
        WorkingPattern,
        Location,
        Directorate,
        Service,
        ReportsTo,
        ResponsibleFor,
        PostNumbers,
        Reference,
        LastReviewed,
        DatePosted,
        ClosingDate,
        ShortlistingDate,
        InterviewDate,
    ];
    all.into_iter().find(|key| format!("{key:?}") == name)
}

/// The words of a label in plain form: "Post Number/s:" is `post number s`.
pub fn plain(label: &str) -> String {
    words(&label.replace(['/', '&', '-'], " ").replace(" and ", " ").replace(" AND ", " ")).join(" ")
}

/// The key of `details` that a label stands for.
pub fn key(label: &str) -> Option<Key> {
    let outside = label.split_once('(').map_or(label, |(before, _)| before);
    let plain = plain(if outside.trim().is_empty() { label } else { outside });
    if let Some((key, _)) = KEYS.iter().find(|(_, names)| names.contains(&plain.as_str())) {
        return Some(*key);
    }
    let short = plain.split(' ').count() <= 6;
    let longer = |start: &str| short && plain.strip_prefix(start).is_some_and(is_label_tail);
    match () {
        () if longer("responsible to") || longer("reports to") || longer("accountable to") => Some(Key::ReportsTo),
        () if longer("responsible for") => Some(Key::ResponsibleFor),
        () => None,
    }
}

/// What may follow in a longer label: "Responsible for following staff".
fn is_label_tail(rest: &str) -> bool {
    rest.starts_with(' ') && rest.split_whitespace().all(|word| WORDS.has("tail", word))
}

/// Whether a text is a label by its words alone.
pub fn is_known(label: &str) -> bool {
    let plain = plain(label);
    key(label).is_some() || WORDS.has("other", &plain)
}

/// Whether a lone line of these words is surely a label: words such as "post" or "area" are often something else.
pub fn is_firm(label: &str) -> bool {
    is_known(label) && !WORDS.has("loose", &plain(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_their_keys() {
        let cases = [
            ("Job Title:", Key::Title),
            ("Post Number/s:", Key::PostNumbers),
            ("Responsible to following manager:", Key::ReportsTo),
            ("Hours of work", Key::Hours),
            ("Planned Interview Date", Key::InterviewDate),
            ("Salary (pro rata)", Key::Salary),
        ];
        for (label, expected) in cases {
            assert_eq!(key(label), Some(expected), "{label}");
        }
        assert_eq!(key("Responsible for stock control"), None);
        assert!(is_known("Job family") && is_firm("Closing date") && !is_firm("Post"));
    }
}

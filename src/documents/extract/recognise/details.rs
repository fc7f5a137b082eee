//! The details of the post: what labels state goes to its key, the rest to `other`.
//!
//! Fires on every label–value pair outside terms. A value that only repeats a detail is a repeat; one that differs
//! is kept in `other` with a finding; a label with nothing behind it is a finding.

use super::dates;
use super::desk::Desk;
use super::labels::{self, Key};
use super::ledger::words;
use super::sheet::{Line, Pair};
use super::terms::values;
use crate::documents::extract::result::{Details, LabelledText, Reason};

/// Places a pair in `details`.
pub fn place(desk: &mut Desk, pair: &Pair) {
    if let Some(number) = &pair.number {
        desk.label(number, "number");
    }
    if !pair.value.iter().any(Line::has_words) {
        return empty(desk, pair);
    }
    match labels::key(pair.label.text()) {
        Some(key) => keyed(desk, pair, key),
        None => {
            let shown: String = pair.value.iter().map(Line::text).collect::<Vec<_>>().join(" ");
            let same =
                |row: &LabelledText| words(&row.label) == words(pair.label.text()) && words(&row.text) == words(&shown);
            if desk.details.other.iter().any(same) {
                return repeat(desk, pair);
            }
            let (label, text) = (desk.take(&pair.label), values(desk, &pair.value));
            desk.details.other.push(LabelledText { label, text });
        }
    }
}

/// The value only says again what a detail holds.
fn repeat(desk: &mut Desk, pair: &Pair) {
    desk.label(&pair.label, "label");
    for line in &pair.value {
        desk.set_aside(line, Reason::Repeat);
    }
}

fn keyed(desk: &mut Desk, pair: &Pair, key: Key) {
    let key = if key == Key::Salary && names_grade(pair) { Key::Grade } else { key };
    let text = shown(desk, pair, key, true);
    let held = slot(&mut desk.details, key).clone();
    match held {
        None => {
            *slot(&mut desk.details, key) = Some(text);
            desk.label(&pair.label, "label");
            spend(desk, pair, key);
        }
        Some(held) if words(&held) == words(&text) => repeat(desk, pair),
        Some(held) => {
            let (label, text) = (desk.take(&pair.label), values(desk, &pair.value));
            if key != Key::ReportsTo && key != Key::Directorate && key != Key::Service {
                let why = format!("The document gives “{held}” elsewhere for the same detail. Both are kept.");
                desk.find("two-values", &format!("{label}: {text}"), None, &why);
            }
            desk.details.other.push(LabelledText { label, text });
        }
    }
}

/// "Grade 9" beside the label Salary.
fn names_grade(pair: &Pair) -> bool {
    let text: String = pair.value.iter().map(Line::text).collect::<Vec<_>>().join(" ");
    let plain = words(&text);
    let named = plain.first().is_some_and(|word| ["grade", "band", "scale"].contains(&word.as_str()));
    named && plain.len() <= 4 && !text.contains('£')
}

/// Pays for the words of a value: the detail holds them, or a label where the detail holds a date or a scheme instead.
fn spend(desk: &mut Desk, pair: &Pair, key: Key) {
    let as_label = key.is_date() || key == Key::PayScheme;
    for line in &pair.value {
        if as_label {
            desk.label_line(line, key_name(key));
        } else {
            desk.number(line);
            desk.take(&line.piece);
        }
    }
}

/// Copies a pair's value to its key, where that is still free. The words are placed elsewhere.
pub fn copy(desk: &mut Desk, pair: &Pair) {
    let Some(key) = labels::key(pair.label.text()) else { return };
    let text = shown(desk, pair, key, false);
    let slot = slot(&mut desk.details, key);
    if slot.is_none() && !text.is_empty() {
        *slot = Some(text);
    }
}

/// The detail as the result shows it: the whole value, or only its first line where the rest is terms.
fn shown(desk: &Desk, pair: &Pair, key: Key, whole: bool) -> String {
    let lines: Vec<String> = pair
        .value
        .iter()
        .map(|line| {
            let number = line.number.as_ref().map(|number| desk.ledger.copy(number));
            number.into_iter().chain([desk.ledger.copy(&line.piece)]).collect::<Vec<_>>().join(" ").trim().to_owned()
        })
        .filter(|text| !text.is_empty())
        .collect();
    match key {
        Key::Salary | Key::Hours | Key::Contract => {
            let text = if whole { lines.join("\n") } else { lines.into_iter().next().unwrap_or_default() };
            if key == Key::Hours { hours(pair.label.text(), text) } else { text }
        }
        Key::Grade => grade(pair.label.text(), &lines.join("\n")),
        Key::LastReviewed | Key::DatePosted | Key::ClosingDate | Key::ShortlistingDate | Key::InterviewDate => {
            let text = lines.join(" ");
            dates::find(&text).map_or(text, |(iso, _)| iso)
        }
        Key::Title
        | Key::Employer
        | Key::PayScheme
        | Key::WorkingPattern
        | Key::Location
        | Key::Directorate
        | Key::Service
        | Key::ReportsTo
        | Key::ResponsibleFor
        | Key::PostNumbers
        | Key::Reference => lines.join("\n"),
    }
}

/// `4` under the label Band is Band 4: the label's word is part of the grade.
fn grade(label: &str, value: &str) -> String {
    let plain = words(label);
    let word = ["band", "grade", "scale"].iter().find(|word| plain.iter().any(|own| own == *word));
    // `4`, `8a` and `H` need the word; `PO2` and `SO1` say it themselves
    let bare = value.len() <= 2
        && words(value).len() == 1
        && !value.chars().take(2).all(|c| c.is_alphabetic() && value.len() == 2);
    match word.filter(|_| bare) {
        Some(word) => {
            let printed =
                label.split(|c: char| !c.is_alphabetic()).find(|own| own.eq_ignore_ascii_case(word)).unwrap_or(word);
            format!("{printed} {value}")
        }
        None => value.to_owned(),
    }
}

/// `30` under the label Hours per week is 30 hours per week.
fn hours(label: &str, value: String) -> String {
    let plain = words(label).join(" ");
    let bare = !value.is_empty() && value.chars().all(|c| c.is_ascii_digit() || c == '.');
    if bare && plain == "hours per week" { format!("{value} {plain}") } else { value }
}

/// A label with nothing behind it.
pub fn empty(desk: &mut Desk, pair: &Pair) {
    let text = pair.label.text().to_owned();
    desk.find("empty-label", &text, None, "The label has nothing behind it.");
    desk.label(&pair.label, "label");
}

fn key_name(key: Key) -> &'static str {
    match key {
        Key::LastReviewed => "last reviewed",
        Key::DatePosted => "date posted",
        Key::ClosingDate => "closing date",
        Key::ShortlistingDate => "shortlisting date",
        Key::InterviewDate => "interview date",
        Key::PayScheme => "pay scheme",
        Key::Title
        | Key::Employer
        | Key::Grade
        | Key::Salary
        | Key::Hours
        | Key::Contract
        | Key::WorkingPattern
        | Key::Location
        | Key::Directorate
        | Key::Service
        | Key::ReportsTo
        | Key::ResponsibleFor
        | Key::PostNumbers
        | Key::Reference => "label",
    }
}

/// The place of a key.
pub fn slot(details: &mut Details, key: Key) -> &mut Option<String> {
    match key {
        Key::Title => &mut details.title,
        Key::Employer => &mut details.employer,
        Key::Grade => &mut details.grade,
        Key::PayScheme => &mut details.pay_scheme,
        Key::Salary => &mut details.salary,
        Key::Hours => &mut details.hours,
        Key::Contract => &mut details.contract,
        Key::WorkingPattern => &mut details.working_pattern,
        Key::Location => &mut details.location,
        Key::Directorate => &mut details.directorate,
        Key::Service => &mut details.service,
        Key::ReportsTo => &mut details.reports_to,
        Key::ResponsibleFor => &mut details.responsible_for,
        Key::PostNumbers => &mut details.post_numbers,
        Key::Reference => &mut details.reference,
        Key::LastReviewed => &mut details.last_reviewed,
        Key::DatePosted => &mut details.date_posted,
        Key::ClosingDate => &mut details.closing_date,
        Key::ShortlistingDate => &mut details.shortlisting_date,
        Key::InterviewDate => &mut details.interview_date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(desk: &mut Desk, label: &str, value: &str) -> Pair {
        let value = if value.is_empty() { Vec::new() } else { vec![Line::plain(desk.ledger.enter(value))] };
        Pair { number: None, label: desk.ledger.enter(label), value }
    }

    #[test]
    fn values_go_to_their_keys_once() {
        let mut desk = Desk::default();
        for (label, value) in [
            ("Job title", "Ranger"),
            ("Band", "3"),
            ("Title", "Ranger"),
            ("Closing date", "3 May 2027"),
            ("Clan", "Highland"),
            ("Post number/s", ""),
        ] {
            let pair = pair(&mut desk, label, value);
            place(&mut desk, &pair);
        }
        assert_eq!(desk.details.title.as_deref(), Some("Ranger"));
        assert_eq!(desk.details.grade.as_deref(), Some("Band 3"));
        assert_eq!(desk.details.closing_date.as_deref(), Some("2027-05-03"));
        assert_eq!(desk.details.other[0].label, "Clan");
        assert_eq!((desk.unplaced.len(), desk.details.post_numbers.as_deref()), (1, None));
        assert!(desk.findings.iter().any(|finding| finding.rule == "empty-label"));
        assert!(desk.ledger.left().is_empty());
    }
}

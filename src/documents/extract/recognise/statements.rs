//! Details that only running text states: hours, place of work, grade, closing and interview dates, pay scheme, employer.
//!
//! Fires last and only on keys that no label has filled. What it finds is copied; the sentence stays where it is.

use super::audit::Stock;
use super::dates;
use super::desk::Desk;
use super::details::slot;
use super::employer;
use super::labels::Key;
use crate::documents::extract::result::Details;
use regex::Regex;
use std::sync::LazyLock;

static HOURS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b\d{1,2}(?:\.\d{1,2})?\s+hours?\s+(?:per|a|each)\s+week\b").ok());
/// "based at Marlowe Town Hall": capitals only, so that "based at the office" is left alone.
static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b[Bb]ased (?:at|in|from),? (?:the |our )?((?:[A-Z][\w’'.&-]*|\d+[A-Za-z]?)(?:,? (?:[A-Z][\w’'.&-]*|\d+[A-Za-z]?|of|and|the|upon|on))*)").ok()
});
/// "office based at any location that …": the manner of it is part of the place.
static MANNER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b((?:office|home|site|field|school|depot)[ -]based (?:at|in|from) [^.;\n]{3,140})").ok()
});
/// "Send the form by noon on 3 March 2027": from the word of applying to the word before the date.
static APPLY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:apply|applications?|application form|form|cv)\b[^.;]{0,80}\b(?:by|before|until|no later than)\b([^.;]{3,60})").ok()
});
/// "Interviews are on 11 March 2027", "Interviews will be held on …".
static INTERVIEWS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\binterviews?\b[^.;]{0,40}\b(?:on|held|place|for|week of|commencing|beginning)\b([^.;]{3,60})")
        .ok()
});
/// A grade without its label, alone between commas: "Term time only, 20 hours a week, Grade C".
static GRADE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:Grade|Band|Scale) (?:[A-Z]{0,3}\d{1,2}[a-d]?|[A-Z]{1,2})$").ok());
static SCHEME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\bagenda for change\b").ok());

/// Fills what is still empty. `stock` is the source: a copy may not give a word more often than it stands there.
pub fn read(desk: &mut Desk, texts: &[String], heads: &[String], stock: &Stock) {
    let find = |pattern: &LazyLock<Option<Regex>>, group: usize| {
        let found = |text: &String| Some(pattern.as_ref()?.captures(text)?.get(group)?.as_str().to_owned());
        texts.iter().find_map(found)
    };
    let closing = |text: &String| {
        text.to_lowercase().contains("closing date").then(|| dates::find(text)).flatten().map(|(date, _)| date)
    };
    let dated = |pattern: &LazyLock<Option<Regex>>| {
        let after =
            |text: &String| pattern.as_ref()?.captures(text)?.get(1).and_then(|rest| dates::find(rest.as_str()));
        texts.iter().find_map(after).map(|(date, _)| date)
    };
    let place = || find(&MANNER, 1).or_else(|| find(&PLACE, 1).map(|place| tidy(&place)));
    let named = heads.iter().find(|head| employer::is_name(head)).cloned();
    let mentioned = || employer::most_named(texts.iter().flat_map(|text| text.lines()));
    let details = &mut desk.details;
    offer(details, stock, Key::Hours, find(&HOURS, 0));
    offer(details, stock, Key::Location, place());
    offer(details, stock, Key::PayScheme, find(&SCHEME, 0));
    offer(details, stock, Key::ClosingDate, texts.iter().find_map(closing).or_else(|| dated(&APPLY)));
    offer(details, stock, Key::InterviewDate, dated(&INTERVIEWS));
    offer(details, stock, Key::Grade, grade(texts));
    offer(details, stock, Key::Employer, named.or_else(mentioned));
}

/// How many lines from the top may say the grade in passing: further down it is that of colleagues.
const TOP: usize = 4;

fn grade(texts: &[String]) -> Option<String> {
    let short = texts.iter().take(TOP).filter(|text| text.split_whitespace().count() <= 14);
    let parts = short.flat_map(|text| text.split([',', '·', '|', ';', '\n'])).map(str::trim);
    let mut grades = parts.filter(|part| GRADE.as_ref().is_some_and(|grade| grade.is_match(part)));
    grades.next().map(str::to_owned)
}

fn offer(details: &mut Details, stock: &Stock, key: Key, value: Option<String>) {
    let mut trial = details.clone();
    let slot = slot(&mut trial, key);
    if slot.is_some() || value.is_none() {
        return;
    }
    *slot = value;
    if stock.covers(&trial) {
        *details = trial;
    }
}

/// Without the small words at its end.
fn tidy(place: &str) -> String {
    let mut place = place.trim_end_matches([',', '.', ' ']).to_owned();
    while let Some(cut) = [" and", " of", " the", " on"].iter().find_map(|end| place.strip_suffix(end)) {
        place = cut.trim_end_matches(',').to_owned();
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::blocks::{Block, BlockKind, Document, Place};

    #[test]
    fn statements_fill_empty_details() {
        let mut desk = Desk::default();
        let texts = [
            "You will be based at Marlowe Town Hall, but travel. The post is 30 hours per week. Marlowe Council cares."
                .to_owned(),
        ];
        let kind = BlockKind::Paragraph { text: texts[0].clone(), bold: false, blank_before: false };
        let blocks = vec![Block { place: Place::Body, tabs_before: 0, kind }];
        read(&mut desk, &texts, &[], &Stock::of(&Document { blocks, asides: Vec::new() }));
        assert_eq!(desk.details.location.as_deref(), Some("Marlowe Town Hall"));
        assert_eq!(desk.details.hours.as_deref(), Some("30 hours per week"));
        assert_eq!(desk.details.employer.as_deref(), Some("Marlowe Council"));
    }

    #[test]
    fn dates_of_applying_and_a_grade_in_passing() {
        let mut desk = Desk::default();
        let texts: Vec<String> = [
            "Term time only, 20 hours a week, Grade C",
            "Send the form on our website by noon on 3 March 2027. Interviews are on 11 March 2027.",
        ]
        .map(str::to_owned)
        .to_vec();
        let block = |text: &String| {
            let kind = BlockKind::Paragraph { text: text.clone(), bold: false, blank_before: false };
            Block { place: Place::Body, tabs_before: 0, kind }
        };
        let blocks = texts.iter().map(block).collect();
        read(&mut desk, &texts, &[], &Stock::of(&Document { blocks, asides: Vec::new() }));
        let details = &desk.details;
        assert_eq!(details.grade.as_deref(), Some("Grade C"));
        assert_eq!(details.closing_date.as_deref(), Some("2027-03-03"));
        assert_eq!(details.interview_date.as_deref(), Some("2027-03-11"));
        let late = ["One", "Two", "Three", "Four", "Band 3"].map(str::to_owned);
        assert_eq!(grade(&late), None);
        assert_eq!(grade(&["GCSE grade C in English, Grade of work".to_owned()]), None);
    }
}

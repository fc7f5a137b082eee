//! The details of a document: fields where there is one, rows for the rest.

use super::grade::{self, GradeName};
use crate::documents::extract::result::{Details as Read, Extract, LabelledText, Section};
use crate::domain::details::Details;
use crate::domain::text::{long_date, one_line, parse_date, tidy};

/// What the details say, sorted into fields and rows.
pub(super) struct Told {
    pub details: Details,
    pub post_numbers: String,
    pub grade_in_words: Option<String>,
    /// Label and text.
    pub rows: Vec<(String, String)>,
}

pub(super) fn told(extract: &Extract, grades: &[GradeName], profile_post_numbers: Option<&str>) -> Told {
    let read = &extract.details;
    let graded = grade::find(read.grade.as_deref(), read.pay_scheme.as_deref(), grades);
    let line = |value: &Option<String>| value.as_deref().map(one_line).unwrap_or_default();
    let text = |value: &Option<String>| value.as_deref().map(tidy).unwrap_or_default();
    let details = Details {
        title: line(&read.title),
        grade_from: graded.from,
        grade_to: graded.to,
        salary_text: line(&read.salary),
        hours: line(&read.hours),
        contract: line(&read.contract),
        working_pattern: line(&read.working_pattern),
        location: line(&read.location),
        directorate: line(&read.directorate),
        service: line(&read.service),
        reports_to: text(&read.reports_to),
        responsible_for: text(&read.responsible_for),
        ..Details::default()
    };
    let mut rows = Vec::new();
    let mut row = |label: &str, value: Option<&str>| {
        if let Some(value) = value.map(tidy).filter(|value| !value.is_empty()) {
            rows.push((label.to_owned(), value));
        }
    };
    row("Grade", graded.in_words.as_deref());
    row("Pay scheme", read.pay_scheme.as_deref().filter(|_| !graded.names_scheme));
    let post_numbers = line(&read.post_numbers);
    row(
        "Post numbers",
        profile_post_numbers.and_then(|of_profile| (of_profile != post_numbers).then_some(&*post_numbers)),
    );
    for (label, value) in without_a_field(read) {
        row(label, value.as_deref());
    }
    rows.extend(read.other.iter().map(|row| (one_line(&row.label), tidy(&row.text))));
    if !extract.ours {
        let in_terms = term_rows(extract);
        rows.retain(|(label, text)| !in_terms.contains(&(one_line(label), tidy(text))));
    }
    Told { details, post_numbers, grade_in_words: graded.in_words, rows }
}

/// What a profile has no field for, in the order in which documents print it.
fn without_a_field(read: &Read) -> Vec<(&'static str, Option<String>)> {
    let date = |value: &Option<String>| value.as_deref().map(in_words);
    let contact = read.contact.as_ref();
    vec![
        ("Employer", read.employer.clone()),
        ("Reference", read.reference.clone()),
        ("Last reviewed", date(&read.last_reviewed)),
        ("Date posted", date(&read.date_posted)),
        ("Closing date", date(&read.closing_date)),
        ("Shortlisting date", date(&read.shortlisting_date)),
        ("Interview date", date(&read.interview_date)),
        ("Contact name", contact.and_then(|contact| contact.name.clone())),
        ("Contact e-mail", contact.and_then(|contact| contact.email.clone())),
        ("Contact telephone", contact.and_then(|contact| contact.phone.clone())),
    ]
}

/// Dates are read as 2026-01-28 and shown as people write them; one without a year stays as it was printed.
fn in_words(date: &str) -> String {
    parse_date(date).map_or_else(|| date.to_owned(), long_date)
}

/// Rows that a terms section shows already: the document printed them once, and so does the version.
fn term_rows(extract: &Extract) -> Vec<(String, String)> {
    let rows = extract.sections.iter().flat_map(rows_of_terms);
    rows.map(|row| (one_line(&row.label), tidy(&row.text))).collect()
}

fn rows_of_terms(section: &Section) -> &[LabelledText] {
    match section {
        Section::Terms { rows, .. } => rows,
        Section::Prose { .. }
        | Section::Duties { .. }
        | Section::Criteria { .. }
        | Section::Demands { .. }
        | Section::Factors { .. }
        | Section::Clauses { .. }
        | Section::OrganisationChart { .. } => &[],
    }
}

//! The box of facts at the head of a version: which label fills which field, in every family's words.

use crate::documents::extract::result::{Details, LabelledText};
use crate::domain::details::Details as Kept;

/// What becomes of a fact.
pub(super) enum Fact {
    Field,
    /// Of the version's record, and no part of its content.
    Record,
    Other,
}

/// Puts a fact where it belongs.
pub(super) fn place(details: &mut Details, label: &str, value: &str) -> Fact {
    let field = match label {
        "Grade" | "Band" => &mut details.grade,
        "Salary" => &mut details.salary,
        "Hours" => &mut details.hours,
        "Contract" => &mut details.contract,
        "Working pattern" => &mut details.working_pattern,
        "Location" => &mut details.location,
        "Directorate" => &mut details.directorate,
        "Service" | "Service area" => &mut details.service,
        "Reports to" | "Responsible to" => &mut details.reports_to,
        "Responsible for" => &mut details.responsible_for,
        "Grade decided by" | "Unit" => return Fact::Record,
        _ => {
            details.other.push(LabelledText { label: label.to_owned(), text: value.to_owned() });
            return Fact::Other;
        }
    };
    if !value.is_empty() {
        *field = Some(value.to_owned());
    }
    Fact::Field
}

/// The details of a version as they would be read.
pub(super) fn of(kept: &Kept, grade: &str) -> Details {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Details {
        title: said(&kept.title),
        grade: said(grade),
        salary: said(&kept.salary_text),
        hours: said(&kept.hours),
        contract: said(&kept.contract),
        working_pattern: said(&kept.working_pattern),
        location: said(&kept.location),
        directorate: said(&kept.directorate),
        service: said(&kept.service),
        reports_to: said(&kept.reports_to),
        responsible_for: said(&kept.responsible_for),
        ..Details::default()
    }
}

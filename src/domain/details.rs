//! The details of a version: what stands in the box at the head of the document.

use serde::{Deserialize, Serialize};
use time::Date;

use super::ids::GradeId;
use super::worded::worded;

worded! {
    /// How the grade came to be.
    GradeBasis {
        Indicative = "indicative", "Indicative, not yet evaluated";
        Matched = "matched", "Matched to a profile";
        Evaluated = "evaluated", "Evaluated by a panel";
    }
}

worded! {
    /// How much a version changes, in its author's judgement.
    ChangeKind {
        Minor = "minor", "Minor: wording, corrections, facts";
        Major = "major", "Major: what the job does or needs";
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub title: String,
    pub grade_from: Option<GradeId>,
    /// The top of a career grade; none for a single grade.
    pub grade_to: Option<GradeId>,
    pub grade_basis: Option<GradeBasis>,
    pub grade_basis_reference: String,
    pub grade_basis_date: Option<Date>,
    /// Why the grade differs from the issued version's.
    pub grade_change_reason: String,
    /// Typed pay, for a grade that has no amounts.
    pub salary_text: String,
    pub hours: String,
    pub contract: String,
    pub working_pattern: String,
    pub location: String,
    pub directorate: String,
    pub service: String,
    pub reports_to: String,
    pub responsible_for: String,
}

impl Details {
    /// The rows that a reader sees, label first; empty ones left out. The grade is the caller's, who knows its name.
    pub fn rows(&self) -> Vec<(&'static str, &str)> {
        [
            ("Salary", &self.salary_text),
            ("Hours", &self.hours),
            ("Contract", &self.contract),
            ("Working pattern", &self.working_pattern),
            ("Location", &self.location),
            ("Directorate", &self.directorate),
            ("Service", &self.service),
            ("Reports to", &self.reports_to),
            ("Responsible for", &self.responsible_for),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| (label, text.as_str()))
        .collect()
    }

    pub fn same_grade(&self, other: &Details) -> bool {
        (self.grade_from, self.grade_to) == (other.grade_from, other.grade_to)
    }
}

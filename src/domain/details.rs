//! The details of a version: what stands in the box at the head of the document.

use serde::{Deserialize, Serialize};
use time::Date;

use super::ids::GradeId;
use super::pay::Area;
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
    /// Typed pay: for a grade that has no amounts, or with a reason.
    pub salary_text: String,
    /// Why the pay is typed although the grade has amounts.
    #[serde(default)]
    pub salary_reason: String,
    /// Where the place adds to pay.
    #[serde(default)]
    pub pay_area: Option<Area>,
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

    /// Two people saved the details at once: each field takes whoever changed it since `base`. Names the fields that
    /// both changed to different values; those keep `mine`.
    pub fn merged(base: &Details, mine: Details, theirs: &Details) -> (Details, Vec<&'static str>) {
        let mut merged = mine;
        let mut clashes = Vec::new();
        let mut field = |name: &'static str, mine: &mut String, base: &String, theirs: &String| {
            if mine == base {
                mine.clone_from(theirs);
            } else if theirs != base && mine != theirs {
                clashes.push(name);
            }
        };
        field("title", &mut merged.title, &base.title, &theirs.title);
        field("salary_text", &mut merged.salary_text, &base.salary_text, &theirs.salary_text);
        field("salary_reason", &mut merged.salary_reason, &base.salary_reason, &theirs.salary_reason);
        field("hours", &mut merged.hours, &base.hours, &theirs.hours);
        field("contract", &mut merged.contract, &base.contract, &theirs.contract);
        field("working_pattern", &mut merged.working_pattern, &base.working_pattern, &theirs.working_pattern);
        field("location", &mut merged.location, &base.location, &theirs.location);
        field("directorate", &mut merged.directorate, &base.directorate, &theirs.directorate);
        field("service", &mut merged.service, &base.service, &theirs.service);
        field("reports_to", &mut merged.reports_to, &base.reports_to, &theirs.reports_to);
        field("responsible_for", &mut merged.responsible_for, &base.responsible_for, &theirs.responsible_for);
        if merged.pay_area == base.pay_area {
            merged.pay_area = theirs.pay_area;
        } else if theirs.pay_area != base.pay_area && merged.pay_area != theirs.pay_area {
            clashes.push("pay_area");
        }
        if merged.same_grade(base) {
            (merged.grade_from, merged.grade_to) = (theirs.grade_from, theirs.grade_to);
            // With the grade goes how it was decided.
            merged.grade_basis = theirs.grade_basis;
            merged.grade_basis_reference.clone_from(&theirs.grade_basis_reference);
            merged.grade_basis_date = theirs.grade_basis_date;
            merged.grade_change_reason.clone_from(&theirs.grade_change_reason);
        } else if !theirs.same_grade(base) && !merged.same_grade(theirs) {
            clashes.push("grade_from");
        }
        (merged, clashes)
    }

    /// As a document prints them: with that salary, whether it was typed or worked out.
    pub fn paying(&self, salary: String) -> Details {
        Details { salary_text: salary, ..self.clone() }
    }

    /// An unchanged grade carries its basis over; a changed one needs a new basis.
    pub fn with_basis_of(self, before: &Details) -> Details {
        match self.same_grade(before) {
            true => self,
            false => Details {
                grade_basis: None,
                grade_basis_reference: String::new(),
                grade_basis_date: None,
                grade_change_reason: String::new(),
                ..self
            },
        }
    }

    /// How the grade was decided, in words; empty where nobody has said.
    pub fn basis_in_words(&self) -> String {
        let basis = self.grade_basis.map_or("", GradeBasis::label);
        match (basis.is_empty(), self.grade_basis_reference.is_empty()) {
            (true, _) => String::new(),
            (false, true) => basis.to_owned(),
            (false, false) => format!("{basis}, {}", self.grade_basis_reference),
        }
    }

    pub fn same_grade(&self, other: &Details) -> bool {
        (self.grade_from, self.grade_to) == (other.grade_from, other.grade_to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_takes_whoever_changed_it() {
        let base = Details { title: "Clerk".into(), hours: "37".into(), location: "Here".into(), ..Details::default() };
        let mine = Details { title: "Senior clerk".into(), location: "There".into(), ..base.clone() };
        let theirs = Details { hours: "36".into(), location: "Elsewhere".into(), ..base.clone() };
        let (merged, clashes) = Details::merged(&base, mine, &theirs);
        assert_eq!((merged.title.as_str(), merged.hours.as_str()), ("Senior clerk", "36"));
        assert_eq!((merged.location.as_str(), clashes), ("There", vec!["location"]));
    }

    #[test]
    fn a_grade_that_somebody_else_chose_keeps_how_it_was_decided() {
        let base = Details { grade_from: Some(GradeId(4)), ..Details::default() };
        let theirs =
            Details { grade_from: Some(GradeId(5)), grade_basis: Some(GradeBasis::Matched), ..Details::default() };
        let mine = Details { title: "Clerk".into(), ..base.clone() }.with_basis_of(&theirs);
        let (merged, clashes) = Details::merged(&base, mine, &theirs);
        assert_eq!((merged, clashes), (Details { title: "Clerk".into(), ..theirs }, vec![]));
    }

    #[test]
    fn a_changed_grade_loses_the_basis_of_the_old_one() {
        let before = Details {
            grade_from: Some(GradeId(4)),
            grade_basis: Some(GradeBasis::Evaluated),
            grade_basis_reference: "JE-12".into(),
            ..Details::default()
        };
        let after = Details { grade_from: Some(GradeId(5)), ..before.clone() }.with_basis_of(&before);
        assert_eq!((after.grade_basis, after.basis_in_words().as_str()), (None, ""));
        assert_eq!(before.clone().with_basis_of(&before), before);
    }
}

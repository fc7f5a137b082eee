//! Fields of the details that two people changed at once: yours, theirs, or both, as lines have it.

use crate::db::Version;
use crate::domain::details::Details;
use crate::domain::diff::{self, Stretch};
use crate::web::form::{Form, Submitted};

/// Fields of several lines: both stand below each other.
const LINES: [&str; 3] = ["location", "reports_to", "responsible_for"];
/// Before the names of the fields that hold the choice, and what theirs was.
const KEEP: &str = "keep_";
const THEIRS: &str = "theirs_";

/// One field with both values.
pub struct Clash {
    pub field: &'static str,
    pub label: &'static str,
    /// Mine against theirs, the words marked; empty for a grade.
    pub words: Vec<Stretch>,
    pub theirs: String,
    /// A grade can be only one.
    pub takes_both: bool,
    /// What is sent along, so that "theirs" is what was shown.
    pub hidden: Vec<(String, String)>,
}

pub fn clash(field: &'static str, mine: &Details, version: &Version, filled: impl Fn(&Details) -> Form) -> Clash {
    let (mine, theirs) = (filled(mine), filled(&version.details));
    let is_grade = field == "grade_from";
    let is_choice = is_grade || field == "pay_area";
    let fields: &[&str] = if is_grade { &["grade_from", "grade_to"] } else { &[field] };
    let value = |form: &Form, name: &str| form.value(name).to_owned();
    Clash {
        field,
        label: label(field),
        words: if is_choice { Vec::new() } else { diff::words(theirs.value(field), mine.value(field)) },
        theirs: if is_grade { version.grade.clone() } else { value(&theirs, field) },
        takes_both: !is_choice && !theirs.value(field).is_empty() && !mine.value(field).is_empty(),
        hidden: fields.iter().map(|name| (format!("{THEIRS}{name}"), value(&theirs, name))).collect(),
    }
}

fn label(field: &str) -> &'static str {
    match field {
        "title" => "Job title",
        "grade_from" => "Grade",
        "salary_text" => "Salary",
        "salary_reason" => "Why the salary is typed",
        "pay_area" => "High cost area",
        "hours" => "Hours",
        "contract" => "Contract",
        "working_pattern" => "Working pattern",
        "location" => "Location",
        "directorate" => "Directorate",
        "service" => "Service or team",
        "reports_to" => "Reports to",
        _ => "Responsible for",
    }
}

/// What was sent, with the choices done.
pub fn chosen(submitted: &Submitted) -> Submitted {
    let keep = |name: &str| {
        let name = if name == "grade_to" { "grade_from" } else { name };
        submitted.raw(&format!("{KEEP}{name}"))
    };
    let value = |name: &str, mine: &str| {
        let theirs = submitted.raw(&format!("{THEIRS}{name}"));
        let between = if LINES.contains(&name) { "\n" } else { " / " };
        match keep(name) {
            "theirs" => theirs.to_owned(),
            "both" => format!("{theirs}{between}{mine}"),
            _ => mine.to_owned(),
        }
    };
    Submitted::new(submitted.fields().iter().map(|(name, mine)| (name.clone(), value(name, mine))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(keep: &str) -> Submitted {
        let fields = [
            ("hours", "30 hours"),
            ("theirs_hours", "20 hours"),
            ("keep_hours", keep),
            ("location", "Here"),
            ("theirs_location", "There"),
            ("keep_location", keep),
            ("grade_from", "1"),
            ("grade_to", ""),
            ("theirs_grade_from", "2"),
            ("theirs_grade_to", "3"),
            ("keep_grade_from", keep),
            ("title", "Clerk"),
        ];
        chosen(&Submitted::new(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()))
    }

    #[test]
    fn each_choice_is_done_and_the_rest_stays() {
        let said = |keep: &str| {
            let sent = sent(keep);
            ["hours", "location", "grade_from", "grade_to", "title"].map(|name| sent.raw(name).to_owned())
        };
        assert_eq!(said("mine"), ["30 hours", "Here", "1", "", "Clerk"]);
        assert_eq!(said("theirs"), ["20 hours", "There", "2", "3", "Clerk"]);
        let [hours, location, ..] = said("both");
        assert_eq!([hours.as_str(), location.as_str()], ["20 hours / 30 hours", "There\nHere"]);
    }
}

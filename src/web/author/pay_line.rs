//! What a page says of a version's pay: its facts with the salary in them, how that was worked out, and what changed it.

use time::Date;

use crate::db::Version;
use crate::domain::checks::{Place, Problem};
use crate::domain::pay::{Grade, Salary};

pub struct PayLine {
    /// The rows of the details, as a document prints them.
    pub facts: Vec<(&'static str, String)>,
    /// A step a line; none where it was typed.
    pub working: Vec<String>,
    /// Why it was typed although the grade has amounts, and what the grade would pay.
    pub typed_because: String,
    pub grade_pays: String,
    /// What the last pay award changed; only while the version is being written.
    pub award: String,
}

impl PayLine {
    pub fn of(version: &Version, today: Date) -> Self {
        let salary = version.salary(today);
        let printed = version.printed(today);
        let is_typed = !version.details.salary_text.is_empty();
        let words = salary.as_ref().map(Salary::words).unwrap_or_default();
        PayLine {
            facts: printed.rows().into_iter().map(|(label, text)| (label, text.to_owned())).collect(),
            working: salary.filter(|_| !is_typed).map(|salary| salary.working()).unwrap_or_default(),
            typed_because: version.details.salary_reason.clone(),
            grade_pays: if is_typed { words } else { String::new() },
            award: version.award.clone().filter(|_| version.state.name().is_open() && !is_typed).unwrap_or_default(),
        }
    }
}

/// What has to be put right about its pay before anybody is asked to approve it: a salary that was typed where the grade
/// pays another needs its reason, and a grade that has ended needs another.
pub fn untold(version: &Version, today: Date) -> Vec<Problem> {
    let details = &version.details;
    let stands_on = |grade: &&Grade| [details.grade_from, details.grade_to].contains(&Some(grade.id));
    let ended = version.pay.iter().filter(stands_on).find(|grade| grade.has_ended(today));
    let mut problems: Vec<Problem> = ended
        .map(|grade| Problem {
            place: Place::Details("grade_from"),
            text: format!("Choose another grade: {} has ended", grade.name),
        })
        .into_iter()
        .collect();
    let typed = !details.salary_text.is_empty() && details.salary_reason.is_empty();
    if let Some(pays) = version.salary(today).filter(|_| typed) {
        let text = format!("Say why the salary is typed: the grade pays {}", pays.words());
        problems.push(Problem { place: Place::Details("salary_reason"), text });
    }
    problems
}

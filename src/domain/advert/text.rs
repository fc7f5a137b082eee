//! What an advert says, and what it lacks before somebody can be asked to confirm it.

use std::collections::BTreeSet;

use time::Date;

use super::check::check_problem;
use super::dates::date_problems;
use super::gate::gate;
use super::{Acronyms, ApplyKind, ContractKind, Offer};
use crate::domain::given::Given;
use crate::domain::ids::MembershipId;
use crate::domain::template::Printing;
use crate::domain::text::email;

/// What the author types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvertText {
    pub headline: String,
    pub short_text: String,
    pub reference: String,
    /// Typed, and marked so; otherwise it is printed from the grade's amounts.
    pub salary_typed: bool,
    /// `£27,485 to £30,162 a year`, whoever wrote it.
    pub salary_text: String,
    pub contract_kind: Option<ContractKind>,
    /// More about the contract, such as until when.
    pub contract: String,
    pub working_pattern: String,
    pub offer: Offer,
    /// A place a line.
    pub locations: String,
    pub contact_name: String,
    pub contact_email: String,
    pub contact_phone: String,
    pub apply_kind: ApplyKind,
    pub apply_value: String,
    pub hiring_manager: Option<MembershipId>,
    /// Days on which it is open, both included, in London.
    pub opens_on: Option<Date>,
    pub closes_on: Option<Date>,
    pub shortlisting_on: Option<Date>,
    pub interviews_on: Option<Date>,
    /// When the job begins, in words: a day, or as soon as possible.
    pub starts: String,
}

/// Everything that a reader is told of a vacancy, beside the content of the version that it is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacancy {
    pub employer: String,
    pub title: String,
    /// As it is printed: `Band 5`, `Band 5 to Band 6`.
    pub grade: String,
    pub hours: String,
    pub directorate: String,
    pub service: String,
    pub reports_to: String,
    /// The employer's own short forms.
    pub glossary: Acronyms,
    /// What its version leaves to the scheme to say, on its first day.
    pub given: Given,
    /// What the template of its version says of the sections.
    pub printing: Printing,
    pub text: AdvertText,
}

/// What the version of an advert says, a line for each of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    pub all: String,
    /// What of that applicants read.
    pub shown: String,
}

impl Described {
    pub fn push(&mut self, line: &str, is_shown: bool) {
        for text in [Some(&mut self.all), is_shown.then_some(&mut self.shown)].into_iter().flatten() {
            text.push_str(line);
            text.push('\n');
        }
    }
}

/// A field and what is wrong with it.
pub type FieldProblem = (&'static str, String);

/// What has to be put right before the hiring manager is asked to confirm the text, in the order of the form.
pub fn problems(
    text: &AdvertText,
    description: &Described,
    writers: &BTreeSet<MembershipId>,
    today: Date,
) -> Vec<FieldProblem> {
    let mut problems = missing_words(text);
    problems.extend(gate(text, &description.shown));
    problems.extend(check_problem(text.offer.dbs, &format!("{}{}", description.all, text.short_text)));
    problems.extend(date_problems(text, today));
    problems.extend(contact_problems(text));
    match text.hiring_manager {
        None => problems.push(("hiring_manager", "Choose the hiring manager who confirms the text".into())),
        Some(manager) if writers.contains(&manager) => problems.push((
            "hiring_manager",
            "Choose a hiring manager who did not write on this text: nobody confirms their own words".into(),
        )),
        Some(_) => {}
    }
    problems
}

fn missing_words(text: &AdvertText) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut needs = |field, value: &str, sentence: &str| {
        if value.is_empty() {
            problems.push((field, sentence.to_owned()));
        }
    };
    needs("headline", &text.headline, "Write a headline: one line that makes the right person read on");
    needs("short_text", &text.short_text, "Write the short text: what the job is and why it matters");
    needs("salary_text", &text.salary_text, "Give the salary: it has to be typed where the grade has no amounts");
    needs("contract_kind", text.contract_kind.map_or("", ContractKind::word), "Choose the kind of contract");
    needs("locations", &text.locations, "Say where the work is");
    problems
}

fn contact_problems(text: &AdvertText) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    if text.contact_name.is_empty() {
        problems.push(("contact_name", "Name somebody to ask".into()));
    }
    if text.contact_email.is_empty() && text.contact_phone.is_empty() {
        problems.push(("contact_email", "Give an e-mail address or a telephone number for questions".into()));
    }
    if text.offer.ask_by_form && text.contact_email.is_empty() {
        problems.push(("contact_email", "Give the address that questions from the form go to".into()));
    }
    if !text.contact_email.is_empty() && email(&text.contact_email).is_none() {
        problems.push(("contact_email", "That is not an e-mail address".into()));
    }
    match (text.apply_kind, text.apply_value.as_str()) {
        (_, "") => problems.push(("apply_value", "Say how people apply".into())),
        (ApplyKind::Link, link) if !is_web_address(link) => {
            problems.push(("apply_value", "The link has to start with https:// or http://".into()));
        }
        (ApplyKind::Link | ApplyKind::Address | ApplyKind::Instructions, _) => {}
    }
    problems
}

/// A link that is safe to print as one.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\".contains(c))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::advert::Dbs;
    use time::macros::date;

    pub fn whole() -> AdvertText {
        AdvertText {
            headline: "Nurse people at home".into(),
            short_text: "You will visit people at home.".into(),
            reference: String::new(),
            salary_typed: false,
            salary_text: "£27,485 to £30,162 a year".into(),
            contract_kind: Some(ContractKind::Permanent),
            contract: String::new(),
            working_pattern: String::new(),
            offer: Offer { dbs: Some(Dbs::NoCheck), ..Offer::default() },
            locations: "Millfield".into(),
            contact_name: "Sunita Rao".into(),
            contact_email: "sunita.rao@trust.example".into(),
            contact_phone: String::new(),
            apply_kind: ApplyKind::Link,
            apply_value: "https://jobs.trust.example/1".into(),
            hiring_manager: Some(MembershipId(2)),
            opens_on: None,
            closes_on: Some(date!(2026 - 02 - 01)),
            shortlisting_on: None,
            interviews_on: None,
            starts: String::new(),
        }
    }

    fn fields(text: &AdvertText) -> Vec<&'static str> {
        fields_beside(text, &Described::default())
    }

    fn fields_beside(text: &AdvertText, description: &Described) -> Vec<&'static str> {
        let writers = BTreeSet::from([MembershipId(1)]);
        let problems = problems(text, description, &writers, date!(2026 - 01 - 15));
        problems.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn what_applicants_do_not_read_below_may_be_said_above() {
        let mut description = Described::default();
        description.push(&whole().short_text, false);
        assert_eq!(fields_beside(&whole(), &description), [""; 0]);
        description.push(&whole().short_text, true);
        assert_eq!(fields_beside(&whole(), &description), ["short_text"]);
    }

    #[test]
    fn a_whole_text_has_no_problems_and_each_gap_is_named() {
        assert_eq!(fields(&whole()), [""; 0]);
        let nothing = AdvertText {
            headline: String::new(),
            short_text: String::new(),
            salary_text: String::new(),
            contract_kind: None,
            locations: String::new(),
            contact_name: String::new(),
            contact_email: String::new(),
            apply_value: String::new(),
            hiring_manager: None,
            closes_on: None,
            offer: Offer::default(),
            ..whole()
        };
        let expected = [
            "headline",
            "short_text",
            "salary_text",
            "contract_kind",
            "locations",
            "dbs",
            "closes_on",
            "contact_name",
            "contact_email",
            "apply_value",
            "hiring_manager",
        ];
        assert_eq!(fields(&nothing), expected);
    }

    #[test]
    fn days_have_to_come_in_order() {
        let closes_on = Some(date!(2026 - 01 - 14));
        assert_eq!(fields(&AdvertText { closes_on, ..whole() }), ["closes_on"]);
        let opens_on = Some(date!(2026 - 02 - 02));
        assert_eq!(fields(&AdvertText { opens_on, ..whole() }), ["closes_on"]);
        let (shortlisting_on, interviews_on) = (Some(date!(2026 - 01 - 31)), Some(date!(2026 - 02 - 01)));
        let early = AdvertText { shortlisting_on, interviews_on, ..whole() };
        assert_eq!(fields(&early), ["shortlisting_on", "interviews_on"]);
    }

    #[test]
    fn nobody_confirms_their_own_words() {
        assert_eq!(fields(&AdvertText { hiring_manager: Some(MembershipId(1)), ..whole() }), ["hiring_manager"]);
    }

    #[test]
    fn only_web_addresses_are_links() {
        for good in ["https://a.example/x?y=1", "http://a.example"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in ["javascript:alert(1)", "https://", "a.example", "https://a b", "https:///x", "https://a\"b"] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}

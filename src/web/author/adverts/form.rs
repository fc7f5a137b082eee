//! The form of an advert: filled from what is kept, read from what was sent.

use std::collections::BTreeSet;

use time::Date;

use super::grade_pay;
use crate::db::{Advert, Manager};
use crate::domain::advert::{AdvertText, ApplyKind, ContractKind, pay_day};
use crate::domain::ids::MembershipId;
use crate::domain::pay::Grade;
use crate::domain::text::{self, LONGEST_LINE, LONGEST_TEXT, iso_date, parse_date};
use crate::web::form::{Choice, Form, Submitted};

/// The longest way to apply and list of places, in characters: an address or a few sentences.
const LONGEST_BLOCK: usize = 2_000;

/// What the form chooses from.
pub struct Choices {
    pub managers: Vec<Manager>,
    pub grades: Vec<Grade>,
    pub today: Date,
}

impl Choices {
    /// What the grade pays on the advert's first day.
    pub fn pay(&self, advert: &Advert, opens_on: Option<Date>) -> Option<String> {
        let day = pay_day(opens_on, self.today);
        grade_pay(&self.grades, advert.version.grade_from, advert.version.grade_to, day)
    }

    /// Nobody who wrote on the text can confirm it, so that they are not offered.
    pub fn hiring_managers(&self, writers: &BTreeSet<MembershipId>, me: MembershipId) -> Vec<Choice> {
        let others = self.managers.iter().filter(|manager| manager.id != me && !writers.contains(&manager.id));
        let choices = others.map(|manager| Choice::new(manager.id, &manager.name));
        std::iter::once(Choice::new("", "Choose a hiring manager")).chain(choices).collect()
    }

    pub fn manager(&self, id: MembershipId) -> Option<&Manager> {
        self.managers.iter().find(|manager| manager.id == id)
    }
}

pub fn contracts() -> Vec<Choice> {
    let kinds = ContractKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label()));
    std::iter::once(Choice::new("", "Choose a kind")).chain(kinds).collect()
}

pub fn ways_to_apply() -> Vec<Choice> {
    ApplyKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())).collect()
}

pub fn filled(text: &AdvertText) -> Form {
    let date = |date: Option<Date>| date.map(iso_date).unwrap_or_default();
    let typed_salary = if text.salary_typed { text.salary_text.clone() } else { String::new() };
    Form::filled([
        ("headline", text.headline.clone()),
        ("short_text", text.short_text.clone()),
        ("reference", text.reference.clone()),
        ("salary_from", if text.salary_typed { "typed" } else { "grade" }.to_owned()),
        ("salary_text", typed_salary),
        ("contract_kind", text.contract_kind.map_or("", ContractKind::word).to_owned()),
        ("contract", text.contract.clone()),
        ("working_pattern", text.working_pattern.clone()),
        ("locations", text.locations.clone()),
        ("contact_name", text.contact_name.clone()),
        ("contact_email", text.contact_email.clone()),
        ("contact_phone", text.contact_phone.clone()),
        ("apply_kind", text.apply_kind.word().to_owned()),
        ("apply_value", text.apply_value.clone()),
        ("hiring_manager", text.hiring_manager.map(|id| id.to_string()).unwrap_or_default()),
        ("opens_on", date(text.opens_on)),
        ("closes_on", date(text.closes_on)),
        ("shortlisting_on", date(text.shortlisting_on)),
        ("interviews_on", date(text.interviews_on)),
    ])
}

/// What was typed as a text, and the form with what can't be kept at all. Gaps are for the step that minds them.
pub fn read(submitted: &Submitted, advert: &Advert, choices: &Choices) -> (AdvertText, Form) {
    let mut form = Form::again(submitted);
    let opens_on = date(&mut form, submitted, "opens_on");
    let pay = choices.pay(advert, opens_on);
    let salary_typed = submitted.raw("salary_from") == "typed" || pay.is_none();
    let text = AdvertText {
        headline: line(&mut form, submitted, "headline"),
        short_text: block(&mut form, submitted, "short_text", LONGEST_TEXT),
        reference: line(&mut form, submitted, "reference"),
        salary_typed,
        salary_text: if salary_typed { line(&mut form, submitted, "salary_text") } else { pay.unwrap_or_default() },
        contract_kind: ContractKind::parse(submitted.raw("contract_kind")),
        contract: line(&mut form, submitted, "contract"),
        working_pattern: line(&mut form, submitted, "working_pattern"),
        locations: block(&mut form, submitted, "locations", LONGEST_BLOCK),
        contact_name: line(&mut form, submitted, "contact_name"),
        contact_email: email(&mut form, submitted),
        contact_phone: line(&mut form, submitted, "contact_phone"),
        apply_kind: ApplyKind::parse(submitted.raw("apply_kind")).unwrap_or(ApplyKind::Link),
        apply_value: block(&mut form, submitted, "apply_value", LONGEST_BLOCK),
        hiring_manager: hiring_manager(&mut form, submitted, choices),
        opens_on,
        closes_on: date(&mut form, submitted, "closes_on"),
        shortlisting_on: date(&mut form, submitted, "shortlisting_on"),
        interviews_on: date(&mut form, submitted, "interviews_on"),
    };
    (text, form)
}

/// Labels of the fields in which two texts differ, for the record.
pub fn changed(old: &AdvertText, new: &AdvertText) -> String {
    let fields = [
        ("headline", old.headline != new.headline),
        ("short text", old.short_text != new.short_text),
        ("reference", old.reference != new.reference),
        ("salary", (old.salary_typed, &old.salary_text) != (new.salary_typed, &new.salary_text)),
        ("contract", (old.contract_kind, &old.contract) != (new.contract_kind, &new.contract)),
        ("working pattern", old.working_pattern != new.working_pattern),
        ("locations", old.locations != new.locations),
        (
            "contact",
            (&old.contact_name, &old.contact_email, &old.contact_phone)
                != (&new.contact_name, &new.contact_email, &new.contact_phone),
        ),
        ("how to apply", (old.apply_kind, &old.apply_value) != (new.apply_kind, &new.apply_value)),
        ("hiring manager", old.hiring_manager != new.hiring_manager),
        (
            "dates",
            (old.opens_on, old.closes_on, old.shortlisting_on, old.interviews_on)
                != (new.opens_on, new.closes_on, new.shortlisting_on, new.interviews_on),
        ),
    ];
    let changed: Vec<&str> = fields.iter().filter(|(_, differs)| *differs).map(|(label, _)| *label).collect();
    changed.join(", ")
}

fn line(form: &mut Form, submitted: &Submitted, name: &str) -> String {
    let value = submitted.line(name);
    form.limit(name, &value, LONGEST_LINE);
    value
}

fn block(form: &mut Form, submitted: &Submitted, name: &str, most: usize) -> String {
    let value = submitted.text(name);
    form.limit(name, &value, most);
    value
}

fn date(form: &mut Form, submitted: &Submitted, name: &str) -> Option<Date> {
    let typed = submitted.line(name);
    let date = parse_date(&typed);
    if date.is_none() && !typed.is_empty() {
        form.problem(name, "That is not a date: write it as 28 January 2026");
    }
    date
}

fn email(form: &mut Form, submitted: &Submitted) -> String {
    let typed = submitted.line("contact_email");
    let address = text::email(&typed);
    if address.is_none() && !typed.is_empty() {
        form.problem("contact_email", "That is not an e-mail address");
    }
    address.unwrap_or(typed)
}

fn hiring_manager(form: &mut Form, submitted: &Submitted, choices: &Choices) -> Option<MembershipId> {
    let typed = submitted.raw("hiring_manager");
    let chosen = typed.parse().ok().map(MembershipId).filter(|id| choices.manager(*id).is_some());
    if chosen.is_none() && !typed.is_empty() {
        form.problem("hiring_manager", "Choose a hiring manager from the list");
    }
    chosen
}

//! The form of an advert: filled from what is kept, read from what was sent.

use std::collections::BTreeSet;

use time::Date;

use crate::db::{Advert, Manager};
use crate::domain::advert::{AdvertText, ApplyKind, Audience, ContractKind, Dbs, Flexible, Offer, Pattern, pay_day};
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
        advert.pay(&self.grades, day)
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

/// A box each: field, label.
pub fn pattern_boxes() -> Vec<(&'static str, &'static str)> {
    Pattern::ALL.iter().map(|one| (pattern_field(*one), one.label())).collect()
}

pub fn flexible_boxes() -> Vec<(&'static str, &'static str)> {
    Flexible::ALL.iter().map(|one| (flexible_field(*one), one.label())).collect()
}

/// The names of all boxes.
pub fn boxes() -> impl Iterator<Item = &'static str> {
    let all =
        Pattern::ALL.iter().map(|one| pattern_field(*one)).chain(Flexible::ALL.iter().map(|one| flexible_field(*one)));
    all.chain(["may_close_early", "ask_by_form"])
}

pub fn checks() -> Vec<Choice> {
    let levels = Dbs::ALL.iter().map(|level| Choice::new(level.word(), level.label()));
    std::iter::once(Choice::new("", "Choose the check, or that there is none")).chain(levels).collect()
}

pub fn audiences() -> Vec<Choice> {
    Audience::ALL.iter().map(|one| Choice::new(one.word(), one.label())).collect()
}

pub fn ways_to_apply() -> Vec<Choice> {
    ApplyKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())).collect()
}

pub fn filled(text: &AdvertText) -> Form {
    let date = |date: Option<Date>| date.map(iso_date).unwrap_or_default();
    let typed_salary = if text.salary_typed { text.salary_text.clone() } else { String::new() };
    let fields = [
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
        ("starts", text.starts.clone()),
        ("dbs", text.offer.dbs.map_or("", Dbs::word).to_owned()),
        ("audience", text.offer.audience.word().to_owned()),
        ("redeployment_until", date(text.offer.redeployment_until)),
        ("may_close_early", yes(text.offer.may_close_early)),
        ("ask_by_form", yes(text.offer.ask_by_form)),
    ];
    let patterns = Pattern::ALL.iter().map(|one| (pattern_field(*one), yes(text.offer.patterns.contains(one))));
    let flexible = Flexible::ALL.iter().map(|one| (flexible_field(*one), yes(text.offer.flexible.contains(one))));
    Form::filled(fields.into_iter().chain(patterns).chain(flexible))
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
        offer: offer(&mut form, submitted, advert.text().offer.audience),
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
        starts: line(&mut form, submitted, "starts"),
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
        ("flexible working", (&old.offer.patterns, &old.offer.flexible) != (&new.offer.patterns, &new.offer.flexible)),
        ("criminal record check", old.offer.dbs != new.offer.dbs),
        (
            "who can apply",
            (old.offer.audience, old.offer.redeployment_until) != (new.offer.audience, new.offer.redeployment_until),
        ),
        ("closing early", old.offer.may_close_early != new.offer.may_close_early),
        (
            "contact",
            (&old.contact_name, &old.contact_email, &old.contact_phone, old.offer.ask_by_form)
                != (&new.contact_name, &new.contact_email, &new.contact_phone, new.offer.ask_by_form),
        ),
        ("how to apply", (old.apply_kind, &old.apply_value) != (new.apply_kind, &new.apply_value)),
        ("hiring manager", old.hiring_manager != new.hiring_manager),
        (
            "dates",
            (old.opens_on, old.closes_on, old.shortlisting_on, old.interviews_on, &old.starts)
                != (new.opens_on, new.closes_on, new.shortlisting_on, new.interviews_on, &new.starts),
        ),
    ];
    let changed: Vec<&str> = fields.iter().filter(|(_, differs)| *differs).map(|(label, _)| *label).collect();
    changed.join(", ")
}

/// Whether a correction changes what the hiring manager read and confirmed: everything but whom to ask and how to apply.
pub fn touches_confirmed(old: &AdvertText, new: &AdvertText) -> bool {
    let changed = changed(old, new);
    changed.split(", ").any(|field| !field.is_empty() && !["contact", "how to apply"].contains(&field))
}

/// A box that is chosen sends `yes`; each has a name of its own, so that two people's changes meet box by box.
fn yes(chosen: bool) -> String {
    if chosen { "yes" } else { "" }.to_owned()
}

pub fn pattern_field(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::FullTime => "pattern_full_time",
        Pattern::PartTime => "pattern_part_time",
        Pattern::Shifts => "pattern_shifts",
    }
}

pub fn flexible_field(option: Flexible) -> &'static str {
    match option {
        Flexible::JobShare => "flexible_job_share",
        Flexible::FlexibleHours => "flexible_hours",
        Flexible::CompressedHours => "flexible_compressed",
        Flexible::TermTime => "flexible_term_time",
        Flexible::Hybrid => "flexible_hybrid",
        Flexible::Home => "flexible_home",
    }
}

fn offer(form: &mut Form, submitted: &Submitted, kept: Audience) -> Offer {
    let has = |field: &str| submitted.raw(field) == "yes";
    Offer {
        patterns: Pattern::ALL.iter().copied().filter(|one| has(pattern_field(*one))).collect(),
        flexible: Flexible::ALL.iter().copied().filter(|one| has(flexible_field(*one))).collect(),
        dbs: Dbs::parse(submitted.raw("dbs")),
        audience: audience(form, submitted, kept),
        redeployment_until: date(form, submitted, "redeployment_until"),
        may_close_early: has("may_close_early"),
        ask_by_form: has("ask_by_form"),
    }
}

/// A form without the question leaves the answer as it is; an answer that is none opens nothing.
fn audience(form: &mut Form, submitted: &Submitted, kept: Audience) -> Audience {
    match (submitted.raw("audience"), Audience::parse(submitted.raw("audience"))) {
        (_, Some(audience)) => audience,
        ("", None) => kept,
        (_, None) => {
            form.problem("audience", "Choose who can apply");
            Audience::Internal
        }
    }
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

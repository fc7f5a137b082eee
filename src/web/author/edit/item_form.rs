//! The form of one item: its fields by kind, from the item and back.

use crate::domain::clause::Placed;
use crate::domain::content::{Assessment, Body, Importance, Item, ItemKind};
use crate::domain::text::{LONGEST_LINE, LONGEST_TEXT};
use crate::domain::work::{self, Frequency, Work};
use crate::web::form::{Choice, Form, Submitted};

/// The fields filled with what the item holds.
pub fn filled(item: &Item) -> Form {
    let mut form = Form::empty();
    form.set("text", item.text.clone());
    form.set("number", item.number.clone().unwrap_or_default());
    match &item.body {
        Body::Paragraph | Body::Group | Body::Category => {}
        Body::Duty(work) => {
            form.set("how_often", work.frequency.map_or("", Frequency::word));
            form.set("share", work.share.map(|share| share.to_string()).unwrap_or_default());
            form.set("systems", work.systems.clone());
        }
        Body::Criterion { importance, subheading, assessment } => {
            form.set("importance", importance.word());
            form.set("subheading", subheading.clone());
            for method in assessment {
                form.set("assessment", method.word());
            }
        }
        Body::Term { label } | Body::Detail { label } => form.set("label", label.clone()),
        Body::Demand { present, frequency, examples } => {
            form.set("present", present_word(*present));
            form.set("frequency", frequency.clone());
            form.set("examples", examples.clone());
        }
        Body::FactorLevel { factor, level } => {
            form.set("factor", factor.clone());
            form.set("level", level.clone());
        }
        Body::Clause { heading, placed } => {
            form.set("heading", heading.clone());
            if let Some(placed) = placed {
                form.set("standard", "yes");
                form.set("why_different", placed.reason.clone());
            }
        }
    }
    form
}

/// What was sent for an item of that kind: text, printed number and body.
pub struct Typed {
    pub text: String,
    pub number: Option<String>,
    pub body: Body,
}

pub fn typed(kind: ItemKind, submitted: &Submitted) -> Typed {
    let number = submitted.line("number");
    Typed {
        text: if crate::domain::shape::is_heading(kind) { submitted.line("text") } else { submitted.text("text") },
        number: (!number.is_empty()).then_some(number),
        body: body(kind, submitted),
    }
}

fn body(kind: ItemKind, submitted: &Submitted) -> Body {
    match kind {
        ItemKind::Paragraph | ItemKind::Group | ItemKind::Category => Body::empty(kind),
        ItemKind::Duty => Body::Duty(Work {
            frequency: Frequency::parse(submitted.raw("how_often")),
            share: work::share(submitted.raw("share")),
            systems: submitted.line("systems"),
        }),
        ItemKind::Criterion => Body::Criterion {
            importance: Importance::parse(submitted.raw("importance")).unwrap_or(Importance::Essential),
            subheading: submitted.line("subheading"),
            assessment: submitted.all("assessment").into_iter().filter_map(Assessment::parse).collect(),
        },
        ItemKind::Term => Body::Term { label: submitted.line("label") },
        ItemKind::Detail => Body::Detail { label: submitted.line("label") },
        ItemKind::Demand => Body::Demand {
            present: present(submitted.raw("present")),
            frequency: submitted.line("frequency"),
            examples: submitted.text("examples"),
        },
        ItemKind::FactorLevel => Body::FactorLevel { factor: submitted.line("factor"), level: submitted.line("level") },
        ItemKind::Clause => Body::clause(submitted.line("heading")),
    }
}

/// The form again, with what is wrong with it.
pub fn checked(kind: ItemKind, typed: &Typed, submitted: &Submitted) -> Form {
    let mut form = Form::again(submitted);
    form.limit("text", &typed.text, LONGEST_TEXT);
    match &typed.body {
        Body::Paragraph | Body::Group | Body::Duty(_) | Body::Category | Body::Criterion { .. } => {
            if let Body::Duty(work) = &typed.body {
                check_work(&mut form, work, submitted);
            }
            let what = kind.label().to_lowercase();
            form.require("text", &typed.text, &format!("Write the {what}, or cancel and delete it"));
        }
        Body::Term { label } | Body::Detail { label } => {
            form.require("label", label, "Write the label, such as “Hours”");
            form.limit("label", label, LONGEST_LINE);
        }
        Body::Demand { frequency, examples, .. } => {
            form.require("text", &typed.text, "Say which demand this is");
            form.limit("frequency", frequency, LONGEST_LINE);
            form.limit("examples", examples, LONGEST_TEXT);
        }
        Body::FactorLevel { factor, level } => {
            form.require("factor", factor, "Name the factor");
            form.require("level", level, "Give the level");
            form.limit("level", level, 20);
        }
        Body::Clause { heading, .. } => {
            form.limit("heading", heading, LONGEST_LINE);
            form.require("text", &typed.text, "Write the clause, or cancel and delete it");
        }
    }
    form
}

/// A line that stands for a standard clause goes on doing so; other words need a reason, and the standard ones have none.
pub fn keep_placed(before: &Item, typed: &mut Typed, form: &mut Form, submitted: &Submitted) {
    let Body::Clause { heading: old, placed: Some(placed) } = &before.body else { return };
    let Body::Clause { heading, placed: kept } = &mut typed.body else { return };
    let same = (&before.text, old) == (&typed.text, &*heading);
    let reason = submitted.line("why_different");
    let reason = if same && !placed.is_overridden() { String::new() } else { reason };
    form.limit("why_different", &reason, LONGEST_LINE);
    if reason.is_empty() && (!same || placed.is_overridden()) {
        form.problem(
            "why_different",
            "Say why the words differ from the standard clause: whoever approves it reads this",
        );
    }
    *kept = Some(Placed { reason, ..placed.clone() });
}

fn check_work(form: &mut Form, work: &Work, submitted: &Submitted) {
    if work.share.is_none() && !submitted.line("share").is_empty() {
        form.problem("share", "Give the share of time as a whole number from 1 to 100, or leave it empty");
    }
    form.limit("systems", &work.systems, LONGEST_LINE);
}

/// Whether the fold with a duty's frequency, share and systems has something to show.
pub fn says_work(form: &Form) -> bool {
    ["how_often", "share", "systems"].iter().any(|name| !form.value(name).is_empty() || form.error(name).is_some())
}

pub fn how_often_choices() -> Vec<Choice> {
    let none = Choice::new("", "Not said");
    std::iter::once(none).chain(Frequency::ALL.iter().map(|one| Choice::new(one.word(), one.label()))).collect()
}

pub fn importance_choices() -> Vec<Choice> {
    Importance::ALL.iter().map(|one| Choice::new(one.word(), one.label())).collect()
}

pub fn assessment_choices() -> Vec<Choice> {
    Assessment::ALL.iter().map(|one| Choice::new(one.word(), one.label())).collect()
}

pub fn present_choices() -> Vec<Choice> {
    [Some(true), Some(false), None]
        .into_iter()
        .map(|present| {
            let label = match present {
                Some(true) => "Yes",
                Some(false) => "No",
                None => "Not said",
            };
            Choice::new(present_word(present), label)
        })
        .collect()
}

fn present_word(present: Option<bool>) -> &'static str {
    match present {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not_said",
    }
}

fn present(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

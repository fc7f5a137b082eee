//! What an item holds beside its text, against what it held before.

use super::words::{stretch, words};
use super::{Fact, Tag};
use crate::domain::content::{Body, Item};
use crate::domain::work::Frequency;

/// The facts of either side, those of the new one first.
pub(super) fn facts(old: Option<&Item>, new: &Item) -> Vec<Fact> {
    let before = old.map(|old| labelled(&old.body)).unwrap_or_default();
    let now = labelled(&new.body);
    let value = |of: &[(&'static str, String)], label: &str| {
        of.iter().find(|(name, _)| *name == label).map_or_else(String::new, |(_, value)| value.clone())
    };
    let lost = before.iter().filter(|(label, _)| now.iter().all(|(name, _)| name != label));
    now.iter()
        .chain(lost)
        .map(|(label, _)| Fact { label, words: exchanged(&value(&before, label), &value(&now, label)) })
        .collect()
}

/// The facts of an item that is gone.
pub(super) fn gone(item: &Item) -> Vec<Fact> {
    labelled(&item.body).into_iter().map(|(label, old)| Fact { label, words: exchanged(&old, "") }).collect()
}

/// A fact is short: it changes as a whole.
fn exchanged(old: &str, new: &str) -> Vec<super::Stretch> {
    match old == new || old.is_empty() || new.is_empty() {
        true => words(old, new),
        false => vec![stretch(Tag::Removed, old), stretch(Tag::Added, new)],
    }
}

/// What an item holds beside its text, as a reader sees it.
pub fn labelled(body: &Body) -> Vec<(&'static str, String)> {
    match body {
        Body::Paragraph | Body::Group | Body::Category => Vec::new(),
        Body::Duty(work) => vec![
            ("How often", work.frequency.map_or("", Frequency::label).to_owned()),
            ("Share of time", work.share.map(|share| format!("{share}%")).unwrap_or_default()),
            ("Systems", work.systems.clone()),
        ],
        Body::Criterion { importance, subheading, assessment } => {
            let how: Vec<&str> = assessment.iter().map(|one| one.label()).collect();
            vec![
                ("Importance", importance.label().to_owned()),
                ("Under", subheading.clone()),
                ("Assessed by", how.join(", ")),
            ]
        }
        Body::Term { label } | Body::Detail { label } => vec![("Label", label.clone())],
        Body::Demand { present, frequency, examples } => {
            let said = match present {
                Some(true) => "Yes",
                Some(false) => "No",
                None => "",
            };
            vec![("Present", said.to_owned()), ("How often", frequency.clone()), ("Examples", examples.clone())]
        }
        Body::FactorLevel { factor, level } => vec![("Factor", factor.clone()), ("Level", level.clone())],
        Body::Clause { heading, placed } => {
            let reason = placed.as_ref().map(|placed| placed.reason.clone()).unwrap_or_default();
            vec![("Heading", heading.clone()), ("Differs from the standard text because", reason)]
        }
    }
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

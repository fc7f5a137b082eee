//! What an item holds beside its text, against what it held before.

use super::words::{stretch, words};
use super::{Fact, Tag};
use crate::domain::content::{Body, Item};

pub(super) fn facts(old: Option<&Item>, new: &Item) -> Vec<Fact> {
    let before = old.map(|old| labelled(&old.body)).unwrap_or_default();
    labelled(&new.body)
        .into_iter()
        .map(|(label, now)| {
            let then = before.iter().find(|(name, _)| *name == label).map_or("", |(_, then)| then);
            // A fact is short: it changes as a whole.
            let words = match then == now || then.is_empty() || now.is_empty() {
                true => words(then, &now),
                false => vec![stretch(Tag::Removed, then), stretch(Tag::Added, &now)],
            };
            Fact { label, words }
        })
        .collect()
}

/// What an item holds beside its text, as a reader sees it.
pub fn labelled(body: &Body) -> Vec<(&'static str, String)> {
    match body {
        Body::Paragraph | Body::Group | Body::Duty | Body::Category => Vec::new(),
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
        Body::Clause { heading } => vec![("Heading", heading.clone())],
    }
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

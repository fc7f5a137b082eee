//! Three states of one item brought together, field by field: the text by its words, what is short as a whole.

use super::weave::weave;
use crate::domain::content::{Assessment, Body, Item};

/// What the item says when a proposal, made of `before`, is taken into `now`. None where both changed the same.
pub(super) fn brought_together(before: &Item, now: &Item, proposed: &Item) -> Option<Item> {
    Some(Item {
        text: weave(&before.text, &now.text, &proposed.text)?,
        number: one_of(&before.number, &now.number, &proposed.number)?,
        body: bodies(&before.body, &now.body, &proposed.body)?,
        ..now.clone()
    })
}

/// The value of whoever changed it. None where both did, and differently.
fn one_of<T: Clone + PartialEq>(before: &T, now: &T, proposed: &T) -> Option<T> {
    match (now == before, proposed == before, now == proposed) {
        (true, _, _) | (_, _, true) => Some(proposed.clone()),
        (false, true, false) => Some(now.clone()),
        (false, false, false) => None,
    }
}

/// None also where an item has become one of another kind.
fn bodies(before: &Body, now: &Body, proposed: &Body) -> Option<Body> {
    Some(match (before, now, proposed) {
        (
            Body::Criterion { importance: i0, subheading: s0, assessment: a0 },
            Body::Criterion { importance: i1, subheading: s1, assessment: a1 },
            Body::Criterion { importance: i2, subheading: s2, assessment: a2 },
        ) => Body::Criterion {
            importance: one_of(i0, i1, i2)?,
            subheading: one_of(s0, s1, s2)?,
            assessment: ticked(a0, a1, a2),
        },
        (Body::Term { label: l0 }, Body::Term { label: l1 }, Body::Term { label: l2 }) => {
            Body::Term { label: one_of(l0, l1, l2)? }
        }
        (Body::Detail { label: l0 }, Body::Detail { label: l1 }, Body::Detail { label: l2 }) => {
            Body::Detail { label: one_of(l0, l1, l2)? }
        }
        (
            Body::Demand { present: p0, frequency: f0, examples: e0 },
            Body::Demand { present: p1, frequency: f1, examples: e1 },
            Body::Demand { present: p2, frequency: f2, examples: e2 },
        ) => {
            Body::Demand { present: one_of(p0, p1, p2)?, frequency: one_of(f0, f1, f2)?, examples: weave(e0, e1, e2)? }
        }
        (
            Body::FactorLevel { factor: f0, level: l0 },
            Body::FactorLevel { factor: f1, level: l1 },
            Body::FactorLevel { factor: f2, level: l2 },
        ) => Body::FactorLevel { factor: one_of(f0, f1, f2)?, level: one_of(l0, l1, l2)? },
        (Body::Clause { heading: h0 }, Body::Clause { heading: h1 }, Body::Clause { heading: h2 }) => {
            Body::Clause { heading: one_of(h0, h1, h2)? }
        }
        (
            Body::Paragraph
            | Body::Group
            | Body::Duty
            | Body::Category
            | Body::Criterion { .. }
            | Body::Term { .. }
            | Body::Detail { .. }
            | Body::Demand { .. }
            | Body::FactorLevel { .. }
            | Body::Clause { .. },
            _,
            _,
        ) => one_of(before, now, proposed)?,
    })
}

/// Each box stands as whoever changed it left it; boxes never conflict.
fn ticked(before: &[Assessment], now: &[Assessment], proposed: &[Assessment]) -> Vec<Assessment> {
    let stands = |method: &&Assessment| {
        let (then, now, then_proposed) = (before.contains(method), now.contains(method), proposed.contains(method));
        if then == now { then_proposed } else { now }
    };
    Assessment::ALL.iter().filter(stands).copied().collect()
}

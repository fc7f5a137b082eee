//! The choices and the grade of an advert, as they stand in its row.

use time::Date;

use crate::domain::advert::{Audience, Dbs, Flexible, Offer, Pattern};

/// The choices of an advert from their words; one that is unknown is left out.
pub(super) fn offer(
    (patterns, flexible): (&[String], &[String]),
    dbs: Option<&str>,
    audience: &str,
    redeployment_until: Option<Date>,
    (may_close_early, ask_by_form): (bool, bool),
) -> Offer {
    Offer {
        patterns: patterns.iter().filter_map(|word| Pattern::parse(word)).collect(),
        flexible: flexible.iter().filter_map(|word| Flexible::parse(word)).collect(),
        dbs: dbs.and_then(Dbs::parse),
        // What can't be read is shown to nobody outside.
        audience: Audience::parse(audience).unwrap_or(Audience::Internal),
        redeployment_until,
        may_close_early,
        ask_by_form,
    }
}

/// `Band 5`, or `Band 5 to Band 6` where there is a top of a career grade.
pub(super) fn printed_grade(from: &str, to: &str) -> String {
    match to.is_empty() || from == to {
        true => from.to_owned(),
        false => format!("{from} to {to}"),
    }
}

//! What a correction changes, in words that applicants read beside the reason.

use time::Date;

use super::{AdvertText, ContractKind, Flexible, Pattern};
use crate::domain::text::long_date;

/// A sentence for each thing that applicants go by and that is not as it was; of longer texts only that they changed.
pub fn corrections(old: &AdvertText, new: &AdvertText) -> Vec<String> {
    let day = |day: Option<Date>| day.map(long_date).unwrap_or_default();
    let contract = |text: &AdvertText| {
        let kind = text.contract_kind.map_or("", ContractKind::label);
        [kind, text.contract.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let patterns =
        |text: &AdvertText| text.offer.patterns.iter().copied().map(Pattern::label).collect::<Vec<_>>().join(", ");
    let flexible =
        |text: &AdvertText| text.offer.flexible.iter().copied().map(Flexible::label).collect::<Vec<_>>().join(", ");
    let check = |text: &AdvertText| text.offer.dbs.map(|level| level.label().to_owned()).unwrap_or_default();
    let values = [
        ("Salary", old.salary_text.clone(), new.salary_text.clone()),
        ("Place", places(&old.locations), places(&new.locations)),
        ("Contract", contract(old), contract(new)),
        ("Hours", patterns(old), patterns(new)),
        ("Working pattern", old.working_pattern.clone(), new.working_pattern.clone()),
        ("Flexible working", flexible(old), flexible(new)),
        ("Criminal record check", check(old), check(new)),
        ("Shortlisting", day(old.shortlisting_on), day(new.shortlisting_on)),
        ("Interviews", day(old.interviews_on), day(new.interviews_on)),
        ("Start", old.starts.clone(), new.starts.clone()),
    ];
    let texts = [
        ("The text was reworded.", (&old.headline, &old.short_text) != (&new.headline, &new.short_text)),
        ("How to apply changed.", (old.apply_kind, &old.apply_value) != (new.apply_kind, &new.apply_value)),
    ];
    let values = values.into_iter().filter_map(|(name, old, new)| said(name, &old, &new));
    let texts = texts.into_iter().filter(|(_, is)| *is).map(|(sentence, _)| sentence.to_owned());
    values.chain(texts).collect()
}

fn said(name: &str, old: &str, new: &str) -> Option<String> {
    match (old, new) {
        (old, new) if old == new => None,
        ("", new) => Some(format!("{name}: {new}.")),
        (old, "") => Some(format!("{name}: no longer {old}.")),
        (old, new) => Some(format!("{name}: {new}, before {old}.")),
    }
}

fn places(lines: &str) -> String {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::super::text::tests::whole;
    use super::*;
    use time::macros::date;

    #[test]
    fn what_changed_is_told_with_what_it_was() {
        let old = whole();
        let new = AdvertText {
            salary_text: "£30,000 a year".into(),
            interviews_on: Some(date!(2026 - 02 - 12)),
            locations: "Millfield\nCanal Works, HX1".into(),
            short_text: "You will visit people at home each day.".into(),
            contact_phone: "01632 960114".into(),
            ..old.clone()
        };
        let told = [
            "Salary: £30,000 a year, before £27,485 to £30,162 a year.",
            "Place: Millfield; Canal Works, HX1, before Millfield.",
            "Interviews: 12 February 2026.",
            "The text was reworded.",
        ];
        assert_eq!(corrections(&old, &new), told);
        assert_eq!(corrections(&new, &old)[2], "Interviews: no longer 12 February 2026.");
        assert_eq!(corrections(&old, &old), [""; 0]);
    }
}

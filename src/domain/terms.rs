//! Terms that come from the pay scheme and the kind of contract, as dated lines: hours, leave, sick pay, notice, pension.
//!
//! They stand in a document where its author wrote no terms; what an author wrote is never touched.

use serde::{Deserialize, Deserializer};
use time::{Date, OffsetDateTime};

use super::advert::ContractKind;
use super::pay::Day;
use super::text::{long_date, parse_date};

/// One line of the terms of a scheme, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TermLine {
    pub label: String,
    /// Empty: the line of this label falls away.
    pub text: String,
    /// For every contract, or for those named alone.
    pub contracts: Vec<ContractKind>,
    #[serde(deserialize_with = "day")]
    pub effective_from: Date,
    /// Where it comes from, in words.
    pub source: String,
    /// When it came in: what was issued before does not follow it.
    #[serde(deserialize_with = "seconds")]
    pub known: OffsetDateTime,
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = String::deserialize(from)?;
    parse_date(&text).ok_or_else(|| serde::de::Error::custom(format!("“{text}” is no date")))
}

fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<OffsetDateTime, D::Error> {
    OffsetDateTime::from_unix_timestamp(i64::deserialize(from)?).map_err(serde::de::Error::custom)
}

/// Terms as a document prints them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchemeTerms {
    /// Label and text.
    pub lines: Vec<(String, String)>,
    /// From which day's scheme, and where each line comes from.
    pub source: String,
}

/// The lines that hold on that day for a contract in those words, as a document prints them.
pub fn printed(lines: &[TermLine], contract: &str, day: Day) -> SchemeTerms {
    let chosen = in_force(lines, contract, day);
    if chosen.is_empty() {
        return SchemeTerms::default();
    }
    let from: Vec<String> =
        chosen.iter().map(|line| format!("{}: {}", line.label, line.source.trim_end_matches('.'))).collect();
    SchemeTerms {
        lines: chosen.iter().map(|line| (line.label.clone(), line.text.clone())).collect(),
        source: format!("As the pay scheme sets them on {}. {}.", long_date(day.date), from.join("; ")),
    }
}

/// The lines in force on that day for a contract in those words, each label once, in the order given. A contract that
/// names no kind has the lines for every contract.
pub fn in_force<'a>(lines: &'a [TermLine], contract: &str, day: Day) -> Vec<&'a TermLine> {
    let kind = ContractKind::read(contract);
    let holds = |line: &&TermLine| {
        line.effective_from <= day.date
            && day.knew(line.known)
            && (line.contracts.is_empty() || kind.is_some_and(|kind| line.contracts.contains(&kind)))
    };
    // What is for this contract stands for what is for every one; of equals the later day counts, then the later word.
    let weight = |line: &TermLine| (!line.contracts.is_empty(), line.effective_from, line.known);
    let mut chosen: Vec<&TermLine> = Vec::new();
    for line in lines.iter().filter(holds) {
        match chosen.iter().position(|one| one.label.eq_ignore_ascii_case(&line.label)) {
            Some(at) if weight(line) >= weight(chosen[at]) => chosen[at] = line,
            Some(_) => {}
            None => chosen.push(line),
        }
    }
    // A line without words takes the one of its label away.
    chosen.retain(|line| !line.text.is_empty());
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    fn line(label: &str, text: &str, contracts: &[ContractKind], effective_from: Date) -> TermLine {
        TermLine {
            label: label.into(),
            text: text.into(),
            contracts: contracts.to_vec(),
            effective_from,
            source: format!("the rule of {label}"),
            known: datetime!(2020-01-01 0:00 UTC),
        }
    }

    fn texts(lines: &[TermLine], contract: &str, day: Day) -> Vec<String> {
        in_force(lines, contract, day).into_iter().map(|one| one.text.clone()).collect()
    }

    #[test]
    fn the_day_and_the_contract_choose_the_line() {
        let (old, new) = (date!(2020 - 04 - 01), date!(2026 - 04 - 06));
        let lines = [
            line("Leave", "27 days", &[], old),
            line("Sick pay", "Old", &[], old),
            line("Sick pay", "New", &[], new),
            line("Sick pay", "", &[ContractKind::Bank], old),
            line("Notice", "4 weeks", &[], old),
        ];
        assert_eq!(texts(&lines, "Permanent", Day::of(date!(2026 - 04 - 05))), ["27 days", "Old", "4 weeks"]);
        assert_eq!(texts(&lines, "Permanent", Day::of(new)), ["27 days", "New", "4 weeks"]);
        assert_eq!(texts(&lines, "Bank", Day::of(new)), ["27 days", "4 weeks"]);
        assert_eq!(texts(&lines, "", Day::of(date!(2019 - 01 - 01))), [""; 0]);
    }

    #[test]
    fn what_was_issued_does_not_follow_lines_that_came_in_later() {
        let day = date!(2024 - 04 - 01);
        let late = TermLine { known: datetime!(2026-02-01 9:00 UTC), ..line("Probation", "6 months", &[], day) };
        let lines = [line("Leave", "27 days", &[], day), late];
        let issued = Day { date: day, known: Some(datetime!(2025-01-01 9:00 UTC)) };
        assert_eq!(texts(&lines, "", issued), ["27 days"]);
        assert_eq!(texts(&lines, "", Day::of(day)), ["27 days", "6 months"]);
    }

    #[test]
    fn a_document_says_where_each_line_comes_from() {
        let made = printed(&[line("Leave", "27 days", &[], date!(2020 - 04 - 01))], "", Day::of(date!(2026 - 04 - 01)));
        assert_eq!(made.source, "As the pay scheme sets them on 1 April 2026. Leave: the rule of Leave.");
        assert_eq!(printed(&[], "", Day::of(date!(2026 - 04 - 01))), SchemeTerms::default());
    }

    proptest! {
        #[test]
        fn each_label_stands_once_and_nothing_of_a_later_day(
            rows in prop::collection::vec((0..3u8, 0..400i64, any::<bool>(), any::<bool>()), 0..20), at in 0..400i64,
        ) {
            let first = date!(2025 - 01 - 01);
            let lines: Vec<TermLine> = rows.iter().map(|(label, after, bank, empty)| {
                let contracts: &[ContractKind] = if *bank { &[ContractKind::Bank] } else { &[] };
                let text = if *empty { String::new() } else { format!("{label} from {after}") };
                line(&label.to_string(), &text, contracts, first + time::Duration::days(*after))
            }).collect();
            let day = first + time::Duration::days(at);
            for contract in ["Bank", "Permanent", ""] {
                let chosen = in_force(&lines, contract, Day::of(day));
                let mut labels: Vec<&str> = chosen.iter().map(|line| line.label.as_str()).collect();
                labels.sort_unstable();
                labels.dedup();
                prop_assert_eq!(labels.len(), chosen.len());
                for one in chosen {
                    prop_assert!(one.effective_from <= day && !one.text.is_empty());
                    prop_assert!(contract == "Bank" || one.contracts.is_empty());
                    let newer = lines.iter().any(|line| line.label == one.label && line.contracts == one.contracts
                        && line.effective_from > one.effective_from && line.effective_from <= day);
                    prop_assert!(!newer);
                }
            }
        }
    }
}

//! Bank holidays of the three divisions that the government publishes them for.

use std::sync::LazyLock;

use serde::Deserialize;
use time::Date;

use super::ReferenceError;
use crate::domain::text::parse_date;
use crate::domain::working_days::{BankHolidays, Nation};

const FILE: &str = "bank_holidays.csv";
const ROWS: &str = include_str!("../../reference/bank_holidays.csv");

#[derive(Deserialize)]
struct Row {
    date: String,
    division: String,
}

/// The days off of each nation, in the order of [`Nation::ALL`].
static ALL: LazyLock<Vec<(Nation, BankHolidays)>> = LazyLock::new(|| {
    // A file that can't be read fails the tests below; a server that has it counts weekends alone.
    let days = read().unwrap_or_default();
    let of = |nation: Nation| days.iter().filter(|(one, _)| *one == nation).map(|(_, day)| *day).collect();
    Nation::ALL.iter().map(|nation| (*nation, of(*nation))).collect()
});

static NONE: LazyLock<BankHolidays> = LazyLock::new(BankHolidays::default);

/// The days off of that nation.
pub fn of(nation: Nation) -> &'static BankHolidays {
    ALL.iter().find(|(one, _)| *one == nation).map_or(&NONE, |(_, days)| days)
}

fn read() -> Result<Vec<(Nation, Date)>, ReferenceError> {
    let unreadable = |what: String| ReferenceError { file: FILE, what };
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(ROWS.as_bytes());
    reader
        .deserialize::<Row>()
        .map(|row| {
            let row = row.map_err(|error| unreadable(error.to_string()))?;
            let nation =
                Nation::parse(&row.division).ok_or_else(|| unreadable(format!("“{}” is no division", row.division)))?;
            let day = parse_date(&row.date).ok_or_else(|| unreadable(format!("“{}” is no date", row.date)))?;
            Ok((nation, day))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn every_row_is_read_and_known_days_are_off_where_they_are() {
        assert_eq!(read().unwrap().len(), ROWS.lines().filter(|line| line.starts_with("20")).count());
        let off = |day: Date| Nation::ALL.iter().map(|nation| !of(*nation).is_working(day)).collect::<Vec<_>>();
        assert_eq!(off(date!(2026 - 12 - 25)), [true, true, true]);
        // St Andrew's Day, the Battle of the Boyne, Easter Monday.
        assert_eq!(off(date!(2026 - 11 - 30)), [false, true, false]);
        assert_eq!(off(date!(2026 - 07 - 13)), [false, false, true]);
        assert_eq!(off(date!(2026 - 04 - 06)), [true, false, true]);
        assert_eq!(off(date!(2026 - 11 - 24)), [false, false, false]);
    }

    #[test]
    fn a_review_over_easter_takes_longer_where_there_are_more_days_off() {
        let sent = date!(2026 - 04 - 01);
        assert_eq!(of(Nation::EnglandAndWales).after(sent, 10), date!(2026 - 04 - 17));
        assert_eq!(of(Nation::Scotland).after(sent, 10), date!(2026 - 04 - 16));
    }
}

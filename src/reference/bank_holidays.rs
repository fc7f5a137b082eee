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
    use proptest::prelude::*;
    use time::macros::date;
    use time::{Duration, Month, Weekday};

    use super::*;
    use crate::domain::london::london_date;

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

    proptest! {
        #[test]
        fn what_is_asked_around_a_clock_change_is_due_by_the_days_of_london(
            year in 2024..2028i32, spring in any::<bool>(), minutes in -3_000..3_000i64, days in 1..40u32, nation in 0..3usize,
        ) {
            // At 1am UTC of the last Sunday of March clocks go forward, of October back.
            let month = if spring { Month::March } else { Month::October };
            let last = Date::from_calendar_date(year, month, 31).unwrap();
            let sunday = last - Duration::days(i64::from(last.weekday().number_days_from_sunday()));
            let change = sunday.with_hms(1, 0, 0).unwrap().assume_utc();
            let at = change + Duration::minutes(minutes);
            let summer = spring == (at >= change);
            let there = (at + Duration::hours(i64::from(summer))).date();
            prop_assert_eq!(london_date(at), there);
            let holidays = of(Nation::ALL[nation]);
            let due = holidays.after(london_date(at), days);
            // Told another way: so many of the days after it, up to it, are neither of a weekend nor a bank holiday.
            let division = Nation::ALL[nation].word();
            let rests = |day: Date| ROWS.lines().any(|line| line.starts_with(&day.to_string()) && line.contains(division));
            let works = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !rests(*day);
            let passed = std::iter::successors(there.next_day(), |day| day.next_day()).take_while(|day| *day <= due);
            prop_assert_eq!(passed.filter(works).count(), days as usize);
            prop_assert!(works(&due));
        }
    }
}

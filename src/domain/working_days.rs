//! Working days: which days count, the day so many of them ahead, and how a date by which something is due is said.
//!
//! Pure over dates in London; which days are bank holidays comes in from `reference`.

use std::collections::BTreeSet;

use time::macros::format_description;
use time::{Date, Weekday};

use super::text::count;
use super::worded::worded;

worded! {
    /// Whose bank holidays count, by the divisions of the published list.
    Nation {
        EnglandAndWales = "england-and-wales", "England and Wales";
        Scotland = "scotland", "Scotland";
        NorthernIreland = "northern-ireland", "Northern Ireland";
    }
}

/// The days off of one nation beside the weekends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BankHolidays(BTreeSet<Date>);

impl FromIterator<Date> for BankHolidays {
    fn from_iter<T: IntoIterator<Item = Date>>(days: T) -> Self {
        BankHolidays(days.into_iter().collect())
    }
}

impl BankHolidays {
    /// The last day that is known; after it only weekends are days off.
    pub fn last(&self) -> Option<Date> {
        self.0.last().copied()
    }

    pub fn is_working(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.0.contains(&day)
    }

    /// The working day so many working days after `day`, which itself does not count.
    pub fn after(&self, day: Date, days: u32) -> Date {
        let mut left = days;
        let mut at = day;
        while left > 0 {
            let Some(next) = at.next_day() else { return at };
            at = next;
            left -= u32::from(self.is_working(at));
        }
        at
    }

    /// How many working days lie after `from`, up to and with `to`; 0 where `to` is not after it.
    pub fn between(&self, from: Date, to: Date) -> u32 {
        let mut days = 0;
        let mut at = from;
        while at < to {
            let Some(next) = at.next_day() else { return days };
            at = next;
            days += u32::from(self.is_working(at));
        }
        days
    }
}

/// By when something is due, as pages and mails say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// `due by Friday 4 December`, `due today`, `3 working days late`; empty where nothing was said.
    pub text: String,
    pub late: bool,
}

impl Due {
    pub fn on(due: Option<Date>, today: Date, holidays: &BankHolidays) -> Self {
        let Some(due) = due else { return Due::default() };
        if due > today {
            return Due { text: format!("due by {}", weekday_and_date(due, today)), late: false };
        }
        if due == today {
            return Due { text: "due today".to_owned(), late: false };
        }
        let text = match holidays.between(due, today) as usize {
            // A weekend lies between: nobody could have done it since.
            0 => format!("was due on {}", weekday_and_date(due, today)),
            days => format!("{} late", count(days, "working day", "working days")),
        };
        Due { text, late: true }
    }
}

/// `Friday 4 December`, with the year where it is another than that of `today`.
pub fn weekday_and_date(day: Date, today: Date) -> String {
    let short = format_description!("[weekday] [day padding:none] [month repr:long]");
    let long = format_description!("[weekday] [day padding:none] [month repr:long] [year]");
    let said = if day.year() == today.year() { day.format(&short) } else { day.format(&long) };
    said.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    fn christmas() -> BankHolidays {
        [date!(2026 - 12 - 25), date!(2026 - 12 - 28), date!(2027 - 01 - 01)].into_iter().collect()
    }

    #[test]
    fn weekends_and_bank_holidays_do_not_count() {
        let days = christmas();
        // Thursday; Friday, Monday and the Friday after are bank holidays.
        assert_eq!(days.after(date!(2026 - 12 - 24), 1), date!(2026 - 12 - 29));
        assert_eq!(days.after(date!(2026 - 12 - 24), 4), date!(2027 - 01 - 04));
        assert_eq!(days.after(date!(2026 - 12 - 26), 1), date!(2026 - 12 - 29), "from a day off");
        assert_eq!(days.between(date!(2026 - 12 - 24), date!(2027 - 01 - 04)), 4);
        assert_eq!(days.between(date!(2027 - 01 - 04), date!(2026 - 12 - 24)), 0);
    }

    #[test]
    fn a_date_is_said_by_how_near_it_is() {
        let days = christmas();
        let said = |due, today| {
            let due = Due::on(Some(due), today, &days);
            (due.text, due.late)
        };
        assert_eq!(said(date!(2026 - 12 - 04), date!(2026 - 11 - 22)), ("due by Friday 4 December".into(), false));
        assert_eq!(said(date!(2027 - 01 - 04), date!(2026 - 12 - 24)), ("due by Monday 4 January 2027".into(), false));
        assert_eq!(said(date!(2026 - 12 - 24), date!(2026 - 12 - 24)), ("due today".into(), false));
        assert_eq!(
            said(date!(2026 - 12 - 24), date!(2026 - 12 - 28)),
            ("was due on Thursday 24 December".into(), true)
        );
        assert_eq!(said(date!(2026 - 12 - 24), date!(2026 - 12 - 29)), ("1 working day late".into(), true));
        assert_eq!(Due::on(None, date!(2026 - 12 - 24), &days), Due::default());
    }

    proptest! {
        #[test]
        fn ahead_and_back_agree(start in 0..2_000i64, days in 0..80u32, off in prop::collection::vec(0..2_200i64, 0..60)) {
            let from = date!(2024 - 01 - 01) + time::Duration::days(start);
            let holidays: BankHolidays = off.iter().map(|day| date!(2024 - 01 - 01) + time::Duration::days(*day)).collect();
            let ahead = holidays.after(from, days);
            prop_assert_eq!(holidays.between(from, ahead), days);
            prop_assert!(days == 0 || holidays.is_working(ahead));
        }
    }
}

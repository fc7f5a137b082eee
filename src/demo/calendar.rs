//! When things happened: days count back from today, and people work on weekdays, in London.

use time::{Date, Duration, OffsetDateTime, Weekday};

use crate::clock::start_of_day;
use crate::domain::working_days::Nation;
use crate::reference::bank_holidays;

#[derive(Debug, Clone, Copy)]
pub struct Calendar {
    today: Date,
}

impl Calendar {
    pub fn until(today: Date) -> Self {
        Calendar { today }
    }

    /// Before anything else: when the employers came to the portal.
    pub fn beginning(&self) -> OffsetDateTime {
        self.at(740, 8 * 60)
    }

    /// That many days ago, or on the Friday before where that was a weekend, at that minute of the day.
    pub fn at(&self, days_ago: i64, minute: i64) -> OffsetDateTime {
        let day = self.today - Duration::days(days_ago);
        let weekend = match day.weekday() {
            Weekday::Saturday => 1,
            Weekday::Sunday => 2,
            Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => 0,
        };
        start_of_day(day - Duration::days(weekend)) + Duration::minutes(minute)
    }

    /// That many days from today on, or before it where negative.
    pub fn day(&self, days: i64) -> Date {
        self.today + Duration::days(days)
    }

    /// The same, or the next working day in England where that is none.
    pub fn working_day(&self, days: i64) -> Date {
        bank_holidays::of(Nation::EnglandAndWales).after(self.day(days - 1), 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn nobody_works_at_weekends() {
        // A Saturday.
        let days = Calendar::until(date!(2026 - 11 - 21));
        assert_eq!(days.at(0, 9 * 60), datetime!(2026-11-20 9:00 UTC));
        assert_eq!(days.at(6, 0), datetime!(2026-11-13 0:00 UTC));
        assert_eq!(days.working_day(0), date!(2026 - 11 - 23));
        assert_eq!(days.working_day(-1), date!(2026 - 11 - 20));
        assert_eq!(days.day(1), date!(2026 - 11 - 22));
    }
}

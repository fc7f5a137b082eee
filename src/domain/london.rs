//! London: which day and time it is there at an instant, and when its days begin and end. Knows no clock; instants are given.

use jiff::tz::TimeZone;
use time::{Date, Month, OffsetDateTime};

use super::text::long_date;

/// The date in London at that instant.
pub fn london_date(at: OffsetDateTime) -> Date {
    let date = london(at).date();
    Month::try_from(date.month() as u8)
        .ok()
        .and_then(|month| Date::from_calendar_date(i32::from(date.year()), month, date.day() as u8).ok())
        .unwrap_or_else(|| at.date())
}

/// The hour of the day in London at that instant, from 0 to 23.
pub fn london_hour(at: OffsetDateTime) -> i8 {
    london(at).hour()
}

/// `2:05pm` in London at that instant.
pub fn london_time(at: OffsetDateTime) -> String {
    let time = london(at).time();
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{hour}:{:02}{half}", time.minute())
}

/// `28 January 2026, 2:05pm` in London at that instant.
pub fn london_moment(at: OffsetDateTime) -> String {
    format!("{}, {}", long_date(london_date(at)), london_time(at))
}

/// How far London's clocks are from UTC at that instant.
pub fn london_offset(at: OffsetDateTime) -> time::UtcOffset {
    time::UtcOffset::from_whole_seconds(london(at).offset().seconds()).unwrap_or(time::UtcOffset::UTC)
}

/// The first instant of that day in London.
pub fn start_of_day(day: Date) -> OffsetDateTime {
    let zoned = jiff::civil::Date::new(day.year() as i16, u8::from(day.month()) as i8, day.day() as i8)
        .ok()
        .and_then(|date| date.to_zoned(zone()).ok());
    zoned
        .and_then(|zoned| OffsetDateTime::from_unix_timestamp(zoned.timestamp().as_second()).ok())
        .unwrap_or_else(|| day.midnight().assume_utc())
}

/// The instant at which that hour begins on that day in London. Where the clocks leave it out, the first one after it;
/// where it comes twice, the first.
pub fn at_hour(day: Date, hour: u8) -> OffsetDateTime {
    let zoned = jiff::civil::Date::new(day.year() as i16, u8::from(day.month()) as i8, day.day() as i8)
        .ok()
        .map(|date| date.at(hour.min(23) as i8, 0, 0, 0))
        .and_then(|time| time.to_zoned(zone()).ok());
    zoned
        .and_then(|zoned| OffsetDateTime::from_unix_timestamp(zoned.timestamp().as_second()).ok())
        .unwrap_or_else(|| start_of_day(day))
}

/// The first instant after that day in London: when something open "until that day" closes.
pub fn end_of_day(day: Date) -> OffsetDateTime {
    start_of_day(day.next_day().unwrap_or(day))
}

fn london(at: OffsetDateTime) -> jiff::Zoned {
    jiff::Timestamp::from_second(at.unix_timestamp()).unwrap_or_default().to_zoned(zone())
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn days_turn_at_midnight_in_london_across_clock_changes() {
        // Clocks go forward on 29 March 2026 and back on 25 October 2026.
        assert_eq!(start_of_day(date!(2026 - 03 - 29)), datetime!(2026-03-29 0:00 UTC));
        assert_eq!(end_of_day(date!(2026 - 03 - 29)), datetime!(2026-03-29 23:00 UTC));
        assert_eq!(end_of_day(date!(2026 - 10 - 25)), datetime!(2026-10-26 0:00 UTC));
        assert_eq!(at_hour(date!(2026 - 03 - 29), 1), datetime!(2026-03-29 1:00 UTC), "left out");
        assert_eq!(at_hour(date!(2026 - 10 - 25), 1), datetime!(2026-10-25 0:00 UTC), "comes twice");
        assert_eq!(london_date(datetime!(2026-07-01 23:30 UTC)), date!(2026 - 07 - 02));
        assert_eq!(london_time(datetime!(2026-07-01 12:05 UTC)), "1:05pm");
        assert_eq!(london_time(datetime!(2026-01-01 0:00 UTC)), "12:00am");
    }
}

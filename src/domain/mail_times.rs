//! When a message about work leaves: at once, after quiet hours, or with others in one message a working day.
//!
//! Pure: preferences and the instant are given. Hours are those of London's clocks, so that eight stays eight when they
//! change.

use time::{Date, OffsetDateTime};

use super::london::{at_hour, london_date, london_hour};
use super::working_days::BankHolidays;

/// What somebody wants; nothing of it by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MailTimes {
    /// The hour from which one message a working day tells everything; none: each message by itself.
    pub digest: Option<u8>,
    pub quiet: Option<Quiet>,
}

/// Hours in which nothing comes: from one up to another, over midnight where it ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    pub from: u8,
    pub until: u8,
}

/// When a message leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    Now,
    /// Not before that instant, and then by itself.
    At(OffsetDateTime),
    /// With others, from that instant on.
    InDigest(OffsetDateTime),
}

impl Quiet {
    pub fn holds_at(self, hour: u8) -> bool {
        match self.from <= self.until {
            true => (self.from..self.until).contains(&hour),
            false => hour >= self.from || hour < self.until,
        }
    }

    /// When they are over after `now`, on a day that counts. On the day whose clocks leave that hour out they may go on.
    fn ends_after(self, now: OffsetDateTime, counts: impl Fn(Date) -> bool) -> OffsetDateTime {
        next(now, self.until, |day, at| counts(day) && !self.holds_at(hour_of(at)))
    }
}

impl MailTimes {
    /// When a message leaves that could leave now; what is urgent does.
    pub fn leaves(self, now: OffsetDateTime, holidays: &BankHolidays) -> Leaves {
        if let Some(hour) = self.digest {
            return Leaves::InDigest(self.digest_after(now, hour, holidays));
        }
        match self.quiet.filter(|quiet| quiet.holds_at(hour_of(now))) {
            Some(quiet) => Leaves::At(quiet.ends_after(now, |_| true)),
            None => Leaves::Now,
        }
    }

    /// Quiet hours hold for a digest too: one that would fall into them comes when they end.
    fn digest_after(self, now: OffsetDateTime, hour: u8, holidays: &BankHolidays) -> OffsetDateTime {
        let working = |day| holidays.is_working(day);
        let at = next(now, hour, |day, _| working(day));
        match self.quiet.filter(|quiet| quiet.holds_at(hour_of(at))) {
            Some(quiet) => quiet.ends_after(at, working),
            None => at,
        }
    }
}

fn hour_of(at: OffsetDateTime) -> u8 {
    london_hour(at).unsigned_abs()
}

/// The next instant after `now` at which that hour begins, of those that count.
fn next(now: OffsetDateTime, hour: u8, counts: impl Fn(Date, OffsetDateTime) -> bool) -> OffsetDateTime {
    let mut day = london_date(now);
    loop {
        let at = at_hour(day, hour);
        if at > now && counts(day, at) {
            return at;
        }
        let Some(next) = day.next_day() else { return now };
        day = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::Duration;
    use time::macros::{date, datetime};

    fn holidays() -> BankHolidays {
        [date!(2026 - 04 - 03), date!(2026 - 04 - 06)].into_iter().collect()
    }

    fn digest(hour: u8) -> MailTimes {
        MailTimes { digest: Some(hour), quiet: None }
    }

    fn quiet(from: u8, until: u8) -> MailTimes {
        MailTimes { digest: None, quiet: Some(Quiet { from, until }) }
    }

    #[test]
    fn without_preferences_everything_leaves_at_once() {
        assert_eq!(MailTimes::default().leaves(datetime!(2026-03-29 1:30 UTC), &holidays()), Leaves::Now);
    }

    #[test]
    fn eight_stays_eight_when_the_clocks_go_forward_and_back() {
        let at = |now, times: MailTimes| times.leaves(now, &holidays());
        // Friday before the clocks go forward on Sunday 29 March: from then on eight is seven in UTC.
        assert_eq!(at(datetime!(2026-03-27 7:59 UTC), digest(8)), Leaves::InDigest(datetime!(2026-03-27 8:00 UTC)));
        assert_eq!(at(datetime!(2026-03-27 8:00 UTC), digest(8)), Leaves::InDigest(datetime!(2026-03-30 7:00 UTC)));
        // Friday before they go back on Sunday 25 October.
        assert_eq!(at(datetime!(2026-10-23 7:00 UTC), digest(8)), Leaves::InDigest(datetime!(2026-10-26 8:00 UTC)));
        // Quiet from ten to seven, over both nights.
        assert_eq!(at(datetime!(2026-03-28 22:00 UTC), quiet(22, 7)), Leaves::At(datetime!(2026-03-29 6:00 UTC)));
        assert_eq!(at(datetime!(2026-10-24 21:30 UTC), quiet(22, 7)), Leaves::At(datetime!(2026-10-25 7:00 UTC)));
        // An hour that the clocks leave out: quiet until one ends at the first instant after it.
        assert_eq!(at(datetime!(2026-03-29 0:30 UTC), quiet(22, 1)), Leaves::At(datetime!(2026-03-29 1:00 UTC)));
        // An hour that comes twice: it ends quiet hours the first time, and begins none that ended.
        assert_eq!(at(datetime!(2026-10-24 23:30 UTC), quiet(22, 1)), Leaves::At(datetime!(2026-10-25 0:00 UTC)));
        assert_eq!(at(datetime!(2026-10-25 0:30 UTC), quiet(22, 1)), Leaves::Now);
    }

    #[test]
    fn a_digest_comes_on_working_days_and_after_quiet_hours() {
        // Thursday before Easter: Friday and Monday are bank holidays.
        let easter = datetime!(2026-04-02 12:00 UTC);
        assert_eq!(digest(8).leaves(easter, &holidays()), Leaves::InDigest(datetime!(2026-04-07 7:00 UTC)));
        let both = MailTimes { digest: Some(6), quiet: Some(Quiet { from: 22, until: 8 }) };
        assert_eq!(both.leaves(easter, &holidays()), Leaves::InDigest(datetime!(2026-04-07 7:00 UTC)));
    }

    proptest! {
        #[test]
        fn what_waits_leaves_soon_and_never_in_quiet_hours(
            hours in 0..24 * 366i64, minute in 0..60i64, from in 0..24u8, until in 0..24u8, digest in prop::option::of(0..24u8),
        ) {
            prop_assume!(from != until);
            let now = datetime!(2026-01-01 0:00 UTC) + Duration::hours(hours) + Duration::minutes(minute);
            let quiet = Quiet { from, until };
            let times = MailTimes { digest, quiet: Some(quiet) };
            let no_days_off = BankHolidays::default();
            match times.leaves(now, &no_days_off) {
                Leaves::Now => prop_assert!(digest.is_none() && !quiet.holds_at(hour_of(now))),
                Leaves::At(at) => {
                    prop_assert!(digest.is_none() && quiet.holds_at(hour_of(now)) && !quiet.holds_at(hour_of(at)));
                    prop_assert!(at > now && at - now <= Duration::hours(49), "{at}");
                }
                Leaves::InDigest(at) => {
                    prop_assert!(digest.is_some() && !quiet.holds_at(hour_of(at)));
                    prop_assert!(at > now && at - now <= Duration::days(6), "{at}");
                }
            }
        }
    }
}

//! When somebody is reminded of what waits for them, and when administrators hear of it.
//!
//! Pure: each reminder has a kind and a step, which together are kept so that each is sent once.

use time::Date;

use super::worded::worded;
use super::working_days::BankHolidays;

worded! {
    ReminderKind {
        Before = "before", "Due soon";
        Due = "due", "Due";
        Late = "late", "Late";
        Escalated = "escalated", "Administrators told";
    }
}

/// Working days before the date when somebody is reminded first.
pub const BEFORE: u32 = 2;
/// After the date somebody is reminded each time so many more working days have passed.
pub const EVERY: u32 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    pub kind: ReminderKind,
    /// Working days late for [`ReminderKind::Late`]; else 0.
    pub step: i64,
}

/// What should have been said by today, the newest alone: a server that was away for a week sends one mail, not three.
/// On a day off nothing is said. `given_on` is the day on which the task was given.
pub fn wanted(due: Date, given_on: Date, today: Date, holidays: &BankHolidays, escalate_after: u32) -> Vec<Reminder> {
    if !holidays.is_working(today) {
        return Vec::new();
    }
    if today < due {
        let soon = holidays.between(today, due) <= BEFORE && given_on < today;
        return if soon { vec![Reminder { kind: ReminderKind::Before, step: 0 }] } else { Vec::new() };
    }
    let late = holidays.between(due, today);
    let reminder = match late / EVERY * EVERY {
        0 => Reminder { kind: ReminderKind::Due, step: 0 },
        step => Reminder { kind: ReminderKind::Late, step: i64::from(step) },
    };
    let escalated = (late >= escalate_after).then_some(Reminder { kind: ReminderKind::Escalated, step: 0 });
    [Some(reminder), escalated].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use time::macros::date;

    #[test]
    fn a_review_is_spoken_of_before_its_day_on_it_and_each_week_after() {
        let holidays: BankHolidays = [date!(2026 - 12 - 25), date!(2026 - 12 - 28)].into_iter().collect();
        let (given, due) = (date!(2026 - 12 - 08), date!(2026 - 12 - 22));
        let mut said = BTreeSet::new();
        let mut days = Vec::new();
        let mut today = given;
        while today < date!(2027 - 01 - 16) {
            for reminder in wanted(due, given, today, &holidays, 6) {
                if said.insert((reminder.kind, reminder.step)) {
                    days.push((today, reminder.kind, reminder.step));
                }
            }
            today = today.next_day().unwrap();
        }
        use ReminderKind::{Before, Due, Escalated, Late};
        let expected = [
            (date!(2026 - 12 - 18), Before, 0),
            (due, Due, 0),
            (date!(2026 - 12 - 31), Late, 5),
            (date!(2027 - 01 - 01), Escalated, 0),
            (date!(2027 - 01 - 07), Late, 10),
            (date!(2027 - 01 - 14), Late, 15),
        ];
        assert_eq!(days, expected);
    }

    #[test]
    fn days_off_and_the_day_on_which_it_was_given_stay_quiet() {
        let holidays = BankHolidays::default();
        assert_eq!(wanted(date!(2026 - 11 - 20), date!(2026 - 11 - 02), date!(2026 - 11 - 22), &holidays, 5), []);
        assert_eq!(wanted(date!(2026 - 11 - 24), date!(2026 - 11 - 23), date!(2026 - 11 - 23), &holidays, 5), []);
    }
}

//! The salary of a post, with how it was worked out.

use time::{Date, OffsetDateTime};

use super::hours::{Time, Weeks, read_time};
use super::share::{YEAR, part, percent_within};
use super::{Area, Grade};
use crate::domain::text::{long_date, pounds};

/// The day whose pay is wanted. Figures that came in after `known` are not for it: what was issued keeps the pay of its
/// day when an award reaches back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    pub known: Option<OffsetDateTime>,
}

impl Day {
    /// By everything that is known now.
    pub fn of(date: Date) -> Self {
        Day { date, known: None }
    }

    /// Whether figures that came in at that moment are for it.
    pub fn knew(self, at: OffsetDateTime) -> bool {
        self.known.is_none_or(|known| at <= known)
    }
}

/// What of a post changes its pay, beside its grade.
#[derive(Debug, Clone, Copy, Default)]
pub struct Post<'a> {
    /// In the words of its details.
    pub hours: &'a str,
    pub area: Option<Area>,
}

/// Lowest and highest, in pence a year.
pub type Range = (i64, i64);

/// A salary and its working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salary {
    /// Full time, with what the place adds.
    pub full: Range,
    /// For the hours and weeks of the post, where they are fewer than full time.
    pub actual: Option<Range>,
    basic: Range,
    since: Date,
    grade: String,
    place: Option<(Area, i64, Range)>,
    time: Time,
    week: i64,
}

/// From the lowest of `from` to the highest of `to`; none where either grade has no amount on that day.
pub fn salary(from: &Grade, to: Option<&Grade>, day: Day, post: Post<'_>) -> Option<Salary> {
    let lowest = from.amount_on(day)?;
    let top = to.unwrap_or(from);
    let highest = top.amount_on(day)?;
    let basic = (lowest.minimum_pence, highest.maximum_pence);
    let supplement = post.area.and_then(|area| from.supplement_on(area, day));
    let added = |pence: i64| {
        supplement.map_or(0, |one| percent_within(pence, one.percent, (one.minimum_pence, one.maximum_pence)))
    };
    let more = (added(basic.0), added(basic.1));
    let full = (basic.0 + more.0, basic.1 + more.1);
    let time = read_time(post.hours);
    Some(Salary {
        full,
        actual: actual(full, time, from.week),
        basic,
        since: lowest.effective_from.max(highest.effective_from),
        grade: if top.id == from.id { from.name.clone() } else { format!("{} to {}", from.name, top.name) },
        place: supplement.map(|one| (one.area, one.percent, more)),
        time,
        week: from.week,
    })
}

fn actual(full: Range, time: Time, week: i64) -> Option<Range> {
    let hours = time.hours.filter(|hours| *hours < week);
    let (of, whole) = match (hours, time.weeks) {
        (_, Weeks::Unsaid) | (None, Weeks::All) => return None,
        (Some(hours), Weeks::All) => (hours, week),
        (hours, Weeks::Paid(weeks)) => (hours.unwrap_or(week) * weeks, week * YEAR),
    };
    Some((part(full.0, of, whole), part(full.1, of, whole)))
}

impl Salary {
    /// `£27,485 to £30,162 a year; at 22.5 of 37.5 hours £16,491 to £18,097`
    pub fn words(&self) -> String {
        let mut words = format!("{} a year", range(self.full));
        if let Some((area, ..)) = self.place {
            words.push_str(&format!(", with the {} supplement", supplement_name(area)));
        }
        if let Some(actual) = self.actual {
            words.push_str(&format!("; at {} {}", self.share(), range(actual)));
        }
        words
    }

    /// `22.5 of 37.5 hours for 44.6 of 52.143 weeks`
    fn share(&self) -> String {
        let hours = self.time.hours.filter(|hours| *hours < self.week);
        let hours = hours.map(|hours| format!("{} of {} hours", decimal(hours, 100), decimal(self.week, 100)));
        let weeks = match self.time.weeks {
            Weeks::Paid(weeks) => Some(format!("{} of {} paid weeks", decimal(weeks, 1000), decimal(YEAR, 1000))),
            Weeks::All | Weeks::Unsaid => None,
        };
        hours.into_iter().chain(weeks).collect::<Vec<_>>().join(" for ")
    }

    /// How it comes about, a step a line.
    pub fn working(&self) -> Vec<String> {
        let mut lines =
            vec![format!("{} pays {} a year full time from {}.", self.grade, exact(self.basic), long_date(self.since))];
        if let Some((area, percent, more)) = self.place {
            let name = supplement_name(area);
            lines.push(format!("The {name} supplement, {percent}% within its limits, adds {}.", exact(more)));
        }
        match (self.actual, self.time.weeks) {
            (Some(actual), _) => lines.push(format!(
                "For {} that is {}, to the nearest penny; shown to the nearest pound.",
                self.share(),
                exact(actual)
            )),
            (None, Weeks::Unsaid) => lines.push(
                "The pay for part of the year is not worked out: say how many weeks are paid, such as “44.6 paid weeks”."
                    .to_owned(),
            ),
            (None, Weeks::All | Weeks::Paid(_)) => {}
        }
        lines
    }
}

/// The salary as a document prints it: typed, or worked out.
pub fn printed(typed: &str, salary: Option<&Salary>) -> String {
    match typed.is_empty() {
        true => salary.map(Salary::words).unwrap_or_default(),
        false => typed.to_owned(),
    }
}

fn supplement_name(area: Area) -> &'static str {
    match area {
        Area::Inner => "inner London",
        Area::Outer => "outer London",
        Area::Fringe => "London fringe",
    }
}

/// In whole pounds, as schemes print pay.
fn range(range: Range) -> String {
    let whole = |pence: i64| (pence + 50).div_euclid(100) * 100;
    exact((whole(range.0), whole(range.1)))
}

fn exact((low, high): Range) -> String {
    match low == high {
        true => pounds(low),
        false => format!("{} to {}", pounds(low), pounds(high)),
    }
}

/// `37.5` of 3750 hundredths.
fn decimal(number: i64, by: i64) -> String {
    let places = by.ilog10() as usize;
    let text = format!("{}.{:0places$}", number / by, number % by);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::GradeId;
    use crate::domain::pay::{Amount, Supplement};
    use time::macros::{date, datetime};

    fn band_4() -> Grade {
        let known = datetime!(2025-03-01 0:00 UTC);
        let amount =
            |effective_from, low, high| Amount { effective_from, minimum_pence: low, maximum_pence: high, known };
        Grade {
            id: GradeId(4),
            pay_scheme: "Agenda for Change".into(),
            name: "Band 4".into(),
            week: 3750,
            spine: None,
            ended_on: None,
            amounts: vec![
                amount(date!(2025 - 04 - 01), 2_748_500, 3_016_200),
                Amount { known: datetime!(2026-06-10 9:00 UTC), ..amount(date!(2026 - 04 - 01), 2_839_200, 3_115_700) },
            ],
            supplements: vec![Supplement {
                area: Area::Outer,
                effective_from: date!(2025 - 04 - 01),
                percent: 15,
                minimum_pence: 471_400,
                maximum_pence: 594_100,
                known,
            }],
        }
    }

    fn words(day: Day, hours: &str, area: Option<Area>) -> String {
        salary(&band_4(), None, day, Post { hours, area }).map(|pay| pay.words()).unwrap_or_default()
    }

    #[test]
    fn the_day_decides_the_amount() {
        let day = |date| words(Day::of(date), "", None);
        assert_eq!(day(date!(2026 - 03 - 31)), "£27,485 to £30,162 a year");
        assert_eq!(day(date!(2026 - 04 - 01)), "£28,392 to £31,157 a year");
        assert_eq!(day(date!(2025 - 03 - 31)), "");
    }

    #[test]
    fn an_award_that_reaches_back_leaves_what_was_issued() {
        let issued = |known| words(Day { date: date!(2026 - 05 - 01), known: Some(known) }, "", None);
        assert_eq!(issued(datetime!(2026-05-01 0:00 UTC)), "£27,485 to £30,162 a year");
        assert_eq!(issued(datetime!(2026-07-01 0:00 UTC)), "£28,392 to £31,157 a year");
        // Nothing was known at that time, so the first table that came speaks for it.
        assert_eq!(issued(datetime!(2020-01-01 0:00 UTC)), "£28,392 to £31,157 a year");
    }

    #[test]
    fn hours_weeks_and_place_are_worked_in() {
        let day = Day::of(date!(2025 - 10 - 01));
        let line = "£27,485 to £30,162 a year; at 22.5 of 37.5 hours £16,491 to £18,097";
        assert_eq!(words(day, "22.5 hours a week", None), line);
        assert_eq!(words(day, "37.5 hours", None), "£27,485 to £30,162 a year");
        assert_eq!(words(day, "", Some(Area::Outer)), "£32,199 to £34,876 a year, with the outer London supplement");
        assert_eq!(words(day, "", Some(Area::Fringe)), "£27,485 to £30,162 a year", "none is known");
        let pay = salary(&band_4(), None, day, Post { hours: "30 hours, 44.6 paid weeks", area: None }).unwrap();
        // 27,485 × 30 × 44.6 ÷ (37.5 × 52.143)
        assert_eq!(pay.actual, Some((1_880_722, 2_063_902)));
        assert!(pay.words().ends_with("; at 30 of 37.5 hours for 44.6 of 52.143 paid weeks £18,807 to £20,639"));
        let unsaid = salary(&band_4(), None, day, Post { hours: "30 hours, 39 weeks", area: None }).unwrap();
        assert_eq!(unsaid.actual, None);
        assert!(unsaid.working()[1].contains("how many weeks are paid"));
    }

    #[test]
    fn the_working_names_every_step() {
        let post = Post { hours: "22.5 hours", area: Some(Area::Outer) };
        let pay = salary(&band_4(), None, Day::of(date!(2025 - 10 - 01)), post).unwrap();
        assert_eq!(
            pay.working(),
            [
                "Band 4 pays £27,485 to £30,162 a year full time from 1 April 2025.",
                "The outer London supplement, 15% within its limits, adds £4,714.",
                "For 22.5 of 37.5 hours that is £19,319.40 to £20,925.60, to the nearest penny; shown to the nearest pound.",
            ]
        );
    }
}

//! Grades with their dated amounts, and the salary that they make: from the grade, the day, the hours, the weeks and the
//! place. Money is in whole pence and never a fraction of one.
//!
//! What must not be here: where the figures are kept, and figures themselves. Those are dated data.

mod award;
mod award_file;
mod hours;
mod salary;
mod share;
mod typed;

use serde::{Deserialize, Deserializer};
use time::{Date, OffsetDateTime};

use super::ids::GradeId;
use super::text::parse_date;
use super::worded::worded;

pub use award::{Award, Change, Effect, NewAmount, PointPay, changes, known_before, with_award};
pub use award_file::{Line, MOST_LINES, What, read_award};
pub use hours::{Time, Weeks, read_time};
pub use salary::{Day, Post, Salary, printed, salary};
pub use share::hourly;
pub use typed::{typed_hours, typed_pounds};

worded! {
    /// Places in which a scheme adds to basic pay. Which one a workplace lies in is looked up in the scheme's own list
    /// (NHS Terms and Conditions, annex 8), never guessed from a postcode.
    Area {
        Inner = "inner", "Inner London";
        Outer = "outer", "Outer London";
        Fringe = "fringe", "London fringe";
    }
}

/// A grade of an employer, with what it pays from each date on, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Grade {
    pub id: GradeId,
    pub pay_scheme: String,
    pub name: String,
    /// A full-time week of its scheme, in hundredths of hours.
    pub week: i64,
    /// First and last point of its scheme's spine, where it runs over one.
    pub spine: Option<(i32, i32)>,
    /// From that day on it is offered no more; what stands on it stays.
    #[serde(default, deserialize_with = "maybe_day")]
    pub ended_on: Option<Date>,
    pub amounts: Vec<Amount>,
    /// What its scheme adds in some places, oldest first.
    pub supplements: Vec<Supplement>,
}

/// Pence a year, full time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Amount {
    #[serde(deserialize_with = "iso_day")]
    pub effective_from: Date,
    pub minimum_pence: i64,
    pub maximum_pence: i64,
    /// When the figures came in.
    #[serde(deserialize_with = "seconds")]
    pub known: OffsetDateTime,
}

/// A share of basic pay that is added in one place, within limits in pence a year, full time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Supplement {
    pub area: Area,
    #[serde(deserialize_with = "iso_day")]
    pub effective_from: Date,
    pub percent: i64,
    pub minimum_pence: i64,
    pub maximum_pence: i64,
    #[serde(deserialize_with = "seconds")]
    pub known: OffsetDateTime,
}

/// The same on its way into a scheme, before anybody knew of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSupplement {
    pub area: Area,
    pub from: Date,
    pub percent: i64,
    /// Pence a year, at least and at most.
    pub limits: (i64, i64),
    /// Where the figures come from, in words.
    pub source: String,
}

impl NewSupplement {
    /// As it holds once it is known.
    pub fn known_at(&self, known: OffsetDateTime) -> Supplement {
        Supplement {
            area: self.area,
            effective_from: self.from,
            percent: self.percent,
            minimum_pence: self.limits.0,
            maximum_pence: self.limits.1,
            known,
        }
    }
}

impl Grade {
    /// What the grade pays on that day; none before its first amount.
    pub fn amount_on(&self, day: Day) -> Option<Amount> {
        let amounts = || self.amounts.iter().rev().filter(|amount| amount.effective_from <= day.date);
        // A table that came in later than everything that it could have been known for is better than none.
        amounts().find(|amount| day.knew(amount.known)).or_else(|| amounts().next()).copied()
    }

    /// What its scheme adds in that place on that day.
    pub fn supplement_on(&self, area: Area, day: Day) -> Option<Supplement> {
        let here = || self.supplements.iter().rev().filter(|one| one.area == area && one.effective_from <= day.date);
        here().find(|one| day.knew(one.known)).or_else(|| here().next()).copied()
    }

    pub fn has_ended(&self, today: Date) -> bool {
        self.ended_on.is_some_and(|day| day <= today)
    }

    /// Whether a salary of those limits is what the grade paid, full time, on any day.
    pub fn ever_paid(&self, (low, high): (i64, i64)) -> bool {
        self.amounts.iter().any(|amount| (amount.minimum_pence, amount.maximum_pence) == (low, high))
    }
}

fn iso_day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = String::deserialize(from)?;
    parse_date(&text).ok_or_else(|| serde::de::Error::custom(format!("“{text}” is no date")))
}

fn maybe_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    let day = |text: String| parse_date(&text).ok_or_else(|| serde::de::Error::custom(format!("“{text}” is no date")));
    text.map(day).transpose()
}

fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<OffsetDateTime, D::Error> {
    OffsetDateTime::from_unix_timestamp(i64::deserialize(from)?).map_err(serde::de::Error::custom)
}

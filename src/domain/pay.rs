//! Grades and their dated amounts.

use time::Date;

use super::ids::GradeId;
use super::text::pounds;

/// A grade of an employer, with what it pays from each date on, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    pub id: GradeId,
    pub pay_scheme: String,
    pub name: String,
    pub amounts: Vec<Amount>,
}

/// Pence a year, full time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    pub effective_from: Date,
    pub minimum_pence: i64,
    pub maximum_pence: i64,
}

impl Grade {
    /// What the grade pays on that day; none before its first amount.
    pub fn amount_on(&self, day: Date) -> Option<Amount> {
        self.amounts.iter().rev().find(|amount| amount.effective_from <= day).copied()
    }
}

/// `£27,485 to £30,162 a year` on that day, from the lowest of `from` to the highest of `to`;
/// none where either grade has no amount.
pub fn salary(from: &Grade, to: Option<&Grade>, day: Date) -> Option<String> {
    let low = from.amount_on(day)?.minimum_pence;
    let high = to.unwrap_or(from).amount_on(day)?.maximum_pence;
    Some(match low == high {
        true => format!("{} a year", pounds(low)),
        false => format!("{} to {} a year", pounds(low), pounds(high)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn band_4() -> Grade {
        let amount = |effective_from, low, high| Amount { effective_from, minimum_pence: low, maximum_pence: high };
        Grade {
            id: GradeId(4),
            pay_scheme: "Agenda for Change".into(),
            name: "Band 4".into(),
            amounts: vec![
                amount(date!(2025 - 04 - 01), 2_748_500, 3_016_200),
                amount(date!(2026 - 04 - 01), 2_839_200, 3_115_700),
            ],
        }
    }

    #[test]
    fn the_day_decides_the_amount() {
        let grade = band_4();
        assert_eq!(salary(&grade, None, date!(2026 - 03 - 31)).as_deref(), Some("£27,485 to £30,162 a year"));
        assert_eq!(salary(&grade, None, date!(2026 - 04 - 01)).as_deref(), Some("£28,392 to £31,157 a year"));
        assert_eq!(salary(&grade, None, date!(2025 - 03 - 31)), None);
    }
}

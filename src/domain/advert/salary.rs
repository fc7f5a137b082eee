//! What the words of a salary mean in pounds, so that jobs of every scheme can be compared.

/// A working year in weeks, for pay by the hour: 365 days by seven.
const WEEKS: f64 = 365.0 / 7.0;
/// The hours of a full-time week that pay by the hour is counted up to.
const HOURS: f64 = 37.0;
/// An amount below this many pence is no year's pay.
const LEAST_YEAR: i64 = 100_000;

/// For what time an amount is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidBy {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl PaidBy {
    /// What is said first; none where no time is named. "Paid monthly" says when, not how much, and "20 hours a week" for
    /// what.
    fn read(words: &str) -> Option<Self> {
        let words = words.to_lowercase();
        let signs: [(PaidBy, &[&str]); 5] = [
            (PaidBy::Hour, &["an hour", "per hour", "/hour", "/hr", "hourly"]),
            (PaidBy::Day, &["a day", "per day", "/day", "daily"]),
            (PaidBy::Week, &["a week", "per week", "/week"]),
            (PaidBy::Month, &["a month", "per month", "/month"]),
            (PaidBy::Year, &["a year", "per year", "/year", "per annum", "p.a."]),
        ];
        let of_work = |at: usize| ["hour", "hours", "hrs", "day", "days"].contains(&last_word(&words[..at]));
        let found = |sign: &&str| words.match_indices(sign).map(|(at, _)| at).find(|at| !of_work(*at));
        let first = |signs: &[&str]| signs.iter().filter_map(found).min();
        let found = signs.into_iter().filter_map(|(by, signs)| Some((first(signs)?, by)));
        found.min_by_key(|(at, _)| *at).map(|(_, by)| by)
    }

    /// How often it is paid in a full-time year of five days and 37 hours a week.
    fn in_a_year(self) -> f64 {
        match self {
            PaidBy::Hour => HOURS * WEEKS,
            PaidBy::Day => 5.0 * WEEKS,
            PaidBy::Week => WEEKS,
            PaidBy::Month => 12.0,
            PaidBy::Year => 1.0,
        }
    }

    /// From this many pence on, an amount is a year's pay whatever the words say beside it.
    fn most(self) -> i64 {
        match self {
            PaidBy::Hour => LEAST_YEAR,
            PaidBy::Day => 500_000,
            PaidBy::Week | PaidBy::Month => 1_200_000,
            PaidBy::Year => 0,
        }
    }
}

/// Lowest and highest pay in pence for a full-time year; none where the words name no amount.
///
/// An amount for a shorter time is counted up to a year of 37 hours a week.
pub fn salary_range(words: &str) -> Option<(i64, i64)> {
    range(amounts(words).into_iter().map(|(by, pence)| a_year(by, pence)))
}

/// Lowest and highest pay in pence as it is said: for a year, unless every amount is for the same shorter time.
pub fn salary_said(words: &str) -> Option<(PaidBy, i64, i64)> {
    let amounts = amounts(words);
    let by = amounts.first()?.0;
    let (by, (low, high)) = match amounts.iter().all(|(other, _)| *other == by) {
        true => (by, range(amounts.into_iter().map(|(_, pence)| pence))?),
        false => (PaidBy::Year, salary_range(words)?),
    };
    Some((by, low, high))
}

/// The amounts that can be somebody's pay.
fn amounts(words: &str) -> Vec<(PaidBy, i64)> {
    // What the grade pays full time comes first; what it makes for fewer hours is no year's pay of the job.
    let words = words.split("; at ").next().unwrap_or(words);
    let mut by = PaidBy::read(words).unwrap_or(PaidBy::Year);
    let said: Vec<&str> = words.split('£').skip(1).collect();
    let mut paid = Vec::new();
    // From behind: in "£150 to £200 a day", the day is said of both.
    for text in said.into_iter().rev() {
        by = PaidBy::read(text).unwrap_or(by);
        paid.extend(pence(text).map(|pence| (if pence < by.most() { by } else { PaidBy::Year }, pence)));
    }
    paid.retain(|(by, pence)| a_year(*by, *pence) >= LEAST_YEAR);
    paid
}

fn a_year(by: PaidBy, pence: i64) -> i64 {
    (pence as f64 * by.in_a_year()).round() as i64
}

fn range(amounts: impl Iterator<Item = i64>) -> Option<(i64, i64)> {
    let amounts: Vec<i64> = amounts.collect();
    Some((*amounts.iter().min()?, *amounts.iter().max()?))
}

fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().unwrap_or_default()
}

/// The amount that the text begins with: `27,485 to …`, `12.60 an hour`, `30k`.
fn pence(text: &str) -> Option<i64> {
    let number: String =
        text.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == ',' || *c == '.').collect();
    let thousand = text.trim_start()[number.len()..].to_lowercase().starts_with('k');
    let plain = number.replace(',', "");
    let amount: f64 = plain.trim_end_matches('.').parse().ok()?;
    let pounds = if thousand { amount * 1000.0 } else { amount };
    (pounds < 10_000_000.0).then_some((pounds * 100.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salaries_of_every_shape() {
        for (words, range) in [
            ("£27,485 to £30,162 a year", Some((2_748_500, 3_016_200))),
            ("£27,485 to £30,162 a year; at 22.5 of 37.5 hours £16,491 to £18,097", Some((2_748_500, 3_016_200))),
            ("£25,272 a year", Some((2_527_200, 2_527_200))),
            ("£30k-£35k per annum", Some((3_000_000, 3_500_000))),
            ("£12.60 an hour", Some((2_430_900, 2_430_900))),
            ("£28,163.", Some((2_816_300, 2_816_300))),
            ("£41,000 a year, and £500 for the car", Some((4_100_000, 4_100_000))),
            ("£150 to £200 a day", Some((3_910_714, 5_214_286))),
            ("£500 per week", Some((2_607_143, 2_607_143))),
            ("£2,000 a month", Some((2_400_000, 2_400_000))),
            ("£24,000 a year (£2,000 a month)", Some((2_400_000, 2_400_000))),
            ("£27,485 a year, paid monthly", Some((2_748_500, 2_748_500))),
            ("£11,500 a year for 20 hours a week", Some((1_150_000, 1_150_000))),
            ("£11,500 for 20 hours a week", Some((1_150_000, 1_150_000))),
            ("£4,500 for 3 hours per day", Some((450_000, 450_000))),
            ("£12.60 an hour, 20 hours a week", Some((2_430_900, 2_430_900))),
            ("Hourly pay of £12.60", Some((2_430_900, 2_430_900))),
            ("By agreement", None),
            ("£", None),
            ("£99999999999999999999", None),
        ] {
            assert_eq!(salary_range(words), range, "{words}");
        }
    }

    #[test]
    fn pay_is_told_for_the_time_that_its_words_name() {
        assert_eq!(salary_said("£12.60 to £14 an hour"), Some((PaidBy::Hour, 1_260, 1_400)));
        assert_eq!(salary_said("£150 a day"), Some((PaidBy::Day, 15_000, 15_000)));
        assert_eq!(salary_said("£24,000 a year (£2,000 a month)"), Some((PaidBy::Year, 2_400_000, 2_400_000)));
        assert_eq!(salary_said("£27,485 to £30,162 a year"), Some((PaidBy::Year, 2_748_500, 3_016_200)));
        assert_eq!(salary_said("By agreement"), None);
    }
}

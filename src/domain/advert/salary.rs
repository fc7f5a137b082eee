//! What the words of a salary mean in pounds, so that jobs of every scheme can be compared.

/// A working year in weeks, for pay by the hour: 365 days by seven.
const WEEKS: f64 = 365.0 / 7.0;
/// The hours of a full-time week that pay by the hour is counted up to.
const HOURS: f64 = 37.0;
/// An amount below this many pence is no year's pay.
const LEAST_YEAR: i64 = 100_000;

/// Lowest and highest pay in pence for a full-time year; none where the words name no amount.
///
/// An amount "an hour" is counted up to a year of 37 hours a week.
pub fn salary_range(words: &str) -> Option<(i64, i64)> {
    let by_hour = ["an hour", "per hour", "/hour", "hourly"].iter().any(|sign| words.to_lowercase().contains(sign));
    // What the grade pays full time comes first; what it makes for fewer hours is no year's pay of the job.
    let words = words.split("; at ").next().unwrap_or(words);
    let amounts: Vec<i64> = words.split('£').skip(1).filter_map(pence).collect();
    let year = |pence: i64| match by_hour && pence < LEAST_YEAR {
        true => (pence as f64 * HOURS * WEEKS).round() as i64,
        false => pence,
    };
    let years: Vec<i64> = amounts.into_iter().map(year).filter(|pence| *pence >= LEAST_YEAR).collect();
    Some((*years.iter().min()?, *years.iter().max()?))
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
            ("By agreement", None),
            ("£", None),
            ("£99999999999999999999", None),
        ] {
            assert_eq!(salary_range(words), range, "{words}");
        }
    }
}

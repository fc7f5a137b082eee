//! Shares of money, by the rule of the schemes.
//!
//! Agenda for Change and the NJC both pay part time "pro rata": the year's pay times the hours over those of a full-time
//! week (NHS Terms and Conditions, section 11; NJC Green Book, part 2, paragraph 12), and both count a year as 52.143
//! weeks for pay by the hour, which their published hourly tables reproduce to the penny. Neither publishes a rule of
//! its own for the last penny, so that half a penny goes up, as in those tables.

/// Weeks in a year as both schemes count them, in thousandths: 365 days by 7.
pub const YEAR: i64 = 52_143;

/// `pence` times `of` over `whole`, to the nearest penny, half a penny up.
pub fn part(pence: i64, of: i64, whole: i64) -> i64 {
    let (product, whole) = (i128::from(pence) * i128::from(of), i128::from(whole.max(1)));
    ((2 * product + whole).div_euclid(2 * whole)) as i64
}

/// So many per cent, not below the least and not above the most.
pub fn percent_within(pence: i64, percent: i64, (least, most): (i64, i64)) -> i64 {
    part(pence, percent, 100).max(least).min(most)
}

/// Pay for an hour: the year by its weeks and by the hours of a week, in hundredths.
pub fn hourly(annual: i64, week: i64) -> i64 {
    part(annual, 100_000, YEAR * week.max(1)).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_penny_goes_up() {
        assert_eq!(part(3, 1, 2), 2);
        assert_eq!(part(100, 1, 3), 33);
        assert_eq!(part(200, 1, 3), 67);
        assert_eq!(part(2_748_500, 2250, 3750), 1_649_100);
    }

    #[test]
    fn an_hour_is_what_the_published_tables_say() {
        // Band 4 from 1 April 2025 and point 2 of the NJC from 1 April 2023.
        assert_eq!(hourly(2_748_500, 3750), 1406);
        assert_eq!(hourly(2_236_600, 3700), 1159);
    }

    #[test]
    fn limits_hold_a_share() {
        assert_eq!(percent_within(2_839_200, 20, (579_400, 874_600)), 579_400);
        assert_eq!(percent_within(4_000_000, 20, (579_400, 874_600)), 800_000);
        assert_eq!(percent_within(9_000_000, 20, (579_400, 874_600)), 874_600);
    }
}

//! The hours of a post as its details say them: "22.5 hours a week", "30 hours, 44.6 paid weeks a year".

/// The hours and the weeks that words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Time {
    /// A week, in hundredths of hours; none where the words name none, or several.
    pub hours: Option<i64>,
    pub weeks: Weeks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weeks {
    #[default]
    All,
    /// Weeks that are paid, in thousandths: those worked with their share of leave and public holidays.
    Paid(i64),
    /// Part of the year, without saying how many weeks are paid. That depends on local leave, so nothing is guessed.
    Unsaid,
}

/// Reads what the words say for certain; two different numbers of hours say nothing.
pub fn read_time(words: &str) -> Time {
    let words = words.to_lowercase().replace(['-', '\u{a0}'], " ");
    let found: Vec<(i64, &str)> = numbers(&words);
    let mut hours: Vec<i64> =
        found.iter().filter(|(_, after)| starts(after, &["hour", "hrs", "hr "])).map(|(n, _)| n / 10).collect();
    hours.dedup();
    let paid = found.iter().find(|(_, after)| starts(after, &["paid week"])).map(|(n, _)| *n);
    let part = found.iter().any(|(n, after)| *n < 52_000 && starts(after, &["week"])) || words.contains("term time");
    Time {
        hours: hours.first().copied().filter(|one| hours.len() == 1 && *one > 0),
        weeks: match (paid, part) {
            (Some(weeks), _) if weeks > 0 && weeks <= 52_143 => Weeks::Paid(weeks),
            (Some(_), _) | (None, true) => Weeks::Unsaid,
            (None, false) => Weeks::All,
        },
    }
}

/// Every number with up to three places, in thousandths, and the words after it.
fn numbers(words: &str) -> Vec<(i64, &str)> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[at..];
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        let (whole, part) = number[..end].trim_end_matches('.').split_once('.').unwrap_or((&number[..end], ""));
        let value = whole.trim_end_matches('.').parse::<i64>().ok().filter(|n| *n < 10_000);
        let part = format!("{part:0<3}").get(..3).and_then(|part| part.parse::<i64>().ok());
        found.extend(value.zip(part).map(|(whole, part)| (whole * 1000 + part, number[end..].trim_start())));
        rest = &number[end..];
    }
    found
}

fn starts(text: &str, with: &[&str]) -> bool {
    with.iter().any(|one| text.starts_with(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_where_they_are_certain() {
        for (words, hours, weeks) in [
            ("22.5 hours a week", Some(2250), Weeks::All),
            ("Part time, 18.75 hrs per week", Some(1875), Weeks::All),
            ("37 hours", Some(3700), Weeks::All),
            ("37.5 hours (37.5 hours full time)", Some(3750), Weeks::All),
            ("37.5 hours, 22.5 hours considered", None, Weeks::All),
            ("Full time", None, Weeks::All),
            ("30 hours a week, 44.6 paid weeks a year", Some(3000), Weeks::Paid(44_600)),
            ("30 hours for 39 weeks", Some(3000), Weeks::Unsaid),
            ("25 hours, term-time only", Some(2500), Weeks::Unsaid),
            ("37 hours, 52 weeks", Some(3700), Weeks::All),
            ("37.hours", Some(3700), Weeks::All),
            ("99999999999999999999 hours", None, Weeks::All),
            ("", None, Weeks::All),
        ] {
            assert_eq!(read_time(words), Time { hours, weeks }, "{words}");
        }
    }
}

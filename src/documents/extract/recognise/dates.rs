//! Dates in UK documents: `3 May 2027`, `3rd May 2027`, `03/05/2027` (day first), and ISO 8601.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

// The patterns are constants; a test proves that they compile.
static WORDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(\d{4})\b").ok()
});
static NUMERIC: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\b").ok());
static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(\d{4})-(\d{2})-(\d{2})\b").ok());

/// The first whole date in a text, as ISO 8601, and where it stands. A date without a year is none.
pub fn find(text: &str) -> Option<(String, Range<usize>)> {
    worded(text).or_else(|| iso(text)).or_else(|| numeric(text))
}

fn worded(text: &str) -> Option<(String, Range<usize>)> {
    let found = WORDED.as_ref()?.captures(text)?;
    let month = MONTHS.iter().position(|name| found[2].eq_ignore_ascii_case(name))? + 1;
    Some((date(&found[3], month, &found[1])?, found.get(0)?.range()))
}

fn numeric(text: &str) -> Option<(String, Range<usize>)> {
    let found = NUMERIC.as_ref()?.captures(text)?;
    let year = if found[3].len() == 2 { format!("20{}", &found[3]) } else { found[3].to_owned() };
    Some((date(&year, found[2].parse().ok()?, &found[1])?, found.get(0)?.range()))
}

fn iso(text: &str) -> Option<(String, Range<usize>)> {
    let found = ISO.as_ref()?.captures(text)?;
    Some((date(&found[1], found[2].parse().ok()?, &found[3])?, found.get(0)?.range()))
}

fn date(year: &str, month: usize, day: &str) -> Option<String> {
    let day: u8 = day.parse().ok()?;
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then(|| format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_forms_are_read() {
        let cases = [
            ("closes 3rd May 2027 at noon", "2027-05-03"),
            ("03/05/2027", "2027-05-03"),
            ("Monday, 3 Sept 2027", "2027-09-03"),
            ("2027-05-03", "2027-05-03"),
            ("3.5.27", "2027-05-03"),
        ];
        for (text, iso) in cases {
            assert_eq!(find(text).map(|(date, _)| date), Some(iso.to_owned()), "{text}");
        }
        for text in ["Thursday 5th February", "37.5 hours", "12 weeks 2026", "99/99/2026"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}

//! Words, dates and money as people write and read them.

use time::macros::format_description;
use time::{Date, Month};

/// The longest text that one field of a form may hold, in characters. A page of A4 is about 3,000.
pub const LONGEST_TEXT: usize = 20_000;
/// The longest one-line field, in characters.
pub const LONGEST_LINE: usize = 300;

/// What a person typed, tidied: line ends as `\n`, control characters out, spaces trimmed at every line's end.
pub fn tidy(typed: &str) -> String {
    let lines: Vec<String> = typed
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .split('\n')
        .map(|line| line.chars().filter(|c| !c.is_control() || *c == '\t').collect::<String>().trim_end().to_owned())
        .collect();
    lines.join("\n").trim().to_owned()
}

/// Marks of direction that reach beyond the words they stand in: embeddings, overrides and isolates.
const DIRECTIONS: [char; 9] =
    ['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'];

/// The text for a page: marks of direction in it, which stay as they were typed, turn round nothing that follows it.
pub fn isolated(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains(DIRECTIONS) {
        return text.into();
    }
    // What is opened and not closed ends with the isolate that it stands in; closing more than was opened must not end it.
    let mut open: usize = 0;
    let mut out = String::from('\u{2068}');
    for c in text.chars() {
        if c == '\u{2069}' {
            let Some(left) = open.checked_sub(1) else { continue };
            open = left;
        } else if ('\u{2066}'..='\u{2068}').contains(&c) {
            open += 1;
        }
        out.push(c);
    }
    out.extend(std::iter::repeat_n('\u{2069}', open + 1));
    out.into()
}

/// One line of text: any run of white space becomes one space.
pub fn one_line(typed: &str) -> String {
    tidy(typed).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An e-mail address in lower case, or none where it can't be one. Delivery is the only real test.
pub fn email(typed: &str) -> Option<String> {
    let address = typed.trim().to_lowercase();
    let (local, domain) = address.split_once('@')?;
    let fits = !local.is_empty()
        && address.len() <= 254
        && domain.split('.').count() >= 2
        && domain.split('.').all(|part| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-'))
        && !address.contains(char::is_whitespace)
        && !address.chars().any(|c| c.is_control() || "<>(),;:\\\"[]".contains(c))
        && address.matches('@').count() == 1;
    fits.then_some(address)
}

/// `28 January 2026`
pub fn long_date(date: Date) -> String {
    let shape = format_description!("[day padding:none] [month repr:long] [year]");
    date.format(&shape).unwrap_or_default()
}

/// `2026-01-28`, as date fields of forms hold it.
pub fn iso_date(date: Date) -> String {
    date.format(&format_description!("[year]-[month]-[day]")).unwrap_or_default()
}

/// Reads `2026-01-28`, `28 January 2026`, `28 Jan 2026` and `28/1/2026`.
pub fn parse_date(typed: &str) -> Option<Date> {
    let typed = typed.trim();
    [
        format_description!("[year]-[month]-[day]"),
        format_description!("[day padding:none] [month repr:long case_sensitive:false] [year]"),
        format_description!("[day padding:none] [month repr:short case_sensitive:false] [year]"),
        format_description!("[day padding:none]/[month padding:none]/[year]"),
    ]
    .into_iter()
    .find_map(|shape| Date::parse(typed, shape).ok())
    .filter(|date| (1990..=2100).contains(&date.year()))
}

/// The same day so many months later, or the last of that month.
pub fn months_after(date: Date, months: u32) -> Date {
    let month = date.month() as u32 - 1 + months;
    let year = date.year() + (month / 12) as i32;
    let month = Month::January.nth_next((month % 12) as u8);
    let day = date.day().min(month.length(year));
    Date::from_calendar_date(year, month, day).unwrap_or(date)
}

/// `2026-02-15T23:59:59+00:00`, with the offset that the instant is given in.
pub fn iso_moment(at: time::OffsetDateTime) -> String {
    let (date, time, offset) = (iso_date(at.date()), at.time(), at.offset());
    let (hours, minutes, _) = offset.as_hms();
    let sign = if offset.is_negative() { '-' } else { '+' };
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    format!("{date}T{hour:02}:{minute:02}:{second:02}{sign}{:02}:{:02}", hours.abs(), minutes.abs())
}

/// Text that can stand within HTML or XML, also between quotation marks.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// `4,302`
pub fn grouped(number: i64) -> String {
    let whole = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `£27,485`; pence are shown only where there are any.
pub fn pounds(pence: i64) -> String {
    let grouped = grouped(pence / 100);
    match pence % 100 {
        0 => format!("£{grouped}"),
        rest => format!("£{grouped}.{rest:02}"),
    }
}

/// As many whole words as fit into so many characters, with `…` where some are left out.
pub fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    // A word that ends right there is whole.
    let whole = if text[end..].starts_with(' ') { end } else { text[..end].rfind(' ').unwrap_or(end) };
    format!("{}…", text[..whole].trim_end_matches([' ', ',', ';', ':', '.', '–', '-']))
}

/// `JP-0042`
pub fn profile_reference(number: i32) -> String {
    format!("JP-{number:04}")
}

/// The number in `JP-0042`, any case.
pub fn parse_profile_reference(typed: &str) -> Option<i32> {
    let digits = typed.trim().to_uppercase();
    digits.strip_prefix("JP-")?.parse().ok().filter(|number| *number > 0)
}

/// `1 person`, `2 people`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_long_text_ends_with_a_whole_word() {
        assert_eq!(shortened("Some days at home", 30), "Some days at home");
        assert_eq!(shortened("Some days at home", 17), "Some days at home");
        assert_eq!(shortened("Some days, at home", 12), "Some days…");
        assert_eq!(shortened("Some days at home", 9), "Some days…");
        assert_eq!(shortened("Llanfairpwllgwyngyll", 5), "Llanf…");
        assert_eq!((grouped(7), grouped(4302), grouped(1_234_567)), ("7".into(), "4,302".into(), "1,234,567".into()));
    }

    #[test]
    fn months_end_where_months_end() {
        assert_eq!(months_after(date!(2026 - 01 - 31), 1), date!(2026 - 02 - 28));
        assert_eq!(months_after(date!(2026 - 11 - 22), 24), date!(2028 - 11 - 22));
        assert_eq!(months_after(date!(2024 - 02 - 29), 12), date!(2025 - 02 - 28));
        assert_eq!(months_after(date!(2026 - 12 - 01), 1), date!(2027 - 01 - 01));
    }

    #[test]
    fn marks_of_direction_reach_no_further_than_their_text() {
        assert_eq!(isolated("Leads."), "Leads.");
        assert_eq!(isolated("a \u{202e}b"), "\u{2068}a \u{202e}b\u{2069}");
        assert_eq!(isolated("\u{2067}a\u{2069}\u{2069} b"), "\u{2068}\u{2067}a\u{2069} b\u{2069}");
        assert_eq!(isolated("\u{2067}a"), "\u{2068}\u{2067}a\u{2069}\u{2069}");
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for typed in ["2026-01-28", "28 January 2026", "28 january 2026", "28 Jan 2026", "28/1/2026", "28/01/2026"] {
            assert_eq!(parse_date(typed), Some(date!(2026 - 01 - 28)), "{typed}");
        }
        assert_eq!(parse_date("31/02/2026"), None);
        assert_eq!(long_date(date!(2026 - 01 - 08)), "8 January 2026");
    }

    #[test]
    fn money_is_grouped() {
        assert_eq!(pounds(2_748_500), "£27,485");
        assert_eq!(pounds(99), "£0.99");
        assert_eq!(pounds(100_000_050), "£1,000,000.50");
    }

    #[test]
    fn addresses() {
        assert_eq!(email(" Ama@Example.ORG "), Some("ama@example.org".into()));
        for bad in ["", "a", "a@b", "a b@c.uk", "a@b@c.uk", "a@.uk", "<a@b.uk>"] {
            assert_eq!(email(bad), None, "{bad}");
        }
    }

    #[test]
    fn references_go_both_ways() {
        assert_eq!(parse_profile_reference(&profile_reference(42)), Some(42));
        assert_eq!(parse_profile_reference("jp-7"), Some(7));
        assert_eq!(parse_profile_reference("JP--7"), None);
    }
}

//! The dates of an advert for a calendar (RFC 5545).

use time::{Date, OffsetDateTime};

use crate::domain::text::iso_date;

/// One day to remember.
pub struct Entry<'a> {
    /// Tells the entry apart from others of the same advert.
    pub key: &'a str,
    pub day: Date,
    pub title: String,
}

/// The most bytes of a line, its end apart.
const LONGEST_LINE: usize = 75;

/// A calendar of whole days. `stamp` is when the advert changed last, so that a calendar that has an older one takes
/// the newer; `link` leads back to the advert.
pub fn calendar(id: &str, host: &str, link: &str, stamp: OffsetDateTime, entries: &[Entry<'_>]) -> String {
    let mut out = String::new();
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rolebook//Adverts//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        push(&mut out, line);
    }
    let (day, time) = (stamp.to_utc().date(), stamp.to_utc().time());
    let stamp = format!("{}T{:02}{:02}{:02}Z", compact(day), time.hour(), time.minute(), time.second());
    for entry in entries {
        push(&mut out, "BEGIN:VEVENT");
        push(&mut out, &format!("UID:advert-{id}-{}@{host}", entry.key));
        push(&mut out, &format!("DTSTAMP:{stamp}"));
        push(&mut out, &format!("DTSTART;VALUE=DATE:{}", compact(entry.day)));
        let after = entry.day.next_day().unwrap_or(entry.day);
        push(&mut out, &format!("DTEND;VALUE=DATE:{}", compact(after)));
        push(&mut out, &format!("SUMMARY:{}", escaped(&entry.title)));
        push(&mut out, &format!("URL:{link}"));
        push(&mut out, "TRANSP:TRANSPARENT");
        push(&mut out, "END:VEVENT");
    }
    push(&mut out, "END:VCALENDAR");
    out
}

fn compact(day: Date) -> String {
    iso_date(day).replace('-', "")
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\r', '\n'], " ")
}

/// A line that is too long goes on in the next one after a space, never within a character.
fn push(out: &mut String, line: &str) {
    let mut room = LONGEST_LINE;
    for character in line.chars() {
        if character.len_utf8() > room {
            out.push_str("\r\n ");
            room = LONGEST_LINE - 1;
        }
        out.push(character);
        room -= character.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_calendar_has_whole_days_and_short_lines() {
        let title = format!("Closing date: nurse, {}", "ä".repeat(60));
        let entries = [Entry { key: "closes", day: date!(2026 - 02 - 28), title }];
        let text =
            calendar("7", "jobs.example", "https://jobs.example/jobs/7", datetime!(2026-01-15 10:00 UTC), &entries);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        assert!(text.contains("DTSTART;VALUE=DATE:20260228\r\nDTEND;VALUE=DATE:20260301\r\n"));
        assert!(text.contains("SUMMARY:Closing date: nurse\\, ä"));
        assert!(text.contains("DTSTAMP:20260115T100000Z"));
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST_LINE));
    }
}

//! A job in a list: what makes somebody open it.

use time::Date;

use crate::clock::london_date;
use crate::db::JobRow;
use crate::domain::advert::{ContractKind, Flexible, days_left};
use crate::domain::text::long_date;
use crate::web::paths;

/// From this many days before its closing date on, an advert says so loudly.
const SOON: i64 = 3;

pub struct JobCard {
    pub href: String,
    pub title: String,
    /// Empty where it only repeats the title.
    pub headline: String,
    pub employer: String,
    pub place: String,
    pub pay: String,
    pub facts: String,
    /// `Job share, some days at home`; empty where nothing is offered.
    pub flexible: String,
    /// `2 miles away`; empty where the search names no place.
    pub distance: String,
    pub posted: String,
    pub internal: bool,
    pub closes: String,
    pub soon: bool,
}

impl JobCard {
    pub fn new(row: JobRow, today: Date) -> Self {
        let same = row.headline.eq_ignore_ascii_case(&row.title);
        let contract = row.contract.map_or("", ContractKind::label);
        let facts = [row.grade.as_str(), contract, &row.working_pattern];
        JobCard {
            href: paths::job(row.id),
            headline: if same { String::new() } else { row.headline },
            employer: row.employer,
            place: place(&row.locations),
            pay: row.salary,
            facts: facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · "),
            closes: format!("Closes {}, {}", long_date(row.closes_on), days_left(today, row.closes_on)),
            soon: is_soon(today, row.closes_on),
            flexible: flexible(&row.flexible, &row.working_pattern),
            distance: row.miles.map(distance).unwrap_or_default(),
            posted: format!("Posted {}", long_date(london_date(row.opened_at))),
            internal: row.internal,
            title: row.title,
        }
    }
}

pub fn is_soon(today: Date, closes_on: Date) -> bool {
    (closes_on - today).whole_days() <= SOON
}

/// `Job share, some days at home`; what the words of the working pattern say already is not said again.
fn flexible(options: &[Flexible], pattern: &str) -> String {
    let said = Flexible::read(pattern);
    let words: Vec<String> =
        options.iter().filter(|one| !said.contains(one)).map(|one| one.label().to_lowercase()).collect();
    let words = words.join(", ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `Less than 1 mile away`, `1 mile away`, `12 miles away`, from the middle of the place.
fn distance(miles: f64) -> String {
    match miles.round() as i64 {
        0 => "Less than 1 mile away".to_owned(),
        1 => "About 1 mile away".to_owned(),
        some => format!("About {some} miles away"),
    }
}

/// The first place, and how many more there are.
fn place(locations: &str) -> String {
    let mut places = locations.lines().filter(|line| !line.trim().is_empty());
    let first = places.next().unwrap_or_default();
    match places.count() {
        0 => first.to_owned(),
        1 => format!("{first}, and 1 more place"),
        more => format!("{first}, and {more} more places"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn places_are_named_and_counted() {
        assert_eq!(place("Millfield, HX7"), "Millfield, HX7");
        assert_eq!(place("Millfield, HX7\n\nWeaver Street, HX2\nCanal Works"), "Millfield, HX7, and 2 more places");
        assert_eq!(place(""), "");
    }

    #[test]
    fn flexible_working_is_said_once() {
        let options = [Flexible::JobShare, Flexible::Hybrid];
        assert_eq!(flexible(&options, "Full time"), "Job share, some days at home");
        assert_eq!(flexible(&options, "Full time or job share"), "Some days at home");
        assert_eq!(flexible(&options, "Job share, hybrid"), "");
    }

    #[test]
    fn the_last_three_days_are_loud() {
        let today = date!(2026 - 01 - 15);
        assert!(is_soon(today, date!(2026 - 01 - 18)));
        assert!(!is_soon(today, date!(2026 - 01 - 19)));
    }
}

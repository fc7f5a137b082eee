//! What approving a version would do beyond its words, in one short block: grade, pay, clauses, adverts, other posts.
//! Where nothing is affected, nothing is shown.

use time::Date;

use super::changes::Changes;
use crate::db::{ReachedAdvert, ReachedProfile, Version};
use crate::domain::impact::{Shift, shift};
use crate::domain::pay::{Day, printed};
use crate::domain::text::{count, long_date, profile_reference};
use crate::web::paths;

/// Profiles that are named; of more the rest is counted.
const NAMED: usize = 5;

#[derive(Debug, Default)]
pub struct Impact {
    pub rows: Vec<Row>,
}

/// One thing that is affected, with a line for each way in which it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    pub label: &'static str,
    pub lines: Vec<Line>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// Where it leads; empty where nowhere.
    pub href: String,
}

impl Line {
    fn plain(text: impl Into<String>) -> Self {
        Line { text: text.into(), href: String::new() }
    }
}

impl Impact {
    /// Against what it is compared with; a first version changes no grade, no pay and no clause of anybody's.
    pub fn of(
        version: &Version,
        other: Option<&Version>,
        changes: Option<&Changes>,
        (paths, today): (paths::Employer<'_>, Date),
    ) -> Impact {
        let grade = other.and_then(|other| shift(&other.grade, &version.grade));
        let pay = other.and_then(|other| shift(&pay(other, today), &pay(version, today)));
        let clauses = changes.map(|changes| changes.clauses.clone()).unwrap_or_default();
        let open = version.reach.adverts.iter().filter(|advert| is_open(advert, today));
        let adverts = open.map(|advert| Line { text: said(advert), href: paths.advert(advert.id) }).collect();
        let rows = [
            Row { label: "Grade", lines: grade.iter().map(from_to).collect() },
            Row { label: "Pay", lines: pay.iter().map(from_to).collect() },
            Row { label: "Standard clauses", lines: clauses.into_iter().map(Line::plain).collect() },
            Row { label: "Adverts", lines: adverts },
            Row { label: "Posts", lines: posts(version, other).into_iter().collect() },
            Row { label: "Report to this post", lines: profiles(&version.reach.reports, paths) },
            Row { label: "Have the same title", lines: profiles(&version.reach.same, paths) },
        ];
        Impact { rows: rows.into_iter().filter(|row| !row.lines.is_empty()).collect() }
    }
}

/// Both sides as of today, so that an award of the meantime is no effect of this change.
fn pay(version: &Version, today: Date) -> String {
    printed(&version.details.salary_text, version.salary_on(Day::of(today)).as_ref())
}

fn from_to(shift: &Shift) -> Line {
    Line::plain(format!("{} (until now {})", shift.to, shift.from))
}

fn is_open(advert: &ReachedAdvert, today: Date) -> bool {
    !advert.is_published || advert.closes_on.is_some_and(|day| day >= today)
}

fn said(advert: &ReachedAdvert) -> String {
    let title = if advert.title.is_empty() { "Untitled" } else { &advert.title };
    match (advert.is_published, advert.closes_on) {
        (true, Some(day)) => format!("“{title}” is published until {}, with the text in force", long_date(day)),
        (true, None) => format!("“{title}” is published, with the text in force"),
        (false, _) => format!("“{title}” is being written, from an earlier version"),
    }
}

/// The people in these posts have another job description from then on.
fn posts(version: &Version, other: Option<&Version>) -> Option<Line> {
    let numbers = &version.profile.post_numbers;
    (other.is_some() && !numbers.is_empty()).then(|| Line::plain(format!("It holds for {numbers}")))
}

fn profiles(all: &[ReachedProfile], paths: paths::Employer<'_>) -> Vec<Line> {
    let named = all.iter().take(NAMED).map(|one| {
        let grade = if one.grade.is_empty() { String::new() } else { format!(", {}", one.grade) };
        let text = format!("{} {}{grade}", profile_reference(one.number), one.title);
        Line { text, href: paths.profile(one.number).page() }
    });
    let more = all.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| Line::plain(format!("and {}", count(more, "more", "more"))));
    named.chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn closed_adverts_are_not_affected_and_many_profiles_are_counted() {
        let advert = |is_published, closes_on| ReachedAdvert {
            id: crate::domain::ids::AdvertId(1),
            title: "Nurse".into(),
            is_published,
            closes_on,
        };
        let today = date!(2026 - 11 - 22);
        assert!(is_open(&advert(true, Some(today)), today) && is_open(&advert(false, None), today));
        assert!(!is_open(&advert(true, Some(date!(2026 - 11 - 21))), today));
        let one = |number| ReachedProfile { number, title: "Porter".into(), grade: "Band 2".into() };
        let lines = profiles(&(1..=7).map(one).collect::<Vec<_>>(), paths::Employer("trust"));
        assert_eq!(lines.len(), NAMED + 1);
        assert_eq!(lines[0].text, "JP-0001 Porter, Band 2");
        assert_eq!(lines[NAMED], Line::plain("and 2 more"));
    }
}

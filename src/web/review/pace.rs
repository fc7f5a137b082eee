//! How long deciding takes, as the board tells it: of each group, each kind of step and each person, drawn and in words.

use time::Date;

use crate::clock::london_date;
use crate::db::{InReview, Pace, TaskKind};
use crate::domain::ids::MembershipId;
use crate::domain::pace::{self, Takers, of_each};
use crate::domain::text::count;
use crate::domain::working_days::BankHolidays;
use crate::web::paths;

/// One way to look at it.
pub struct Table {
    pub caption: &'static str,
    /// What its first column holds.
    pub what: &'static str,
    pub rows: Vec<Row>,
}

pub struct Row {
    pub name: String,
    pub href: Option<String>,
    pub decided: usize,
    pub median: String,
    /// Of the bar, out of 100.
    pub width: u32,
    pub waiting: usize,
    pub oldest: String,
}

/// By whose calendar, up to which day.
type Until<'a> = (&'a BankHolidays, Date);
type Each<K> = Vec<(K, pace::Pace)>;

/// Nothing where nothing was decided and nothing waits.
pub fn tables(all: &[InReview], pace: &Pace, until: Until<'_>, paths: paths::Employer<'_>) -> Vec<Table> {
    let people = each(all, pace, until, |one| one.who, |one| one.assigned_to);
    let person = |who: MembershipId| {
        (name_of(who, all, pace).unwrap_or_default(), Some(paths.reviews_shown(None, None, Some(who))))
    };
    let steps = each(all, pace, until, |one| Some(one.kind), |one| one.takers.map(|_| one.kind));
    let tables = [
        Table {
            caption: "Each group that is asked",
            what: "Who is asked",
            rows: rows(groups(all, pace, until), |group| (group.label().to_owned(), None)),
        },
        Table { caption: "Each kind of step", what: "What is asked", rows: rows(steps, |kind| (asks(kind), None)) },
        Table { caption: "Each person", what: "Who decides", rows: rows(people, person) },
    ];
    // Where everything is of one kind, the first table has said it.
    let says_more = |table: &Table| table.rows.len() > usize::from(table.what == "What is asked");
    tables.into_iter().filter(says_more).collect()
}

/// Where reviews are held up, in a sentence; nothing where nothing was decided yet.
pub fn slowest(all: &[InReview], pace: &Pace, until: Until<'_>) -> String {
    let groups = groups(all, pace, until);
    match pace::slowest(&groups) {
        Some((group, days)) if groups.iter().filter(|(_, pace)| pace.median().is_some()).count() > 1 => format!(
            "Slowest: {}. Half of what was asked of them took {} or more.",
            lower(group.label()),
            count(days as usize, "working day", "working days")
        ),
        Some((group, days)) => format!(
            "{}: half of what was asked of them was decided within {}.",
            group.label(),
            count(days as usize, "working day", "working days")
        ),
        None if groups.iter().all(|(_, pace)| pace.median().is_none()) => String::new(),
        None => "What was decided was decided on the day on which it was asked.".to_owned(),
    }
}

fn groups(all: &[InReview], pace: &Pace, until: Until<'_>) -> Each<Takers> {
    each(all, pace, until, |one| Some(one.takers), |one| one.takers)
}

fn each<K: Ord + Copy>(
    all: &[InReview],
    pace: &Pace,
    (holidays, today): Until<'_>,
    of_decided: impl Fn(&crate::db::Decided) -> Option<K>,
    of_waiting: impl Fn(&InReview) -> Option<K>,
) -> Each<K> {
    let days = |from, to| holidays.between(london_date(from), to);
    let decided = pace.decided.iter();
    let decided = decided.filter_map(|one| Some((of_decided(one)?, days(one.given_at, london_date(one.decided_at)))));
    let waiting = all.iter().filter_map(|one| Some((of_waiting(one)?, days(one.since, today))));
    of_each(decided, waiting)
}

/// The rows of a table, its bars beside each other.
fn rows<K: Copy>(each: Each<K>, named: impl Fn(K) -> (String, Option<String>)) -> Vec<Row> {
    let longest = each.iter().filter_map(|(_, pace)| pace.median()).max().unwrap_or(0).max(1);
    let in_words = |days: Option<u32>| days.map_or_else(|| "–".to_owned(), |days| count(days as usize, "day", "days"));
    let row = |(which, pace): (K, pace::Pace)| {
        let (name, href) = named(which);
        Row {
            name,
            href,
            decided: pace.decided.len(),
            median: in_words(pace.median()),
            width: pace.median().unwrap_or(0) * 100 / longest,
            waiting: pace.waiting.len(),
            oldest: in_words(pace.oldest()),
        }
    };
    each.into_iter().map(row).collect()
}

fn asks(kind: TaskKind) -> String {
    match kind {
        TaskKind::Approve => "Approve",
        TaskKind::Review => "Review and comment",
        TaskKind::Evaluate => "Evaluate the job",
        TaskKind::Agree => "Agree",
        TaskKind::Acknowledge => "Read and acknowledge",
        TaskKind::ReviewEmergencyIssue | TaskKind::ConfirmAdvert => kind.label(),
    }
    .to_owned()
}

/// Somebody who decides or decided, by name.
pub fn name_of(who: MembershipId, all: &[InReview], pace: &Pace) -> Option<String> {
    let waiting = all.iter().find(|one| one.assigned_to == Some(who)).map(|one| one.assignee.clone());
    waiting.or_else(|| pace.decided.iter().find(|one| one.who == Some(who)).map(|one| one.name.clone()))
}

/// `hiring managers`; `HR authors` keep their capitals.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}

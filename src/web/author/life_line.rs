//! The life-line of a profile: what happened to each version, who did it and when, and what is still ahead.

use time::OffsetDateTime;

use crate::clock::{london_date, london_time};
use crate::db::{Happened, Station, Version};
use crate::domain::advert::Standing;
use crate::domain::text::long_date;
use crate::domain::version::State;
use crate::domain::working_days::Due;
use crate::reference::bank_holidays;
use crate::web::paths;

/// A station of the life-line.
pub struct Moment {
    /// The station's name: `Issued`, `Advert 12: open`.
    pub word: String,
    /// `Issued by Rhys Morgan`
    pub text: String,
    pub day: String,
    pub when: String,
    pub who: String,
    /// A note or a reason, in the person's own words.
    pub remark: String,
    pub href: Option<String>,
    pub is_ahead: bool,
    /// It ended the version's time, or never let it come.
    pub is_end: bool,
}

pub fn when(at: OffsetDateTime) -> String {
    format!("{}, {}", long_date(london_date(at)), london_time(at))
}

/// The stations of one version among those of several.
pub fn moments(happened: &[Happened], version: i32, paths: paths::Employer<'_>) -> Vec<Moment> {
    happened.iter().filter(|one| one.version == version).map(|one| moment(one, paths)).collect()
}

/// What the state itself adds: what is awaited.
pub fn ahead(version: &Version, today: time::Date) -> Option<Moment> {
    match &version.state {
        State::InReview { .. } => version.open_task.as_ref().map(|task| {
            let since = long_date(london_date(task.created_at));
            let due = Due::on(task.due_on, today, bank_holidays::of(task.nation)).text;
            let due = if due.is_empty() { due } else { format!(", {due}") };
            let whose = task.instead_of.as_ref().map_or_else(String::new, |name| format!(" in place of {name}"));
            to_come(
                "To be decided",
                format!("Waiting for {} to decide{whose}", task.everybody),
                format!("since {since}{due}"),
                &task.everybody,
            )
        }),
        State::Approved { scheduled: Some(scheduled), .. } => {
            let on = format!("on {}", long_date(scheduled.on));
            Some(to_come("To be issued", "Issues itself".to_owned(), on, ""))
        }
        State::Approved { scheduled: None, .. } => {
            Some(to_come("To be issued", "To be issued".to_owned(), String::new(), ""))
        }
        State::Draft
        | State::ChangesRequested { .. }
        | State::Issued(_)
        | State::Superseded { .. }
        | State::Withdrawn { .. }
        | State::Discarded { .. } => None,
    }
}

fn to_come(word: &str, text: String, when: String, who: &str) -> Moment {
    Moment {
        word: word.to_owned(),
        text,
        day: when.clone(),
        when,
        who: who.to_owned(),
        remark: String::new(),
        href: None,
        is_ahead: true,
        is_end: false,
    }
}

fn moment(one: &Happened, paths: paths::Employer<'_>) -> Moment {
    let who = one.who.clone().unwrap_or_default();
    let word = word(one);
    let said = match one.station {
        Station::Started => "Started",
        Station::Advertised
        | Station::Sent
        | Station::ChangesRequested
        | Station::Approved
        | Station::Graded
        | Station::Issued
        | Station::EmergencyIssued
        | Station::Superseded
        | Station::Withdrawn
        | Station::Discarded => word.as_str(),
    };
    let text = if who.is_empty() { said.to_owned() } else { format!("{said} by {who}") };
    let day = long_date(london_date(one.at));
    Moment {
        text,
        day,
        when: when(one.at),
        remark: remark(one),
        href: one.advert.as_ref().map(|advert| paths.advert(advert.id)),
        is_ahead: false,
        is_end: matches!(one.station, Station::Superseded | Station::Withdrawn | Station::Discarded),
        word,
        who,
    }
}

fn word(one: &Happened) -> String {
    match &one.advert {
        None => one.station.label().to_owned(),
        Some(advert) => format!("Advert {}: {}", advert.number, advert.standing.label().to_lowercase()),
    }
}

fn remark(one: &Happened) -> String {
    let closes = one.advert.as_ref().and_then(|advert| Some((advert.standing, advert.closes_on?)));
    match (one.station, one.effective_from, closes) {
        (Station::Issued, Some(day), _) => format!("In force from {}", long_date(day)),
        (Station::EmergencyIssued, _, _) => format!("Without approval: {}", one.remark),
        (Station::Graded, Some(day), _) => format!("{}, {}", one.remark, long_date(day)),
        (_, _, Some((Standing::Closed, day))) => format!("Closed {}", long_date(day)),
        (_, _, Some((Standing::Open | Standing::Scheduled, day))) => format!("Closes {}", long_date(day)),
        (_, _, Some((Standing::Draft | Standing::Ready | Standing::Withdrawn, _)) | None) => one.remark.clone(),
    }
}

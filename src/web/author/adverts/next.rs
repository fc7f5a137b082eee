//! Where an advert stands and what comes next, for the person who looks at it.

use time::OffsetDateTime;

use crate::clock::{end_of_day, london_date, london_time};
use crate::db::Advert;
use crate::domain::advert::{Audience, FieldProblem, Standing};
use crate::domain::ids::MembershipId;
use crate::domain::text::long_date;
use crate::policy::{Action, Actor, Place, allows};

/// What the page offers first.
pub enum Next {
    /// Something is missing: field and sentence.
    Write(Vec<FieldProblem>),
    /// The text is whole: this hiring manager can be asked.
    Ask {
        manager: String,
    },
    /// Asked and not decided; `mine` where the reader is the one who was asked.
    Wait {
        manager: String,
        since: String,
        mine: bool,
    },
    Publish {
        manager: String,
        when: String,
    },
    Scheduled {
        opens: String,
        closes: String,
    },
    Open {
        closes: String,
    },
    Closed {
        closed: String,
    },
    Withdrawn {
        by: String,
        on: String,
        reason: String,
    },
}

/// What this person may do to it now.
pub struct May {
    pub edit: bool,
    pub publish: bool,
    pub withdraw: bool,
    pub correct: bool,
    pub close: bool,
    pub unschedule: bool,
    pub copy: bool,
}

pub fn next(advert: &Advert, me: MembershipId, now: OffsetDateTime) -> Next {
    let day = |at: OffsetDateTime| long_date(london_date(at));
    let last_day = || advert.text().closes_on.map(long_date).unwrap_or_default();
    match advert.standing(now) {
        Standing::Draft => match &advert.asked {
            Some(asked) => {
                let (manager, mine) = (asked.assignee.clone(), asked.assigned_to == me);
                Next::Wait { manager, since: day(asked.at), mine }
            }
            None => {
                let problems = advert.problems(advert.text(), &advert.writers, london_date(now));
                match problems.is_empty() {
                    true => Next::Ask { manager: advert.manager.clone().unwrap_or_default() },
                    false => Next::Write(problems),
                }
            }
        },
        Standing::Ready => Next::Publish {
            manager: advert.history.confirmed.as_ref().map(|(name, _)| name.clone()).unwrap_or_default(),
            when: when_published(advert, now),
        },
        Standing::Scheduled => Next::Scheduled {
            opens: advert.window.map(|(opens, _)| day(opens)).unwrap_or_default(),
            closes: last_day(),
        },
        Standing::Open => Next::Open { closes: last_day() },
        Standing::Closed => Next::Closed { closed: closed(advert) },
        Standing::Withdrawn => {
            let (by, at, reason) =
                advert.history.withdrawn.clone().unwrap_or_else(|| (String::new(), now, String::new()));
            Next::Withdrawn { by, on: day(at), reason }
        }
    }
}

/// `at the end of 20 December 2026`, or the moment where that was earlier.
fn closed(advert: &Advert) -> String {
    match (advert.window, advert.text().closes_on) {
        (Some((_, at)), Some(day)) if at < end_of_day(day) => {
            format!("early, on {} at {}", long_date(day), london_time(at))
        }
        (_, Some(day)) => format!("at the end of {}", long_date(day)),
        (_, None) => "on its last day".to_owned(),
    }
}

/// Who can read it, where that is not everybody.
pub fn readers(advert: &Advert, now: OffsetDateTime) -> Option<String> {
    let offer = &advert.text().offer;
    if offer.audience == Audience::Internal {
        return Some("For own staff only: nobody outside can read it.".to_owned());
    }
    let over = match advert.standing(now) {
        Standing::Closed | Standing::Withdrawn => true,
        Standing::Draft | Standing::Ready | Standing::Scheduled | Standing::Open => false,
    };
    let until = offer.redeployment_until.filter(|day| !over && *day >= london_date(now))?;
    Some(format!("Kept for redeployment: until the end of {} for own staff, then for everybody.", long_date(until)))
}

fn when_published(advert: &Advert, now: OffsetDateTime) -> String {
    let text = advert.text();
    let opens = match text.opens_on {
        Some(day) if day > london_date(now) => format!("It opens at the start of {}", long_date(day)),
        Some(_) | None => "It opens at once".to_owned(),
    };
    match text.closes_on {
        Some(day) => format!("{opens} and closes at the end of {}, London time.", long_date(day)),
        None => format!("{opens}."),
    }
}

pub fn may(advert: &Advert, actor: &Actor, standing: Standing) -> May {
    let place = Place { employer: Some(advert.employer), unit: Some(advert.version.unit), person: None };
    let in_work = match standing {
        Standing::Draft | Standing::Ready => true,
        Standing::Scheduled | Standing::Open | Standing::Closed | Standing::Withdrawn => false,
    };
    May {
        edit: in_work && allows(Action::EditAdvert, actor, place),
        publish: standing == Standing::Ready && allows(Action::PublishAdvert, actor, place),
        withdraw: standing != Standing::Withdrawn && allows(Action::WithdrawAdvert, actor, place),
        correct: matches!(standing, Standing::Scheduled | Standing::Open)
            && allows(Action::CorrectAdvert, actor, place),
        close: standing == Standing::Open
            && advert.text().offer.may_close_early
            && allows(Action::CloseAdvertEarly, actor, place),
        unschedule: standing == Standing::Scheduled && allows(Action::UnscheduleAdvert, actor, place),
        copy: !in_work && advert.version.issued.is_some() && allows(Action::CreateAdvert, actor, place),
    }
}

/// What happened, the latest first: sentence and moment.
pub fn story(advert: &Advert, now: OffsetDateTime) -> Vec<(String, String)> {
    let history = &advert.history;
    let moment = |at: OffsetDateTime| format!("{}, {}", long_date(london_date(at)), london_time(at));
    let mut story = vec![(format!("Made by {}", history.writer), history.created_at)];
    if let Some((by, at, _)) = &history.returned {
        story.push((format!("Returned by {by} with a remark"), *at));
    }
    if let Some(asked) = &advert.asked {
        story.push((format!("{} asked to confirm the text", asked.assignee), asked.at));
    }
    story.extend(history.confirmed.iter().map(|(by, at)| (format!("Text confirmed by {by}"), *at)));
    story.extend(history.published.iter().map(|(by, at)| (format!("Published by {by}"), *at)));
    let (opened, closed) = match advert.window {
        Some((opens, closes)) => (Some(opens), Some(closes)),
        None => (None, None),
    };
    let changes = history.changes.iter();
    story.extend(changes.map(|one| (format!("{} by {}: {}", one.kind.label(), one.by, one.what), one.at)));
    let over = history.withdrawn.as_ref().map_or(now, |(_, at, _)| now.min(*at));
    story.extend(opened.filter(|at| *at <= over).map(|at| ("Opened".to_owned(), at)));
    story.extend(closed.filter(|at| *at <= over).map(|at| ("Closed".to_owned(), at)));
    story.extend(history.withdrawn.iter().map(|(by, at, reason)| (format!("Withdrawn by {by}: {reason}"), *at)));
    story.sort_by_key(|(_, at)| *at);
    story.into_iter().rev().map(|(what, at)| (what, moment(at))).collect()
}

//! Everything that happens, in the order in which it happened, so that the record reads as a record does.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::adverts::Advert;
use super::calendar::Calendar;
use super::data::Edition;
use super::story::Story;
use crate::domain::advert::AdvertState;

/// What happens to a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Create,
    Submit,
    RequestChanges,
    Approve,
    RecordGradeBasis,
    Issue,
    Withdraw,
    Discard,
}

/// What happens to an advert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdvertEvent {
    Write,
    Ask,
    Confirm,
    Publish,
    Withdraw,
}

#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    Version { profile: &'a str, edition: usize, event: Event },
    Advert { number: usize, event: AdvertEvent },
    Remark { number: usize },
}

#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    pub at: OffsetDateTime,
    pub what: What<'a>,
}

/// Every step of every profile and advert, oldest first.
pub fn steps<'a>(stories: &BTreeMap<&'a str, Story<'a>>, adverts: &[Advert<'_>], days: &Calendar) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for (index, (profile, story)) in stories.iter().enumerate() {
        // People do not all press their buttons at the same minute.
        let minutes = (index * 11 % 50) as i64;
        for (edition, written) in story.written.history.iter().enumerate() {
            steps.extend(version_events(written, edition).into_iter().map(|(days_ago, hour, event)| Step {
                at: days.at(days_ago, hour * 60 + minutes),
                what: What::Version { profile, edition, event },
            }));
        }
    }
    for (number, advert) in adverts.iter().enumerate() {
        steps.extend(advert_events(advert).into_iter().map(|(days_ago, hour, event)| Step {
            at: days.at(days_ago, hour * 60 + (number * 13 % 50) as i64),
            what: What::Advert { number, event },
        }));
    }
    steps.sort_by_key(|step| step.at);
    steps
}

/// Days ago, hour of the day and event.
fn version_events(edition: &Edition, number: usize) -> Vec<(i64, i64, Event)> {
    let ago = &edition.days_ago;
    // A new post has no basis of its grade before it is agreed; later versions carry theirs over.
    let basis = if number == 0 { ago.approved } else { None };
    [
        (Some(ago.created), 9, Event::Create),
        (ago.submitted, 11, Event::Submit),
        (ago.changes_requested, 14, Event::RequestChanges),
        (ago.approved, 14, Event::Approve),
        (basis, 15, Event::RecordGradeBasis),
        (ago.issued, 16, Event::Issue),
        (ago.withdrawn, 10, Event::Withdraw),
        (ago.discarded, 10, Event::Discard),
    ]
    .into_iter()
    .filter_map(|(days_ago, hour, event)| Some((days_ago?, hour, event)))
    .collect()
}

fn advert_events(advert: &Advert<'_>) -> Vec<(i64, i64, AdvertEvent)> {
    let written = advert.written;
    // The day before it opens, or yesterday where that is still to come.
    let published = 1 - written.opens_days.min(0);
    let write = (published + 7, 10, AdvertEvent::Write);
    let ask = (published + 7, 12, AdvertEvent::Ask);
    let confirm = (published + 3, 13, AdvertEvent::Confirm);
    let publish = (published, 15, AdvertEvent::Publish);
    match written.state {
        AdvertState::Draft => vec![write, ask],
        AdvertState::Ready => vec![write, ask, confirm],
        AdvertState::Published => vec![write, ask, confirm, publish],
        AdvertState::Withdrawn => {
            let withdrawn = written.withdrawn_days.map(|days| (-days, 12, AdvertEvent::Withdraw));
            [write, ask, confirm, publish].into_iter().chain(withdrawn).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::employers::Office;
    use crate::demo::{data, story};
    use crate::domain::ids::EmployerId;
    use time::macros::{date, datetime};

    #[test]
    fn whatever_the_weekday_everything_happened_in_order_and_before_today() {
        let office = |employer: data::Employer| {
            let id = EmployerId(1);
            let (units, grades, staff) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
            (employer.key, Office { id, units, grades, staff, clauses: BTreeMap::new() })
        };
        let offices = data::employers().unwrap().into_iter().map(office).collect();
        let (profiles, written) = (data::profiles().unwrap(), data::adverts().unwrap());
        for day in 0..7 {
            let today = date!(2026 - 11 - 16) + time::Duration::days(day);
            let days = Calendar::until(today);
            let stories = story::stories(&profiles, &offices, &days).unwrap();
            let adverts = crate::demo::adverts::adverts(&written, &stories).unwrap();
            let steps = steps(&stories, &adverts, &days);
            assert!(steps[0].at > days.beginning() && steps[steps.len() - 1].at < today.midnight().assume_utc());
            for (key, story) in &stories {
                let told = steps.iter().filter_map(|step| match step.what {
                    What::Version { profile, edition, event } if profile == *key => Some((edition, event)),
                    What::Version { .. } | What::Advert { .. } | What::Remark { .. } => None,
                });
                let history = story.written.history.iter().enumerate();
                let written = history
                    .flat_map(|(n, edition)| version_events(edition, n).into_iter().map(move |(.., event)| (n, event)));
                assert_eq!(told.collect::<Vec<_>>(), written.collect::<Vec<_>>(), "{key} on {today}");
            }
        }
        assert_eq!(Calendar::until(date!(2026 - 11 - 16)).beginning(), datetime!(2024-11-06 8:00 UTC));
    }
}

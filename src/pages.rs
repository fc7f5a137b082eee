//! Finished pages of adverts as everybody gets them, so that a crowd at one advert costs the database nothing; and the
//! choices that every search offers.
//!
//! Nothing that is out of date is given: while a job hears the database's news, every change of an advert empties this,
//! and so does the next instant at which one opens or closes, and midnight. Without that job nothing is kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use time::OffsetDateTime;

use crate::db::JobChoices;
use crate::domain::ids::AdvertId;

/// The most that is held, in bytes: pages with their marks and keys. One half is what was asked for lately; the other
/// goes when that is full.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;
/// What a page takes beside its bytes.
const BESIDE: usize = 200;

/// Shared by all requests of a server.
#[derive(Debug, Clone, Default)]
pub struct Pages(Arc<Mutex<Held>>);

/// An advert's page, squeezed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub advert: AdvertId,
    pub squeezed: bool,
}

/// A page's bytes with the mark that browsers keep them by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    pub body: Bytes,
    pub mark: String,
    pub squeezed: bool,
}

/// Taken before a page is made: what changes in the meantime makes it void.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(u64);

#[derive(Debug, Default)]
struct Held {
    /// Until when what is held is right; none while nobody listens for changes.
    until: Option<OffsetDateTime>,
    generation: u64,
    young: HashMap<Key, Finished>,
    young_bytes: usize,
    old: HashMap<Key, Finished>,
    choices: Option<Arc<JobChoices>>,
}

impl Pages {
    pub fn get(&self, key: Key, now: OffsetDateTime) -> Option<Finished> {
        let mut held = self.held();
        held.until.filter(|until| now < *until)?;
        if let Some(page) = held.young.get(&key) {
            return Some(page.clone());
        }
        let page = held.old.remove(&key)?;
        held.add(key, page.clone());
        Some(page)
    }

    /// For a page that is about to be read from the database; none where it could not be kept.
    pub fn ticket(&self, now: OffsetDateTime) -> Option<Ticket> {
        let held = self.held();
        held.until.filter(|until| now < *until).map(|_| Ticket(held.generation))
    }

    /// Keeps a page, unless anything changed since its ticket.
    pub fn put(&self, ticket: Ticket, key: Key, page: Finished) {
        let mut held = self.held();
        if held.generation == ticket.0 && held.until.is_some() {
            held.add(key, page);
        }
    }

    /// What a search can be narrowed by.
    pub fn choices(&self, now: OffsetDateTime) -> Option<Arc<JobChoices>> {
        let held = self.held();
        held.choices.clone().filter(|_| held.until.is_some_and(|until| now < until))
    }

    /// Keeps the choices, unless anything changed since the ticket.
    pub fn put_choices(&self, ticket: Ticket, choices: Arc<JobChoices>) {
        let mut held = self.held();
        if held.generation == ticket.0 && held.until.is_some() {
            held.choices = Some(choices);
        }
    }

    /// Something changed: everything goes.
    pub fn clear(&self) {
        self.held().clear();
    }

    /// Somebody listens from now on: what is read is right until then.
    pub fn open(&self, until: OffsetDateTime, now: OffsetDateTime) {
        let mut held = self.held();
        if held.until.is_none_or(|before| before <= now) {
            held.clear();
        }
        held.until = Some(until);
    }

    /// Nobody listens any more.
    pub fn close(&self) {
        let mut held = self.held();
        held.clear();
        held.until = None;
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn add(&mut self, key: Key, page: Finished) {
        let bytes = page.body.len() + page.mark.len() + BESIDE;
        if self.young_bytes + bytes > MOST_BYTES / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        if self.young.insert(key, page).is_none() {
            self.young_bytes += bytes;
        }
    }

    fn clear(&mut self) {
        self.generation += 1;
        self.young.clear();
        self.old.clear();
        self.young_bytes = 0;
        self.choices = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-01-15 10:00 UTC);
    const SOON: OffsetDateTime = datetime!(2026-01-16 0:00 UTC);

    fn key(number: i64) -> Key {
        Key { advert: AdvertId(number), squeezed: false }
    }

    fn page(bytes: usize) -> Finished {
        Finished { body: vec![b'x'; bytes].into(), mark: "m".into(), squeezed: false }
    }

    #[test]
    fn nothing_is_kept_that_may_be_out_of_date() {
        let pages = Pages::default();
        assert_eq!(pages.ticket(NOW), None, "nobody listens");
        pages.open(SOON, NOW);
        let ticket = pages.ticket(NOW).unwrap();
        pages.put(ticket, key(1), page(9));
        assert!(pages.get(key(1), NOW).is_some());
        assert_eq!(pages.get(key(1), SOON), None, "an advert closes");
        pages.clear();
        assert_eq!(pages.get(key(1), NOW), None);
        pages.put(ticket, key(1), page(9));
        assert_eq!(pages.get(key(1), NOW), None, "read before the change");
        pages.put(pages.ticket(NOW).unwrap(), key(1), page(9));
        pages.put_choices(pages.ticket(NOW).unwrap(), Arc::default());
        assert!(pages.choices(NOW).is_some() && pages.choices(SOON).is_none());
        pages.close();
        assert_eq!((pages.get(key(1), NOW), pages.ticket(NOW)), (None, None));
        assert!(pages.choices(NOW).is_none());
    }

    #[test]
    fn what_is_asked_for_stays_and_the_whole_is_limited() {
        let pages = Pages::default();
        pages.open(SOON, NOW);
        for number in 0..200 {
            pages.put(pages.ticket(NOW).unwrap(), key(number), page(1_000_000));
            assert!(pages.get(key(0), NOW).is_some(), "asked for all the time: {number}");
            let held = pages.held();
            let bytes: usize = held.young.values().chain(held.old.values()).map(|page| page.body.len()).sum();
            assert!(bytes <= MOST_BYTES, "{bytes}");
        }
        assert_eq!(pages.get(key(5), NOW), None);
    }
}

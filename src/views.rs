//! Counts how often adverts are looked at: by London day and the kind of place that readers came from. No cookie, no
//! address, no person. The counts wait here for a moment, so that reading costs the database nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use time::Date;

use crate::domain::advert::Source;
use crate::domain::ids::AdvertId;

/// More kinds of views than this are not held back at once: the rest of the round is not counted.
const MOST_HELD: usize = 50_000;

/// The views since they were last written down. What is held when the program dies is lost: a few seconds' worth.
#[derive(Debug, Clone, Default)]
pub struct Views(Arc<Mutex<HashMap<View, i32>>>);

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct View {
    pub advert: AdvertId,
    pub day: Date,
    pub source: Source,
}

impl Views {
    pub fn count(&self, view: View) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() < MOST_HELD || held.contains_key(&view) {
            *held.entry(view).or_insert(0) += 1;
        }
    }

    /// Everything that waits, to be written down.
    pub fn take(&self) -> Vec<(View, i32)> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *held).into_iter().collect()
    }

    /// Gives back what could not be written down.
    pub fn put_back(&self, views: Vec<(View, i32)>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (view, number) in views {
            *held.entry(view).or_insert(0) += number;
        }
    }
}

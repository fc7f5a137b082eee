//! The only reader of the time. Everything else is given an instant or a date.

use std::sync::{Arc, Mutex, PoisonError};

use time::{Date, OffsetDateTime};

pub use crate::domain::london::{
    end_of_day, london_date, london_hour, london_moment, london_offset, london_time, start_of_day,
};

/// The system's clock, or one that stands until a test moves it.
#[derive(Debug, Clone)]
pub enum Clock {
    System,
    Fixed(Arc<Mutex<OffsetDateTime>>),
}

impl Clock {
    pub fn fixed(at: OffsetDateTime) -> Self {
        Clock::Fixed(Arc::new(Mutex::new(at)))
    }

    pub fn now(&self) -> OffsetDateTime {
        match self {
            #[allow(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
            Clock::System => OffsetDateTime::now_utc(),
            Clock::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// The date in London.
    pub fn today(&self) -> Date {
        london_date(self.now())
    }

    /// Moves a fixed clock; the system's clock is not ours to move.
    pub fn advance(&self, by: time::Duration) {
        match self {
            Clock::System => {}
            Clock::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner) += by,
        }
    }
}

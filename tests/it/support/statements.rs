//! Counting what a request asks of the database.

use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::{Dispatch, Event, Subscriber};
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// The statements of one request, in order, by their first words; the marks of the transaction apart.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// A subscriber that counts here what runs under it, and shows warnings as tests show output.
    pub fn subscriber(&self) -> Dispatch {
        let counting = Counting(self.clone()).with_filter(filter_fn(|about| about.target() == "sqlx::query"));
        let warnings = tracing_subscriber::fmt::layer().with_test_writer().with_filter(LevelFilter::WARN);
        Dispatch::new(tracing_subscriber::registry().with(counting).with(warnings))
    }

    pub fn list(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

struct Counting(Statements);

impl<S: Subscriber> Layer<S> for Counting {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut summary = Summary(String::new());
        event.record(&mut summary);
        let first = summary.0.split_whitespace().next().unwrap_or_default().to_uppercase();
        if !["BEGIN", "COMMIT", "ROLLBACK"].contains(&first.as_str()) {
            self.0.0.lock().unwrap().push(summary.0);
        }
    }
}

struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            self.0 = value.to_owned();
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

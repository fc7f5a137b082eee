//! Counting what a request asks of the database.

use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::{Dispatch, Event, Subscriber};
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// The statements of one request, in order; the marks of the transaction apart.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<Statement>>>);

#[derive(Clone)]
struct Statement {
    /// Its first words.
    summary: String,
    /// All of it, where that is more.
    text: String,
}

impl Statements {
    /// A subscriber that counts here what runs under it, and shows warnings as tests show output.
    pub fn subscriber(&self) -> Dispatch {
        let counting = Counting(self.clone()).with_filter(filter_fn(|about| about.target() == "sqlx::query"));
        let warnings = tracing_subscriber::fmt::layer().with_test_writer().with_filter(LevelFilter::WARN);
        Dispatch::new(tracing_subscriber::registry().with(counting).with(warnings))
    }

    /// The first words of each.
    pub fn list(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().map(|statement| statement.summary.clone()).collect()
    }

    /// The whole SQL of each.
    pub fn texts(&self) -> Vec<String> {
        let whole = |statement: &Statement| match statement.text.is_empty() {
            true => statement.summary.clone(),
            false => statement.text.clone(),
        };
        self.0.lock().unwrap().iter().map(whole).collect()
    }
}

struct Counting(Statements);

impl<S: Subscriber> Layer<S> for Counting {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut statement = Statement { summary: String::new(), text: String::new() };
        event.record(&mut statement);
        let first = statement.summary.split_whitespace().next().unwrap_or_default().to_uppercase();
        if !["BEGIN", "COMMIT", "ROLLBACK"].contains(&first.as_str()) {
            self.0.0.lock().unwrap().push(statement);
        }
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => self.summary = value.to_owned(),
            "db.statement" => self.text = value.to_owned(),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

//! What runs without a request. Each job is one function that a test can call; `start` runs them by the clock.

pub mod clauses;
mod digests;
mod guest_reminders;
pub mod issue_due;
pub mod outbox;
pub mod pages;
pub mod pay;
pub mod reviews;
mod task_links;
pub mod templates;
pub mod tidy;
pub mod uploads;
pub mod views;

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::app::App;

/// Starts every job. They end soon after `stop` turns true; wait for them before the database goes.
pub fn start(app: &App, stop: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(clauses::run(app.clone(), stop.clone()));
    jobs.spawn(issue_due::run(app.clone(), stop.clone()));
    jobs.spawn(outbox::run(app.clone(), stop.clone()));
    jobs.spawn(pages::run(app.clone(), stop.clone()));
    jobs.spawn(pay::run(app.clone(), stop.clone()));
    jobs.spawn(reviews::run(app.clone(), stop.clone()));
    jobs.spawn(templates::run(app.clone(), stop.clone()));
    jobs.spawn(tidy::run(app.clone(), stop.clone()));
    jobs.spawn(uploads::run(app.clone(), stop.clone()));
    jobs.spawn(views::run(app.clone(), stop.clone()));
    jobs
}

/// Waits, unless the server stops first. Says whether to go on.
async fn wait(stop: &mut watch::Receiver<bool>, time: Duration) -> bool {
    // A sender that is gone means that the server is going.
    tokio::time::timeout(time, stop.wait_for(|stopping| *stopping)).await.is_err()
}

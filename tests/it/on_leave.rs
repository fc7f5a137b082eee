//! Nothing waits for somebody who is away, who leaves, or who forgets.

mod absences;
mod board;
mod leaving;
mod mail_queue;
mod passing;
mod reminders;
mod settings;

use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::people::{Employer, Person};
use crate::support::site::Site;

/// A person's page on which they say when they are away; `delegate` by name.
pub async fn say_away(browser: &mut Browser, employer: &Employer, days: [&str; 2], delegate: &str) -> Page {
    let form = browser.open(&employer.path("away")).await.form("Save");
    let form = form.fill("First day away", days[0]).fill("Last day away", days[1]);
    browser.submit_and_follow(form.choose("Who decides instead", delegate)).await
}

/// Whose the only open task is, and who was asked at first.
async fn db_holder(site: &Site) -> (i64, Option<i64>) {
    let sql = "select assigned_to, instead_of from task where closed_at is null";
    sqlx::query_as(sql).fetch_one(&site.db).await.unwrap()
}

fn id(person: &Person) -> i64 {
    person.membership.unwrap()
}

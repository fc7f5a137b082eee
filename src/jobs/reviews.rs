//! So that nothing waits: passes on what lies with somebody who is away, and reminds of what is due.
//!
//! Each task is one transaction, and each word said is a row with a key: several servers share the work, one that is
//! killed in the middle leaves the rest to the next round, and nobody is told twice.

use std::time::Duration;

use time::Date;
use tokio::sync::watch;

use crate::app::App;
use crate::clock::{london_date, london_hour};
use crate::db::{DbError, DueTask, TaskOfAbsent};
use crate::domain::away::{Decider, away_until};
use crate::domain::ids::{MembershipId, TaskId};
use crate::domain::reminders::{Reminder, ReminderKind, wanted};
use crate::domain::text::long_date;
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{Actor, Job, act, grant};
use crate::reference::bank_holidays;
use crate::web::paths;

const EVERY: Duration = Duration::from_secs(60);
/// Tasks that one round looks at, or one page of them.
const MOST: i64 = 200;
/// People are reminded from this hour on, in London, up to that one.
const HOURS: std::ops::Range<i8> = 8..18;
/// Calendar days ahead within which a first reminder can lie, whatever the bank holidays.
const AHEAD: time::Duration = time::Duration::days(14);

/// Looks now and every minute, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        match work(&app).await {
            Ok(0) => {}
            Ok(done) => tracing::info!(done, "reviews were passed on, or somebody was reminded"),
            Err(error) => tracing::warn!(%error, "reviews could not be looked after"),
        }
        if !super::wait(&mut stop, EVERY).await {
            return;
        }
    }
}

/// Says how much was done.
pub async fn work(app: &App) -> Result<usize, AppError> {
    let days = set_missing_days(app).await?;
    let passed = pass_on(app).await?;
    Ok(days + passed + remind(app).await?)
}

async fn set_missing_days(app: &App) -> Result<usize, AppError> {
    let mut tx = app.database.begin().await?;
    let day = |settings: crate::db::ReviewSettings, given: Date| {
        bank_holidays::of(settings.nation).after(given, settings.review_days)
    };
    let set = tx.set_missing_days(day, MOST).await?;
    tx.commit().await?;
    Ok(set)
}

/// Gives what lies with people who are away to whoever decides instead, or tells administrators why nobody does.
pub async fn pass_on(app: &App) -> Result<usize, AppError> {
    let today = app.clock.today();
    let tasks = app.database.begin().await?.tasks_of_absent(today, MOST).await?;
    let mut done = 0;
    for task in tasks {
        let outcome = match task.decider(today) {
            Decider::Instead(to) => hand_over(app, &task, to, today).await,
            Decider::Nobody(why) => {
                let why = why.said(|who| task.name_of(who));
                stuck(app, &task, &format!("{}, and {why}", away_until(&task.assignee, task.last_day))).await
            }
            Decider::Asked => Ok(false),
        };
        match outcome {
            Ok(moved) => done += usize::from(moved),
            Err(error) => tracing::warn!(task = task.task.0, %error, "a task was not passed on"),
        }
    }
    Ok(done)
}

async fn hand_over(app: &App, task: &TaskOfAbsent, to: MembershipId, today: Date) -> Result<bool, AppError> {
    let now = app.clock.now();
    let granted = grant::<act::HandOverTask>(&Actor::System(Job::Reviews), task.subject(), now)?;
    let because = away_until(&task.assignee, task.last_day);
    let name = task.name_of(to);
    let mut tx = app.database.begin().await?;
    match tx.hand_over_task(&granted, task, (to, &name), &because).await {
        Ok(()) => {}
        // Another server was quicker, or it was decided.
        Err(DbError::Stale) => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    let due = Due::on(task.due_on, today, bank_holidays::of(task.nation)).text;
    let link = app.config.link(&paths::Employer(&task.slug).task_page(task.task, task.advert));
    let about = review::About { title: &task.title, largest: &task.largest, due: &due, link: &link };
    let message = review::came_to_you(to, about, (&task.assignee, &because));
    match task.due_on.is_some_and(|day| day <= today) {
        true => tx.queue_urgently(&message, now).await?,
        false => tx.queue_to_member(&message, now).await?,
    }
    tx.queue_to_member(&review::went_to(task.assigned_to, &task.title, &name, &link), now).await?;
    tx.commit().await?;
    Ok(true)
}

async fn stuck(app: &App, task: &TaskOfAbsent, why: &str) -> Result<bool, AppError> {
    let now = app.clock.now();
    let granted = grant::<act::EscalateTask>(&Actor::System(Job::Reviews), task.subject(), now)?;
    let mut tx = app.database.begin().await?;
    if !tx.escalate_task(&granted, ("stuck", task.absence), why).await? {
        return Ok(false);
    }
    let link = app.config.link(&paths::Employer(&task.slug).reassign(task.task));
    let (subject, body) = review::waits_for_nobody(&task.title, why, &link);
    tx.queue_to_admins(task.employer, (&subject, &body), now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Reminds of reviews that are due soon or late, on working days in working hours, and tells administrators of those
/// that are later than their employer allows.
pub async fn remind(app: &App) -> Result<usize, AppError> {
    if !HOURS.contains(&london_hour(app.clock.now())) {
        return Ok(0);
    }
    let today = app.clock.today();
    let mut after = TaskId(0);
    let mut said = 0;
    loop {
        let tasks = app.database.begin().await?.due_tasks(today + AHEAD, after, MOST).await?;
        let Some(last) = tasks.last() else { return Ok(said + super::guest_reminders::remind(app, today).await?) };
        after = last.task;
        for task in &tasks {
            said += remind_of(app, task, today).await?;
        }
    }
}

async fn remind_of(app: &App, task: &DueTask, today: Date) -> Result<usize, AppError> {
    let holidays = bank_holidays::of(task.settings.nation);
    let given = london_date(task.given_at);
    let reminders = wanted(task.due_on, given, today, holidays, task.settings.escalate_after);
    let is_new = |one: &&Reminder| !task.said.contains(&format!("{} {}", one.kind.word(), one.step));
    let mut said = 0;
    for reminder in reminders.iter().filter(is_new) {
        said += usize::from(say(app, task, *reminder, &Due::on(Some(task.due_on), today, holidays).text).await?);
    }
    Ok(said)
}

async fn say(app: &App, task: &DueTask, reminder: Reminder, due: &str) -> Result<bool, AppError> {
    let now = app.clock.now();
    let at = paths::Employer(&task.slug);
    let mut tx = app.database.begin().await?;
    let first = match reminder.kind {
        ReminderKind::Before | ReminderKind::Due | ReminderKind::Late => {
            let first = tx.first_reminder(task.task, (reminder.kind.word(), reminder.step), now).await?;
            if first {
                let link = app.config.link(&at.task(task.task));
                let given = long_date(london_date(task.given_at));
                let about = review::About { title: &task.title, largest: &task.largest, due, link: &link };
                let message = review::reminder(task.assigned_to, about, &given);
                match reminder.kind {
                    ReminderKind::Due => tx.queue_urgently(&message, now).await?,
                    ReminderKind::Before | ReminderKind::Late | ReminderKind::Escalated => {
                        tx.queue_to_member(&message, now).await?;
                    }
                }
            }
            first
        }
        ReminderKind::Escalated => {
            let granted = grant::<act::EscalateTask>(&Actor::System(Job::Reviews), task.subject(), now)?;
            let why = format!("{}, and {} has not decided", due, task.assignee);
            let first = tx.escalate_task(&granted, (reminder.kind.word(), reminder.step), &why).await?;
            if first {
                let link = app.config.link(&at.reassign(task.task));
                let since = long_date(london_date(task.given_at));
                let (subject, body) = review::late(&task.title, &task.assignee, (&since, due), &link);
                tx.queue_to_admins(task.employer, (&subject, &body), now).await?;
            }
            first
        }
    };
    tx.commit().await?;
    Ok(first)
}

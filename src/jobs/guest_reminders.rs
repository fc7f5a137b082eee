//! Guests are reminded as staff are: before the day, on it and after it; and administrators hear of what is too late.
//! Each word is a row with a key, written with its message, so that several servers say it once.

use time::Date;

use crate::app::App;
use crate::clock::london_date;
use crate::db::{GuestStep, Message};
use crate::domain::reminders::{Reminder, ReminderKind, wanted};
use crate::domain::route::StepId;
use crate::domain::text::long_date;
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::mail::{guests, review};
use crate::policy::{Actor, Job, act, grant};
use crate::reference::bank_holidays;
use crate::secret::Token;
use crate::web::paths;

/// Steps that one round looks at, a page at a time.
const MOST: i64 = 200;

/// Says how much was said.
pub async fn remind(app: &App, today: Date) -> Result<usize, AppError> {
    let mut after = StepId(0);
    let mut said = 0;
    loop {
        let steps = app.database.begin().await?.guest_steps(after, MOST, app.clock.now()).await?;
        let Some(last) = steps.last() else { return Ok(said) };
        after = last.step;
        for step in &steps {
            said += remind_of(app, step, today).await?;
        }
    }
}

async fn remind_of(app: &App, step: &GuestStep, today: Date) -> Result<usize, AppError> {
    let holidays = bank_holidays::of(step.settings.nation);
    let given = london_date(step.opened_at);
    let due_on = holidays.after(given, step.days);
    let due = Due::on(Some(due_on), today, holidays).text;
    let mut said = 0;
    for reminder in wanted(due_on, given, today, holidays, step.settings.escalate_after) {
        if !step.said.contains(&format!("{} {}", reminder.kind.word(), reminder.step)) {
            said += usize::from(say(app, step, reminder, &due).await?);
        }
    }
    Ok(said)
}

async fn say(app: &App, step: &GuestStep, reminder: Reminder, due: &str) -> Result<bool, AppError> {
    let now = app.clock.now();
    let mut tx = app.database.begin().await?;
    let (kind, number) = (reminder.kind, reminder.step);
    match (kind, step.link) {
        (ReminderKind::Before | ReminderKind::Due | ReminderKind::Late, Some((link, until))) => {
            if !tx.first_guest_reminder(step.step, (kind.word(), number), now).await? {
                return Ok(false);
            }
            let token = Token::new()?;
            tx.add_guest_secret(link, &token.hash(), now).await?;
            let asked = guests::Asked {
                name: &step.name,
                employer: &step.employer_name,
                kind: step.kind,
                title: &step.title,
                note: "",
                largest: &step.largest,
                due,
                until: &long_date(london_date(until)),
                link: &app.config.link(&paths::guest(token.plain())),
            };
            let (subject, body) = guests::reminder(asked);
            let message = Message { to: step.email.clone(), subject, body };
            tx.queue_about(Some(step.employer), &message, now).await?;
        }
        // Without a link there is nothing that they could do: the administrators hear of it in time.
        (ReminderKind::Before | ReminderKind::Due | ReminderKind::Late, None) => return Ok(false),
        (ReminderKind::Escalated, _) => {
            let granted = grant::<act::EscalateGuest>(&Actor::System(Job::Reviews), step.subject(), now)?;
            let why = format!("{due}, and {} has not answered", step.name);
            if !tx.escalate_guest(&granted, step, number, &why).await? {
                return Ok(false);
            }
            let at = paths::Employer(&step.slug).profile(step.profile_number).version(step.version_number);
            let since = long_date(london_date(step.opened_at));
            let who = format!("{} (guest)", step.name);
            let (subject, body) = review::late(&step.title, &who, (&since, due), &app.config.link(&at.act("review")));
            tx.queue_to_admins(step.employer, (&subject, &body), now).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

//! How long a review may take here, and when administrators hear of one that is late.

use askama::Template;
use axum::response::Response;

use crate::db::{MOST_DAYS, MOST_MONTHS, ReviewSettings};
use crate::domain::ids::EmployerId;
use crate::domain::text::long_date;
use crate::domain::working_days::{BankHolidays, Nation, weekday_and_date};
use crate::error::AppError;
use crate::policy::{Subject, act, grant};
use crate::reference::bank_holidays;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page, page_again, see_other_saying};

#[derive(Template)]
#[template(path = "review/settings.html")]
struct SettingsPage {
    frame: Frame,
    form: Form,
    nations: Vec<Choice>,
    /// What the choice means today: `A review sent today is due by Friday 4 December.`
    example: String,
    /// The last day that is known to be a bank holiday.
    known_until: String,
    back: String,
}

pub async fn form(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let settings = tx.review_settings(&me.scope()).await?;
    let months = tx.review_months(&me.scope()).await?;
    let form = Form::filled([
        ("nation", settings.nation.word().to_owned()),
        ("review_days", settings.review_days.to_string()),
        ("escalate_after", settings.escalate_after.to_string()),
        ("review_months", months.to_string()),
    ]);
    page(&view(&me, form, settings))
}

pub async fn change(me: As<Admins>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let now = tx.review_settings(&me.scope()).await?;
    let mut form = Form::again(&submitted);
    let nation = Nation::parse(submitted.raw("nation"));
    if nation.is_none() {
        form.problem("nation", "Choose whose bank holidays count");
    }
    let review_days = days(&mut form, &submitted, "review_days");
    let escalate_after = days(&mut form, &submitted, "escalate_after");
    let months = submitted.line("review_months").parse().ok().filter(|months| *months <= MOST_MONTHS);
    if months.is_none() {
        form.problem("review_months", format!("Type a whole number from 0 to {MOST_MONTHS}"));
    }
    let (Some(nation), Some(review_days), Some(escalate_after), Some(months)) =
        (nation, review_days, escalate_after, months)
    else {
        return page_again(&view(&me, form, now));
    };
    let granted = grant::<act::ChangeReviewSettings>(&me.actor(), subject(&me), me.now)?;
    tx.change_review_settings(&granted, ReviewSettings { nation, review_days, escalate_after }, months).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().reviews(), "Saved: reviews that are sent from now on take these days"))
}

/// A whole number of working days, or a problem.
fn days(form: &mut Form, submitted: &Submitted, field: &str) -> Option<u32> {
    let days = submitted.line(field).parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    if days.is_none() {
        form.problem(field, format!("Type a whole number from 1 to {MOST_DAYS}"));
    }
    days
}

fn subject(me: &As<Admins>) -> Subject<EmployerId> {
    let id = me.employer();
    Subject { id, employer: Some(id), unit: None, person: None, profile: None, name: "Reviews".to_owned() }
}

fn view(me: &As<Admins>, form: Form, settings: ReviewSettings) -> SettingsPage {
    let holidays: &BankHolidays = bank_holidays::of(settings.nation);
    let due = holidays.after(me.today(), settings.review_days);
    let late = holidays.after(due, settings.escalate_after);
    SettingsPage {
        frame: me.frame("How long reviews may take").crumb("Reviews", me.paths().reviews()),
        form,
        nations: Nation::ALL.iter().map(|nation| Choice::new(nation.word(), nation.label())).collect(),
        example: format!(
            "As it is now, a review that is sent today is due by {}; if nobody has decided by {}, administrators are told.",
            weekday_and_date(due, me.today()),
            weekday_and_date(late, me.today()),
        ),
        known_until: holidays.last().map(long_date).unwrap_or_default(),
        back: me.paths().reviews(),
    }
}

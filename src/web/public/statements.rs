//! What the site says about itself: accessibility, privacy and cookies. Only what is true of it; periods are those of the code.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use time::Date;
use time::macros::date;

use crate::db::{ABSOLUTE, IDLE, PASS_LASTS, TASK_PASS_LASTS};
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::jobs::tidy::{KEEP_ATTEMPTS, KEEP_MAIL};
use crate::web::gate::{Anyone, As};
use crate::web::guest::PASS_COOKIE;
use crate::web::kept::public_page;
use crate::web::page::{FLASH_COOKIE, Frame};
use crate::web::session::{TASK_COOKIE, cookie_name};

/// When every sentence of the accessibility statement was last held against the site.
const PREPARED: Date = date!(2026 - 11 - 22);

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
    prepared: String,
}

#[derive(Template)]
#[template(path = "public/privacy.html")]
struct PrivacyPage {
    frame: Frame,
    idle_hours: i64,
    session_hours: i64,
    attempt_days: i64,
    mail_days: i64,
}

#[derive(Template)]
#[template(path = "public/cookies.html")]
struct CookiesPage {
    frame: Frame,
    session: &'static str,
    flash: &'static str,
    task: &'static str,
    task_hours: i64,
    guest: &'static str,
    guest_hours: i64,
    idle_hours: i64,
    session_hours: i64,
}

pub async fn cookies(me: As<Anyone>) -> Result<Response, AppError> {
    public_page(
        &me,
        StatusCode::OK,
        &CookiesPage {
            frame: me.frame("Cookies"),
            session: cookie_name(&me.app.config),
            flash: FLASH_COOKIE,
            task: TASK_COOKIE,
            task_hours: TASK_PASS_LASTS.whole_hours(),
            guest: PASS_COOKIE,
            guest_hours: PASS_LASTS.whole_hours(),
            idle_hours: IDLE.whole_hours(),
            session_hours: ABSOLUTE.whole_hours(),
        },
    )
}

pub async fn accessibility(me: As<Anyone>) -> Result<Response, AppError> {
    public_page(
        &me,
        StatusCode::OK,
        &AccessibilityPage { frame: me.frame("Accessibility"), prepared: long_date(PREPARED) },
    )
}

pub async fn privacy(me: As<Anyone>) -> Result<Response, AppError> {
    public_page(
        &me,
        StatusCode::OK,
        &PrivacyPage {
            frame: me.frame("Privacy"),
            idle_hours: IDLE.whole_hours(),
            session_hours: ABSOLUTE.whole_hours(),
            attempt_days: KEEP_ATTEMPTS.whole_days(),
            mail_days: KEEP_MAIL.whole_days(),
        },
    )
}

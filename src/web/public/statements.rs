//! What the site says about itself: accessibility and privacy. Only what is true of it; periods are those of the code.

use askama::Template;
use axum::response::Response;

use crate::db::{ABSOLUTE, IDLE};
use crate::error::AppError;
use crate::jobs::tidy::{KEEP_ATTEMPTS, KEEP_MAIL};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page};

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
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

pub async fn accessibility(me: As<Anyone>) -> Result<Response, AppError> {
    page(&AccessibilityPage { frame: me.frame("Accessibility") })
}

pub async fn privacy(me: As<Anyone>) -> Result<Response, AppError> {
    page(&PrivacyPage {
        frame: me.frame("Privacy"),
        idle_hours: IDLE.whole_hours(),
        session_hours: ABSOLUTE.whole_hours(),
        attempt_days: KEEP_ATTEMPTS.whole_days(),
        mail_days: KEEP_MAIL.whole_days(),
    })
}

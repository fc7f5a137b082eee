//! The dates of an advert for a calendar.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, HeaderValue};
use axum::response::Response;

use super::job::load;
use crate::documents::render::{Entry, calendar};
use crate::error::AppError;
use crate::web::gate::{Anyone, As};
use crate::web::kept::kept;
use crate::web::paths;

pub async fn dates(me: As<Anyone>, Path(advert): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let reader = me.visitor().map(|visitor| visitor.person.id);
    let advert = load(&mut tx, &advert, reader, me.now).await?;
    let (vacancy, text) = (&advert.vacancy, &advert.vacancy.text);
    let all = [
        ("closes", text.closes_on, "Closing date"),
        ("shortlisting", text.shortlisting_on, "Shortlisting"),
        ("interviews", text.interviews_on, "Interviews"),
    ];
    let entry = |(key, day, what): (&'static str, Option<time::Date>, &str)| {
        let title = format!("{what}: {}, {}", vacancy.title, vacancy.employer);
        day.map(|day| Entry { key, day, title })
    };
    let entries: Vec<Entry<'_>> = all.into_iter().filter_map(entry).collect();
    let site = &me.app.config.public_url;
    let host = site.split("://").nth(1).unwrap_or_default();
    let link = format!("{site}{}", paths::job(advert.id));
    let body = calendar(&advert.id.to_string(), host, &link, advert.changed_at, &entries);
    let mut response = kept(&me, StatusCode::OK, "text/calendar; charset=utf-8", body, Some(advert.changed_at));
    response.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"dates.ics\""));
    Ok(response)
}

//! Answers that browsers and what stands before us may keep: each with a strong mark of its bytes, asked about again
//! each time, so that nobody reads of a job that has just closed.

use askama::Template;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use time::OffsetDateTime;
use time::macros::format_description;

use super::gate::{Anyone, As};
use super::page::{OwnPage, page_with};
use crate::error::AppError;
use crate::secret::content_mark;

/// May be kept by anybody, and is asked about before each use.
const ANYBODY: HeaderValue = HeaderValue::from_static("public, no-cache");

/// A public page. For somebody who signed in, or who has just done something, it is theirs alone and is not kept.
pub fn public_page<T: Template>(me: &As<Anyone>, status: StatusCode, template: &T) -> Result<Response, AppError> {
    if !me.is_anybody() {
        return page_with(status, template);
    }
    let mut response = kept(me, status, "text/html; charset=utf-8", template.render()?, None);
    response.extensions_mut().insert(OwnPage);
    Ok(response)
}

/// Anything that everybody gets alike: a feed, a site map, a calendar.
pub fn kept(
    me: &As<Anyone>,
    status: StatusCode,
    content_type: &'static str,
    body: String,
    changed: Option<OffsetDateTime>,
) -> Response {
    let mark = format!("\"{}\"", content_mark(body.as_bytes()));
    let same = status == StatusCode::OK && me.told().has.split(',').any(|one| is_mark(one, &mark));
    let mut response = match same {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => (status, body).into_response(),
    };
    let mut set = |name: HeaderName, value: Option<HeaderValue>| {
        response.headers_mut().extend(value.map(|value| (name, value)));
    };
    set(CACHE_CONTROL, Some(ANYBODY));
    // Whoever signs in gets a page of their own at the same address.
    set(VARY, Some(HeaderValue::from_static("Cookie")));
    set(ETAG, HeaderValue::from_str(&mark).ok());
    set(LAST_MODIFIED, changed.and_then(http_date));
    if !same {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    response
}

/// What is had is compared weakly (RFC 9110, 13.1.2): a proxy that compresses marks what it sends `W/`.
fn is_mark(had: &str, mark: &str) -> bool {
    let had = had.trim();
    had == "*" || had.strip_prefix("W/").unwrap_or(had) == mark
}

/// `Thu, 15 Jan 2026 10:00:00 GMT`
fn http_date(at: OffsetDateTime) -> Option<HeaderValue> {
    let shape =
        format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    HeaderValue::from_str(&at.to_utc().format(shape).ok()?).ok()
}

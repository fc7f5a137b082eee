//! What stands around every request: limits, headers, logs, and the site's own error pages.

use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, SET_COOKIE, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state, map_request};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::gate::Seen;
use super::page::{FLASH_COOKIE, Frame, OwnPage, page_with};
use super::{assets, json, session, signed_out};
use crate::app::App;
use crate::error::{AppError, ErrorView};

/// The largest form, in bytes: a document of 100 pages is about 300,000.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// The largest form of a pasted list: 1 MB of text and of HTML each, every character encoded at worst in three.
pub const LARGEST_PASTE: usize = 7 * 1024 * 1024;
/// No page of ours takes longer; a request that does is ended.
const LONGEST_REQUEST: Duration = Duration::from_secs(60);

/// Nothing inline, nothing from elsewhere, no frames.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Puts the protection around the routes. Innermost first: a request passes the list from bottom to top.
pub fn around(router: Router<App>, app: &App) -> Router<App> {
    let router = assets::serve(router, &app.assets).fallback(not_found).method_not_allowed_fallback(wrong_method);
    router.layer(
        ServiceBuilder::new()
            .layer(map_request(without_reference))
            .layer(SetRequestIdLayer::x_request_id(Reference))
            .layer(PropagateRequestIdLayer::x_request_id())
            .layer(TraceLayer::new_for_http().make_span_with(span).on_response(log_response))
            .layer(from_fn_with_state(app.clone(), finish))
            .layer(CatchPanicLayer::custom(after_panic))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
            .layer(CsrfLayer::new())
            .layer(DefaultBodyLimit::max(LARGEST_FORM))
            .layer(from_fn_with_state(app.clone(), signed_out::keep_typed)),
    )
}

/// A short random reference, for the log and the error page.
#[derive(Clone, Copy)]
struct Reference;

impl MakeRequestId for Reference {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let mut bytes = [0u8; 8];
        getrandom::fill(&mut bytes).ok()?;
        HeaderValue::from_str(&crate::secret::hex(&bytes)).ok().map(RequestId::new)
    }
}

/// References are ours to give: one that a visitor sends could stand for anybody's request in the log.
async fn without_reference(mut request: Request) -> Request {
    request.headers_mut().remove("x-request-id");
    request
}

fn reference(request: &Request) -> String {
    let id = request.extensions().get::<RequestId>();
    id.and_then(|id| id.header_value().to_str().ok()).unwrap_or_default().to_owned()
}

/// Path without query: queries can hold names and words that people searched for.
fn span(request: &axum::http::Request<axum::body::Body>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>();
    let id = id.and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), path = without_tokens(request.uri().path()))
}

fn log_response(response: &Response, took: Duration, _: &tracing::Span) {
    tracing::info!(status = response.status().as_u16(), ms = took.as_millis() as u64, "answered");
}

/// Links in mail end in a secret, which has no place in a log.
fn without_tokens(path: &str) -> String {
    let is_token = |part: &str| part.len() >= 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    path.split('/').map(|part| if is_token(part) { "…" } else { part }).collect::<Vec<_>>().join("/")
}

async fn not_found() -> AppError {
    AppError::NotFound
}

async fn wrong_method() -> Response {
    StatusCode::METHOD_NOT_ALLOWED.into_response()
}

/// The panic's text goes to the log by the panic hook; the visitor gets the error page.
fn after_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// The last hand on every answer: error pages, the used flash, and the security headers.
async fn finish(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let reference = reference(&request);
    let to_script = json::wanted(request.headers());
    let flash_shown = session::cookie(request.headers(), FLASH_COOKIE).is_some();
    let seen = Seen::default();
    request.extensions_mut().insert(seen.clone());
    let response = next.run(request).await;
    let mut response = error_page(response, &app, &seen, reference, to_script);
    if flash_shown && !to_script && response.extensions().get::<OwnPage>().is_some() {
        let cleared = format!("{FLASH_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        response.headers_mut().extend(HeaderValue::from_str(&cleared).ok().map(|value| (SET_COOKIE, value)));
    }
    secure(response.headers_mut(), app.config.is_https());
    response
}

#[derive(Template)]
#[template(path = "public/error.html")]
struct ErrorPage {
    frame: Frame,
    title: &'static str,
    text: String,
    reference: String,
    /// A reference helps only where we have to look into a log.
    show_reference: bool,
    signed_out: bool,
}

/// Puts the site's own page in place of every bare error, whoever made it.
fn error_page(response: Response, app: &App, seen: &Seen, reference: String, to_script: bool) -> Response {
    let status = response.status();
    let bare =
        (status.is_client_error() || status.is_server_error()) && response.extensions().get::<OwnPage>().is_none();
    if !bare {
        return response;
    }
    let ErrorView { title, text } = response.extensions().get::<ErrorView>().cloned().unwrap_or_else(|| view(status));
    if to_script {
        return json::answer(status, &json!({"title": title, "text": text, "reference": reference}));
    }
    let frame = Frame { title: title.to_owned(), ..seen.frame().unwrap_or_else(|| Frame::bare(app)) };
    let show_reference = status.is_server_error();
    let signed_out = status == StatusCode::UNAUTHORIZED;
    let page = ErrorPage { frame, title, text, reference, show_reference, signed_out };
    // If even the error page can't be rendered, plain words have to do.
    page_with(status, &page).unwrap_or_else(|_| (status, page.text).into_response())
}

/// Words for errors that come from around the handlers.
fn view(status: StatusCode) -> ErrorView {
    let (title, text) = match status {
        StatusCode::FORBIDDEN => (
            "That form came from somewhere else",
            "Nothing was changed. Forms can only be sent from Rolebook's own pages: open the page again here.",
        ),
        StatusCode::NOT_FOUND => {
            ("Page not found", "It may have moved. Check the address, or start from the start page.")
        }
        StatusCode::METHOD_NOT_ALLOWED => ("Page not found", "There is nothing to see at this address on its own."),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("That is too large", "Nothing was changed. Go back, make it smaller and send it again.")
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            ("That took too long", "Nothing was changed. Go back and try again in a minute.")
        }
        status if status.is_client_error() => {
            ("That request can't be read", "Nothing was changed. Start from the page again.")
        }
        _ => ("Something went wrong here", "It is our fault, not yours. Try again in a minute."),
    };
    ErrorView { title, text: text.to_owned() }
}

fn secure(headers: &mut HeaderMap, https: bool) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(X_FRAME_OPTIONS, "DENY");
    set(REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), interest-cohort=()");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    if https {
        set(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

#[cfg(test)]
mod tests {
    use super::without_tokens;

    #[test]
    fn secrets_stay_out_of_the_log() {
        let token = "a1b2".repeat(16);
        assert_eq!(without_tokens(&format!("/password-reset/{token}")), "/password-reset/…");
        assert_eq!(without_tokens("/staff/marlowe/profiles/JP-0042"), "/staff/marlowe/profiles/JP-0042");
    }
}

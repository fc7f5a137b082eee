//! A form of a staff page that meets an ended session: the answer is the sign-in page, which carries what was typed.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::account::{LARGEST_CARRIED, NotSaved, SignInPage};
use super::form::Submitted;
use super::json;
use super::page::{Frame, page_with};
use super::protect::{LARGEST_FORM, LARGEST_PASTE};
use crate::app::App;
use crate::error::{AppError, SignedOut};

const FORM: &str = "application/x-www-form-urlencoded";

/// Holds on to a form of a staff page until it is known that its sender is signed in.
pub async fn keep_typed(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_form = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(FORM.as_bytes()));
    let path = request.uri().path().to_owned();
    let ours = request.method() == Method::POST && path.starts_with("/staff/") && is_form;
    if !ours || json::wanted(request.headers()) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let takes_much = ["/paste", "/items", "/save"].iter().any(|end| path.ends_with(end));
    let most = if takes_much { LARGEST_PASTE } else { LARGEST_FORM };
    let Ok(sent) = to_bytes(body, most).await else { return AppError::TooLarge.into_response() };
    let response = next.run(Request::from_parts(head, Body::from(sent.clone()))).await;
    if response.extensions().get::<SignedOut>().is_none() {
        return response;
    }
    sign_in_page(&app, &path, sent).await.unwrap_or(response)
}

/// None where it can't be carried: then the plain answer has to do, which says that the form still holds it.
async fn sign_in_page(app: &App, path: &str, sent: Bytes) -> Option<Response> {
    if sent.len() > LARGEST_CARRIED {
        return None;
    }
    let again = Request::post(path).header(CONTENT_TYPE, FORM).body(Body::from(sent)).ok()?;
    let submitted = Submitted::from_request(again, app).await.ok()?;
    let not_saved = NotSaved::new(path, submitted.fields().to_vec())?;
    let frame = Frame { title: "Sign in".to_owned(), ..Frame::bare(app) };
    page_with(StatusCode::UNAUTHORIZED, &SignInPage::carrying(frame, not_saved)).ok()
}

//! What a link shows that does not work any more.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::error::AppError;
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page_with, see_other_noting};
use crate::web::paths;

#[derive(Template)]
#[template(path = "account/link_ended.html")]
struct LinkEnded {
    frame: Frame,
}

/// The same whether the link was used, has ended or never was.
pub fn page(me: &As<Anyone>) -> Result<Response, AppError> {
    page_with(StatusCode::NOT_FOUND, &LinkEnded { frame: me.frame("This link does not work any more") })
}

/// The second of two clicks on a form behind a link: what it asked for is done.
pub fn used_just_now() -> Response {
    see_other_noting(paths::SIGN_IN, "This link was used a moment ago: sign in with the password that you chose")
}

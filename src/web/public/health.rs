//! Whether the server lives, and whether it can do its work: for balancers and watchdogs.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::web::gate::{Anyone, As};
use crate::web::page::OwnPage;

pub async fn live(_: As<Anyone>) -> &'static str {
    "live\n"
}

pub async fn ready(me: As<Anyone>) -> Response {
    let answer = match me.app.database.is_ready().await {
        true => (StatusCode::OK, "ready\n"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    };
    // Programs read this: the error page is no answer to them.
    let mut response = answer.into_response();
    response.extensions_mut().insert(OwnPage);
    response
}

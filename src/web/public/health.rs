//! Whether the server lives, and whether it can do its work: for balancers and watchdogs.

use axum::http::StatusCode;

use crate::web::gate::{Anyone, As};

pub async fn live(_: As<Anyone>) -> &'static str {
    "live\n"
}

pub async fn ready(me: As<Anyone>) -> (StatusCode, &'static str) {
    match me.app.database.is_ready().await {
        true => (StatusCode::OK, "ready\n"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

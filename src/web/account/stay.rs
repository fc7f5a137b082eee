//! Staying signed in: asking at all extends the session, and this says for how long.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::error::AppError;
use crate::web::gate::{As, SignedIn};
use crate::web::page::see_other;
use crate::web::{json, paths};

pub async fn stay(me: As<SignedIn>) -> Result<Response, AppError> {
    if !me.wants_json() {
        return Ok(see_other(paths::HOME));
    }
    let left = (me.who.ends_at - me.now).whole_seconds();
    Ok(json::answer(StatusCode::OK, &json!({"left": left, "last": me.who.ends_for_good})))
}

//! Which forms have done their work: script asks about copies on the device whose answers it never got.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::author::version::{At, open};
use crate::web::gate::{As, Authors};
use crate::web::json;

/// Keys that one question may name; what is beyond is asked about again later.
const MOST: usize = 100;

pub async fn kept(
    me: As<Authors>,
    Path((_, profile, number)): At,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    grant::<act::EditContent>(&me.actor(), version.subject(), me.now)?;
    let keys: Vec<String> =
        asked.into_iter().filter(|(name, _)| name == "key").map(|(_, key)| key).take(MOST).collect();
    let done = tx.keys_done(version.id, me.staff().membership, &keys).await?;
    Ok(json::answer(StatusCode::OK, &json!({ "done": done, "editable": version.state.name().is_editable() })))
}

//! Saying now and then that one still has a draft open, and hearing who else has. Script alone asks.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::domain::ids::SectionId;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::author::version::{At, open};
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::json;

pub async fn here(me: As<Authors>, Path((_, profile, number)): At, submitted: Submitted) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let granted = grant::<act::EditContent>(&me.actor(), version.subject(), me.now)?;
    let section = submitted.raw("section").parse().ok().map(SectionId);
    let others = tx.present(&granted, section).await?;
    tx.commit().await?;
    Ok(json::answer(StatusCode::OK, &json!({ "others": others })))
}

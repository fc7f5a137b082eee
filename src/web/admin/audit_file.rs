//! The record as a CSV file, with the same filters as the page.

use axum::extract::Query;
use axum::response::Response;
use time::format_description::well_known::Rfc3339;

use super::audit::{Asked, facts};
use crate::db::AuditRow;
use crate::error::AppError;
use crate::web::gate::{Admins, As};
use crate::web::spreadsheet;

/// Rows in one file, the newest: about 5 MB. Older ones come with a narrower filter.
pub const MOST: usize = 20_000;

const HEADINGS: [&str; 5] = ["When (UTC)", "Who", "Act", "Subject", "Facts"];

pub async fn file(me: As<Admins>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let rows = tx.audit_trail(me.employer(), &asked.filter(), MOST as i64).await?;
    spreadsheet::download("audit.csv", HEADINGS, rows.into_iter().take(MOST).map(record))
}

fn record(row: AuditRow) -> [String; 5] {
    // No instant that Postgres holds fails to be written so.
    let at = row.at.format(&Rfc3339).unwrap_or_default();
    [at, row.actor, row.action, row.subject, facts(&row.facts)]
}

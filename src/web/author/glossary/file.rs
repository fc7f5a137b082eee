//! The list as a table for a spreadsheet.

use axum::response::Response;

use crate::error::AppError;
use crate::web::gate::{As, StaffOnly};
use crate::web::spreadsheet;

pub const HEADINGS: [&str; 3] = ["Short form", "Meaning", "Note"];

pub async fn file(me: As<StaffOnly>) -> Result<Response, AppError> {
    let rows = me.begin().await?.glossary(&me.scope()).await?;
    let record = |row: crate::db::GlossaryRow| [row.entry.short, row.entry.meaning, row.entry.note];
    spreadsheet::download("glossary.csv", HEADINGS, rows.into_iter().map(record))
}

//! The list as a table for a spreadsheet.

use axum::extract::Query;
use axum::response::Response;

use super::list::{Asked, alert};
use super::when_in_words;
use crate::db::ClauseRow;
use crate::domain::text::iso_date;
use crate::error::AppError;
use crate::web::gate::{As, StaffOnly};
use crate::web::spreadsheet;

const HEADINGS: [&str; 9] =
    ["Name", "Owner", "Legal basis", "Placed", "Review", "Last day", "Profiles", "To do", "Text"];

pub async fn file(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let today = me.today();
    let rows = me.begin().await?.clauses(&me.scope(), today).await?;
    let record = |row: ClauseRow| {
        let alert = alert(&row, today);
        let text = row.edition.map(|(_, _, text)| text).unwrap_or_default();
        let entry = row.head.entry;
        [
            entry.name,
            row.head.owner,
            entry.legal_basis,
            when_in_words(&entry.when),
            entry.review_on.map(iso_date).unwrap_or_default(),
            row.expires_on.map(iso_date).unwrap_or_default(),
            row.profiles.to_string(),
            alert,
            text,
        ]
    };
    let wanted = rows.into_iter().filter(|row| asked.wants(row, today));
    spreadsheet::download("standard-clauses.csv", HEADINGS, wanted.map(record))
}

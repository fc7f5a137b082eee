//! The library as a table for a spreadsheet.

use axum::extract::Query;
use axum::response::Response;

use super::profiles::Asked;
use crate::clock::london_date;
use crate::db::ProfileRow;
use crate::domain::text::{iso_date, profile_reference};
use crate::error::AppError;
use crate::web::gate::{As, StaffOnly};
use crate::web::spreadsheet;

/// Rows in one file: more than any employer has profiles.
const MOST: i64 = 50_000;

const HEADINGS: [&str; 11] = [
    "Reference",
    "Title",
    "Unit",
    "Owner",
    "Grade",
    "Version",
    "State",
    "Version in force",
    "Last changed",
    "Review date",
    "Archived",
];

pub async fn download(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let mut filter = asked.filter(me.staff().membership);
    filter.offset = 0;
    let (rows, _) = tx.find_profiles(&me.scope(), &filter, MOST).await?;
    spreadsheet::download("job-profiles.csv", HEADINGS, rows.into_iter().take(MOST as usize).map(record))
}

fn record(row: ProfileRow) -> [String; 11] {
    [
        profile_reference(row.number),
        row.title,
        row.unit,
        row.owner,
        row.grade,
        row.version_number.to_string(),
        row.state.label().to_owned(),
        row.issued_number.map(|number| number.to_string()).unwrap_or_default(),
        iso_date(london_date(row.changed_at)),
        row.review_date.map(iso_date).unwrap_or_default(),
        if row.retired { "yes".to_owned() } else { "no".to_owned() },
    ]
}

//! The library as a table for a spreadsheet.

use axum::extract::Query;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::profiles::Asked;
use crate::clock::london_date;
use crate::db::ProfileRow;
use crate::domain::text::{iso_date, profile_reference};
use crate::error::AppError;
use crate::web::gate::{As, StaffOnly};

/// Rows in one file: more than any employer has profiles.
const MOST: i64 = 50_000;

pub async fn download(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let mut filter = asked.filter(me.staff().membership);
    filter.offset = 0;
    let (rows, _) = tx.find_profiles(&me.scope(), &filter, MOST).await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
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
        "Retired",
    ])
    .map_err(|error| AppError::Internal(error.to_string()))?;
    for row in &rows {
        csv.write_record(record(row)).map_err(|error| AppError::Internal(error.to_string()))?;
    }
    let bytes = csv.into_inner().map_err(|error| AppError::Internal(error.to_string()))?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"job-profiles.csv\""));
    Ok(response)
}

fn record(row: &ProfileRow) -> [String; 11] {
    [
        profile_reference(row.number),
        as_text(&row.title),
        as_text(&row.unit),
        as_text(&row.owner),
        as_text(&row.grade),
        row.version_number.to_string(),
        row.state.label().to_owned(),
        row.issued_number.map(|number| number.to_string()).unwrap_or_default(),
        iso_date(london_date(row.changed_at)),
        row.review_date.map(iso_date).unwrap_or_default(),
        if row.retired { "yes".to_owned() } else { "no".to_owned() },
    ]
}

/// Spreadsheets run what begins like a formula: such a cell is led by an apostrophe.
pub fn as_text(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cell_never_runs() {
        assert_eq!(super::as_text("=cmd()"), "'=cmd()");
        assert_eq!(super::as_text("Clerk"), "Clerk");
    }
}

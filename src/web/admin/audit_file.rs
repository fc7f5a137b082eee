//! The record as a CSV file, with the same filters as the page.

use axum::extract::Query;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use time::format_description::well_known::Rfc3339;

use super::audit::{Asked, facts};
use crate::db::AuditRow;
use crate::error::AppError;
use crate::web::gate::{Admins, As};

/// Rows in one file, the newest: about 5 MB. Older ones come with a narrower filter.
pub const MOST: usize = 20_000;

pub async fn file(me: As<Admins>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let mut rows = tx.audit_trail(me.employer(), &asked.filter(), MOST as i64).await?;
    rows.truncate(MOST);
    let csv = write(&rows).map_err(|error| AppError::Internal(format!("the audit file: {error}")))?;
    let mut response = csv.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"audit.csv\""));
    Ok(response)
}

fn write(rows: &[AuditRow]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["When (UTC)", "Who", "Act", "Subject", "Facts"])?;
    for row in rows {
        let at = row.at.format(&Rfc3339)?;
        let cells = [at.as_str(), &row.actor, &row.action, &row.subject, &facts(&row.facts)].map(harmless);
        csv.write_record(cells)?;
    }
    Ok(csv.into_inner()?)
}

/// Spreadsheets run what begins like a formula; an apostrophe makes it text.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_name_can_not_run_in_a_spreadsheet() {
        let row = AuditRow {
            id: 1,
            actor: "=HYPERLINK(\"x\")".into(),
            action: "Issue".into(),
            subject: "JP-0001, version 2".into(),
            facts: vec![("reason".into(), "-1".into())],
            at: datetime!(2026-01-15 10:00 UTC),
        };
        let csv = String::from_utf8(write(&[row]).unwrap()).unwrap();
        let lines: Vec<_> = csv.lines().collect();
        assert_eq!(lines[0], "When (UTC),Who,Act,Subject,Facts");
        assert_eq!(lines[1], "2026-01-15T10:00:00Z,\"'=HYPERLINK(\"\"x\"\")\",Issue,\"JP-0001, version 2\",reason: -1");
    }
}

//! Lists as files for a spreadsheet: CSV that Excel reads as UTF-8, and whose cells never run.

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::error::AppError;

/// Without it Excel reads the file in the machine's own code page, and £ and é break.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The rows under their headings, to be kept as `name`, which is a plain file name such as `audit.csv`.
pub fn download<const N: usize>(
    name: &str,
    headings: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<Response, AppError> {
    let mut response = write(headings, rows)?.into_response();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|error| AppError::Internal(error.to_string()))?;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_DISPOSITION, disposition);
    Ok(response)
}

fn write<const N: usize>(headings: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Result<Vec<u8>, AppError> {
    let failed = |error: &dyn std::fmt::Display| AppError::Internal(format!("a CSV file: {error}"));
    let mut csv = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    csv.write_record(headings).map_err(|error| failed(&error))?;
    for row in rows {
        csv.write_record(row.map(harmless)).map_err(|error| failed(&error))?;
    }
    csv.into_inner().map_err(|error| failed(&error))
}

/// Spreadsheets run what begins like a formula; an apostrophe makes it text.
fn harmless(cell: String) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_never_runs_and_letters_stay_what_they_are() {
        let row = ["=HYPERLINK(\"x\")".to_owned(), "Café, £1".to_owned()];
        let csv = String::from_utf8(write(["Who", "Where"], [row].into_iter()).unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}Who,Where\n\"'=HYPERLINK(\"\"x\"\")\",\"Café, £1\"\n");
    }
}

//! Agenda for Change: the bands of the NHS in England with what each pays from each April on.

use serde::Deserialize;
use time::Date;

use super::ReferenceError;
use crate::db::NewGrade;
use crate::domain::pay::PointPay;
use crate::domain::text::parse_date;

/// What the pay scheme is called wherever a grade is shown.
pub const PAY_SCHEME: &str = "Agenda for Change";

const FILE: &str = "afc_pay.csv";
const ROWS: &str = include_str!("../../reference/afc_pay.csv");

/// Nobody has been appointed to Band 1 since 1 December 2018 (its remark in the file), so no job is graded by it.
const CLOSED_BAND: &str = "1";

/// One pay point of a band in one year.
#[derive(Deserialize)]
struct Row {
    band: String,
    point: String,
    /// Whole years in the band that reach it.
    years: Option<i32>,
    /// Whole pounds a year, full time, without high cost area supplements.
    annual_gbp: i64,
    pay_year: String,
    effective_from: String,
    source: String,
}

/// The bands, lowest first, each from its lowest to its highest pay point, in pence a year.
///
/// # Errors
/// [`ReferenceError`] where a row of the file can't be read.
pub fn grades() -> Result<Vec<NewGrade>, ReferenceError> {
    let mut grades: Vec<NewGrade> = Vec::new();
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(ROWS.as_bytes());
    for row in reader.deserialize::<Row>() {
        let row = row.map_err(|error| unreadable(error.to_string()))?;
        if row.band == CLOSED_BAND {
            continue;
        }
        let from = parse_date(&row.effective_from)
            .ok_or_else(|| unreadable(format!("“{}” is no date", row.effective_from)))?;
        add(&mut grades, &row, from);
    }
    Ok(grades)
}

fn add(grades: &mut Vec<NewGrade>, row: &Row, from: Date) {
    let name = format!("Band {}", row.band);
    let place = grades.iter().position(|grade| grade.name == name).unwrap_or_else(|| {
        grades.push(NewGrade { pay_scheme: PAY_SCHEME.to_owned(), name, ..NewGrade::default() });
        grades.len() - 1
    });
    let pence = row.annual_gbp * 100;
    let point = PointPay { name: row.point.clone(), annual: pence, years: row.years };
    let points = &mut grades[place].points;
    match points.iter_mut().find(|(effective_from, _)| *effective_from == from) {
        Some((_, points)) => points.push(point),
        None => points.push((from, vec![point])),
    }
    let amounts = &mut grades[place].amounts;
    match amounts.iter_mut().find(|(effective_from, ..)| *effective_from == from) {
        Some((_, minimum, maximum, _)) => (*minimum, *maximum) = ((*minimum).min(pence), (*maximum).max(pence)),
        None => amounts.push((from, pence, pence, format!("{PAY_SCHEME} {}: {}", row.pay_year, row.source))),
    }
}

fn unreadable(what: String) -> ReferenceError {
    ReferenceError { file: FILE, what }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn amount(name: &str, from: Date) -> (i64, i64) {
        let grades = grades().unwrap();
        let grade = grades.iter().find(|grade| grade.name == name).unwrap();
        let (_, minimum, maximum, source) = grade.amounts.iter().find(|amount| amount.0 == from).unwrap();
        assert!(source.starts_with("Agenda for Change 20"), "{source}");
        (*minimum, *maximum)
    }

    #[test]
    fn known_figures() {
        assert_eq!(amount("Band 4", date!(2025 - 04 - 01)), (2_748_500, 3_016_200));
        assert_eq!(amount("Band 4", date!(2026 - 04 - 01)), (2_839_200, 3_115_700));
        // One pay point only, and three.
        assert_eq!(amount("Band 2", date!(2026 - 04 - 01)), (2_527_200, 2_527_200));
        assert_eq!(amount("Band 9", date!(2026 - 04 - 01)), (11_278_200, 12_978_300));
    }

    #[test]
    fn every_band_has_every_year_and_bands_rise() {
        let grades = grades().unwrap();
        let names: Vec<&str> = grades.iter().map(|grade| grade.name.as_str()).collect();
        let bands = ["2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"].map(|band| format!("Band {band}"));
        assert_eq!(names, bands);
        for pair in grades.windows(2) {
            for (lower, higher) in pair[0].amounts.iter().zip(&pair[1].amounts) {
                assert_eq!(lower.0, higher.0);
                assert!(lower.1 <= lower.2 && lower.2 <= higher.1, "{} {}", pair[1].name, higher.0);
            }
        }
        assert!(grades.iter().all(|grade| grade.amounts.len() == 5));
    }
}

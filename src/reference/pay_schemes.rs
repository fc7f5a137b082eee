//! What comes with a pay scheme: its full-time week, its spine, and what it adds in some places.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use time::Date;

use super::ReferenceError;
use super::agenda_for_change::PAY_SCHEME as AGENDA_FOR_CHANGE;
use crate::db::{NewGrade, NewScheme, NewTerm};
use crate::domain::advert::ContractKind;
use crate::domain::pay::{Area, NewSupplement, PointPay};
use crate::domain::text::parse_date;

/// The National Joint Council's scheme for local government, outside London.
pub const NJC: &str = "NJC";

const SPINE_FILE: &str = "njc_spine.csv";
const SPINE: &str = include_str!("../../reference/njc_spine.csv");
const AREAS_FILE: &str = "hcas.csv";
const AREAS: &str = include_str!("../../reference/hcas.csv");

const TERMS_FILE: &str = "term_lines.csv";
const TERMS: &str = include_str!("../../reference/term_lines.csv");

/// Full-time weeks in hundredths of hours: NHS Terms and Conditions, section 10; NJC Green Book, part 2, paragraph 6.
const NHS_WEEK: i32 = 3750;
const NJC_WEEK: i32 = 3700;

#[derive(Deserialize)]
struct SpineRow {
    scp: i32,
    annual_gbp: i64,
    pay_year: String,
    effective_from: String,
    evidence: String,
}

#[derive(Deserialize)]
struct AreaRow {
    area: String,
    percent: i64,
    min_gbp: i64,
    max_gbp: i64,
    pay_year: String,
    effective_from: String,
    source: String,
}

/// The schemes of these grades, each once; one that nothing is known of has the hours of local government.
///
/// # Errors
/// [`ReferenceError`] where a row of a file can't be read.
pub fn of(grades: &[NewGrade]) -> Result<Vec<NewScheme>, ReferenceError> {
    let mut schemes: Vec<NewScheme> = Vec::new();
    for grade in grades {
        if schemes.iter().all(|scheme| scheme.name != grade.pay_scheme) {
            schemes.push(scheme(&grade.pay_scheme)?);
        }
    }
    Ok(schemes)
}

fn scheme(name: &str) -> Result<NewScheme, ReferenceError> {
    let bare = NewScheme { name: name.to_owned(), week: NJC_WEEK, terms: terms(name)?, ..NewScheme::default() };
    Ok(match name {
        AGENDA_FOR_CHANGE => NewScheme { week: NHS_WEEK, supplements: supplements()?, ..bare },
        NJC => NewScheme { spine: spine()?, ..bare },
        _ => bare,
    })
}

/// Every point of the NJC spine: point, from, pence a year, source.
///
/// # Errors
/// [`ReferenceError`] where a row can't be read.
pub fn spine() -> Result<Vec<(i32, Date, i64, String)>, ReferenceError> {
    let point = |row: SpineRow| {
        let from = day(SPINE_FILE, &row.effective_from)?;
        Ok((row.scp, from, row.annual_gbp * 100, format!("NJC pay spine {}, {}", row.pay_year, row.evidence)))
    };
    rows::<SpineRow>(SPINE_FILE, SPINE)?.into_iter().map(point).collect()
}

/// What the NHS adds in and around London.
///
/// # Errors
/// [`ReferenceError`] where a row can't be read.
pub fn supplements() -> Result<Vec<NewSupplement>, ReferenceError> {
    let supplement = |row: AreaRow| {
        let area = Area::parse(&row.area)
            .ok_or_else(|| ReferenceError { file: AREAS_FILE, what: format!("“{}” is no area", row.area) })?;
        let limits = (row.min_gbp * 100, row.max_gbp * 100);
        let source = format!("High cost area supplements {}: {}", row.pay_year, row.source);
        let from = day(AREAS_FILE, &row.effective_from)?;
        Ok(NewSupplement { area, from, percent: row.percent, limits, source })
    };
    rows::<AreaRow>(AREAS_FILE, AREAS)?.into_iter().map(supplement).collect()
}

/// Gives a grade that runs over points of the NJC spine their pay, on each date on which the spine has all of them.
///
/// # Errors
/// [`ReferenceError`] where the spine can't be read.
pub fn over_spine(grade: NewGrade, (low, high): (i32, i32)) -> Result<NewGrade, ReferenceError> {
    let spine = spine()?;
    let mut days: Vec<Date> = spine.iter().map(|(_, from, ..)| *from).collect();
    days.sort_unstable();
    days.dedup();
    let mut grade = NewGrade { spine: Some((low, high)), ..grade };
    for day in days {
        let mine: Vec<_> =
            spine.iter().filter(|(point, from, ..)| *from == day && (low..=high).contains(point)).collect();
        let (Some(first), Some(last), true) = (mine.first(), mine.last(), mine.len() as i32 == high - low + 1) else {
            continue;
        };
        grade.amounts.push((day, first.2, last.2, format!("{}, points {low} to {high}", first.3)));
        let point = |(point, _, pence, _): &&(i32, Date, i64, String)| PointPay {
            name: point.to_string(),
            annual: *pence,
            years: None,
        };
        grade.points.push((day, mine.iter().map(point).collect()));
    }
    Ok(grade)
}

#[derive(Deserialize)]
struct TermRow {
    pay_scheme: String,
    label: String,
    text: String,
    contracts: String,
    effective_from: String,
    source: String,
}

/// The terms of a scheme that documents print where their author wrote none.
fn terms(scheme: &str) -> Result<Vec<NewTerm>, ReferenceError> {
    let term = |row: TermRow| {
        let kinds = row.contracts.split_whitespace().map(|word| {
            let odd = || ReferenceError { file: TERMS_FILE, what: format!("“{word}” is no contract") };
            ContractKind::parse(word).ok_or_else(odd)
        });
        Ok(NewTerm {
            contracts: kinds.collect::<Result<_, _>>()?,
            from: day(TERMS_FILE, &row.effective_from)?,
            label: row.label,
            text: row.text,
            source: row.source,
        })
    };
    rows::<TermRow>(TERMS_FILE, TERMS)?.into_iter().filter(|row| row.pay_scheme == scheme).map(term).collect()
}

fn rows<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, ReferenceError> {
    let reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let rows: Result<Vec<T>, csv::Error> = reader.into_deserialize().collect();
    rows.map_err(|error| ReferenceError { file, what: error.to_string() })
}

fn day(file: &'static str, typed: &str) -> Result<Date, ReferenceError> {
    parse_date(typed).ok_or_else(|| ReferenceError { file, what: format!("“{typed}” is no date") })
}

#[cfg(test)]
#[path = "pay_table.rs"]
mod table;

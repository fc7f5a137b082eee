//! An employer's own grades, from a CSV file: one line for each grade and date.
//!
//! Columns: `pay_scheme`, `grade`, `effective_from`, `minimum_gbp`, `maximum_gbp`, `source`. The lowest grade comes first;
//! a line without a date names a grade that has no amounts. Two more columns, `point_from` and `point_to`, map a grade to
//! points of the NJC spine that comes with Rolebook.

use std::path::Path;

use anyhow::{Context, anyhow, bail};
use serde::Deserialize;

use crate::db::NewGrade;
use crate::domain::text::{one_line, parse_date};
use crate::reference::pay_schemes::{NJC, over_spine};

#[derive(Deserialize)]
struct Row {
    pay_scheme: String,
    grade: String,
    effective_from: String,
    minimum_gbp: String,
    maximum_gbp: String,
    /// First and last point of the NJC spine, instead of amounts.
    #[serde(default)]
    point_from: Option<i32>,
    #[serde(default)]
    point_to: Option<i32>,
    #[serde(default)]
    source: String,
}

/// The grades in the file's order, each with its dated amounts.
///
/// # Errors
/// A sentence that names the line.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<NewGrade>> {
    let file = std::fs::File::open(path).with_context(|| format!("{} can't be opened", path.display()))?;
    from_reader(file).with_context(|| format!("{} can't be used", path.display()))
}

fn from_reader(file: impl std::io::Read) -> anyhow::Result<Vec<NewGrade>> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(file);
    let mut grades: Vec<NewGrade> = Vec::new();
    for (n, row) in reader.deserialize::<Row>().enumerate() {
        let line = n + 2;
        let row = row.map_err(|error| anyhow!("line {line}: {error}"))?;
        add(&mut grades, &row).with_context(|| format!("line {line}"))?;
    }
    if grades.is_empty() {
        bail!("it names no grade");
    }
    Ok(grades)
}

fn add(grades: &mut Vec<NewGrade>, row: &Row) -> anyhow::Result<()> {
    let (pay_scheme, name) = (one_line(&row.pay_scheme), one_line(&row.grade));
    if pay_scheme.is_empty() || name.is_empty() {
        bail!("the pay scheme and the grade have to be named");
    }
    let known = grades.iter().position(|grade| grade.name == name && grade.pay_scheme == pay_scheme);
    let at = known.unwrap_or_else(|| {
        grades.push(NewGrade { pay_scheme, name, ..NewGrade::default() });
        grades.len() - 1
    });
    if let (Some(low), Some(high)) = (row.point_from, row.point_to) {
        if grades[at].pay_scheme != NJC || low < 1 || high < low {
            bail!("points are those of the pay scheme {NJC}, from the lower to the higher");
        }
        grades[at] = over_spine(grades[at].clone(), (low, high))?;
        if grades[at].amounts.is_empty() {
            bail!("the {NJC} spine has no points {low} to {high}");
        }
        return Ok(());
    }
    if row.effective_from.is_empty() {
        return Ok(());
    }
    let from = parse_date(&row.effective_from).ok_or_else(|| anyhow!("“{}” is no date", row.effective_from))?;
    let (minimum, maximum) = (pence(&row.minimum_gbp)?, pence(&row.maximum_gbp)?);
    if minimum > maximum || minimum == 0 {
        bail!("the lowest pay has to be above nothing, and not above the highest");
    }
    if grades[at].amounts.iter().any(|amount| amount.0 == from) {
        bail!("the grade has amounts from that date already");
    }
    grades[at].amounts.push((from, minimum, maximum, one_line(&row.source)));
    Ok(())
}

/// Pence of `27,485`, `£27485` or `27485.50`.
fn pence(typed: &str) -> anyhow::Result<i64> {
    let plain: String = typed.chars().filter(|c| !matches!(c, '£' | ',' | ' ')).collect();
    let (pounds, pence) = plain.split_once('.').unwrap_or((&plain, "00"));
    let whole = pounds.parse::<i64>().ok().filter(|pounds| (0..100_000_000).contains(pounds));
    let part = pence.parse::<i64>().ok().filter(|_| pence.len() == 2);
    whole.zip(part).map(|(whole, part)| whole * 100 + part).ok_or_else(|| anyhow!("“{typed}” is no amount in pounds"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const HEAD: &str = "pay_scheme,grade,effective_from,minimum_gbp,maximum_gbp,source\n";

    #[test]
    fn a_grade_takes_its_amounts_line_by_line() {
        let file = format!(
            "# our own scale\n{HEAD}NJC,Grade 3,2025-04-01,\"24,796\",25583.50,Our pay table\nNJC,Grade 3,2026-04-01,25615,26427,\nNJC,SO1,,,,\n"
        );
        let grades = from_reader(file.as_bytes()).unwrap();
        let names: Vec<&str> = grades.iter().map(|grade| grade.name.as_str()).collect();
        assert_eq!(names, ["Grade 3", "SO1"]);
        assert_eq!(grades[0].amounts[0], (date!(2025 - 04 - 01), 2_479_600, 2_558_350, "Our pay table".to_owned()));
        assert!(grades[1].amounts.is_empty());
    }

    #[test]
    fn a_bad_line_is_named() {
        for (line, says) in [
            ("NJC,Grade 3,soon,1,2,", "no date"),
            ("NJC,Grade 3,2025-04-01,ten,20,", "no amount"),
            ("NJC,Grade 3,2025-04-01,20,10,", "lowest"),
            ("NJC,,2025-04-01,1,2,", "named"),
        ] {
            let error = format!("{:#}", from_reader(format!("{HEAD}{line}\n").as_bytes()).unwrap_err());
            assert!(error.contains("line 2") && error.contains(says), "{error}");
        }
        assert!(from_reader(HEAD.as_bytes()).is_err());
    }
}

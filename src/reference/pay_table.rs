//! Every row of the pay files comes out of the salary function for its date, to the penny.

use serde::Deserialize;
use time::Date;
use time::macros::datetime;

use super::super::agenda_for_change;
use super::*;
use crate::domain::ids::GradeId;
use crate::domain::pay::{Amount, Day, Grade, Post, hourly, salary};

#[derive(Deserialize)]
struct BandRow {
    band: String,
    point: String,
    annual_gbp: i64,
    hourly_gbp: String,
    effective_from: String,
}

#[derive(Deserialize)]
struct PointRow {
    scp: i32,
    annual_gbp: i64,
    hourly_gbp: String,
    effective_from: String,
}

fn grade(new: &NewGrade, week: i64) -> Grade {
    let known = datetime!(2026-01-01 0:00 UTC);
    let amount = |(from, low, high, _): &(Date, i64, i64, String)| Amount {
        effective_from: *from,
        minimum_pence: *low,
        maximum_pence: *high,
        known,
    };
    Grade {
        id: GradeId(1),
        pay_scheme: new.pay_scheme.clone(),
        name: new.name.clone(),
        week,
        spine: new.spine,
        ended_on: None,
        amounts: new.amounts.iter().map(amount).collect(),
        supplements: supplements().unwrap().iter().map(|one| one.known_at(known)).collect(),
    }
}

fn pence(pounds: &str) -> i64 {
    let (whole, part) = pounds.split_once('.').unwrap();
    whole.parse::<i64>().unwrap() * 100 + part.parse::<i64>().unwrap()
}

/// The pay of one point alone, from that day on.
fn at_point(name: &str, from: Date, annual: i64, week: i64) -> (i64, i64) {
    let new =
        NewGrade { name: name.into(), amounts: vec![(from, annual, annual, String::new())], ..NewGrade::default() };
    salary(&grade(&new, week), None, Day::of(from), Post::default()).unwrap().full
}

#[test]
fn every_point_of_every_band() {
    let bands = agenda_for_change::grades().unwrap();
    let rows = rows::<BandRow>("afc_pay.csv", include_str!("../../reference/afc_pay.csv")).unwrap();
    assert_eq!(rows.len(), 141);
    for row in rows {
        let (from, annual) = (day("", &row.effective_from).unwrap(), row.annual_gbp * 100);
        assert_eq!(at_point(&row.point, from, annual, 3750), (annual, annual));
        assert_eq!(hourly(annual, 3750), pence(&row.hourly_gbp), "band {} {} {from}", row.band, row.point);
        let Some(band) = bands.iter().find(|band| band.name == format!("Band {}", row.band)) else {
            assert_eq!(row.band, "1", "closed to new starters");
            continue;
        };
        let points = &band.points.iter().find(|(day, _)| *day == from).unwrap().1;
        assert!(points.iter().any(|point| point.name == row.point && point.annual == annual), "{}", row.point);
        let pay = salary(&grade(band, 3750), None, Day::of(from), Post::default()).unwrap().full;
        assert_eq!(pay.0, points[0].annual);
        assert_eq!(pay.1, points[points.len() - 1].annual);
        assert!(pay.0 <= annual && annual <= pay.1);
    }
}

#[test]
fn every_point_of_the_njc_spine() {
    let rows = rows::<PointRow>(SPINE_FILE, SPINE).unwrap();
    assert_eq!(rows.len(), 167);
    for row in rows {
        let (from, annual) = (day("", &row.effective_from).unwrap(), row.annual_gbp * 100);
        let bare = NewGrade { pay_scheme: NJC.into(), name: "One point".into(), ..NewGrade::default() };
        let one = over_spine(bare, (row.scp, row.scp)).unwrap();
        let pay = salary(&grade(&one, 3700), None, Day::of(from), Post::default()).unwrap();
        assert_eq!(pay.full, (annual, annual), "point {} from {from}", row.scp);
        assert_eq!(hourly(annual, 3700), pence(&row.hourly_gbp), "point {} from {from}", row.scp);
    }
}

#[test]
fn every_supplement_on_every_band() {
    let bands = agenda_for_change::grades().unwrap();
    let areas = rows::<AreaRow>(AREAS_FILE, AREAS).unwrap();
    assert_eq!(areas.len(), 15);
    for row in areas {
        let (from, area) = (day("", &row.effective_from).unwrap(), Area::parse(&row.area).unwrap());
        for band in &bands {
            let (_, low, high, _) = band.amounts.iter().find(|amount| amount.0 == from).unwrap();
            // Whole pounds, so that the share of them is whole pence.
            let with = |pence: &i64| pence + (pence / 100 * row.percent).clamp(row.min_gbp * 100, row.max_gbp * 100);
            let pay = salary(&grade(band, 3750), None, Day::of(from), Post { hours: "", area: Some(area) }).unwrap();
            assert_eq!(pay.full, (with(low), with(high)), "{} {} {from}", band.name, row.area);
        }
    }
}

#[test]
fn a_published_mapping_of_grades_gives_the_published_pay() {
    // Durham's grades 9 and 11, from `local_grades.csv`.
    let pay = |points| {
        let bare = NewGrade { pay_scheme: NJC.into(), name: "Grade".into(), ..NewGrade::default() };
        let on = time::macros::date!(2025 - 06 - 01);
        let grade = grade(&over_spine(bare, points).unwrap(), 3700);
        salary(&grade, None, Day::of(on), Post::default()).unwrap().words()
    };
    assert_eq!(pay((24, 28)), "£35,412 to £39,152 a year");
    assert_eq!(pay((30, 34)), "£40,777 to £45,091 a year");
}

//! A new employer, with the pay of its scheme from the reference data.

use rolebook::db::{DbError, EmployerKind, EvaluationScheme};
use rolebook::domain::pay::{Area, Day, Post, salary};
use rolebook::reference::{agenda_for_change, pay_schemes};
use sqlx::Row;
use time::macros::date;

use crate::support::site::Site;

#[tokio::test]
async fn an_nhs_employer_starts_with_the_bands() {
    let site = Site::new().await;
    let now = site.app.clock.now();
    let mut tx = site.app.database.begin().await.unwrap();
    let (kind, scheme) = (EmployerKind::NhsTrust, EvaluationScheme::Nhs);
    let id = tx.add_employer("eastvale", "Eastvale NHS Trust", kind, scheme, now).await.unwrap();
    let bands = agenda_for_change::grades().unwrap();
    tx.add_schemes(id, &pay_schemes::of(&bands).unwrap(), now).await.unwrap();
    tx.add_grades(id, &bands, now).await.unwrap();
    let grades = tx.grades(id).await.unwrap();
    let band_4 = grades.iter().find(|grade| grade.name == "Band 4").unwrap();
    let pays = |date, area| {
        let post = Post { hours: "22.5 hours a week", area };
        salary(band_4, None, Day::of(date), post).map(|salary| salary.words()).unwrap_or_default()
    };
    let half = "£27,485 to £30,162 a year; at 22.5 of 37.5 hours £16,491 to £18,097";
    assert_eq!(pays(date!(2026 - 03 - 31), None), half);
    // An inner London supplement of 20%: £28,392 and £31,157 make more than its limit of £5,794 only at the top.
    let london =
        "£34,186 to £37,388 a year, with the inner London supplement; at 22.5 of 37.5 hours £20,512 to £22,433";
    assert_eq!(pays(date!(2026 - 04 - 01), Some(Area::Inner)), london);
    tx.commit().await.unwrap();

    let record = sqlx::query("select actor, subject from audit where employer_id = $1").bind(id.0);
    let row = record.fetch_one(&site.db).await.unwrap();
    assert_eq!((row.get::<&str, _>(0), row.get::<&str, _>(1)), ("The command line", "Eastvale NHS Trust"));
}

#[tokio::test]
async fn a_slug_is_taken_once_and_has_its_shape() {
    let site = Site::new().await;
    for (slug, constraint) in [("east vale", "employer_slug_check"), ("northmoor", "employer_slug_key")] {
        let mut tx = site.app.database.begin().await.unwrap();
        let now = site.app.clock.now();
        tx.add_employer("northmoor", "Northmoor", EmployerKind::Other, EvaluationScheme::Own, now).await.unwrap();
        let refused = tx.add_employer(slug, "Another", EmployerKind::Council, EvaluationScheme::Njc, now).await;
        assert!(matches!(&refused, Err(DbError::Constraint(name)) if name == constraint), "{refused:?}");
    }
}

//! The fast search beside a slow one that looks at every job: they agree whatever is asked.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use rolebook::db::{JobFilter, JobSort};
use rolebook::domain::advert::{ContractKind, Flexible, Pattern, Words};
use rolebook::domain::places::miles;
use rolebook::reference::places::{Found, find, of_lines};
use rolebook::reference::synonyms::synonyms;
use time::macros::datetime;

use super::{Job, site_with, town};

/// Words without other forms and without synonyms, so that looking for them is easy.
const WORDS: [&str; 6] = ["patients", "guildhall", "equipment", "breakfast", "lead", "pupils"];

#[derive(Debug, Clone)]
struct Asked {
    words: Option<&'static str>,
    place: Option<(&'static str, f64)>,
    grade: Option<&'static str>,
    contract: Option<ContractKind>,
    patterns: Vec<Pattern>,
    flexible: Vec<Flexible>,
    salary: Option<i64>,
    closes_by: Option<time::OffsetDateTime>,
}

fn asked() -> impl Strategy<Value = Asked> {
    let maybe = |values: &'static [&'static str]| prop::option::weighted(0.3, prop::sample::select(values));
    let place = (prop::sample::select(&["HX7", "LS9", "ME13", "York", "BD1"][..]), 0.5f64..60.0);
    (
        maybe(&WORDS),
        prop::option::weighted(0.4, place),
        maybe(&["Band 2", "Band 6", "Grade 3"]),
        prop::option::weighted(0.2, prop::sample::select(ContractKind::ALL)),
        prop::collection::vec(prop::sample::select(Pattern::ALL), 0..3),
        prop::collection::vec(prop::sample::select(Flexible::ALL), 0..2),
        prop::option::weighted(0.3, 14_000i64..80_000),
        prop::option::weighted(
            0.2,
            prop::sample::select(vec![
                datetime!(2026-01-19 0:00 UTC),
                datetime!(2026-03-02 0:00 UTC),
                datetime!(2026-03-29 23:00 UTC),
            ]),
        ),
    )
        .prop_map(|(words, place, grade, contract, patterns, flexible, salary, closes_by)| Asked {
            words,
            place,
            grade,
            contract,
            patterns,
            flexible,
            salary,
            closes_by,
        })
}

/// The obvious way.
fn fits(job: &Job, asked: &Asked, now: time::OffsetDateTime) -> bool {
    let closes = rolebook::clock::end_of_day(job.closes_on);
    let says = format!("{} {} {}", job.title, job.text, job.place).to_lowercase();
    let words: Vec<&str> = says.split(|c: char| !c.is_alphanumeric()).collect();
    job.opens <= now
        && closes > now
        && asked.words.is_none_or(|word| words.contains(&word))
        && asked.grade.is_none_or(|grade| job.grade == grade)
        && asked.contract.is_none_or(|kind| job.contract == kind)
        && (asked.patterns.is_empty() || asked.patterns.iter().any(|one| job.patterns.contains(one)))
        && asked.flexible.iter().all(|one| job.flexible.contains(one))
        && asked.salary.is_none_or(|pounds| job.pay.1 >= pounds)
        && asked.closes_by.is_none_or(|by| closes <= by)
        && asked.place.is_none_or(|(name, far)| {
            let Found::Place(here) = find(name) else { panic!("{name} is on the map") };
            let at = (here.latitude, here.longitude);
            of_lines(job.place).iter().any(|place| miles(at, (place.latitude, place.longitude)) <= far)
        })
}

fn filter(asked: &Asked) -> JobFilter {
    let near = asked.place.map(|(name, far)| match find(name) {
        Found::Place(place) => place.within(far),
        other => panic!("{name}: {other:?}"),
    });
    JobFilter {
        words: asked.words.map(|word| Words::read(word, synonyms())).unwrap_or_default(),
        near,
        grade: asked.grade.map(str::to_owned),
        contract: asked.contract,
        patterns: asked.patterns.clone(),
        flexible: asked.flexible.clone(),
        salary_from: asked.salary.map(|pounds| pounds * 100),
        closes_by: asked.closes_by,
        ..JobFilter::default()
    }
}

#[tokio::test]
async fn the_fast_search_equals_a_slow_obvious_one() {
    let jobs = town();
    let (site, _) = site_with(&jobs).await;
    let now = site.now();
    let mut runner = TestRunner::new(Config::default());
    let mut tx = site.tx().await;
    let mut found_something = 0;
    for _ in 0..400 {
        let asked = asked().new_tree(&mut runner).unwrap().current();
        let mut expected: Vec<&str> = jobs.iter().filter(|job| fits(job, &asked, now)).map(|job| job.title).collect();
        expected.sort();
        let filter = filter(&asked);
        for sort in JobSort::ALL {
            let rows = tx.find_jobs(&filter, *sort, 0, 100, now).await.unwrap();
            let mut found: Vec<String> = rows.into_iter().map(|row| row.title).collect();
            found.sort();
            assert_eq!(found, expected, "{asked:?} by {sort:?}");
        }
        let facets = tx.job_facets(&filter, std::slice::from_ref(&filter), now).await.unwrap();
        assert_eq!(facets.total, expected.len() as i64, "{asked:?}");
        assert_eq!(facets.looser, [facets.total]);
        let employers: i64 = facets.employers.iter().filter_map(|one| one.count).sum();
        assert_eq!(employers, facets.total, "every job has one employer");
        assert_eq!(tx.count_jobs(&filter, now).await.unwrap(), facets.total);
        found_something += usize::from(!expected.is_empty());
    }
    assert!(found_something > 40, "searches that find nothing prove little: {found_something} of 400 found something");
}

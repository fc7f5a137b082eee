//! The fast search beside a slow one that looks at every job: they agree whatever is asked.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use rolebook::db::{Counting, FoundJobs, JobRow, JobSort};
use rolebook::reference::places::of_lines;
use time::Duration;
use time::macros::datetime;

use super::asked::{Asked, Choices, asked};
use super::{JOB, Job, site_with, town};

/// Words without other forms and without synonyms, so that looking for them is easy.
const WORDS: [&str; 6] = ["patients", "guildhall", "equipment", "breakfast", "lead", "pupils"];

/// Pence a year.
const PAYS: [i64; 3] = [2_500_000, 3_779_600, 6_000_000];

fn choices() -> Choices {
    Choices {
        words: &WORDS,
        places: &["HX7", "LS9", "ME13", "York", "BD1"],
        grades: &["Band 2", "Band 6", "Grade 3"],
        closes_by: vec![
            datetime!(2026-01-19 0:00 UTC),
            datetime!(2026-03-02 0:00 UTC),
            datetime!(2026-03-29 23:00 UTC),
        ],
    }
}

/// The obvious way.
fn fits(job: &Job, asked: &Asked, now: time::OffsetDateTime) -> bool {
    let closes = rolebook::clock::end_of_day(job.closes_on);
    let says = format!("{} {} {}", job.title, job.text, job.place).to_lowercase();
    let words: Vec<&str> = says.split(|c: char| !c.is_alphanumeric()).collect();
    job.opens <= now
        && closes > now
        && asked.word.is_none_or(|word| words.contains(&word))
        && asked.grade.is_none_or(|grade| job.grade == grade)
        && asked.contract.is_none_or(|kind| job.contract == kind)
        && (asked.patterns.is_empty() || asked.patterns.iter().any(|one| job.patterns.contains(one)))
        && asked.flexible.iter().all(|one| job.flexible.contains(one))
        && asked.salary.is_none_or(|pounds| job.pay.1 >= pounds)
        && asked.closes_by.is_none_or(|by| closes <= by)
        && asked.is_near(of_lines(job.place).into_iter().map(|place| (place.latitude, place.longitude)))
}

fn may_follow(sort: JobSort, one: &JobRow, next: &JobRow) -> bool {
    match sort {
        JobSort::Newest => one.opened_at >= next.opened_at,
        JobSort::ClosingSoon => one.closes_on <= next.closes_on,
        JobSort::Distance => one.miles <= next.miles,
        JobSort::Relevance | JobSort::Salary => true,
    }
}

#[tokio::test]
async fn the_fast_search_equals_a_slow_obvious_one() {
    let mut jobs = town();
    // It lies in several drawers of a circle, and is found once.
    jobs.push(Job {
        title: "Grounds manager",
        text: "You lead the gardeners.",
        place: "Parks Yard, York\nNursery, LS9\nMillfield, HX7\nDepot, ME13",
        ..JOB
    });
    let (site, _) = site_with(&jobs).await;
    let now = site.now();
    let mut runner = TestRunner::new(Config::default());
    let mut tx = site.tx().await;
    let mut found_something = 0;
    for turn in 0..400 {
        if turn == 200 {
            // From now on everything is looked for in drawers, as if there were very many.
            let always = "create or replace function are_many(sampled bigint, wanted bigint) returns boolean \
                          language sql immutable as 'select true'";
            sqlx::query(always).execute(&site.db).await.unwrap();
        }
        let asked = asked(choices()).new_tree(&mut runner).unwrap().current();
        let fitting: Vec<&Job> = jobs.iter().filter(|job| fits(job, &asked, now)).collect();
        let mut expected: Vec<&str> = fitting.iter().map(|job| job.title).collect();
        expected.sort();
        let filter = asked.filter();
        for sort in JobSort::ALL {
            let rows = tx.find_jobs(&filter, *sort, 0, 100, now).await.unwrap();
            assert!(rows.is_sorted_by(|one, next| may_follow(*sort, one, next)), "{asked:?} by {sort:?}: {rows:#?}");
            let mut found: Vec<String> = rows.into_iter().map(|row| row.title).collect();
            let first = tx.find_jobs(&filter, *sort, 0, 3, now).await.unwrap();
            assert!(first.iter().map(|row| &row.title).eq(found.iter().take(3)), "{asked:?} by {sort:?}");
            found.sort();
            assert_eq!(found, expected, "{asked:?} by {sort:?}");
        }
        let counting = Counting { salaries: &PAYS, soon: now + Duration::DAY * 7, with_choices: false };
        let FoundJobs { page, facets, .. } =
            tx.search_jobs(&filter, JobSort::Newest, (0, 100), counting, now).await.unwrap();
        let many = |fits: &dyn Fn(&Job) -> bool| fitting.iter().filter(|job| fits(job)).count() as i64;
        assert_eq!(facets.salaries, PAYS.map(|pence| many(&|job| job.pay.1 * 100 >= pence)), "{asked:?}");
        let soon = many(&|job| rolebook::clock::end_of_day(job.closes_on) <= counting.soon);
        assert_eq!(facets.soon, Some(soon), "{asked:?}");
        assert_eq!(facets.total, expected.len() as i64, "{asked:?}");
        assert_eq!(page.len() as i64, facets.total);
        let both = [filter.clone(), filter.clone()];
        assert_eq!(tx.count_each(&both, now).await.unwrap(), [facets.total, facets.total]);
        let employers: i64 = facets.employers.iter().filter_map(|one| one.count).sum();
        assert_eq!(employers, facets.total, "every job has one employer");
        assert_eq!(tx.count_jobs(&filter, now).await.unwrap(), facets.total);
        found_something += usize::from(!expected.is_empty());
    }
    assert!(found_something > 40, "searches that find nothing prove little: {found_something} of 400 found something");
}

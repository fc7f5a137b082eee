//! The search over thousands of made-up adverts: hand-checked searches from a table, and the same answers as looking at
//! every advert.

use std::collections::{BTreeSet, HashMap};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use rolebook::db::{JobSort, ManyAdvert};
use rolebook::demo::many::{Maker, add_to};
use time::macros::datetime;

use super::asked::{Asked, Choices, asked};
use crate::support::site::Site;

const ADVERTS: usize = 2_000;

/// A search, what the page says of how much it found, and the first title: in that order, a row each.
const TABLE: &str = include_str!("searches.txt");

/// Words of many and of few adverts, none with a synonym.
const WORDS: [&str; 10] = [
    "dialysis",
    "dementia",
    "braille",
    "kestrel",
    "heron",
    "welding",
    "bicycles",
    "laughing",
    "supervised",
    "guidance",
];

async fn many() -> Site {
    let site = Site::new().await;
    let mut tx = site.tx().await;
    let now = (site.app.clock.today(), site.now());
    add_to(&mut tx, ADVERTS, now, "no password", |_| {}).await.unwrap();
    tx.commit().await.unwrap();
    site
}

#[tokio::test]
async fn many_adverts_are_searched_right() {
    let site = many().await;
    the_table_holds(&site).await;
    the_fast_search_equals_looking_at_every_advert(&site).await;
}

async fn the_table_holds(site: &Site) {
    let mut browser = site.browser();
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for row in TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut cells = row.split('|').map(str::trim);
        let mut cell = || cells.next().unwrap_or_default().to_owned();
        let (asked, says, first) = (cell(), cell(), cell());
        let address = format!("/jobs?{}", asked.replace(' ', "+").replace('"', "%22").replace('£', "%C2%A3"));
        let page = browser.get(&address).await;
        let page = if page.status == 303 { browser.follow(page).await } else { page };
        let found = page.find(".rb-job .rb-row__title").first().cloned().unwrap_or_default();
        rows += 1;
        if !page.has_text(&says) || says.is_empty() || found != first {
            let said = page.find(".rb-count [role=status]").concat();
            wrong.push(format!("{asked} | {said} | {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {rows} searches are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 60, "{rows}");
}

fn choices() -> Choices {
    Choices {
        words: &WORDS,
        places: &["Leeds", "LS9", "Croydon", "York", "Cardiff", "M1"],
        grades: &["Band 5", "Band 6", "Grade 3"],
        closes_by: vec![datetime!(2026-01-19 0:00 UTC), datetime!(2026-02-08 0:00 UTC)],
    }
}

/// An advert with the stems of its words.
struct Looked {
    row: ManyAdvert,
    stems: BTreeSet<String>,
}

fn pieces(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Every word's stem, by the same rules of English as the search's.
async fn stems(site: &Site, words: BTreeSet<String>) -> HashMap<String, String> {
    let words: Vec<String> = words.into_iter().collect();
    let sql = "select w, coalesce((ts_lexize('english_stem', w))[1], '') from unnest($1::text[]) w";
    sqlx::query_as(sql).bind(words).fetch_all(&site.db).await.unwrap().into_iter().collect()
}

async fn looked_at(site: &Site) -> (Vec<Looked>, HashMap<String, String>) {
    let maker = Maker::new(site.app.clock.today(), site.now()).unwrap();
    let rows: Vec<ManyAdvert> = (0..ADVERTS).map(|number| maker.advert(number).row).collect();
    let says = |row: &ManyAdvert| {
        [&row.title, &row.headline, &row.locations, &row.short_text, &row.reference].map(String::as_str).join(" ")
    };
    let all: BTreeSet<String> =
        rows.iter().flat_map(|row| pieces(&says(row)).collect::<Vec<_>>()).chain(WORDS.map(str::to_owned)).collect();
    let stems = stems(site, all).await;
    let looked =
        |row: ManyAdvert| Looked { stems: pieces(&says(&row)).map(|word| stems[&word].clone()).collect(), row };
    (rows.into_iter().map(looked).collect(), stems)
}

/// The obvious way.
fn fits(looked: &Looked, asked: &Asked, stems: &HashMap<String, String>, now: time::OffsetDateTime) -> bool {
    let row = &looked.row;
    let has = |list: &[String], word: &str| list.iter().any(|one| one == word);
    row.state == "published"
        && row.audience == "public"
        && row.opens_at <= now
        && row.closes_at > now
        && asked.word.is_none_or(|word| looked.stems.contains(&stems[word]))
        && asked.grade.is_none_or(|grade| row.grade == grade)
        && asked.contract.is_none_or(|kind| row.contract == kind.word())
        && (asked.patterns.is_empty() || asked.patterns.iter().any(|one| has(&row.patterns, one.word())))
        && asked.flexible.iter().all(|one| has(&row.flexible, one.word()))
        && asked.salary.is_none_or(|pounds| row.salary_max.is_some_and(|pence| pence >= pounds * 100))
        && asked.closes_by.is_none_or(|by| row.closes_at <= by)
        && asked.is_near(row.places.iter().map(|place| (place.latitude, place.longitude)))
}

async fn the_fast_search_equals_looking_at_every_advert(site: &Site) {
    let (looked, stems) = looked_at(site).await;
    let numbers: Vec<(i64, i32)> = sqlx::query_as("select id, number from advert").fetch_all(&site.db).await.unwrap();
    let numbers: HashMap<i64, i32> = numbers.into_iter().collect();
    let mut runner = TestRunner::new(Config::default());
    let (mut tx, now, mut found_something) = (site.tx().await, site.now(), 0);
    for _ in 0..150 {
        let asked = asked(choices()).new_tree(&mut runner).unwrap().current();
        let mut expected: Vec<i32> =
            looked.iter().filter(|one| fits(one, &asked, &stems, now)).map(|one| one.row.number).collect();
        expected.sort_unstable();
        found_something += usize::from(!expected.is_empty());
        for sort in JobSort::ALL {
            let rows = tx.find_jobs(&asked.filter(), *sort, 0, 10_000, now).await.unwrap();
            let mut found: Vec<i32> = rows.iter().map(|row| numbers[&row.id.0]).collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{asked:?} by {}", sort.word());
        }
    }
    assert!(found_something > 60, "{found_something} of 150 searches found anything");
}

//! The plans of what hot pages ask: with an index for every look, so that a page stays quick as the tables grow.

use std::collections::BTreeMap;

use crate::support::browser::Browser;
use crate::support::people::World;
use crate::support::site::Site;

/// Tables of a few rows an employer, which are read whole where a page lists them.
const SMALL: [&str; 1] = ["on grade"];

/// A plan made for any values, where no look at a whole table is left unless nothing else is possible.
async fn plan(site: &Site, sql: &str) -> Vec<String> {
    let mut one = site.db.acquire().await.unwrap().detach();
    let run = |sql: String| sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
    run("set enable_seqscan = off; set plan_cache_mode = force_generic_plan".into()).execute(&mut one).await.unwrap();
    run(format!("prepare looked_at as {sql}")).execute(&mut one).await.unwrap();
    let count: i32 = sqlx::query_scalar(
        "select coalesce(cardinality(parameter_types), 0) from pg_prepared_statements where name = 'looked_at'",
    )
    .fetch_one(&mut one)
    .await
    .unwrap();
    let nulls = vec!["null"; count as usize].join(", ");
    let call = if count == 0 { "looked_at".to_owned() } else { format!("looked_at ({nulls})") };
    let lines = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("explain (costs off) execute {call}")));
    lines.fetch_all(&mut one).await.unwrap()
}

/// Every statement of a page's request, with the tables that its plan looks through from end to end.
async fn looks_through(site: &Site, browser: &mut Browser, path: &str) -> BTreeMap<String, Vec<String>> {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    let mut found = BTreeMap::new();
    for sql in browser.statement_texts() {
        let whole = |line: &String| line.contains("Seq Scan") && !SMALL.iter().any(|table| line.ends_with(table));
        let scans: Vec<String> = plan(site, &sql).await.into_iter().filter(whole).collect();
        if !scans.is_empty() {
            found.insert(sql, scans);
        }
    }
    found
}

#[tokio::test]
async fn pages_find_what_they_show_by_an_index() {
    let site = Site::new().await;
    let world: World = site.world().await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    site.db_grades(trust).await;
    let version = site.db_issued(trust, unit, "Nurse", "Band 4").await;
    let advert = site.db_published(trust, unit, &version, |_| {}).await;
    let next = site.db_next_issued(trust, unit, &version).await;

    let mut author = site.signed_in(&unit.team.author).await;
    let draft = site.db_next_draft(trust, unit, &next).await;
    let pages = ["work", "profiles", "profiles?words=nurse", "profiles.csv", "profiles/JP-0001", "adverts", "import"];
    let of_versions = [
        version.path(),
        format!("{}/compare", next.path()),
        format!("{}/compare?with=1", draft.path()),
        format!("{}/compare-with?words=nurse", draft.path()),
        format!("{}/edit", draft.path()),
    ];
    for rest in pages.map(str::to_owned).into_iter().chain(of_versions) {
        let scans = looks_through(&site, &mut author, &trust.path(&rest)).await;
        assert!(scans.is_empty(), "{rest}: {scans:#?}");
    }
    let mut admin = site.signed_in(&trust.admin).await;
    for rest in ["audit", "people", "units"] {
        let scans = looks_through(&site, &mut admin, &trust.path(rest)).await;
        assert!(scans.is_empty(), "{rest}: {scans:#?}");
    }
    let mut nobody = site.browser();
    for path in ["/jobs".to_owned(), format!("/jobs/{advert}")] {
        let scans = looks_through(&site, &mut nobody, &path).await;
        assert!(scans.is_empty(), "{path}: {scans:#?}");
    }
}

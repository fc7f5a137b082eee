//! Pages of a long draft, through the real router on a real Postgres.

use std::time::Instant;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use rolebook::domain::ids::VersionId;
use rolebook::domain::text::profile_reference;
use rolebook::web::session::cookie_name;
use tower::ServiceExt;

use crate::document::document;
use crate::row::{Row, middle};
use crate::support::browser::Browser;
use crate::support::content;
use crate::support::desk::Desk;
use crate::support::people::World;
use crate::support::site::Site;

const RUNS: usize = 40;

/// A site, its author's browser, and the address of a draft that follows an issued version of that length.
pub async fn draft(items: usize, words: usize) -> (Site, Browser, String) {
    let (site, _, _, author, path) = drafted(items, words).await;
    (site, author, path)
}

async fn drafted(items: usize, words: usize) -> (Site, World, VersionId, Browser, String) {
    let site = Site::new().await;
    let world = site.world().await;
    let (desk, team) = (Desk::new(&site, &world.trust), &world.trust.first.team);
    let content = document(items, words, desk.identities(items + 2).await.0.into_iter());
    let details = content::details("Stores manager", desk.db_grade().await);
    let begun = desk.start(&team.author, &world.trust.first, details, content).await.unwrap();
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    desk.approve(begun.version, &team.manager).await.unwrap();
    desk.issue(begun.version, &team.author, site.app.clock.today()).await.unwrap();
    let draft = desk.next_draft(begun.version, &team.author).await.unwrap();
    sqlx::query("analyze").execute(&site.db).await.unwrap();
    let path = world.trust.path(&format!("profiles/{}/versions/2", profile_reference(begun.profile_number)));
    let author = site.signed_in(&team.author).await;
    (site, world, draft, author, path)
}

/// The server's time for a page, in the middle of many: from the request to the last byte of the answer. What a story
/// looks at in a page besides takes longer than making it, and is not counted here.
async fn page(site: &Site, browser: &Browser, path: &str) -> std::time::Duration {
    let name = cookie_name(&site.app.config);
    let cookie = format!("{name}={}", browser.cookie(name).unwrap());
    let router = site.app.clone().router();
    let mut times = Vec::new();
    for run in 0..RUNS + 5 {
        let request = Request::builder().uri(path).header("host", "rolebook.test").header("cookie", &cookie);
        let request = request.body(Body::empty()).unwrap();
        let begin = Instant::now();
        let answer = router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        answer.into_body().collect().await.unwrap();
        let taken = begin.elapsed();
        assert_eq!(status, 200, "{path}");
        if run >= 5 {
            times.push(taken);
        }
    }
    middle(times)
}

/// The page on which that draft is decided, every fifth line reworded, and the browser of whoever decides.
async fn decision(items: usize, words: usize) -> (Site, Browser, String) {
    let (site, world, draft, ..) = drafted(items, words).await;
    let sql = "update item set text = text || ' More of it.' where version_id = $1 and item_id % 5 = 0";
    sqlx::query(sql).bind(draft.0).execute(&site.db).await.unwrap();
    let (desk, team) = (Desk::new(&site, &world.trust), &world.trust.first.team);
    desk.submit(draft, &team.author, &team.manager).await.unwrap();
    let sql = "select id from task where closed_at is null";
    let task: i64 = sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap();
    sqlx::query("analyze").execute(&site.db).await.unwrap();
    let path = world.trust.path(&format!("tasks/{task}"));
    let manager = site.signed_in(&team.manager).await;
    (site, manager, path)
}

pub async fn pages() -> Vec<Row> {
    let (site, author, path) = draft(200, 50).await;
    let editor = page(&site, &author, &format!("{path}/edit")).await;
    let compare = page(&site, &author, &format!("{path}/compare")).await;
    let (site, manager, path) = decision(200, 50).await;
    let decide = page(&site, &manager, &path).await;
    vec![
        Row::time("editor page, 200 items, 10,000 words", editor, 40.0),
        Row::time("compare page, 200 items, 10,000 words", compare, 40.0),
        Row::time("decision page, 200 items, 10,000 words", decide, 40.0),
    ]
}

/// The pages whose statements are counted, and how many each asks for a draft of that length.
async fn counted(items: usize) -> Vec<(&'static str, f64)> {
    let (_site, mut author, path) = draft(items, 5).await;
    let mut counts = Vec::new();
    for (name, rest) in [("editor page", "/edit"), ("version page", ""), ("compare page", "/compare")] {
        assert_eq!(author.get(&format!("{path}{rest}")).await.status, 200);
        counts.push((name, author.statements() as f64));
    }
    let (_site, mut manager, path) = decision(items, 5).await;
    assert_eq!(manager.get(&path).await.status, 200);
    counts.push(("decision page", manager.statements() as f64));
    counts
}

/// The same number however long the document.
pub async fn statements() -> Vec<Row> {
    let shortest = counted(10).await;
    let mut rows = Vec::new();
    for items in [200, 2_000] {
        for ((page, at_10), (_, ours)) in shortest.iter().zip(counted(items).await) {
            let (name, limit_name) = (format!("statements of the {page} at {items} items"), "at 10 items".to_owned());
            rows.push(Row { name, unit: "", ours, limit: *at_10, limit_name, bar: 1.0 });
        }
    }
    rows
}

//! What an advert's page weighs on its way to a phone, and that nothing of it comes from anybody else.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::support::page::{Page, selector};
use crate::support::site::Site;

/// Bytes of the page with its font, styles and scripts on the first visit, squeezed.
const FIRST: usize = 100_000;
/// And on the next, when the browser has all but the page.
const NEXT: usize = 15_000;

/// The addresses that the browser fetches by itself.
fn fetched(page: &Page) -> Vec<String> {
    let dom = page.dom();
    let of = |css: &str, attribute: &str| {
        let found =
            dom.select(&selector(css)).filter_map(|one| one.attr(attribute).map(str::to_owned)).collect::<Vec<_>>();
        found.into_iter()
    };
    of("link[rel=stylesheet], link[rel=icon], link[rel=preload]", "href")
        .chain(of("script[src], img[src], iframe[src]", "src"))
        .collect()
}

/// What a script imports and a sheet names, beside it.
fn named(path: &str, text: &str) -> Vec<String> {
    let folder = path.split('?').next().unwrap_or_default().rsplit_once('/').map_or("", |(folder, _)| folder);
    let imports = text.split("from \"./").skip(1).chain(text.split("import \"./").skip(1));
    let imports = imports.filter_map(|rest| rest.split('"').next()).map(|file| format!("{folder}/{file}"));
    imports.collect()
}

/// The bytes that leave, and the text that they stand for.
async fn weigh(site: &Site, path: &str) -> (usize, String) {
    let get = async |takes: &str| {
        let request = Request::builder().uri(path).header("host", "rolebook.test").header("accept-encoding", takes);
        let answer = site.app.clone().router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let squeezed = answer.headers().get("content-encoding").is_some_and(|how| how == "gzip");
        (answer.into_body().collect().await.unwrap().to_bytes(), squeezed)
    };
    let ((small, squeezed), (plain, plainly)) = (get("gzip, deflate, br").await, get("identity").await);
    assert!(!plainly, "{path}");
    assert!(squeezed || path.ends_with("woff2") || plain.len() < 1_000, "{path} is not squeezed");
    (small.len(), String::from_utf8_lossy(&plain).into_owned())
}

#[tokio::test]
async fn an_advert_is_light_and_comes_from_here_alone() {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let version = site.db_issued(&world.trust, &world.trust.first, "Community nurse", "Band 4").await;
    let words = "You will visit people at home and plan what they need with them, day by day. ".repeat(32);
    let id = site
        .db_published(&world.trust, &world.trust.first, &version, |text| {
            text.short_text = words;
            text.offer.ask_by_form = true;
        })
        .await;
    let mut browser = site.browser();
    for (path, most) in [(format!("/jobs/{id}"), NEXT), ("/jobs".to_owned(), NEXT), (format!("/jobs/{id}/ask"), NEXT)] {
        let page = browser.get(&path).await;
        let (html, _) = weigh(&site, &path).await;
        assert!(html <= most, "{path}: {html} bytes");
        let mut waiting = fetched(&page);
        waiting.push("/static/vendor/fonts/atkinson-latin.woff2".to_owned());
        let (mut seen, mut sum) = (BTreeSet::new(), html);
        while let Some(next) = waiting.pop() {
            assert!(next.starts_with("/static/"), "{path} fetches {next}");
            if !seen.insert(next.split('?').next().unwrap_or_default().to_owned()) {
                continue;
            }
            let (bytes, text) = weigh(&site, &next).await;
            sum += bytes;
            waiting.extend(named(&next, &text));
        }
        assert!(sum <= FIRST, "{path} weighs {sum} bytes: {seen:#?}");
        println!("{path}: {sum} bytes first, {html} next, {} files", seen.len());
    }
}

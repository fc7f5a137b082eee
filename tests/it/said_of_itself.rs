//! What the site says about itself is held against its code: cookies, periods, and what works.

use std::path::Path;

use crate::support::site::Site;

#[tokio::test]
async fn the_site_says_what_it_stores_and_how_accessible_it_is() {
    let site = Site::new().await;
    let mut browser = site.browser();
    browser.open("/privacy").await.assert_text("2 hours after your last visit, 12 hours after sign-in at the latest");
    browser.open("/accessibility").await.assert_text("Every task works without JavaScript");
}

#[tokio::test]
async fn every_cookie_and_everything_else_on_the_device_is_named() {
    let site = Site::new().await;
    let page = site.browser().open("/cookies").await;
    page.assert_text("60 seconds at most");
    let cookies = between("src/web", "_COOKIE: &str = \"", '"');
    assert_eq!(cookies.len(), 3, "{cookies:?}");
    let named = page.find("code");
    // The session's own name depends on https.
    for cookie in cookies.iter().map(String::as_str).chain(["rolebook"]) {
        assert!(named.iter().any(|name| name == cookie), "the page does not say what {cookie} is for");
    }
    // `rolebook.open.…` stands for all names that begin so.
    let kept = between("static/js", "\"rolebook.", '"').into_iter().chain(between("static/js", "`rolebook.", '`'));
    for key in kept {
        // A channel between tabs keeps nothing.
        if key.starts_with("session.") {
            continue;
        }
        let key = format!("rolebook.{key}");
        let is_it = |name: &String| key.starts_with(name.trim_end_matches('…').trim_end_matches('.'));
        assert!(named.iter().filter(|name| name.contains('.')).any(is_it), "the page does not say what {key} is for");
    }
}

/// What stands between that beginning and that end in the files of a folder.
fn between(folder: &str, begins: &str, ends: char) -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let text = std::fs::read_to_string(entry).unwrap();
            let after = text.split(begins).skip(1);
            found.extend(after.map(|rest| rest.split(ends).next().unwrap_or_default().to_owned()));
        }
    }
    found
}

//! Who else has a draft open: a courtesy that stops nobody.

use time::Duration;

use crate::support::author::draft;
use crate::support::editor::{Editor, item};
use crate::support::site::Site;

#[tokio::test]
async fn others_are_named_with_the_section_they_are_in_for_two_minutes() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, browser) = draft(&site, &world).await;
    let mut mine = Editor::new(browser, path.clone());
    let mut theirs = Editor::new(site.signed_in(&world.trust.whole.author).await, path);
    assert!(mine.page().await.find("#others li").is_empty(), "nobody is told of themselves");
    theirs.page().await;
    assert_eq!(mine.page().await.find("#others li"), ["Whole N Author is here"]);
    theirs.change("Leads the team.").await;
    assert_eq!(mine.page().await.find("#others li"), ["Whole N Author is here, in Main duties"]);
    site.pass(Duration::seconds(119));
    assert_eq!(mine.page().await.find("#others li").len(), 1);
    site.pass(Duration::seconds(2));
    assert!(mine.page().await.find("#others li").is_empty());
    rolebook::jobs::tidy::forget(&site.app).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from presence").fetch_one(&site.db).await.unwrap();
    assert_eq!(left, 1, "nothing is kept of who was here, but of who is");
}

#[tokio::test]
async fn script_keeps_saying_so() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, browser) = draft(&site, &world).await;
    let mut mine = Editor::new(browser, path.clone());
    let mut theirs = site.signed_in(&world.trust.whole.author).await;
    let page = mine.page().await;
    let here = format!("{path}/here");
    let section = page.find("section[id^=section-] > h2").len();
    assert!(section > 0);
    let alone = mine.browser.post(&here, &[]).await;
    assert_eq!(alone.json(), serde_json::json!({"others": []}));
    // A section that is gone, or never was, is no section.
    theirs.post(&here, &[("section", "999999")]).await;
    let heard = mine.browser.post(&here, &[]).await;
    assert_eq!(heard.json()["others"][0]["name"], "Whole N Author");
    assert_eq!(mine.page().await.find("#others li"), ["Whole N Author is here"]);
    assert!(item(&page, "Leads the team.") > 0);
}

//! What is typed before there is a line to save, a heading, one section alone, and steps that can be undone.

use crate::support::author::draft;
use crate::support::editor::{Editor, item};
use crate::support::people::World;
use crate::support::site::Site;

async fn editor(site: &Site, world: &World) -> Editor {
    let (path, browser) = draft(site, world).await;
    Editor::new(browser, path)
}

#[tokio::test]
async fn a_new_line_is_saved_while_it_is_typed_and_stays_one_line() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let before = mine.lines("Main duties").await.len();
    let page = mine.page().await;
    let page = mine.browser.follow_link(&page, "Add a duty to Main duties").await;
    let form = page.form("Add it");
    let key = form.value("key").to_owned();
    let typed = |n: usize, text: &str| form.clone().fill("Duty", text).forge("key", &format!("{key}-{n}"));

    let empty = mine.browser.send_by_script(form.clone()).await;
    assert_eq!(empty.status, 422, "there is nothing to keep yet");
    let first = mine.browser.send_by_script(typed(1, "Counts")).await;
    assert_eq!((first.status, first.json()["revision"].as_i64()), (200, Some(1)));
    let action = first.json()["action"].as_str().unwrap().to_owned();
    assert!(action.ends_with("/save"), "{action}");

    // The same again, one whose answer was lost, and one that comes late.
    let again = mine.browser.send_by_script(typed(1, "Counts")).await;
    assert_eq!(again.json(), first.json());
    let next = mine.browser.send_by_script(typed(3, "Counts the boxes.")).await;
    assert_eq!((next.json()["revision"].as_i64(), next.json()["action"].as_str()), (Some(2), Some(action.as_str())));
    let late = mine.browser.send_by_script(typed(2, "Counts the")).await;
    assert_eq!(late.status, 200);
    let lines = mine.lines("Main duties").await;
    assert_eq!((lines.len(), lines.last().map(String::as_str)), (before + 1, Some("Counts the boxes.")));

    // It was deleted meanwhile: script hears so, and nothing comes back by itself.
    mine.press("Delete", "Counts the boxes.").await;
    let gone = mine.browser.send_by_script(typed(4, "Counts all the boxes.")).await;
    assert_eq!((gone.status, gone.json()["conflict"].as_str()), (410, Some("gone")));
}

#[tokio::test]
async fn a_heading_saves_itself_and_a_clash_is_told() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let page = mine.page().await;
    let form = mine.browser.follow_link(&page, "Change heading Main duties").await.form("Save the heading");
    let key = form.value("key").to_owned();
    let typed = |n: usize, text: &str| form.clone().fill("Heading", text).forge("key", &format!("{key}-{n}"));
    let saved = mine.browser.send_by_script(typed(1, "What you")).await;
    assert_eq!(saved.json(), serde_json::json!({"saved": "10:00am", "revision": 2}));
    // Its answer was lost: the next goes on from it.
    let next = mine.browser.send_by_script(typed(2, "What you do")).await;
    assert_eq!(next.json()["revision"].as_i64(), Some(3));
    let mut theirs = Editor::new(site.signed_in(&world.trust.whole.author).await, mine.path.clone());
    let page = theirs.page().await;
    let their_form = theirs.browser.follow_link(&page, "Change heading What you do").await.form("Save the heading");
    theirs.browser.submit_and_follow(their_form.fill("Heading", "Their duties")).await;
    let clash = mine.browser.send_by_script(typed(3, "What you will do")).await;
    assert_eq!((clash.status, clash.json()["conflict"].as_str()), (409, Some("changed")));
    let page = mine.browser.submit(typed(3, "What you will do")).await;
    page.assert_text("Somebody else changed this heading to “Their duties” meanwhile");
    assert_eq!(page.form("Save the heading").value("Heading"), "What you will do");
}

#[tokio::test]
async fn who_works_on_one_section_stays_on_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let page = mine.page().await;
    let alone = mine.browser.follow_link(&page, "Show alone Main duties").await;
    alone.assert_text("One section is shown.");
    let only = page.link("Show alone Main duties").split('#').next().unwrap().to_owned();
    let id = item(&alone, "Leads the team.");
    let change = alone.link("Change duty 1");
    assert!(change.contains("only="), "{change}");
    let referer = format!("http://localhost{only}");
    let path = format!("{}/items/{id}/up", mine.path);
    let key = alone.form("Move up duty 1").value("key").to_owned();
    mine.browser.headers.insert("referer", referer.parse().unwrap());
    let moved = mine.browser.post(&path, &[("key", &key)]).await;
    mine.browser.headers.remove("referer");
    assert_eq!(moved.status, 303);
    assert!(moved.header("location").contains(only.split('?').nth(1).unwrap()), "{}", moved.header("location"));
    // From anywhere else the whole draft is shown.
    let up = mine.browser.post(&path, &[("key", "elsewhere")]).await;
    assert!(!up.header("location").contains("only="), "{}", up.header("location"));
}

#[tokio::test]
async fn sections_and_confirmations_can_be_undone() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let before = mine.headings().await;
    mine.add_section("Text", "Summary").await;
    let page = mine.page().await;
    mine.browser.submit_and_follow(page.form("Move up Summary")).await;
    let history = format!("{}/changes", mine.path);
    let page = mine.browser.open(&history).await;
    page.assert_text("Moved: the section Summary, up");
    mine.browser.submit_and_follow(page.form("Undo this Moved: the section Summary, up")).await;
    assert_eq!(mine.headings().await.last().map(String::as_str), Some("Summary"));
    let page = mine.browser.open(&history).await;
    mine.browser.submit_and_follow(page.form("Undo this Added: the section Summary")).await;
    assert_eq!(mine.headings().await, before);

    sqlx::query("update item set sure = false where text in ('Leads the team.', 'Orders supplies.')")
        .execute(&site.db)
        .await
        .unwrap();
    let page = mine.page().await;
    let page = mine.browser.submit_and_follow(page.form("Confirm all uncertain lines Main duties")).await;
    assert!(page.flash().starts_with("Confirmed 2 lines in Main duties"), "{}", page.flash());
    let page = mine.browser.open(&history).await;
    page.assert_text("Confirmed: Orders supplies.");
    mine.browser.submit_and_follow(page.form("Undo this Confirmed: Orders supplies.")).await;
    let unsure: i64 = sqlx::query_scalar("select count(*) from item where not sure").fetch_one(&site.db).await.unwrap();
    assert_eq!(unsure, 2);
}

#[tokio::test]
async fn a_clash_of_details_offers_yours_theirs_and_both() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let mut theirs = Editor::new(site.signed_in(&world.trust.whole.author).await, mine.path.clone());
    let path = format!("{}/details", mine.path);
    for (choice, kept) in
        [("Keep theirs", "20 hours"), ("Keep both", "21 hours / 31 hours"), ("Keep yours", "32 hours")]
    {
        let n = ["Keep theirs", "Keep both", "Keep yours"].iter().position(|one| *one == choice).unwrap();
        let mine_said = format!("{} hours", 30 + n);
        let my_form = mine.browser.open(&path).await.form("Save the details").fill("Hours", &mine_said);
        let their_form = theirs.browser.open(&path).await.form("Save the details");
        theirs.browser.submit_and_follow(their_form.fill("Hours", &format!("{} hours", 20 + n))).await;
        let script = mine.browser.send_by_script(my_form.clone()).await;
        assert_eq!((script.status, script.json()["conflict"].as_str()), (409, Some("changed")));
        let page = mine.browser.submit(my_form).await;
        page.assert_text("Hours: somebody else changed this too");
        let form = page.form("Save the details").choose("keep_hours", choice);
        mine.browser.submit_and_follow(form).await;
        let hours: String = sqlx::query_scalar("select hours from version").fetch_one(&site.db).await.unwrap();
        assert_eq!(hours, kept);
    }
}

#[tokio::test]
async fn a_page_about_an_error_has_the_bar_of_who_reads_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let missing = mine.browser.get(&world.trust.path("profiles/JP-0099/versions/1")).await;
    assert_eq!(missing.status, 404);
    assert!(missing.has_link("My work"), "{}", missing.text());
    sqlx::query("update version set state = 'discarded', discarded_by = created_by, discarded_at = now()")
        .execute(&site.db)
        .await
        .unwrap();
    let page = mine.browser.get(&format!("{}/edit", mine.path)).await;
    assert_eq!(page.status, 409);
    page.assert_text("Nothing is lost: everything that was saved is in it.");
    page.assert_no_text("What you typed");
    assert!(page.has_link("My work"));
    assert!(!site.browser().get("/nowhere").await.has_link("My work"));
}

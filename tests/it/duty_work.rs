//! What a duty says beside its words: how often, how much of the time, with which systems. And words that only look
//! different: bold, italic and links, wherever a change is shown.

use crate::support::desk::Desk;
use crate::support::editor::{Editor, item};
use crate::support::people::World;
use crate::support::site::Site;

async fn editor(site: &Site, world: &World) -> Editor {
    let team = &world.trust.first.team;
    Desk::new(site, &world.trust).whole_draft(&team.author, &world.trust.first, "Stores assistant").await;
    Editor::new(site.signed_in(&team.author).await, world.trust.path("profiles/JP-0001/versions/1"))
}

#[tokio::test]
async fn a_duty_says_how_often_how_long_and_with_what() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let form = mine.change("Leads the team.").await;
    let form =
        form.choose("How often is it done?", "Weekly").fill("Share of the post holder’s time, in per cent", "40%");
    let saved = mine.browser.submit_and_follow(form.fill("Systems and equipment used", "Civica Pay")).await;
    saved.assert_text("Weekly · 40% of the time · Uses: Civica Pay");
    saved.assert_text("40% of the time is accounted for");

    let form = mine.change("Orders supplies.").await.fill("Share of the post holder’s time, in per cent", "70");
    mine.browser.submit_and_follow(form).await.assert_text("The shares come to 110% of the time: more than there is");

    let form = mine.change("Orders supplies.").await;
    assert_eq!(form.value("Share of the post holder’s time, in per cent"), "70");
    let page = mine.browser.submit(form.fill("Share of the post holder’s time, in per cent", "most")).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.problems(), ["Give the share of time as a whole number from 1 to 100, or leave it empty"]);
    assert_eq!(page.form("Save").value("Share of the post holder’s time, in per cent"), "most");

    // It is part of the paper, of the history, and can be undone.
    let read = mine.browser.open(&mine.path.clone()).await;
    read.assert_text("Weekly · 40% of the time · Uses: Civica Pay");
    let history = mine.browser.open(&format!("{}/changes", mine.path)).await;
    history.assert_text("Share of time: [added: 40%]");
    let undo = history.form("Undo this Changed: Leads the team.");
    mine.browser.submit_and_follow(undo).await;
    let page = mine.page().await;
    page.assert_no_text("Civica Pay");
    page.assert_text("70% of the time is accounted for");

    let form = mine.change("Orders supplies.").await.fill("Share of the post holder’s time, in per cent", "");
    mine.browser.submit_and_follow(form).await.assert_no_text("of the time");
    let rows: i64 = sqlx::query_scalar("select count(*) from duty_work").fetch_one(&site.db).await.unwrap();
    assert_eq!(rows, 0, "a duty that says nothing has no row");
}

#[tokio::test]
async fn words_that_only_look_different_are_told_as_such_and_no_star_is_shown() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut mine = editor(&site, &world).await;
    let form = mine.change("Leads the team.").await.fill("Duty", "Leads **the team**.");
    mine.browser.submit_and_follow(form).await;
    let id = item(&mine.page().await, "Leads the team.");
    for page in ["changes".to_owned(), format!("items/{id}/history")] {
        let page = mine.browser.open(&format!("{}/{page}", mine.path)).await;
        page.assert_text("[now bold]");
        page.assert_no_text("**");
        assert!(page.find("strong").contains(&"the team".to_owned()), "{:?}", page.find("strong"));
    }
    let form = mine.change("Leads the team.").await.fill("Duty", "Leads **the whole team**.");
    let page = mine.browser.submit_and_follow(form).await;
    page.assert_no_text("**");
    let changes = mine.browser.open(&format!("{}/changes", mine.path)).await;
    assert!(changes.find("ins strong").iter().any(|word| word.starts_with("whole")), "{:?}", changes.find("ins"));
}

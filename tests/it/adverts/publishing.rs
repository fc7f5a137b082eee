//! Dates, withdrawing, and the list of adverts.

use time::Duration;
use time::macros::datetime;

use super::{desk, whole};

#[tokio::test]
async fn an_advert_opens_and_closes_at_midnight_in_london_across_the_clock_change() {
    let mut desk = desk().await;
    let form = desk.make().await;
    // Clocks go forward on 29 March 2026: the first midnight is UTC's, the second an hour before it.
    let text = whole(&form, "Save and ask")
        .fill("Opens on", "2026-03-20")
        .fill("Closing date", "2026-03-29")
        .fill("Interviews", "2026-04-07");
    let page = desk.author.submit_and_follow(text).await;
    let read = desk.manager.open(&format!("{}/confirm", page.path)).await;
    desk.manager.submit_and_follow(read.form("Confirm the text")).await;
    let page = desk.author.open(&page.path).await;
    let page = desk.author.submit_and_follow(page.form("Publish the advert")).await;
    page.assert_text("It opens on 20 March 2026 and closes at the end of 29 March 2026.");

    let mut anybody = desk.site.browser();
    let id = page.path.rsplit('/').next().unwrap().to_owned();
    let job = format!("/jobs/{id}");
    let second = Duration::seconds(1);
    let mut look = async |at: time::OffsetDateTime| {
        desk.site.pass(at - desk.site.now());
        let page = anybody.get(&job).await;
        let found = anybody.get("/jobs").await.has_link("Community nurse");
        (page.status, page.has_text("This advert closed on 29 March 2026."), found)
    };
    let (opens, closes) = (datetime!(2026-03-20 0:00 UTC), datetime!(2026-03-29 23:00 UTC));
    assert_eq!(look(opens - second).await, (404, false, false));
    assert_eq!(look(opens).await, (200, false, true));
    assert_eq!(look(closes - second).await, (200, false, true));
    assert_eq!(look(closes).await, (200, true, false));
}

#[tokio::test]
async fn a_text_that_waited_too_long_is_not_published() {
    let mut desk = desk().await;
    let page = desk.confirmed().await;
    let publish = page.form("Publish the advert");
    desk.site.pass(Duration::days(40));
    let mut author = desk.site.signed_in(&desk.world.trust.first.team.author).await;
    let refused = author.submit(publish).await;
    assert_eq!((refused.status, refused.problems()), (422, vec!["The closing date has passed".to_owned()]));
    assert!(refused.link("The closing date has passed").ends_with("/edit#closes_on"));
}

#[tokio::test]
async fn an_advert_is_withdrawn_with_a_reason() {
    let mut desk = desk().await;
    let page = desk.confirmed().await;
    let page = desk.author.submit_and_follow(page.form("Publish the advert")).await;
    let refused = desk.author.submit(page.form("Withdraw the advert")).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.problems(), ["Say why: the reason stays in the record and applicants read it"]);
    let sent = refused.form("Withdraw the advert").fill("Why it is withdrawn", "The post is filled.");
    let page = desk.author.submit_and_follow(sent.clone()).await;
    assert_eq!(page.flash(), "The advert is withdrawn");
    assert_eq!(page.find(".rb-head .rb-tag").concat(), "Withdrawn");
    assert_eq!(desk.author.submit_and_follow(sent).await.flash(), "The advert is withdrawn", "twice is no error");
    // And the way is free for another one.
    assert_eq!(desk.make().await.flash(), "The advert is made, and filled in with what the job profile says");
}

#[tokio::test]
async fn the_list_shows_where_each_advert_stands() {
    let mut desk = desk().await;
    let list = desk.path("adverts");
    desk.author.open(&list).await.assert_text("There are no adverts yet.");
    desk.write("Save and ask").await;
    let trust = desk.world.trust.clone();
    for number in 0..3 {
        let version = desk.site.db_issued(&trust, &trust.second, &format!("Clerk {number}"), "Band 3").await;
        desk.site.db_published(&trust, &trust.second, &version, |_| {}).await;
    }
    let page = desk.author.open(&list).await;
    page.assert_text("1 advert, the latest made first.");
    page.assert_text(&format!("waits for {}", trust.first.team.manager.name));
    page.assert_no_text("Clerk");
    let mut admin = desk.site.signed_in(&trust.admin).await;
    let page = admin.open(&list).await;
    page.assert_text("4 adverts, the latest made first.");
    let few = admin.statements();
    let page = admin.follow_link(&page, "open").await;
    page.assert_text("3 adverts: open.");
    page.assert_no_text("Community nurse");
    assert_eq!((few, admin.statements()), (2, 2));
    admin.open(&format!("{list}?state=closed")).await.assert_text("No advert of yours is in this state.");
}

#[tokio::test]
async fn staff_pages_of_adverts_cost_few_statements() {
    let mut desk = desk().await;
    let page = desk.write("Save and ask").await;
    desk.author.open(&page.path).await;
    assert!(desk.author.statements() <= 4, "{:?}", desk.author.statement_list());
    desk.author.open(&format!("{}/edit", page.path)).await;
    assert!(desk.author.statements() <= 4, "{:?}", desk.author.statement_list());
    desk.manager.open(&format!("{}/confirm", page.path)).await;
    assert!(desk.manager.statements() <= 4, "{:?}", desk.manager.statement_list());
}

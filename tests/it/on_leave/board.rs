//! The board: what waits, for whom, since when; by link, as a file, and at any length with the same few statements.

use time::Duration;

use super::id;
use crate::support::desk::Desk;
use crate::support::people::World;
use crate::support::site::Site;

/// So many reviews of the first unit, for its manager; and one of another unit.
async fn in_review(site: &Site, world: &World, number: usize) {
    let desk = Desk::new(site, &world.trust);
    let (first, second) = (&world.trust.first, &world.trust.second);
    for n in 0..number {
        let begun = desk.whole_draft(&first.team.author, first, &format!("Porter {n}")).await;
        desk.submit(begun.version, &first.team.author, &first.team.manager).await.unwrap();
    }
    let begun = desk.whole_draft(&second.team.author, second, "Accountant").await;
    desk.submit(begun.version, &second.team.author, &second.team.manager).await.unwrap();
    sqlx::query("update task set due_on = '2026-01-20' where assigned_to = $1")
        .bind(id(&first.team.manager))
        .execute(&site.db)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_board_shows_what_waits_in_one_s_scope() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    in_review(&site, &world, 2).await;
    let board = trust.path("reviews");
    let mut manager = site.signed_in(&trust.first.team.manager).await;
    let page = manager.open(&board).await;
    page.assert_text("2 versions are in review, 2 of them yours to decide, 0 overdue.");
    page.assert_text("due by Tuesday 20 January");
    page.assert_no_text("Accountant");
    assert!(!page.has_link("How long reviews may take"), "an administrator's");

    site.pass(Duration::days(8));
    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&board).await;
    page.assert_text("3 versions are in review, 0 of them yours to decide, 2 overdue.");
    page.assert_text("3 working days late");
    page.assert_text("15 January 2026 (6 working days)");
    let late = admin.follow_link(&page, "Overdue (2)").await;
    assert!(late.path.contains("show=late"), "the address carries it: {}", late.path);
    late.assert_no_text("Accountant");
    let page = admin.open(&format!("{board}?show=all&sort=title")).await;
    assert_eq!(page.find("tbody th > a")[..3], ["Accountant", "Porter 0", "Porter 1"]);
    let csv = admin.follow_link(&page, "Download as CSV").await;
    assert!(
        csv.text().contains("JP-0003,1,Accountant,Trust Finance,Review and decide,Trust N Manager,"),
        "{}",
        csv.text()
    );
    let person = admin.open(&format!("{board}?person={}", id(&trust.second.team.manager))).await;
    person.assert_text("Only what Trust N Manager has is shown.");
    person.assert_no_text("Porter 0");
    // What nobody could have asked for shows everything.
    let page = admin.open(&format!("{board}?show=nonsense&sort=&person=x")).await;
    page.assert_text("Accountant");
}

#[tokio::test]
async fn how_long_each_takes_is_said_in_working_days() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    in_review(&site, &world, 3).await;
    // Decided after 2 and 6 working days; the third waits for 11.
    let sql = "update task set closed_at = created_at + $2::text::interval, outcome = 'approved' where id = $1";
    for (task, after) in [(1i64, "4 days"), (2, "8 days")] {
        sqlx::query(sql).bind(task).bind(after).execute(&site.db).await.unwrap();
    }
    site.pass(Duration::days(15));
    let page = site.signed_in(&trust.admin).await.open(&trust.path("reviews")).await;
    page.assert_text("Hiring managers: half of what was asked of them was decided within 4 working days.");
    assert_eq!(page.find("caption")[1..], ["Each group that is asked", "Each person"]);
    let rows = page.find("table:last-of-type tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    for part in ["Community N Manager", "4 days", "11 days"] {
        assert!(rows[0].contains(part), "{part} is not in {rows:?}");
    }
}

#[tokio::test]
async fn a_long_board_asks_no_more_than_a_short_one() {
    let mut lists = Vec::new();
    for number in [2, 40] {
        let site = Site::new().await;
        let world = site.world().await;
        in_review(&site, &world, number).await;
        let mut admin = site.signed_in(&world.trust.admin).await;
        let page = admin.open(&world.trust.path("reviews")).await;
        page.assert_text(&format!("{} versions are in review", number + 1));
        assert!(admin.statements() <= 4, "{:?}", admin.statement_list());
        lists.push(admin.statement_list());
    }
    assert_eq!(lists[0], lists[1]);
}

//! Versions kept for good: the life-line of a profile, reading any version, and an old text as a new draft.

use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;
use crate::support::versions::Issued;

async fn two_in_force(site: &Site, world: &World) -> (Issued, Issued) {
    let (trust, unit) = (&world.trust, &world.trust.first);
    site.db_grades(trust).await;
    let first = site.db_issued(trust, unit, "Nurse", "Band 4").await;
    (first.clone(), site.db_next_issued(trust, unit, &first).await)
}

/// The stations of a version on the page of its profile: their words alone.
fn stations(page: &Page, version: i32) -> Vec<String> {
    page.find(&format!("[aria-label='What happened to version {version}'] .rb-life__word"))
}

#[tokio::test]
async fn the_strip_of_a_profile_tells_the_life_of_each_version() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    let (first, second) = two_in_force(&site, &world).await;
    let advert = site.db_published(trust, unit, &second, |_| {}).await;
    site.db_next_draft(trust, unit, &second).await;
    let mut author = site.signed_in(&unit.team.author).await;
    let page = author.open(&trust.path("profiles/JP-0001")).await;
    assert!(author.statements() <= 4, "{:?}", author.statement_list());
    let expected = ["Created", "Sent for review", "Approved", "Grade decided", "Issued", "Superseded"];
    let mut found = stations(&page, 1);
    found.sort_by_key(|word| expected.iter().position(|one| one == word));
    assert_eq!(found, expected);
    assert_eq!(stations(&page, 2), ["Created", "Sent for review", "Approved", "Issued", "Advert 1: open"]);
    assert_eq!(stations(&page, 3), ["Created"]);
    assert_eq!(page.link("Advert 1: open"), trust.path(&format!("adverts/{advert}")));
    page.assert_text("Major: what the job does or needs · does not affect the grade");
    page.assert_text("Version 2 stays in force until it is issued.");
    page.assert_text(&format!("started by {}", unit.team.author.name));

    let page = author.open(&trust.path(&first.path())).await;
    assert!(author.statements() <= 4, "{:?}", author.statement_list());
    page.assert_text("Version 2 is in force now.");
    page.assert_text("For the story");
    page.assert_text("By version 2");
    page.assert_text("Evaluated by a panel");
    let draft = author.open(&trust.path("profiles/JP-0001/versions/3")).await;
    draft.assert_text("Version 2 stays in force until this one is issued.");
    author
        .open(&trust.path("profiles/JP-0001/versions/3/edit"))
        .await
        .assert_text("Version 2 stays in force while you edit");
}

#[tokio::test]
async fn an_old_text_comes_back_as_a_new_draft() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    let (first, _) = two_in_force(&site, &world).await;
    sqlx::query("alter table item disable trigger frozen").execute(&site.db).await.unwrap();
    sqlx::query("update item set text = 'Plans visits as of old.' where version_id = $1 and kind = 'duty'")
        .bind(first.id.0)
        .execute(&site.db)
        .await
        .unwrap();
    let mut author = site.signed_in(&unit.team.author).await;
    let page = author.open(&trust.path(&first.path())).await;
    let form = page.form("Start a new draft from this version");
    let made = author.submit_and_follow(form.clone()).await;
    assert_eq!(made.path, trust.path("profiles/JP-0001/versions/3/edit"));
    assert_eq!(made.flash(), "Version 3 is a draft with the text of version 1. Version 2 stays in force meanwhile.");
    made.assert_text("Plans visits as of old.");
    // What it is compared with is what is in force, not what it started from.
    let compared = author.open(&trust.path("profiles/JP-0001/versions/3/compare")).await;
    compared.assert_text("against JP-0001 version 2 (issued)");
    compared.assert_text("1 reworded.");

    // One open draft a profile: the next try leads to it, and says whose it is.
    let other = author.submit_and_follow(form).await;
    assert_eq!(other.path, trust.path("profiles/JP-0001/versions/3"));
    assert!(other.flash().contains(&format!("version 3, started by {}", unit.team.author.name)), "{}", other.flash());
    let page = author.open(&trust.path(&first.path())).await;
    assert!(!page.has_button("Start a new draft from this version"));
    page.assert_text(&format!("Under way: version 3, started by {}", unit.team.author.name));
    page.assert_text("Another draft can be started when it is issued or discarded.");
}

#[tokio::test]
async fn a_discarded_text_starts_again_too() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    let (_, second) = two_in_force(&site, &world).await;
    let draft = site.db_next_draft(trust, unit, &second).await;
    let mut author = site.signed_in(&unit.team.author).await;
    let form = author.open(&trust.path(&format!("{}/discard", draft.path()))).await.form("Discard the draft");
    author.submit_and_follow(form).await;
    let page = author.open(&trust.path(&draft.path())).await;
    page.assert_text("Discarded by");
    let made = author.submit_and_follow(page.form("Start a new draft from this version")).await;
    assert_eq!(made.path, trust.path("profiles/JP-0001/versions/4/edit"));
    made.assert_text("Version 2 stays in force while you edit this draft");
}

#[tokio::test]
async fn only_authors_of_the_unit_start_drafts_from_old_versions() {
    let site = Site::new().await;
    let world = site.world().await;
    let (first, _) = two_in_force(&site, &world).await;
    let path = world.trust.path(&first.path());
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    assert!(!manager.open(&path).await.has_button("Start a new draft from this version"));
    assert_eq!(manager.post(&format!("{path}/draft"), &[]).await.status, 403);
    let mut elsewhere = site.signed_in(&world.trust.second.team.author).await;
    assert_eq!(elsewhere.post(&format!("{path}/draft"), &[]).await.status, 404);
    sqlx::query("update profile set retired_at = now(), retired_by = owner_id, retired_reason = 'Closed.'")
        .execute(&site.db)
        .await
        .unwrap();
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let page = author.post(&format!("{path}/draft"), &[]).await;
    assert!(author.follow(page).await.flash().contains("archived"));
    let drafts: i64 = sqlx::query_scalar("select count(*) from version").fetch_one(&site.db).await.unwrap();
    assert_eq!(drafts, 2);
}

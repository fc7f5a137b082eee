//! Rolling a new text out: every effect is shown first, each profile changes once, and nobody's draft is lost.

use std::time::Instant;

use rolebook::domain::ids::VersionId;
use rolebook::domain::version::StateName;
use rolebook::jobs::clauses;
use tokio::sync::watch;

use super::{db_clause, db_next_text, db_profiles};
use crate::support::desk::Desk;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

const OLD: &str = "Smoking is allowed outside.";
const NEW: &str = "Smoking is allowed nowhere.";

async fn clause_with_a_new_text(site: &Site, world: &World) -> i64 {
    let clause = db_clause(site, &world.trust, "Smoking", OLD, &["always"]).await;
    db_next_text(site, &world.trust, clause, NEW, site.app.clock.today()).await;
    clause
}

async fn roll_out(site: &Site, world: &World, clause: i64, mode: &str, in_review: &str) -> Page {
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path(&format!("clauses/{clause}/impact"))).await;
    let form = page.form("Roll it out").forge("mode", mode).forge("in_review", in_review);
    admin.submit_and_follow(form).await
}

async fn work(site: &Site) {
    let (_going, stop) = watch::channel(false);
    clauses::work(&site.app, &stop).await.unwrap();
}

/// Of each profile: how many versions, how many in force, and the text in force.
async fn db_outcome(site: &Site) -> Vec<(i64, i64, i64, Option<String>)> {
    sqlx::query_as(
        "select v.profile_id, count(*), count(*) filter (where v.state = 'issued'),
            max(i.text) filter (where v.state = 'issued')
        from version v left join item i on i.version_id = v.id and i.kind = 'clause'
        group by v.profile_id order by v.profile_id",
    )
    .fetch_all(&site.db)
    .await
    .unwrap()
}

#[tokio::test]
async fn each_profile_goes_its_way_and_an_evaluated_one_gets_a_draft() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    let clause = db_clause(&site, trust, "Smoking", OLD, &["always"]).await;
    let plain = db_profiles(&site, (trust, unit), clause, 2, "indicative").await;
    let evaluated = db_profiles(&site, (trust, unit), clause, 1, "evaluated").await[0];
    let own = db_profiles(&site, (trust, unit), clause, 1, "indicative").await[0];
    let desk = Desk::new(&site, trust);
    let draft = desk.next_draft(plain[1], &unit.team.author).await.unwrap();
    let changed = desk.next_draft(own, &unit.team.author).await.unwrap();
    let sql = "update clause_use set reason = 'Ours' where version_id = $1";
    sqlx::query(sql).bind(changed.0).execute(&site.db).await.unwrap();
    db_next_text(&site, trust, clause, NEW, site.app.clock.today()).await;

    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&trust.path(&format!("clauses/{clause}/impact"))).await;
    page.assert_text("4 profiles hold this clause.");
    page.assert_text("[removed: outside.]");
    let page = roll_out(&site, &world, clause, "silent", "wait").await;
    page.assert_text("0 of 4 profiles are done.");
    work(&site).await;
    let page = admin.open(&trust.path(&format!("clauses/{clause}/rollout"))).await;
    page.assert_text("All 4 profiles are done.");

    let outcome = db_outcome(&site).await;
    let shape: Vec<(i64, i64, &str)> =
        outcome.iter().map(|one| (one.1, one.2, one.3.as_deref().unwrap_or_default())).collect();
    assert_eq!(shape, [(2, 1, NEW), (3, 1, NEW), (2, 1, OLD), (3, 1, NEW)], "silent, beside a draft, evaluated, own");
    let kept = desk.version(draft).await;
    let minor: i64 = sqlx::query_scalar("select id from version where profile_id = $1 and state = 'issued'")
        .bind(kept.profile.id.0)
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert_eq!(
        (kept.state.name(), kept.base),
        (StateName::Draft, Some(VersionId(minor))),
        "it goes on from the minor one"
    );
    let evaluated = desk.version(evaluated).await;
    assert_eq!(evaluated.state.name(), StateName::Issued, "an evaluated version stays in force");
    let own: String = sqlx::query_scalar("select i.text from item i where i.version_id = $1 and kind = 'clause'")
        .bind(changed.0)
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert_eq!(own, OLD, "words of its own stay");
    let issued: (i64, i64) = sqlx::query_as(
        "select submitted_by, approved_by from version where state = 'issued' and rollout_id is not null limit 1",
    )
    .fetch_one(&site.db)
    .await
    .unwrap();
    assert_eq!(
        issued,
        (trust.whole.author.membership.unwrap(), trust.admin.membership.unwrap()),
        "who proposed, who approved"
    );
    let twice = roll_out_again(&site, &world, clause).await;
    assert_eq!(twice.flash(), "It is being rolled out already");
}

async fn roll_out_again(site: &Site, world: &World, clause: i64) -> Page {
    let mut admin = site.signed_in(&world.trust.admin).await;
    let at = world.trust.path(&format!("clauses/{clause}/rollout"));
    let page = admin.post(&at, &[("edition", "2"), ("mode", "silent"), ("in_review", "wait")]).await;
    admin.follow(page).await
}

#[tokio::test]
async fn a_version_in_review_is_waited_for_or_recalled_as_chosen() {
    for (choice, state, done) in [("wait", StateName::InReview, false), ("recall", StateName::Draft, true)] {
        let site = Site::new().await;
        let world = site.world().await;
        let (trust, unit) = (&world.trust, &world.trust.first);
        let clause = db_clause(&site, trust, "Smoking", OLD, &["always"]).await;
        let issued = db_profiles(&site, (trust, unit), clause, 1, "indicative").await[0];
        let desk = Desk::new(&site, trust);
        let grade = desk.db_grade().await;
        let draft = desk.next_draft(issued, &unit.team.author).await.unwrap();
        let sql = "update version set grade_from_id = $2 where id = $1";
        sqlx::query(sql).bind(draft.0).bind(grade).execute(&site.db).await.unwrap();
        desk.submit(draft, &unit.team.author, &unit.team.manager).await.unwrap();
        db_next_text(&site, trust, clause, NEW, site.app.clock.today()).await;
        roll_out(&site, &world, clause, "silent", choice).await;
        work(&site).await;
        site.pass(time::Duration::minutes(2));
        work(&site).await;
        assert_eq!(desk.version(draft).await.state.name(), state, "{choice}");
        let in_force = db_outcome(&site).await[0].3.clone();
        assert_eq!(in_force.as_deref() == Some(NEW), done, "{choice}");
        let mail: i64 = sqlx::query_scalar("select count(*) from outbox where subject like 'Recalled from review%'")
            .fetch_one(&site.db)
            .await
            .unwrap();
        assert_eq!(mail, if done { 2 } else { 0 }, "the sender and the approver are told");
        if !done {
            let mut admin = site.signed_in(&trust.admin).await;
            let page = admin.open(&trust.path(&format!("clauses/{clause}/rollout"))).await;
            page.assert_text("Version 2 is in review: it has to be decided first");
            desk.recall(draft, &unit.team.author).await.unwrap();
            site.pass(time::Duration::minutes(2));
            work(&site).await;
            assert_eq!(db_outcome(&site).await[0].3.as_deref(), Some(NEW), "it follows by itself");
        }
    }
}

#[tokio::test]
async fn killed_in_the_middle_it_changes_each_profile_once() {
    let site = Site::new().await;
    let world = site.world().await;
    let clause = clause_with_a_new_text(&site, &world).await;
    db_profiles(&site, (&world.trust, &world.trust.first), clause, 180, "indicative").await;
    roll_out(&site, &world, clause, "silent", "wait").await;
    for wait in [3, 9, 20, 40, 70] {
        let app = site.app.clone();
        let batch = tokio::spawn(async move { clauses::batch(&app).await });
        tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
        batch.abort();
        let _ = batch.await;
    }
    site.db_let_go().await;
    let (one, two) = (site.app.clone(), site.second_server().await);
    let (_going, stop) = watch::channel(false);
    let (first, second) = tokio::join!(clauses::work(&one, &stop), clauses::work(&two, &stop));
    first.unwrap();
    second.unwrap();
    for (profile, versions, in_force, text) in db_outcome(&site).await {
        assert_eq!((versions, in_force, text.as_deref()), (2, 1, Some(NEW)), "profile {profile}");
    }
    let open: i64 = sqlx::query_scalar("select count(*) from clause_rollout where finished_at is null")
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert_eq!(open, 0, "it is over");
}

#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "it measures, and prints what it measured")]
async fn a_thousand_profiles_follow_in_seconds() {
    let site = Site::new().await;
    let world = site.world().await;
    let clause = clause_with_a_new_text(&site, &world).await;
    db_profiles(&site, (&world.trust, &world.trust.first), clause, 1_000, "indicative").await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let began = Instant::now();
    let page = admin.open(&world.trust.path(&format!("clauses/{clause}/impact"))).await;
    let preview = began.elapsed();
    page.assert_text("1000 profiles hold this clause");
    roll_out(&site, &world, clause, "silent", "wait").await;
    let began = Instant::now();
    work(&site).await;
    println!("1,000 profiles: preview {preview:?}, roll-out {:?}", began.elapsed());
    assert!(db_outcome(&site).await.iter().all(|one| one.3.as_deref() == Some(NEW)));
}

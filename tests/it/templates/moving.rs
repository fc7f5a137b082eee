//! A change of a template that moves many drafts: in batches, with how far it is, and each draft once.

use rolebook::jobs::templates;
use tokio::sync::watch;

use super::{bind, of, ready};
use crate::support::people::World;
use crate::support::site::Site;

const NAME: &str = "Council post specification";

/// Drafts on the first version of the template, each with a line in a section that a change takes away.
pub async fn db_drafts(site: &Site, world: &World, count: i32) {
    let trust = &world.trust;
    for sql in [
        "with p as (insert into profile (employer_id, number, unit_id, owner_id, created_at)
            select $1, 1000 + n, $2, $3, now() from generate_series(1, $4) n returning id)
        insert into version (employer_id, profile_id, number, state, created_by, created_at, title)
            select $1, p.id, 1, 'draft', $3, now(), 'Post ' || p.id from p where $4 > 0",
        "insert into section (employer_id, version_id, section_id, position, kind, heading, slot)
            select $1, v.id, nextval('content_identity'), 1, 'terms', 'Working arrangements', 'terms'
            from version v where v.employer_id = $1 and $2 + $3 + $4 > 0",
        "insert into item (employer_id, version_id, item_id, section_id, position, kind, text)
            select $1, s.version_id, nextval('content_identity'), s.section_id, n, 'paragraph', 'In three buildings.'
            from section s, generate_series(1, 3) n where s.employer_id = $1 and $2 + $3 + $4 > 0",
        "update version set template_id = t.id, template_edition = 1 from template t
            where version.employer_id = $1 and t.employer_id = $1 and t.name = 'Council post specification' and $2 + $3 + $4 > 0",
    ] {
        let author = trust.first.team.author.membership.unwrap();
        sqlx::query(sql).bind(trust.id).bind(trust.first.id).bind(author).bind(count).execute(&site.db).await.unwrap();
    }
}

/// How many drafts stand on which version, and how many rows of the queue came to what.
async fn db_standing(site: &Site) -> (Vec<(i32, i64)>, Vec<(Option<String>, i64)>) {
    let versions = "select template_edition, count(*) from version group by 1 order by 1";
    let rows = "select outcome, count(*) from template_move group by 1 order by 1";
    let versions = sqlx::query_as(versions).fetch_all(&site.db).await.unwrap();
    (versions, sqlx::query_as(rows).fetch_all(&site.db).await.unwrap())
}

#[tokio::test]
async fn many_drafts_are_moved_in_batches_once_each_though_the_job_is_killed() {
    let (site, world) = ready().await;
    db_drafts(&site, &world, 420).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = of(&mut admin, &world.trust, NAME).await;
    let edit = admin.submit_and_follow(page.form("Begin a change")).await;
    let edit = admin.submit_and_follow(edit.form("Remove Working arrangements")).await;
    let page = bind(&mut admin, &edit, "Said elsewhere.").await;
    assert!(page.flash().starts_with("In use from now on. Its drafts are being moved"), "{}", page.flash());
    page.assert_text("100 of 420 drafts had their turn.");
    assert!(admin.statements() <= 4, "{:?}", admin.statement_list());
    assert_eq!(db_standing(&site).await.0, [(1, 320), (2, 100)]);
    // One is sent away before its turn comes.
    sqlx::query(
        "update version set state = 'discarded', discarded_at = now(), discarded_by = created_by
        where id = (select max(version_id) from template_move where done_at is null)",
    )
    .execute(&site.db)
    .await
    .unwrap();
    for wait in [3, 9, 20, 40, 70] {
        let app = site.app.clone();
        let batch = tokio::spawn(async move { templates::batch(&app).await });
        tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
        batch.abort();
        let _ = batch.await;
    }
    site.db_let_go().await;
    let (one, two) = (site.app.clone(), site.second_server().await);
    let (_going, stop) = watch::channel(false);
    let (first, second) = tokio::join!(templates::work(&one, &stop), templates::work(&two, &stop));
    first.unwrap();
    second.unwrap();
    templates::work(&one, &stop).await.unwrap();
    let (versions, rows) = db_standing(&site).await;
    assert_eq!(versions, [(1, 1), (2, 419)]);
    assert_eq!(rows, [(Some("left".to_owned()), 1), (Some("moved".to_owned()), 419)]);
    // Moved twice, a section would stand twice; lost, a line would be gone.
    let sections: i64 = sqlx::query_scalar("select count(*) from section where slot is not null and not kept")
        .fetch_one(&site.db)
        .await
        .unwrap();
    let lines: i64 = sqlx::query_scalar("select count(*) from item where text = 'In three buildings.'")
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert_eq!((sections, lines), (419 * 9 + 1, 420 * 3));
    let page = of(&mut admin, &world.trust, NAME).await;
    page.assert_text("Every draft on this template had its turn: 419 of 420 were moved.");
    page.assert_text("One was sent for review, discarded or moved first, and was left as it is.");
}

#[tokio::test]
async fn a_later_version_takes_over_what_still_waits_for_an_earlier_one() {
    let (site, world) = ready().await;
    db_drafts(&site, &world, 130).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    for (why, heading) in [("First.", "Further details"), ("Second.", "Working arrangements")] {
        let page = of(&mut admin, &world.trust, NAME).await;
        let edit = admin.submit_and_follow(page.form("Begin a change")).await;
        let edit = admin.submit_and_follow(edit.form(&format!("Remove {heading}"))).await;
        bind(&mut admin, &edit, why).await;
    }
    let (_going, stop) = watch::channel(false);
    templates::work(&site.app, &stop).await.unwrap();
    let (versions, rows) = db_standing(&site).await;
    assert_eq!(versions, [(3, 130)]);
    assert_eq!(rows, [(Some("left".to_owned()), 30), (Some("moved".to_owned()), 230)]);
}

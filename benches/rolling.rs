//! What reaches many profiles at once: a pay award over 5,000 drafts, a clause's new text over 1,000 profiles in force,
//! and a change of a template that 3,000 drafts are on. Each is looked at first, then carried out by its job.

use std::time::Instant;

use rolebook::domain::ids::EmployerId;
use rolebook::jobs;
use rolebook::reference::templates::starter_templates;
use tokio::sync::watch;

use crate::row::Row;
use crate::support::people::World;
use crate::support::site::Site;

const DRAFTS: i32 = 5_000;
const PROFILES: i32 = 1_000;
const AWARD: &[u8] =
    b"grade,minimum_gbp,maximum_gbp,effective_from,source\nBand 3,25760,27476,2026-01-01,Pay circular 1\n";

/// Profiles with a draft each, on Band 3.
async fn db_drafts(site: &Site, world: &World, count: i32) -> Vec<i64> {
    let trust = &world.trust;
    sqlx::query_scalar(
        "with p as (insert into profile (employer_id, number, unit_id, owner_id, created_at)
            select $1, next_profile_number + n, $2, $3, now() from employer, generate_series(1, $4) n where id = $1
            returning id),
        v as (insert into version (employer_id, profile_id, number, state, created_by, created_at, title, grade_basis,
                grade_from_id, hours)
            select $1, p.id, 1, 'draft', $3, now(), 'Post ' || p.id, 'indicative', g.id, '30 hours a week'
            from p join grade g on g.employer_id = $1 and g.name = 'Band 3' returning id),
        e as (update employer set next_profile_number = next_profile_number + $4 + 1 where id = $1)
        select id from v",
    )
    .bind(trust.id)
    .bind(trust.first.id)
    .bind(trust.first.team.author.membership.unwrap())
    .bind(count)
    .fetch_all(&site.db)
    .await
    .unwrap()
}

pub async fn award() -> Vec<Row> {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    db_drafts(&site, &world, DRAFTS).await;
    sqlx::query("analyze").execute(&site.db).await.unwrap();
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("pay")).await;
    let sent = admin.submit(page.form("Look at the award").attach("CSV file", "award.csv", AWARD)).await;
    let begin = Instant::now();
    let page = admin.follow(sent).await;
    let preview = begin.elapsed();
    page.assert_text("5000 drafts");
    admin.submit_and_follow(page.form("Apply the award")).await;
    let (_stop, still) = watch::channel(false);
    let begin = Instant::now();
    jobs::pay::work(&site.app, &still).await.unwrap();
    let taken = begin.elapsed();
    let done: i64 =
        sqlx::query_scalar("select count(*) from pay_effect where changed").fetch_one(&site.db).await.unwrap();
    assert_eq!(done, i64::from(DRAFTS));
    vec![
        Row::time("pay award over 5,000 drafts, looked at", preview, 2_000.0),
        Row::time("pay award over 5,000 drafts, carried out", taken, 10_000.0),
    ]
}

/// A clause in so many profiles in force, with a new text that two people made.
async fn db_clause(site: &Site, world: &World) -> i64 {
    let trust = &world.trust;
    let (author, admin) = (trust.whole.author.membership.unwrap(), trust.admin.membership.unwrap());
    let clause: i64 = sqlx::query_scalar(
        "with made as (insert into clause (employer_id, name, changed_at) values ($1, 'Lone working', now()) returning id),
        old as (insert into clause_edition (employer_id, clause_id, number, text, effective_from, starter, proposed_at, approved_at)
            select $1, id, 1, 'Tell the office where you are.', '2020-01-01', true, now(), now() from made),
        new as (insert into clause_edition (employer_id, clause_id, number, text, note, effective_from, proposed_by,
                proposed_at, approved_by, approved_at)
            select $1, id, 2, 'Tell the office and a friend.', 'Law', '2026-01-01', $2, now(), $3, now() from made)
        select id from made",
    )
    .bind(trust.id)
    .bind(author)
    .bind(admin)
    .fetch_one(&site.db)
    .await
    .unwrap();
    let versions = db_drafts(site, world, PROFILES).await;
    for sql in [
        "insert into section (employer_id, version_id, section_id, position, kind)
            select $2, id, nextval('content_identity'), 1, 'clauses' from unnest($1::bigint[]) id where $3 > 0",
        "insert into item (employer_id, version_id, item_id, section_id, position, kind, text)
            select $2, s.version_id, nextval('content_identity'), s.section_id, 1, 'clause', e.text
            from section s, clause_edition e where s.version_id = any($1) and e.clause_id = $3 and e.number = 1",
        "insert into clause_use (employer_id, version_id, item_id, heading, clause_id, edition)
            select $2, version_id, item_id, '', $3, 1 from item where version_id = any($1)",
    ] {
        sqlx::query(sql).bind(&versions).bind(trust.id).bind(clause).execute(&site.db).await.unwrap();
    }
    sqlx::query(
        "update version set state = 'issued', submitted_by = $2, submitted_at = now(), approved_by = $3,
            approved_at = now(), issued_by = $2, issued_at = now(), effective_from = '2026-01-01' where id = any($1)",
    )
    .bind(&versions)
    .bind(author)
    .bind(admin)
    .execute(&site.db)
    .await
    .unwrap();
    clause
}

pub async fn clause() -> Vec<Row> {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let clause = db_clause(&site, &world).await;
    sqlx::query("analyze").execute(&site.db).await.unwrap();
    let mut admin = site.signed_in(&world.trust.admin).await;
    let begin = Instant::now();
    let page = admin.open(&world.trust.path(&format!("clauses/{clause}/impact"))).await;
    let preview = begin.elapsed();
    page.assert_text("1000 profiles hold this clause");
    let form = [("edition", "2"), ("mode", "silent"), ("in_review", "wait")];
    let sent = admin.post(&world.trust.path(&format!("clauses/{clause}/rollout")), &form).await;
    assert_eq!(sent.status, 303);
    let (_stop, still) = watch::channel(false);
    let begin = Instant::now();
    jobs::clauses::work(&site.app, &still).await.unwrap();
    let taken = begin.elapsed();
    let sql = "select count(*) from clause_rollout_profile where outcome = 'issued'";
    let done: i64 = sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap();
    assert_eq!(done, i64::from(PROFILES));
    vec![
        Row::time("clause in 1,000 profiles, looked at", preview, 2_000.0),
        Row::time("clause in 1,000 profiles, rolled out", taken, 10_000.0),
    ]
}

const ON_TEMPLATE: i32 = 3_000;

/// Drafts on a ready template, with a written section for each of its places: forty lines each.
async fn db_on_template(site: &Site, world: &World) -> i64 {
    let trust = &world.trust;
    let mut tx = site.tx().await;
    let at = site.app.clock.now();
    tx.add_starter_templates(EmployerId(trust.id), &starter_templates().unwrap(), at).await.unwrap();
    tx.commit().await.unwrap();
    let sql = "select id from template where starter_key = 'council_post'";
    let template: i64 = sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap();
    let versions = db_drafts(site, world, ON_TEMPLATE).await;
    for sql in [
        "insert into section (employer_id, version_id, section_id, position, kind, heading, slot)
            select $2, v, nextval('content_identity'), n, place ->> 'kind', place ->> 'heading', place ->> 'slot'
            from unnest($1::bigint[]) v, template_edition e, jsonb_array_elements(e.layout -> 'sections') with ordinality x (place, n)
            where e.template_id = $3",
        "insert into item (employer_id, version_id, item_id, section_id, position, kind, text)
            select $2, s.version_id, nextval('content_identity'), s.section_id, n, 'paragraph', 'A line of some eight words of text.'
            from section s, generate_series(1, 5) n where s.version_id = any($1) and $3 > 0",
        "update version set template_id = $3, template_edition = 1 where id = any($1) and employer_id = $2",
    ] {
        sqlx::query(sql).bind(&versions).bind(trust.id).bind(template).execute(&site.db).await.unwrap();
    }
    template
}

pub async fn template() -> Vec<Row> {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let template = db_on_template(&site, &world).await;
    sqlx::query("analyze").execute(&site.db).await.unwrap();
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path(&format!("templates/{template}"))).await;
    let edit = admin.submit_and_follow(page.form("Begin a change")).await;
    let edit = admin.submit_and_follow(edit.form("Remove Working arrangements")).await;
    let begin = Instant::now();
    let preview = admin.follow_link(&edit, "See what it changes").await;
    let looked = begin.elapsed();
    let form = preview.form("Bring it into use").fill("Why it changes", "Said elsewhere.");
    let begin = Instant::now();
    let sent = admin.submit(form).await;
    let bound = begin.elapsed();
    assert_eq!(sent.status, 303);
    let (_stop, still) = watch::channel(false);
    let begin = Instant::now();
    jobs::templates::work(&site.app, &still).await.unwrap();
    let taken = begin.elapsed();
    let sql = "select count(*) from template_move where outcome = 'moved'";
    let done: i64 = sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap();
    assert_eq!(done, i64::from(ON_TEMPLATE));
    vec![
        Row::time("template of 3,000 drafts, looked at", looked, 2_000.0),
        Row::time("template of 3,000 drafts, brought into use", bound, 2_000.0),
        Row::time("template of 3,000 drafts, all moved", taken, 30_000.0),
    ]
}

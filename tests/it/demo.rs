//! The demonstration: loaded once, into an empty database alone, and true to the house's own rules.

use std::collections::BTreeMap;
use std::path::Path;

use rolebook::demo::{self, DemoError};
use rolebook::domain::checks;
use rolebook::domain::ids::{EmployerId, VersionId};
use rolebook::policy::{Role, Via};
use serde_json::Value;
use sqlx::Row;

use crate::support::site::Site;

/// Drafts that show what the checks find.
const FLAWED: [&str; 3] = ["People Adviser 1", "Revenues Officer 1", "Service Administrator 2"];

async fn loaded() -> Site {
    let site = Site::new().await;
    demo::load(&site.app).await.unwrap();
    site
}

/// The profiles as their files write them.
fn files() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/demo/data/profiles");
    let read = |file: std::fs::DirEntry| serde_json::from_slice(&std::fs::read(file.path()).unwrap()).unwrap();
    std::fs::read_dir(folder).unwrap().map(|file| read(file.unwrap())).collect()
}

fn states<'a>(things: impl Iterator<Item = &'a Value>) -> BTreeMap<String, i64> {
    let mut states = BTreeMap::new();
    for thing in things {
        *states.entry(thing["state"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    states
}

async fn db_count(site: &Site, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap()
}

async fn db_counts(site: &Site, sql: &'static str) -> BTreeMap<String, i64> {
    let rows = sqlx::query(sql).fetch_all(&site.db).await.unwrap();
    rows.into_iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[tokio::test]
async fn it_loads_into_an_empty_database_alone() {
    let site = Site::new().await;
    let loaded = demo::load(&site.app).await.unwrap();
    assert_eq!((loaded.employers, loaded.people, loaded.profiles), (2, 22, 19));
    assert_eq!(db_count(&site, "select count(*) from version").await, loaded.versions as i64);
    assert_eq!(db_count(&site, "select count(*) from advert").await, loaded.adverts as i64);
    assert_eq!(db_count(&site, "select count(*) from employer where not demonstration").await, 0);

    let again = demo::load(&site.app).await;
    assert!(matches!(again, Err(DemoError::NotEmpty)), "{again:?}");
    assert_eq!(db_count(&site, "select count(*) from employer").await, 2);

    let in_use = Site::new().await;
    in_use.world().await;
    let refused = demo::load(&in_use.app).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the demonstration needs an empty database, and this one has people or employers in it"
    );
}

#[tokio::test]
async fn nothing_real_mixes_with_it() {
    let site = loaded().await;
    let mut tx = site.app.database.begin().await.unwrap();
    let (kind, scheme) = (rolebook::db::EmployerKind::Council, rolebook::db::EvaluationScheme::Njc);
    let added = tx.add_employer("real", "Real Council", kind, scheme, site.app.clock.now()).await;
    assert!(matches!(added, Err(rolebook::db::DbError::Stale)), "{added:?}");
}

#[tokio::test]
async fn every_state_is_there_as_often_as_the_files_say() {
    let site = loaded().await;
    let files = files();
    let versions = states(files.iter().flat_map(|file| file["history"].as_array().unwrap()));
    assert_eq!(versions.len(), 8, "every state has its example");
    assert_eq!(db_counts(&site, "select state, count(*) from version group by 1").await, versions);
    let adverts: Value = serde_json::from_str(include_str!("../../src/demo/data/adverts.json")).unwrap();
    let adverts = states(adverts.as_array().unwrap().iter());
    assert_eq!(adverts.len(), 4, "and every state of an advert");
    assert_eq!(db_counts(&site, "select state, count(*) from advert group by 1").await, adverts);
    let tasks = db_counts(&site, "select kind, count(*) from task where closed_at is null group by 1").await;
    assert_eq!((tasks["approve"], tasks["confirm_advert"]), (versions["in_review"], adverts["draft"]));
}

#[tokio::test]
async fn everybody_can_sign_in() {
    let site = loaded().await;
    let sign_ins = demo::sign_ins();
    assert_eq!(sign_ins.len(), 2 * Role::ALL.len() + 1);
    for one in sign_ins {
        let mut browser = site.browser();
        let form = browser.open("/sign-in").await.form("Sign in");
        let page = browser.submit(form.fill("E-mail address", &one.email).fill("Password", one.password)).await;
        assert_eq!(page.status, 303, "{} can't sign in: {:?}", one.email, page.problems());
        let home = browser.get("/").await.location.unwrap();
        assert_eq!(home.starts_with("/staff/"), one.employer.is_some(), "{} comes to {home}", one.email);
    }
}

#[tokio::test]
async fn four_eyes_were_kept() {
    let site = loaded().await;
    let approved = db_count(&site, "select count(*) from version where approved_by is not null").await;
    assert!(approved > 20, "{approved}");
    let own =
        "select count(*) from version v where approved_by is not null and (approved_by in (submitted_by, created_by)
        or exists (select from content_edit e where e.version_id = v.id and e.edited_by = v.approved_by))";
    assert_eq!(db_count(&site, own).await, 0);
    let decided = "select count(*) from decision d join submission s on s.id = d.submission_id
        join task t on t.submission_id = s.id where t.assigned_to = d.decided_by and s.submitted_by <> d.decided_by";
    assert_eq!(db_count(&site, decided).await, db_count(&site, "select count(*) from decision").await);
    let confirmed = "select count(*) from advert a where confirmed_by <> hiring_manager_id
        or exists (select from advert_writer w where w.advert_id = a.id and w.membership_id = a.confirmed_by)";
    assert_eq!(db_count(&site, confirmed).await, 0);
}

#[tokio::test]
async fn the_record_runs_in_the_order_of_time_and_ends_before_now() {
    let site = loaded().await;
    let disorder =
        "select count(*) from (select created_at < lag(created_at) over (order by id) as back from audit) a where back";
    assert_eq!(db_count(&site, disorder).await, 0);
    let rows = sqlx::query("select max(created_at), (select max(created_at) from content_edit) from audit");
    let row = rows.fetch_one(&site.db).await.unwrap();
    let (audit, edit): (time::OffsetDateTime, time::OffsetDateTime) = (row.get(0), row.get(1));
    assert!(audit < site.app.clock.now() && edit < site.app.clock.now(), "{audit}, {edit}");
    assert!(db_count(&site, "select count(*) from audit").await > 120);
}

#[tokio::test]
async fn reworded_items_keep_their_identity() {
    let site = loaded().await;
    let reworded = "select count(*) from item a join version v on v.id = a.version_id
        join version w on w.base_id = v.id join item b on b.version_id = w.id and b.item_id = a.item_id and b.text <> a.text";
    assert!(db_count(&site, reworded).await >= 10);
    let edits = db_counts(&site, "select action, count(*) from content_edit group by 1").await;
    assert!(["add", "change", "delete", "move"].iter().all(|action| edits.contains_key(*action)), "{edits:?}");
}

#[tokio::test]
async fn only_the_flawed_drafts_have_problems() {
    let site = loaded().await;
    let mut flawed = Vec::new();
    let mut tx = site.app.database.begin().await.unwrap();
    for sign_in in demo::sign_ins().into_iter().filter(|one| one.role == Role::Admin.label()) {
        let sql = "select v.id, v.employer_id from version v join employer e on e.id = v.employer_id where e.name = $1";
        let rows = sqlx::query(sql).bind(&sign_in.employer).fetch_all(&site.db).await.unwrap();
        for row in rows {
            let (id, employer) = (VersionId(row.get(0)), EmployerId(row.get(1)));
            let admin = tx.staff_by_email(employer, &sign_in.email, Via::Web).await.unwrap().unwrap();
            let version = tx.version_by_id(&admin.scope(), id).await.unwrap().unwrap();
            let content = tx.content(employer, id).await.unwrap();
            if !checks::before_submitting(&version.details, &content).is_empty() {
                flawed.push(format!("{} {}", version.details.title, version.number));
            }
        }
    }
    flawed.sort();
    assert_eq!(flawed, FLAWED);
}

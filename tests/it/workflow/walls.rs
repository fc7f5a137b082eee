//! The last wall: what the database refuses to whoever comes past the program.

use rolebook::domain::version::StateName;
use sqlx::PgPool;

use crate::support::site::Site;

/// What the database says when it refuses: content is frozen, or a record is only added to.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    Frozen,
    AppendOnly,
}

/// Runs a statement that has to be refused.
pub async fn refused(db: &PgPool, sql: &str, version: i64) -> Said {
    let done = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).bind(version).execute(db).await;
    let error = done.expect_err(&format!("the database let this through for version {version}: {sql}"));
    match error.as_database_error().and_then(|error| error.code()).as_deref() {
        Some("RB001") => Said::Frozen,
        Some("RB002") => Said::AppendOnly,
        code => panic!("{sql} was refused with {code:?}: {error}"),
    }
}

/// Changes to a version's content, each of which meets a row of it.
const CONTENT: [&str; 13] = [
    "update item set text = text || '!' where version_id = $1",
    "delete from item where version_id = $1",
    "insert into item (employer_id, version_id, item_id, section_id, position, kind, text)
        select employer_id, version_id, item_id + 1000000, section_id, position + 1000, kind, text from item
        where version_id = $1 limit 1",
    "update section set heading = heading || '!' where version_id = $1",
    "delete from section where version_id = $1",
    "update criterion set importance = 'desirable' where version_id = $1",
    "delete from criterion_assessment where version_id = $1",
    "update demand set present = false where version_id = $1",
    "update factor_level set level = '9' where version_id = $1",
    "update term set label = label || '!' where version_id = $1",
    "update clause_use set heading = heading || '!' where version_id = $1",
    "insert into duty_work (employer_id, version_id, item_id, share)
        select employer_id, version_id, item_id, 10 from item where version_id = $1 and kind = 'duty' limit 1",
    "update version set title = title || '!' where id = $1",
];

/// Ways back into a state in which content may change.
const WAYS_BACK: [&str; 2] = [
    "update version set state = 'draft', issue_on = null, issue_scheduled_by = null, superseded_at = null where id = $1",
    "update version set state = 'in_review', issue_on = null, issue_scheduled_by = null, superseded_at = null where id = $1",
];

/// Records of what was done.
const RECORDS: [&str; 8] = [
    "update content_edit set action = 'move' where version_id = $1",
    "delete from content_edit where version_id = $1",
    "update submission set change_note = change_note || '!' where version_id = $1",
    "delete from submission where version_id = $1",
    "update decision set reason = reason || '!' where submission_id in (select id from submission where version_id = $1)",
    "delete from decision where submission_id in (select id from submission where version_id = $1)",
    "update audit set actor = actor || '!' where profile_id = (select profile_id from version where id = $1)",
    "delete from audit where profile_id = (select profile_id from version where id = $1)",
];

/// Tries every way to change what must not change any more.
pub async fn stand(site: &Site, version: i64, state: StateName) {
    if !state.is_editable() {
        for sql in CONTENT {
            assert_eq!(refused(&site.db, sql, version).await, Said::Frozen, "{sql}");
        }
    }
    if matches!(state, StateName::Approved | StateName::Issued | StateName::Superseded | StateName::Withdrawn) {
        for sql in WAYS_BACK {
            assert_eq!(refused(&site.db, sql, version).await, Said::Frozen, "{sql}");
        }
    }
    for sql in RECORDS {
        if meets_a_row(&site.db, sql, version).await {
            assert_eq!(refused(&site.db, sql, version).await, Said::AppendOnly, "{sql}");
        }
    }
}

/// A trigger speaks only where there is a row.
async fn meets_a_row(db: &PgPool, sql: &str, version: i64) -> bool {
    let table = sql.trim_start_matches("update ").trim_start_matches("delete from ").split(' ').next().unwrap();
    let (_, condition) = sql.split_once(" where ").unwrap();
    let exists = format!("select exists (select from {table} where {condition})");
    sqlx::query_scalar(sqlx::AssertSqlSafe(exists)).bind(version).fetch_one(db).await.unwrap()
}

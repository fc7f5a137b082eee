//! The schema itself: references, indexes, times, and the walls that refuse.

use std::collections::BTreeSet;

use sqlx::PgPool;

use crate::support::site::Site;

async fn rows(db: &PgPool, sql: &str) -> Vec<String> {
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(db).await.unwrap()
}

/// Columns of our tables, as `table.column`.
const COLUMNS: &str = "select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
    and c.relname <> '_sqlx_migrations'";

/// Identities that stay from version to version point at no row; what the record names may go, and the record stays.
const WITHOUT_REFERENCE: [&str; 10] = [
    "audit.person_id",
    "audit.profile_id",
    "comment.item_id",
    "comment.section_id",
    "content_edit.subject_id",
    "item.item_id",
    "presence.section_id",
    "section.section_id",
    "suggestion.item_id",
    "suggestion.section_id",
];

#[tokio::test]
async fn every_reference_is_one() {
    let site = Site::new().await;
    let named = rows(&site.db, &format!("{COLUMNS} and (a.attname like '%\\_id' or a.attname like '%\\_by')")).await;
    let referring = rows(
        &site.db,
        "select distinct c.relname || '.' || a.attname from pg_constraint k join pg_class c on c.oid = k.conrelid
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey) where k.contype = 'f'",
    )
    .await;
    // A word like "counted_by" is no reference; whose numbers are.
    let numbers = rows(&site.db, &format!("{COLUMNS} and a.atttypid = 'bigint'::regtype")).await;
    let bare = named.into_iter().filter(|column| numbers.contains(column) && !referring.contains(column));
    let bare: BTreeSet<String> = bare.filter(|column| !own_identity(column)).collect();
    let known: BTreeSet<String> = WITHOUT_REFERENCE.map(str::to_owned).into();
    assert_eq!(bare, known, "columns named like references, without a foreign key");
}

/// `id` alone is the row's own.
fn own_identity(column: &str) -> bool {
    column.ends_with(".id")
}

#[tokio::test]
async fn every_reference_has_an_index_and_stays_within_its_employer() {
    let site = Site::new().await;
    let slow = rows(
        &site.db,
        "with reference as (
            select k.conrelid, k.conrelid::regclass || ' ' || pg_get_constraintdef(k.oid) as words,
                array(select a.attname::text from unnest(k.conkey) n join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n)
                    as columns
            from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace),
        indexed as (
            select x.indrelid, array(select a.attname::text from unnest(x.indkey::int2[]) with ordinality n (number, place)
                join pg_attribute a on a.attrelid = x.indrelid and a.attnum = n.number order by n.place) as columns
            from pg_index x where x.indpred is null)
        select words from reference r where not exists (
            select from indexed i where i.indrelid = r.conrelid and (
                -- All of the reference's columns come first, in whatever order; the employer alone may be missing.
                i.columns[1:cardinality(r.columns)] @> r.columns
                or i.columns[1:cardinality(r.columns) - 1] @> array_remove(r.columns, 'employer_id')))
            and words not like '%FOREIGN KEY (employer_id) REFERENCES employer(id)%' order by 1",
    )
    .await;
    assert!(slow.is_empty(), "references without an index: {slow:#?}");
    let loose = rows(
        &site.db,
        "with ours as (select a.attrelid from pg_attribute a where a.attname = 'employer_id' and not a.attisdropped)
        select k.conrelid::regclass || ' ' || pg_get_constraintdef(k.oid) from pg_constraint k
        where k.contype = 'f' and k.conrelid in (select attrelid from ours) and k.confrelid in (select attrelid from ours)
            and pg_get_constraintdef(k.oid) !~ 'KEY \\(employer_id, .*\\(employer_id, '",
    )
    .await;
    assert!(loose.is_empty(), "references that could point into another employer: {loose:#?}");
}

#[tokio::test]
async fn every_table_says_when() {
    let site = Site::new().await;
    // Parts of a row have its times: their primary key begins with the reference to it.
    let timeless = rows(
        &site.db,
        "select c.relname::text from pg_class c
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> '_sqlx_migrations'
            and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname like '%\\_at'
                and a.atttypid = 'timestamptz'::regtype and a.attnotnull)
            and not exists (select from pg_constraint p join pg_constraint f on f.conrelid = p.conrelid and f.contype = 'f'
                where p.conrelid = c.oid and p.contype = 'p' and p.conkey[1] = any(f.conkey))",
    )
    .await;
    assert!(timeless.is_empty(), "tables without a time: {timeless:?}");
    let local = rows(&site.db, &format!("{COLUMNS} and a.atttypid = 'timestamp'::regtype")).await;
    assert!(local.is_empty(), "times without a zone: {local:?}");
}

async fn tables_with_trigger(db: &PgPool, name: &str, events: i16) -> BTreeSet<String> {
    // Bits of tgtype: 1 each row, 2 before, 4 insert, 8 delete, 16 update.
    let sql = format!(
        "select tgrelid::regclass::text from pg_trigger where tgname = '{name}' and tgtype & 31 = {} and tgenabled <> 'D'",
        events | 3
    );
    rows(db, &sql).await.into_iter().collect()
}

#[tokio::test]
async fn what_is_frozen_and_what_is_only_added_to_has_its_wall() {
    let site = Site::new().await;
    let records = tables_with_trigger(&site.db, "append_only", 8 | 16).await;
    let expected =
        ["audit", "comment_wording", "content_edit", "decision", "grade_past", "submission", "term_line", "unit_past"]
            .map(str::to_owned);
    assert_eq!(records, expected.into(), "records that refuse update and delete");
    let whole = rows(
        &site.db,
        "select tgrelid::regclass::text from pg_trigger where tgname = 'never_emptied' and tgtype & 32 = 32 and tgenabled <> 'D'",
    );
    assert_eq!(records, whole.await.into_iter().collect(), "records that refuse truncate");

    let content = rows(
        &site.db,
        "select distinct k.conrelid::regclass::text from pg_constraint k
        where k.contype = 'f' and k.confrelid in ('item'::regclass, 'section'::regclass)",
    )
    .await;
    let content: BTreeSet<String> = content.into_iter().chain(["section".to_owned()]).collect();
    let frozen = tables_with_trigger(&site.db, "frozen", 4 | 8 | 16).await;
    assert_eq!(frozen, content, "every table of content freezes with its version");
    assert!(tables_with_trigger(&site.db, "frozen", 16).await.contains("version"));
}

#[tokio::test]
async fn one_open_and_one_issued_version_a_profile() {
    let site = Site::new().await;
    let unique = rows(
        &site.db,
        "select pg_get_indexdef(indexrelid) from pg_index where indrelid = 'version'::regclass and indisunique and indpred is not null",
    )
    .await;
    assert_eq!(unique.len(), 2, "{unique:?}");
    assert!(unique.iter().all(|index| index.contains("(profile_id)")), "{unique:?}");
}

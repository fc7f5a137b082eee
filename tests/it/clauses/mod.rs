//! Standard clauses: kept once, approved by a second person, placed in drafts, rolled out.

mod library;
mod placing;
mod rolling;

use rolebook::domain::ids::VersionId;

use crate::support::people::{Employer, Unit};
use crate::support::site::Site;

/// A clause whose text holds, and came with the library.
pub async fn db_clause(site: &Site, employer: &Employer, name: &str, text: &str, when: &[&str]) -> i64 {
    sqlx::query_scalar(
        "with made as (insert into clause (employer_id, name, placed_when, changed_at)
            values ($1, $2, $3, now()) returning employer_id, id),
        text as (insert into clause_edition
            (employer_id, clause_id, number, heading, text, effective_from, starter, proposed_at, approved_at)
            select employer_id, id, 1, $2, $4, '2020-01-01', true, now(), now() from made)
        select id from made",
    )
    .bind(employer.id)
    .bind(name)
    .bind(when)
    .bind(text)
    .fetch_one(&site.db)
    .await
    .unwrap()
}

/// Its next text, proposed by the author of the whole employer and approved by the administrator.
pub async fn db_next_text(site: &Site, employer: &Employer, clause: i64, text: &str, from: time::Date) {
    sqlx::query(
        "insert into clause_edition (employer_id, clause_id, number, heading, text, note, effective_from,
            proposed_by, proposed_at, approved_by, approved_at)
        select $1, $2, max(number) + 1, min(heading), $3, 'New law', $4, $5, $7, $6, $7
        from clause_edition where clause_id = $2",
    )
    .bind(employer.id)
    .bind(clause)
    .bind(text)
    .bind(from)
    .bind(employer.whole.author.membership.unwrap())
    .bind(employer.admin.membership.unwrap())
    .bind(site.app.clock.now())
    .execute(&site.db)
    .await
    .unwrap();
}

/// Profiles in force that hold nothing but that clause. Gives their versions.
pub async fn db_profiles(
    site: &Site,
    (employer, unit): (&Employer, &Unit),
    clause: i64,
    count: i32,
    basis: &str,
) -> Vec<VersionId> {
    let author = employer.whole.author.membership.unwrap();
    let approver = employer.admin.membership.unwrap();
    let versions: Vec<i64> = sqlx::query_scalar(
        "with p as (insert into profile (employer_id, number, unit_id, owner_id, created_at)
            select $1, next_profile_number + n, $2, $3, now() from employer, generate_series(1, $4) n where id = $1
            returning id),
        v as (insert into version (employer_id, profile_id, number, state, created_by, created_at, title, grade_basis)
            select $1, id, 1, 'draft', $3, now(), 'Post ' || id, $5 from p returning id),
        e as (update employer set next_profile_number = next_profile_number + $4 + 1 where id = $1)
        select id from v",
    )
    .bind(employer.id)
    .bind(unit.id)
    .bind(author)
    .bind(count)
    .bind(basis)
    .fetch_all(&site.db)
    .await
    .unwrap();
    for sql in [
        "insert into section (employer_id, version_id, section_id, position, kind)
            select $2, id, nextval('content_identity'), 1, 'clauses' from unnest($1::bigint[]) id where $3 > 0",
        "insert into item (employer_id, version_id, item_id, section_id, position, kind, text)
            select $2, s.version_id, nextval('content_identity'), s.section_id, 1, 'clause', e.text
            from section s, clause_edition e where s.version_id = any($1) and e.clause_id = $3 and e.number = 1",
        "insert into clause_use (employer_id, version_id, item_id, heading, clause_id, edition)
            select $2, version_id, item_id, '', $3, 1 from item where version_id = any($1)",
    ] {
        sqlx::query(sql).bind(&versions).bind(employer.id).bind(clause).execute(&site.db).await.unwrap();
    }
    sqlx::query(
        "update version set state = 'issued', submitted_by = $2, submitted_at = now(), approved_by = $3,
            approved_at = now(), issued_by = $2, issued_at = now(), effective_from = '2026-01-01' where id = any($1)",
    )
    .bind(&versions)
    .bind(author)
    .bind(approver)
    .execute(&site.db)
    .await
    .unwrap();
    versions.into_iter().map(VersionId).collect()
}

//! Standard clauses: kept once, approved by a second person, placed in drafts, rolled out.

mod library;

use crate::support::people::Employer;
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

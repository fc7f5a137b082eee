//! Profiles that may be what somebody is about to start: candidates for `domain::alike`, which decides.

use super::{DbError, Tx};
use crate::policy::Scope;

/// Profiles that are looked at closely.
const MOST: i64 = 30;

/// A profile with what it is compared by.
#[derive(Debug, Clone)]
pub struct LikeProfile {
    pub number: i32,
    pub title: String,
    pub unit: String,
    pub grade: String,
    /// Its first duties, a line each.
    pub duties: String,
}

impl Tx {
    /// Profiles in scope with a title like it, or with a duty that has all the words of the first one typed.
    pub async fn alike(&mut self, scope: &Scope, title: &str, duty: &str) -> Result<Vec<LikeProfile>, DbError> {
        let rows = sqlx::query!(
            r#"select p.number, v.title, u.name as unit, coalesce(g.name, '') as "grade!",
                coalesce((select string_agg(text, e'\n') from (select i.text from item i
                    where i.employer_id = v.employer_id and i.version_id = v.id and i.kind = 'duty'
                    order by i.section_id, i.position limit 12) first), '') as "duties!"
            from profile p join unit u on u.id = p.unit_id
            join lateral (select * from version where version.employer_id = p.employer_id
                and version.profile_id = p.id and version.state <> 'discarded'
                order by state = 'issued' desc, number desc limit 1) v on true
            left join grade g on g.id = v.grade_from_id
            where p.employer_id = $1 and ($2 or p.unit_id = any($3)) and p.retired_at is null
                and (similarity(v.title, $4) > 0.25 or $5 <> '' and exists (select from item i
                    where i.employer_id = v.employer_id and i.version_id = v.id and i.kind = 'duty'
                        and to_tsvector('english', i.text) @@ plainto_tsquery('english', $5)))
            order by similarity(v.title, $4) desc, p.number limit $6"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
            title,
            duty,
            MOST,
        )
        .fetch_all(self.conn())
        .await?;
        let found = rows.into_iter().map(|row| LikeProfile {
            number: row.number,
            title: row.title,
            unit: row.unit,
            grade: row.grade,
            duties: row.duties,
        });
        Ok(found.collect())
    }
}

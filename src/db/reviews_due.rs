//! Profiles whose review is due, by the directorate that they belong to.

use time::Date;

use super::{DbError, Tx};
use crate::domain::ids::UnitId;
use crate::policy::Scope;

/// A profile with the day of its next review.
#[derive(Debug, Clone)]
pub struct DueReview {
    pub number: i32,
    pub title: String,
    pub unit: String,
    /// The unit at the top of its branch.
    pub directorate: UnitId,
    pub directorate_name: String,
    pub owner: String,
    pub review_date: Date,
}

impl Tx {
    /// Every profile in scope that is to be reviewed by that day, directorate by directorate, the longest due first;
    /// `most` at the most.
    pub async fn reviews_due(&mut self, scope: &Scope, by: Date, most: i64) -> Result<Vec<DueReview>, DbError> {
        let rows = sqlx::query!(
            r#"with recursive tree as (
                select id, name, id as top, name as top_name from unit where employer_id = $1 and parent_id is null
                union all
                select u.id, u.name, t.top, t.top_name from unit u join tree t on u.parent_id = t.id
                    where u.employer_id = $1
            )
            select p.number, v.title, t.name as "unit!", t.top as "top!", t.top_name as "top_name!",
                member_name(p.owner_id) as "owner!", p.review_date as "review_date!"
            from profile p join tree t on t.id = p.unit_id
            join lateral (select title from version where version.employer_id = p.employer_id
                and version.profile_id = p.id
                order by state = 'issued' desc, number desc limit 1) v on true
            where p.employer_id = $1 and p.retired_at is null and p.review_date <= $4 and ($2 or p.unit_id = any($3))
            order by lower(t.top_name), t.top, p.review_date, p.number limit $5"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
            by,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        let due = rows.into_iter().map(|row| DueReview {
            number: row.number,
            title: row.title,
            unit: row.unit,
            directorate: UnitId(row.top),
            directorate_name: row.top_name,
            owner: row.owner,
            review_date: row.review_date,
        });
        Ok(due.collect())
    }
}

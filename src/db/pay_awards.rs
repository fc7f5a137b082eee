//! Pay awards: kept as they came, applied once, and how far they are.

use sqlx::types::Json;
use time::{Date, OffsetDateTime};

use super::error::exactly_one;
use super::grades::rows;
use super::{DbError, Tx};
use crate::domain::ids::{EmployerId, MembershipId, PayAwardId};
use crate::domain::pay::{Award, Line, NewAmount};
use crate::policy::{Granted, Scope, act};

/// An award that came as a file and was found good.
#[derive(Debug)]
pub struct NewAward<'a> {
    pub pay_scheme: &'a str,
    pub file_name: &'a str,
    pub effective_from: Date,
    pub lines: &'a [Line],
}

#[derive(Debug, Clone)]
pub struct PayAward {
    pub id: PayAwardId,
    pub employer: EmployerId,
    pub pay_scheme: String,
    pub file_name: String,
    pub effective_from: Date,
    pub lines: Vec<Line>,
    pub uploader: String,
    pub created_at: OffsetDateTime,
    /// Who applied it and when.
    pub applied: Option<(MembershipId, String, OffsetDateTime)>,
    /// Drafts and open adverts that it reaches, once they are written down; how many of them are done, and how many of
    /// those were left as they were.
    pub reaches: Option<i32>,
    pub done: i64,
    pub left: i64,
    pub finished_at: Option<OffsetDateTime>,
}

impl Tx {
    pub async fn add_pay_award(
        &mut self,
        granted: &Granted<act::ChangePay>,
        award: &NewAward<'_>,
    ) -> Result<PayAwardId, DbError> {
        // Grades can be there before anybody said how long their scheme's week is; `pay_of` takes these hours then.
        let id = sqlx::query_scalar!(
            "with scheme as (insert into pay_scheme (employer_id, name, week_hundredths, created_at)
                values ($1, $2, 3700, $7) on conflict do nothing)
            insert into pay_award (employer_id, pay_scheme, file_name, effective_from, lines, uploaded_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7) returning id",
            granted.id().0,
            award.pay_scheme,
            award.file_name,
            award.effective_from,
            Json(award.lines) as _,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        self.record(granted, &[("file", award.file_name), ("lines", &award.lines.len().to_string())]).await?;
        Ok(PayAwardId(id))
    }

    /// Every award of the employer, newest first, or the one that is asked for.
    pub async fn pay_awards(&mut self, scope: &Scope, one: Option<PayAwardId>) -> Result<Vec<PayAward>, DbError> {
        let found = sqlx::query!(
            r#"select a.id, a.employer_id, a.pay_scheme, a.file_name, a.effective_from,
                case when $2::bigint is null then '[]'::jsonb else a.lines end as "lines!: Json<Vec<Line>>",
                member_name(a.uploaded_by) as "uploader!", a.created_at, a.applied_by, member_name(a.applied_by) as applier,
                a.applied_at, a.reaches, a.finished_at,
                (select count(*) from pay_effect e where e.award_id = a.id and e.done_at is not null) as "done!",
                (select count(*) from pay_effect e where e.award_id = a.id and not e.changed) as "left!"
            from pay_award a where a.employer_id = $1 and ($2::bigint is null or a.id = $2)
            order by a.id desc limit 50"#,
            scope.employer().0,
            one.map(|id| id.0),
        )
        .fetch_all(self.conn())
        .await?;
        Ok(found
            .into_iter()
            .map(|row| PayAward {
                id: PayAwardId(row.id),
                employer: EmployerId(row.employer_id),
                pay_scheme: row.pay_scheme,
                file_name: row.file_name,
                effective_from: row.effective_from,
                lines: row.lines.0,
                uploader: row.uploader,
                created_at: row.created_at,
                applied: row
                    .applied_by
                    .zip(row.applier)
                    .zip(row.applied_at)
                    .map(|((by, name), at)| (MembershipId(by), name, at)),
                reaches: row.reaches,
                done: row.done,
                left: row.left,
                finished_at: row.finished_at,
            })
            .collect())
    }

    /// Writes the figures down, all or none; the job carries them to drafts and adverts.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it was applied already; [`DbError::Constraint`] where another award was quicker.
    pub async fn apply_pay_award(
        &mut self,
        granted: &Granted<act::ChangePay>,
        (id, scheme): (PayAwardId, &str),
        award: &Award,
    ) -> Result<(), DbError> {
        let (employer, now) = (granted.id(), granted.at());
        let done = sqlx::query!(
            "update pay_award set applied_by = $3, applied_at = $4
            where employer_id = $1 and id = $2 and applied_at is null",
            employer.0,
            id.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            now,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.add_spine(employer, scheme, &award.spine, now).await?;
        self.add_supplements(employer, scheme, &award.supplements, now).await?;
        self.add_amounts(employer, &award.amounts, now).await?;
        let facts = [("scheme", scheme.to_owned()), ("grades", award.amounts.len().to_string())];
        self.record(granted, &facts.each_ref().map(|(name, value)| (*name, value.as_str()))).await
    }

    async fn add_amounts(
        &mut self,
        employer: EmployerId,
        amounts: &[NewAmount],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into grade_amount (employer_id, grade_id, effective_from, minimum_pence, maximum_pence, source, created_at)
            select $1, a.grade, a.day, a.low, a.high, a.source, $7
            from unnest($2::bigint[], $3::date[], $4::bigint[], $5::bigint[], $6::text[]) as a (grade, day, low, high, source)",
            employer.0,
            &amounts.iter().map(|one| one.grade.0).collect::<Vec<_>>(),
            &amounts.iter().map(|one| one.from).collect::<Vec<_>>(),
            &amounts.iter().map(|one| one.minimum).collect::<Vec<_>>(),
            &amounts.iter().map(|one| one.maximum).collect::<Vec<_>>(),
            &amounts.iter().map(|one| one.source.clone()).collect::<Vec<_>>(),
            now,
        )
        .execute(self.conn())
        .await?;
        let points: Vec<_> = amounts.iter().flat_map(|one| rows(one.grade.0, one.from, &one.points)).collect();
        self.add_points(employer, &points, now).await
    }
}

//! Roll-outs of a new text: started by a person, carried out by a job in batches, one row a profile.

use time::{Date, OffsetDateTime};

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::clause::{InReviewChoice, Mode, Outcome};
use crate::domain::ids::{ClauseId, EmployerId, MembershipId, ProfileId, RolloutId};
use crate::policy::{Granted, Scope, Subject, act};

/// A roll-out with what the job needs of it.
#[derive(Debug, Clone)]
pub struct Rollout {
    pub id: RolloutId,
    pub employer: EmployerId,
    pub employer_slug: String,
    pub clause: ClauseId,
    pub name: String,
    pub edition: i32,
    pub mode: Mode,
    pub in_review: InReviewChoice,
    pub started_by: MembershipId,
    pub starter: String,
    pub started_at: OffsetDateTime,
    pub finished_at: Option<OffsetDateTime>,
}

impl Rollout {
    pub fn subject(&self) -> Subject<RolloutId> {
        let name = format!("Clause “{}”, text {}", self.name, self.edition);
        Subject { id: self.id, employer: Some(self.employer), unit: None, person: None, profile: None, name }
    }

    /// What the job may see: everything of the employer, on behalf of whoever started it.
    pub fn scope(&self) -> Scope {
        Scope::of_job(self.employer, self.started_by)
    }
}

/// A profile of a roll-out, as the page shows it.
#[derive(Debug, Clone)]
pub struct RolloutRow {
    pub profile: i32,
    pub title: String,
    pub outcome: Option<Outcome>,
    pub waits_for: String,
}

/// How long a profile that waits is left alone before the job looks again.
const LOOKS_AGAIN: time::Duration = time::Duration::seconds(60);

impl Tx {
    /// Starts a roll-out to every profile that holds the clause now. A second click finds the first one's.
    ///
    /// # Errors
    /// [`DbError::Stale`] where the edition was not approved by a second person or does not hold yet;
    /// [`DbError::Constraint`] `clause_rollout_employer_id_clause_id_edition_key` where it is rolled out already.
    pub async fn start_rollout(
        &mut self,
        granted: &Granted<act::RollOutClause>,
        edition: i32,
        (mode, in_review): (Mode, InReviewChoice),
        today: Date,
    ) -> Result<RolloutId, DbError> {
        let employer = granted.subject().employer.ok_or(DbError::Stale)?;
        let id = sqlx::query_scalar!(
            "insert into clause_rollout (employer_id, clause_id, edition, mode, in_review, started_by, started_at)
            select employer_id, clause_id, number, $4, $5, $6, $7 from clause_edition
            where employer_id = $1 and clause_id = $2 and number = $3 and approved_by is not null
                and (approved_by <> proposed_by or from_grant is not null) and effective_from <= $8
            returning id",
            employer.0,
            granted.id().0,
            edition,
            mode.word(),
            in_review.word(),
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
            today,
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        sqlx::query!(
            "insert into clause_rollout_profile (employer_id, rollout_id, profile_id)
            select distinct $1::bigint, $2::bigint, v.profile_id from clause_use u
            join version v on v.id = u.version_id join profile p on p.id = v.profile_id
            where u.employer_id = $1 and u.clause_id = $3 and p.retired_at is null
                and v.state in ('draft', 'in_review', 'changes_requested', 'approved', 'issued')",
            employer.0,
            id,
            granted.id().0,
        )
        .execute(self.conn())
        .await?;
        let facts = [("text", edition.to_string()), ("how", mode.label().to_owned())];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(label, value)| (*label, value.as_str())).collect();
        self.record(granted, &facts).await?;
        Ok(RolloutId(id))
    }

    /// The newest roll-out of a clause.
    pub async fn rollout_of(&mut self, employer: EmployerId, clause: ClauseId) -> Result<Option<Rollout>, DbError> {
        self.load_rollout(None, Some((employer.0, clause.0))).await
    }

    /// One by its identity, or the newest of an employer's clause.
    async fn load_rollout(&mut self, id: Option<i64>, of: Option<(i64, i64)>) -> Result<Option<Rollout>, DbError> {
        let row = sqlx::query!(
            r#"select r.id, r.employer_id, e.slug, r.clause_id, c.name, r.edition, r.mode, r.in_review, r.started_by,
                member_name(r.started_by) as "starter!", r.started_at, r.finished_at
            from clause_rollout r join clause c on c.id = r.clause_id join employer e on e.id = r.employer_id
            where r.id = coalesce($1, (select max(id) from clause_rollout where employer_id = $2 and clause_id = $3))"#,
            id,
            of.map(|(employer, _)| employer),
            of.map(|(_, clause)| clause),
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.and_then(|row| {
            Some(Rollout {
                id: RolloutId(row.id),
                employer: EmployerId(row.employer_id),
                employer_slug: row.slug,
                clause: ClauseId(row.clause_id),
                name: row.name,
                edition: row.edition,
                mode: Mode::parse(&row.mode)?,
                in_review: InReviewChoice::parse(&row.in_review)?,
                started_by: MembershipId(row.started_by),
                starter: row.starter,
                started_at: row.started_at,
                finished_at: row.finished_at,
            })
        }))
    }

    /// What became of its profiles: those that wait first, `most` at the most; and how many there are and are done.
    pub async fn rollout_rows(
        &mut self,
        rollout: RolloutId,
        most: i64,
    ) -> Result<(Vec<RolloutRow>, Vec<(Option<Outcome>, i64)>), DbError> {
        let rows = sqlx::query!(
            r#"select p.number, coalesce((select v.title from version v where v.profile_id = p.id order by v.id desc limit 1), '')
                as "title!", r.outcome, coalesce(r.waits_for, '') as "waits_for!"
            from clause_rollout_profile r join profile p on p.id = r.profile_id
            where r.rollout_id = $1 order by r.done_at is not null, p.number limit $2"#,
            rollout.0,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        let counts = sqlx::query!(
            r#"select outcome, count(*) as "count!" from clause_rollout_profile where rollout_id = $1 group by outcome"#,
            rollout.0,
        )
        .fetch_all(self.conn())
        .await?;
        let parse = |word: Option<String>| word.as_deref().and_then(Outcome::parse);
        let rows = rows.into_iter().map(|row| RolloutRow {
            profile: row.number,
            title: row.title,
            outcome: parse(row.outcome),
            waits_for: row.waits_for,
        });
        Ok((rows.collect(), counts.into_iter().map(|row| (parse(row.outcome), row.count)).collect()))
    }

    /// The oldest roll-out with a profile to look at now.
    pub async fn next_rollout(&mut self, now: OffsetDateTime) -> Result<Option<Rollout>, DbError> {
        let id = sqlx::query_scalar!(
            "select r.id from clause_rollout r where r.finished_at is null
                and (exists (select from clause_rollout_profile p where p.rollout_id = r.id and p.done_at is null
                        and (p.looked_at is null or p.looked_at <= $1))
                    or not exists (select from clause_rollout_profile p where p.rollout_id = r.id and p.done_at is null))
            order by r.id limit 1",
            now - LOOKS_AGAIN,
        )
        .fetch_optional(self.conn())
        .await?;
        match id {
            Some(id) => self.load_rollout(Some(id), None).await,
            None => Ok(None),
        }
    }

    /// Locks the next profiles that are not done, with their versions, so that nobody decides or submits meanwhile.
    /// What another server holds is passed over.
    pub async fn claim_profiles(
        &mut self,
        granted: &Granted<act::CarryOutRollout>,
        most: i64,
    ) -> Result<Vec<i64>, DbError> {
        let ids = sqlx::query_scalar!(
            "select profile_id from clause_rollout_profile
            where rollout_id = $1 and done_at is null and (looked_at is null or looked_at <= $2)
            order by profile_id limit $3 for update skip locked",
            granted.id().0,
            granted.at() - LOOKS_AGAIN,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        sqlx::query!(
            "select id from version where profile_id = any($1)
                and state in ('draft', 'in_review', 'changes_requested', 'approved', 'issued')
            order by id for update",
            &ids,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(ids)
    }

    /// Notes that profiles are done, for good.
    pub async fn rollout_done(
        &mut self,
        granted: &Granted<act::CarryOutRollout>,
        profiles: &[(ProfileId, Outcome)],
    ) -> Result<(), DbError> {
        let ids: Vec<i64> = profiles.iter().map(|(profile, _)| profile.0).collect();
        let outcomes: Vec<String> = profiles.iter().map(|(_, outcome)| outcome.word().to_owned()).collect();
        sqlx::query!(
            "update clause_rollout_profile p set outcome = d.outcome, done_at = $4, looked_at = $4, waits_for = null
            from unnest($2::bigint[], $3::text[]) as d (profile_id, outcome)
            where p.rollout_id = $1 and p.profile_id = d.profile_id and p.done_at is null",
            granted.id().0,
            &ids,
            &outcomes,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Notes what profiles wait for; the job looks at them again.
    pub async fn rollout_waits(
        &mut self,
        granted: &Granted<act::CarryOutRollout>,
        profiles: &[(ProfileId, String)],
    ) -> Result<(), DbError> {
        let ids: Vec<i64> = profiles.iter().map(|(profile, _)| profile.0).collect();
        let reasons: Vec<String> = profiles.iter().map(|(_, why)| why.clone()).collect();
        sqlx::query!(
            "update clause_rollout_profile p set waits_for = d.why, looked_at = $4
            from unnest($2::bigint[], $3::text[]) as d (profile_id, why)
            where p.rollout_id = $1 and p.profile_id = d.profile_id and p.done_at is null",
            granted.id().0,
            &ids,
            &reasons,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Ends a roll-out that has no profile left. Says whether it did.
    pub async fn finish_rollout(&mut self, granted: &Granted<act::CarryOutRollout>) -> Result<bool, DbError> {
        let done = sqlx::query!(
            "update clause_rollout r set finished_at = $2 where id = $1 and finished_at is null
                and not exists (select from clause_rollout_profile p where p.rollout_id = r.id and p.done_at is null)",
            granted.id().0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        exactly_one(&done)?;
        self.record(granted, &[("finished", "every profile is done")]).await?;
        Ok(true)
    }
}

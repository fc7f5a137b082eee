//! What administrators do to a review under way. What is possible was decided before; a write that met no row is stale.

use super::error::exactly_one;
use super::{DbError, Opened, Opening, PlannedStep, ReviewStep, Tx, Version};
use crate::domain::route::StepId;
use crate::domain::version::State;
use crate::policy::{Granted, act};

impl Tx {
    /// Leaves a step out, and gives out what follows it.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it ended meanwhile.
    pub async fn skip_step(
        &mut self,
        granted: &Granted<act::SkipStep>,
        version: &Version,
        (step, reason): (&ReviewStep, &str),
        next: Option<&State>,
        opening: &[(StepId, Opening)],
    ) -> Result<Vec<Opened>, DbError> {
        let done = sqlx::query!(
            "with closed as (
                update task set closed_at = $2, outcome = 'skipped' where step_id = $1 and closed_at is null)
            update review_step set ended_at = $2, ended_as = 'skipped', ended_because = $3, ended_by = $4
            where id = $1 and ended_at is null",
            step.id.0,
            granted.at(),
            reason,
            granted.membership().map(|member| member.0),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        if let Some(next) = next {
            self.write_state(version, next).await?;
        }
        self.record(granted, &[("step", step.title()), ("reason", reason)]).await?;
        match opening.is_empty() {
            true => Ok(Vec::new()),
            false => self.open_steps(version.id, opening, granted.at()).await,
        }
    }

    /// Leaves out several steps at once, and gives out what comes after them.
    ///
    /// # Errors
    /// [`DbError::Stale`] where one of them ended meanwhile.
    pub async fn jump_to_step(
        &mut self,
        granted: &Granted<act::JumpToStep>,
        version: &Version,
        (step, left_out, reason): (&ReviewStep, &[StepId], &str),
        opening: &[(StepId, Opening)],
    ) -> Result<Vec<Opened>, DbError> {
        let ids: Vec<i64> = left_out.iter().map(|id| id.0).collect();
        let done = sqlx::query!(
            "with closed as (
                update task set closed_at = $2, outcome = 'skipped' where step_id = any($1) and closed_at is null)
            update review_step set ended_at = $2, ended_as = 'skipped', ended_because = $3, ended_by = $4
            where id = any($1) and ended_at is null",
            &ids,
            granted.at(),
            reason,
            granted.membership().map(|member| member.0),
        )
        .execute(self.conn())
        .await?;
        if done.rows_affected() != ids.len() as u64 {
            return Err(DbError::Stale);
        }
        self.record(granted, &[("to the step", step.title()), ("reason", reason)]).await?;
        self.open_next(version.id, opening, granted.at()).await
    }

    /// Takes all steps of the last submission again. What was decided stays, and no longer counts.
    pub async fn restart_review(
        &mut self,
        granted: &Granted<act::RestartReview>,
        version: &Version,
        planned: &[PlannedStep],
        reason: &str,
    ) -> Result<Vec<Opened>, DbError> {
        let submission = version.steps.first().map(|step| step.submission).ok_or(DbError::Stale)?;
        sqlx::query!(
            "with closed as (
                update task set closed_at = $2, outcome = 'replaced' where submission_id = $1 and closed_at is null)
            update review_step set ended_at = coalesce(ended_at, $2), ended_as = 'replaced' where submission_id = $1",
            submission.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        let opened = self.add_steps(version, submission, planned, granted.at()).await?;
        self.record(granted, &[("reason", reason)]).await?;
        Ok(opened)
    }

    /// Takes a version out of review for good; it is a draft again.
    pub async fn cancel_review(
        &mut self,
        granted: &Granted<act::CancelReview>,
        version: &Version,
        next: &State,
        reason: &str,
    ) -> Result<(), DbError> {
        self.move_version(granted, version, next, &[("reason", reason)]).await?;
        self.close_tasks_of(version.id, "cancelled", granted.at()).await
    }
}

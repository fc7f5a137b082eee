//! Writing the state that the workflow decided: only where the row still stands as it was loaded.

use super::error::exactly_one;
use super::{DbError, Tx, Version};
use crate::domain::ids::MembershipId;
use crate::domain::version::{Act, Approval, Authority, Issue, Scheduled, State};
use crate::policy::{Act as ActType, Granted};
use time::{Date, OffsetDateTime};

/// A state as columns. What a state does not speak of stays as it was: the history of a version is kept.
#[derive(Default)]
struct Columns<'a> {
    submitted: Option<Act>,
    requested: Option<Act>,
    requested_reason: Option<&'a str>,
    approved: Option<Act>,
    scheduled: Option<Scheduled>,
    issued: Option<Act>,
    effective_from: Option<Date>,
    emergency_reason: Option<&'a str>,
    superseded_at: Option<OffsetDateTime>,
    withdrawn: Option<Act>,
    withdrawn_reason: Option<&'a str>,
    discarded: Option<Act>,
}

impl<'a> From<&'a State> for Columns<'a> {
    fn from(state: &'a State) -> Self {
        match state {
            State::Draft => Columns::default(),
            State::InReview { submitted } => Columns { submitted: Some(*submitted), ..Columns::default() },
            State::ChangesRequested { requested, reason } => {
                Columns { requested: Some(*requested), requested_reason: Some(reason), ..Columns::default() }
            }
            State::Approved { approval, scheduled } => Columns { scheduled: *scheduled, ..approval.into() },
            State::Issued(issue) => issue.into(),
            State::Superseded { issue, at } => Columns { superseded_at: Some(*at), ..issue.into() },
            State::Withdrawn { approval, withdrawn, reason } => {
                Columns { withdrawn: Some(*withdrawn), withdrawn_reason: Some(reason), ..approval.into() }
            }
            State::Discarded { discarded } => Columns { discarded: Some(*discarded), ..Columns::default() },
        }
    }
}

impl From<&Approval> for Columns<'_> {
    fn from(approval: &Approval) -> Self {
        Columns { submitted: Some(approval.submitted), approved: Some(approval.approved), ..Columns::default() }
    }
}

impl<'a> From<&'a Issue> for Columns<'a> {
    fn from(issue: &'a Issue) -> Self {
        let (issued, effective_from) = (Some(issue.issued), Some(issue.effective_from));
        match &issue.authority {
            Authority::Approval(approval) => Columns { issued, effective_from, ..approval.into() },
            Authority::Emergency { reason } => {
                Columns { issued, effective_from, emergency_reason: Some(reason), ..Columns::default() }
            }
        }
    }
}

fn by(act: Option<Act>) -> Option<i64> {
    act.map(|act| act.by.0)
}

fn at(act: Option<Act>) -> Option<OffsetDateTime> {
    act.map(|act| act.at)
}

impl Tx {
    /// Moves a version to its next state and records the act.
    ///
    /// # Errors
    /// [`DbError::Stale`] where somebody else moved it since it was loaded.
    pub(super) async fn move_version<A: ActType>(
        &mut self,
        granted: &Granted<A>,
        version: &Version,
        next: &State,
        facts: &[(&str, &str)],
    ) -> Result<(), DbError> {
        self.write_state(version, next).await?;
        self.record(granted, facts).await
    }

    /// Waits for saves under way and keeps others out until this transaction ends, so that what is frozen is what
    /// was read. Ask for it before the content is loaded.
    pub async fn hold_version(&mut self, version: &Version) -> Result<(), DbError> {
        let held = sqlx::query_scalar!(
            "select v.id from version v join profile p on p.id = v.profile_id
            where v.id = $1 and v.lock_version = $2 and p.unit_id = $3 for update of v for share of p",
            version.id.0,
            version.lock_version,
            version.profile.unit.0,
        )
        .fetch_optional(self.conn())
        .await?;
        held.map(|_| ()).ok_or(DbError::Stale)
    }

    pub(super) async fn write_state(&mut self, version: &Version, next: &State) -> Result<(), DbError> {
        let columns = Columns::from(next);
        let done = sqlx::query!(
            "update version set state = $4, lock_version = lock_version + 1,
                submitted_by = coalesce($5, submitted_by), submitted_at = coalesce($6, submitted_at),
                changes_requested_by = coalesce($7, changes_requested_by),
                changes_requested_at = coalesce($8, changes_requested_at),
                changes_requested_reason = coalesce($9, changes_requested_reason),
                approved_by = coalesce($10, approved_by), approved_at = coalesce($11, approved_at),
                issue_on = $12, issue_scheduled_by = $13,
                issued_by = coalesce($14, issued_by), issued_at = coalesce($15, issued_at),
                effective_from = coalesce($16, effective_from),
                emergency_reason = coalesce($17, emergency_reason), superseded_at = $18,
                withdrawn_by = coalesce($19, withdrawn_by), withdrawn_at = coalesce($20, withdrawn_at),
                withdrawn_reason = coalesce($21, withdrawn_reason), discarded_by = $22, discarded_at = $23
            where id = $1 and state = $2 and lock_version = $3",
            version.id.0,
            version.state.name().word(),
            version.lock_version,
            next.name().word(),
            by(columns.submitted),
            at(columns.submitted),
            by(columns.requested),
            at(columns.requested),
            columns.requested_reason,
            by(columns.approved),
            at(columns.approved),
            columns.scheduled.map(|scheduled| scheduled.on),
            columns.scheduled.map(|Scheduled { by: MembershipId(by), .. }| by),
            by(columns.issued),
            at(columns.issued),
            columns.effective_from,
            columns.emergency_reason,
            columns.superseded_at,
            by(columns.withdrawn),
            at(columns.withdrawn),
            columns.withdrawn_reason,
            by(columns.discarded),
            at(columns.discarded),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }
}

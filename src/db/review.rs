//! The way to approval and beyond: submissions, decisions, issue. The workflow decided; this writes it down.

use sha2::{Digest, Sha256};

use super::tasks::close;
use super::{DbError, OpenTask, Tx, Version};
use crate::domain::content::Content;
use crate::domain::details::ChangeKind;
use crate::domain::ids::{MembershipId, SubmissionId, TaskId, VersionId};
use crate::domain::version::{State, StateName};
use crate::policy::{Granted, Scope, act};

/// What the author says as they send a version for review.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    pub approver: MembershipId,
    pub note: String,
    pub kind: ChangeKind,
    pub affects_grade: bool,
}

/// Where a review is put, and by when it is to be decided.
#[derive(Debug, Clone, Default)]
pub struct Placement {
    pub due_on: Option<time::Date>,
    /// Who was asked, where somebody else decides, and why.
    pub instead_of: Option<MembershipId>,
    pub because: String,
}

/// Who looks at what was issued in an emergency: the unit's manager, else the owner, but not the one who issued it
/// where there is another.
fn reviewer(version: &Version, issuer: Option<MembershipId>) -> MembershipId {
    let profile = &version.profile;
    let fit = [profile.unit_manager, Some(profile.owner)].into_iter().flatten().find(|one| Some(*one) != issuer);
    fit.unwrap_or(profile.owner)
}

impl Tx {
    /// Freezes what was submitted and gives the approver their task.
    pub async fn submit(
        &mut self,
        granted: &Granted<act::Submit>,
        version: &Version,
        content: &Content,
        next: &State,
        submission: &NewSubmission,
    ) -> Result<TaskId, DbError> {
        self.submit_to(granted, version, content, next, (submission, &Placement::default())).await
    }

    /// The same with a day by which it is decided, and in whose place.
    pub async fn submit_to(
        &mut self,
        granted: &Granted<act::Submit>,
        version: &Version,
        content: &Content,
        next: &State,
        (submission, placement): (&NewSubmission, &Placement),
    ) -> Result<TaskId, DbError> {
        let snapshot = serde_json::json!({"details": version.details, "content": content});
        let hash: [u8; 32] = Sha256::digest(snapshot.to_string().as_bytes()).into();
        sqlx::query!(
            "update version set change_note = $2, change_kind = $3, affects_grade = $4 where id = $1",
            granted.id().0,
            submission.note,
            submission.kind.word(),
            submission.affects_grade,
        )
        .execute(self.conn())
        .await?;
        self.pin_clauses(granted, content).await?;
        self.write_state(version, next).await?;
        let membership = granted.membership().ok_or(DbError::Stale)?;
        let id = sqlx::query_scalar!(
            "insert into submission (employer_id, version_id, number, content_hash, snapshot, change_note, submitted_by, submitted_at)
            select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7 from submission where version_id = $2
            returning id",
            version.employer.0,
            version.id.0,
            &hash[..],
            snapshot,
            submission.note,
            membership.0,
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        let task = sqlx::query_scalar!(
            "insert into task (employer_id, kind, version_id, submission_id, assigned_to, created_at, due_on, instead_of, passed_because)
            values ($1, 'approve', $2, $3, $4, $5, $6, $7, $8) returning id",
            version.employer.0,
            version.id.0,
            id,
            submission.approver.0,
            granted.at(),
            placement.due_on,
            placement.instead_of.map(|member| member.0),
            placement.because,
        )
        .fetch_one(self.conn())
        .await?;
        self.record(granted, &[("change note", &submission.note)]).await?;
        Ok(TaskId(task))
    }

    pub async fn recall(
        &mut self,
        granted: &Granted<act::Recall>,
        version: &Version,
        next: &State,
    ) -> Result<(), DbError> {
        self.move_version(granted, version, next, &[]).await?;
        self.close_tasks_of(version.id, "recalled", granted.at()).await
    }

    pub async fn approve(
        &mut self,
        granted: &Granted<act::Approve>,
        version: &Version,
        task: &OpenTask,
        next: &State,
    ) -> Result<(), DbError> {
        self.move_version(granted, version, next, &[]).await?;
        self.add_decision(task.submission, "approve", "", granted.membership(), granted.at()).await?;
        close(self, task.id, "approved", granted.at()).await
    }

    pub async fn request_changes(
        &mut self,
        granted: &Granted<act::RequestChanges>,
        version: &Version,
        task: &OpenTask,
        next: &State,
        reason: &str,
    ) -> Result<(), DbError> {
        self.move_version(granted, version, next, &[("reason", reason)]).await?;
        self.add_decision(task.submission, "request_changes", reason, granted.membership(), granted.at()).await?;
        close(self, task.id, "changes_requested", granted.at()).await
    }

    async fn add_decision(
        &mut self,
        submission: SubmissionId,
        kind: &str,
        reason: &str,
        by: Option<MembershipId>,
        at: time::OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into decision (employer_id, submission_id, kind, reason, decided_by, decided_at)
            select employer_id, id, $2, $3, $4, $5 from submission where id = $1",
            submission.0,
            kind,
            reason,
            by.ok_or(DbError::Stale)?.0,
            at,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Issues a version now or on its date; what was in force is superseded in the same act.
    /// `superseded` is that version with its next state.
    pub async fn issue(
        &mut self,
        granted: &Granted<act::Issue>,
        version: &Version,
        next: &State,
        superseded: Option<(&Version, &State)>,
    ) -> Result<(), DbError> {
        self.supersede(next, superseded).await?;
        let facts = match next {
            State::Approved { scheduled: Some(scheduled), .. } => {
                vec![("issues itself on", crate::domain::text::long_date(scheduled.on))]
            }
            State::Issued(issue) => vec![("effective from", crate::domain::text::long_date(issue.effective_from))],
            State::Approved { scheduled: None, .. }
            | State::Draft
            | State::InReview { .. }
            | State::ChangesRequested { .. }
            | State::Superseded { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => Vec::new(),
        };
        let facts: Vec<(&str, &str)> = facts.iter().map(|(label, value)| (*label, value.as_str())).collect();
        self.move_version(granted, version, next, &facts).await
    }

    pub async fn issue_on_its_date(
        &mut self,
        granted: &Granted<act::IssueDue>,
        version: &Version,
        next: &State,
        superseded: Option<(&Version, &State)>,
    ) -> Result<(), DbError> {
        self.supersede(next, superseded).await?;
        self.move_version(granted, version, next, &[]).await
    }

    /// The same without an approval. Gives the task of looking at it afterwards, and whose it is.
    pub async fn issue_in_emergency(
        &mut self,
        granted: &Granted<act::EmergencyIssue>,
        version: &Version,
        next: &State,
        superseded: Option<(&Version, &State)>,
        reason: &str,
    ) -> Result<(TaskId, MembershipId), DbError> {
        self.supersede(next, superseded).await?;
        self.close_tasks_of(version.id, "cancelled", granted.at()).await?;
        self.move_version(granted, version, next, &[("reason", reason)]).await?;
        let reviewer = reviewer(version, granted.membership());
        let task = sqlx::query_scalar!(
            "insert into task (employer_id, kind, version_id, assigned_to, created_at)
            values ($1, 'review_emergency_issue', $2, $3, $4) returning id",
            version.employer.0,
            version.id.0,
            reviewer.0,
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        Ok((TaskId(task), reviewer))
    }

    async fn supersede(&mut self, next: &State, superseded: Option<(&Version, &State)>) -> Result<(), DbError> {
        match (next.name(), superseded) {
            (StateName::Issued, Some((old, state))) => self.write_state(old, state).await,
            (
                StateName::Issued
                | StateName::Draft
                | StateName::InReview
                | StateName::ChangesRequested
                | StateName::Approved
                | StateName::Superseded
                | StateName::Withdrawn
                | StateName::Discarded,
                _,
            ) => Ok(()),
        }
    }

    pub async fn withdraw(
        &mut self,
        granted: &Granted<act::Withdraw>,
        version: &Version,
        next: &State,
        reason: &str,
    ) -> Result<(), DbError> {
        self.move_version(granted, version, next, &[("reason", reason)]).await
    }

    pub async fn discard(
        &mut self,
        granted: &Granted<act::Discard>,
        version: &Version,
        next: &State,
    ) -> Result<(), DbError> {
        self.move_version(granted, version, next, &[]).await
    }

    /// # Errors
    /// [`DbError::Constraint`] `version_one_open` where another draft was started meanwhile.
    pub async fn restore(
        &mut self,
        granted: &Granted<act::Restore>,
        version: &Version,
        next: &State,
    ) -> Result<(), DbError> {
        self.move_version(granted, version, next, &[]).await
    }

    /// Versions whose date of issue has come, in every employer, with the scope in which to load them.
    pub async fn due_to_issue(&mut self, today: time::Date) -> Result<Vec<(Scope, VersionId)>, DbError> {
        let rows = sqlx::query!(
            r#"select employer_id, id, issue_scheduled_by as "by!" from version where issue_on <= $1 order by issue_on, id limit 100"#,
            today
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                (
                    Scope::of_job(crate::domain::ids::EmployerId(row.employer_id), MembershipId(row.by)),
                    VersionId(row.id),
                )
            })
            .collect())
    }
}

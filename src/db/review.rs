//! The way to approval and beyond: submissions, decisions, issue. The workflow decided; this writes it down.

use sha2::{Digest, Sha256};

use super::{Answer, DbError, OpenTask, Opened, Opening, PlannedStep, Tx, Version};
use crate::domain::content::Content;
use crate::domain::details::ChangeKind;
use crate::domain::ids::{MembershipId, SubmissionId, TaskId, VersionId};
use crate::domain::route::{StepId, StepKind};
use crate::domain::version::{State, StateName};
use crate::policy::{Act, Granted, Scope, act};

/// What the author says as they send a version for review.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    pub approver: MembershipId,
    pub note: String,
    pub kind: ChangeKind,
    pub affects_grade: bool,
    /// What stands in the way, where it is sent all the same, and why it is.
    pub findings: Vec<String>,
    pub exception: String,
    /// The largest changes, each in a line, for the messages about it.
    pub largest: Vec<String>,
}

/// What somebody decided at a step, beside the decision.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Why changes are asked for.
    pub reason: String,
    /// What the next draft should do, or what an evaluation found.
    pub note: String,
    /// The note is also left as a comment on the version, and so reaches the next draft.
    pub leaves_comment: bool,
    pub answers: Vec<Answer>,
    /// Why what stood in the way may stand.
    pub waives: String,
}

/// A submission with what it gave out.
#[derive(Debug, Clone)]
pub struct Submitted {
    pub submission: SubmissionId,
    pub opened: Vec<Opened>,
}

/// Working days of a step where nobody said how many.
const DAYS: u32 = 10;

/// What the record says of a decision.
fn facts<'a>(task: &'a OpenTask, said: &'a Said) -> Vec<(&'a str, &'a str)> {
    let step = (!task.step_name.is_empty()).then_some(("step", task.step_name.as_str()));
    let reason = (!said.reason.is_empty()).then_some(("reason", said.reason.as_str()));
    let note = (!said.note.is_empty()).then_some(("note", said.note.as_str()));
    let waives = (!said.waives.is_empty()).then_some(("let stand what was found", said.waives.as_str()));
    step.into_iter().chain(reason).chain(note).chain(waives).collect()
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
        let opens = Opening { to: submission.approver, due_on: None, instead_of: None, because: String::new() };
        let planned = [PlannedStep::approval(submission.approver, DAYS, opens)];
        let submitted = self.submit_to(granted, version, content, next, (submission, &planned)).await?;
        submitted.opened.first().map(|opened| opened.task).ok_or(DbError::Stale)
    }

    /// The same on a route of several steps.
    pub async fn submit_to(
        &mut self,
        granted: &Granted<act::Submit>,
        version: &Version,
        content: &Content,
        next: &State,
        (submission, planned): (&NewSubmission, &[PlannedStep]),
    ) -> Result<Submitted, DbError> {
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
            "insert into submission (employer_id, version_id, number, content_hash, snapshot, change_note, submitted_by,
                submitted_at, findings, exception, largest)
            select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10 from submission where version_id = $2
            returning id",
            version.employer.0,
            version.id.0,
            &hash[..],
            snapshot,
            submission.note,
            membership.0,
            granted.at(),
            &submission.findings,
            submission.exception,
            &submission.largest,
        )
        .fetch_one(self.conn())
        .await?;
        let submission_id = SubmissionId(id);
        let opened = self.add_steps(version, submission_id, planned, granted.at()).await?;
        let note = ("change note", submission.note.as_str());
        let exception = ("sent all the same", submission.exception.as_str());
        let facts = if submission.exception.is_empty() { vec![note] } else { vec![note, exception] };
        self.record(granted, &facts).await?;
        Ok(Submitted { submission: submission_id, opened })
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

    /// The approval with which a version is approved; everything else of its route is over.
    pub async fn approve(
        &mut self,
        granted: &Granted<act::Approve>,
        version: &Version,
        task: &OpenTask,
        next: &State,
    ) -> Result<(), DbError> {
        self.decide(granted, version, (task, "approve", "approved"), &Said::default()).await?;
        self.write_state(version, next).await?;
        self.record(granted, &[]).await
    }

    pub async fn request_changes(
        &mut self,
        granted: &Granted<act::RequestChanges>,
        version: &Version,
        task: &OpenTask,
        next: &State,
        reason: &str,
    ) -> Result<(), DbError> {
        let said = Said { reason: reason.to_owned(), ..Said::default() };
        self.send_back(granted, version, task, next, &said).await
    }

    /// The same with what was answered; others who were asked have nothing more to do.
    pub async fn send_back(
        &mut self,
        granted: &Granted<act::RequestChanges>,
        version: &Version,
        task: &OpenTask,
        next: &State,
        said: &Said,
    ) -> Result<(), DbError> {
        self.decide(granted, version, (task, "request_changes", "changes_requested"), said).await?;
        self.write_state(version, next).await?;
        self.record(granted, &facts(task, said)).await
    }

    /// A step was done. `next` is the state that the version comes to, where it was the last.
    pub async fn finish_step<A: Act<Id = VersionId>>(
        &mut self,
        granted: &Granted<A>,
        version: &Version,
        task: &OpenTask,
        (said, next): (&Said, Option<&State>),
        opening: &[(StepId, Opening)],
    ) -> Result<Vec<Opened>, DbError> {
        let outcome = match task.kind {
            StepKind::Approve => "approved",
            StepKind::Review | StepKind::Evaluate | StepKind::Agree | StepKind::Acknowledge => "done",
        };
        self.decide(granted, version, (task, task.kind.word(), outcome), said).await?;
        if let Some(next) = next {
            self.write_state(version, next).await?;
        }
        let opened = match opening.is_empty() {
            true => Vec::new(),
            false => self.open_steps(version.id, opening, granted.at()).await?,
        };
        self.record(granted, &facts(task, said)).await?;
        Ok(opened)
    }

    /// Writes a decision down, ends its step and closes its task; where changes are asked for, all others with it.
    async fn decide<A: Act>(
        &mut self,
        granted: &Granted<A>,
        version: &Version,
        (task, kind, outcome): (&OpenTask, &str, &str),
        said: &Said,
    ) -> Result<(), DbError> {
        let by = granted.membership().ok_or(DbError::Stale)?;
        let answers = serde_json::to_value(&said.answers).map_err(|_| DbError::Stale)?;
        let closed = sqlx::query_scalar!(
            r#"with closed as (
                update task set closed_at = $5, outcome = $3 where id = $1 and assigned_to = $4 and closed_at is null
                returning employer_id, submission_id, step_id),
            decided as (
                insert into decision (employer_id, submission_id, step_id, kind, reason, note, answers,
                    override_reason, decided_by, decided_at)
                select employer_id, submission_id, step_id, $2, $6, $7, $8, $12, $4, $5 from closed),
            ended as (
                update review_step s set ended_at = $5, ended_by = $4,
                    ended_as = case when $2 = 'request_changes' then 'changes_requested' else 'done' end
                from closed where s.id = closed.step_id),
            others as (
                update review_step s set ended_at = $5, ended_as = 'ended' from closed
                where $2 = 'request_changes' and s.submission_id = closed.submission_id and s.id <> closed.step_id
                    and s.ended_at is null),
            taken as (
                update task t set closed_at = $5, outcome = 'cancelled' from closed
                where $2 = 'request_changes' and t.submission_id = closed.submission_id and t.id <> $1
                    and t.closed_at is null),
            left_behind as (
                insert into comment (employer_id, profile_id, version_id, text, written_by, written_at)
                select employer_id, $9, $10, $7, $4, $5 from closed where $11)
            select count(*) as "n!" from closed"#,
            task.id.0,
            kind,
            outcome,
            by.0,
            granted.at(),
            said.reason,
            said.note,
            answers,
            version.profile.id.0,
            version.id.0,
            said.leaves_comment && !said.note.is_empty(),
            said.waives,
        )
        .fetch_one(self.conn())
        .await?;
        if closed == 1 { Ok(()) } else { Err(DbError::Stale) }
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
        // The unit's manager, else a manager of the unit, the owner, an administrator: active, and not the one who
        // issued it unless there is nobody else.
        let given = sqlx::query!(
            r#"insert into task (employer_id, kind, version_id, assigned_to, created_at)
            select $1, 'review_emergency_issue', $2, one.id, $4 from (
                select (p ->> 'id')::bigint as id, p -> 'groups' as held, n
                from jsonb_array_elements(people_of($1, $5)) with ordinality as e (p, n)) one
            where one.held ? 'manager' or one.held ? 'admin' or one.id = $7
            order by one.id = $3, one.id is distinct from $6, not one.held ? 'manager', one.id <> $7, one.n
            limit 1 returning id, assigned_to"#,
            version.employer.0,
            version.id.0,
            granted.membership().map(|member| member.0),
            granted.at(),
            version.profile.unit.0,
            version.profile.unit_manager.map(|manager| manager.0),
            version.profile.owner.0,
        )
        .fetch_one(self.conn())
        .await?;
        Ok((TaskId(given.id), MembershipId(given.assigned_to)))
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

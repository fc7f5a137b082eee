//! Tasks: what somebody was asked to do.

use time::{Date, OffsetDateTime};

use super::error::exactly_one;
use super::review_settings::nation_of;
use super::{DbError, Tx};
use crate::domain::ids::{AdvertId, EmployerId, MembershipId, ProfileId, TaskId, UnitId, VersionId};
use crate::domain::text::profile_reference;
use crate::domain::worded::worded;
use crate::domain::working_days::Nation;
use crate::policy::{Granted, Scope, Subject, act};

worded! {
    TaskKind {
        Approve = "approve", "Review and decide";
        Review = "review", "Review and comment";
        Evaluate = "evaluate", "Evaluate the job";
        Agree = "agree", "Agree to it";
        Acknowledge = "acknowledge", "Read it and say so";
        ReviewEmergencyIssue = "review_emergency_issue", "Look at what was issued in an emergency";
        ConfirmAdvert = "confirm_advert", "Confirm an advert";
    }
}

/// An open task.
#[derive(Debug, Clone)]
pub struct Task {
    pub id: TaskId,
    pub kind: TaskKind,
    pub employer: EmployerId,
    pub version: VersionId,
    pub version_number: i32,
    pub profile: ProfileId,
    pub profile_number: i32,
    pub unit: UnitId,
    pub advert: Option<AdvertId>,
    pub title: String,
    /// Who gave it, by name: the submitter or the advert's writer.
    pub from: String,
    /// The same as a member.
    pub from_member: Option<MembershipId>,
    pub assigned_to: MembershipId,
    pub assignee: String,
    pub created_at: OffsetDateTime,
    pub due_on: Option<Date>,
    /// Whose bank holidays count.
    pub nation: Nation,
    /// Who was asked at first, where it came to somebody else.
    pub instead_of: Option<String>,
    /// The largest changes, each in a line.
    pub largest: Vec<String>,
}

impl Task {
    pub fn subject(&self) -> Subject<TaskId> {
        Subject {
            id: self.id,
            employer: Some(self.employer),
            unit: Some(self.unit),
            person: None,
            profile: Some(self.profile),
            name: format!("{} version {}", profile_reference(self.profile_number), self.version_number),
        }
    }
}

impl Tx {
    /// The open tasks of the person whose scope it is, oldest first.
    pub async fn my_tasks(&mut self, scope: &Scope) -> Result<Vec<Task>, DbError> {
        self.open_tasks(scope, Some(scope.membership()), None).await
    }

    /// An open task that its holder or an administrator looks at.
    pub async fn task(&mut self, scope: &Scope, task: TaskId) -> Result<Option<Task>, DbError> {
        Ok(self.open_tasks(scope, None, Some(task)).await?.pop())
    }

    async fn open_tasks(
        &mut self,
        scope: &Scope,
        assigned_to: Option<MembershipId>,
        task: Option<TaskId>,
    ) -> Result<Vec<Task>, DbError> {
        let rows = sqlx::query!(
            r#"select t.id, t.kind, t.version_id, t.advert_id, t.assigned_to, t.created_at, t.due_on,
                v.number as version_number, member_name(t.instead_of) as instead_of,
                (select nation from employer where id = t.employer_id) as "nation!",
                v.title, p.id as profile_id, p.number as profile_number, p.unit_id,
                member_name(t.assigned_to) as "assignee!",
                member_name(coalesce(a.written_by, v.submitted_by, v.issued_by, v.created_by)) as "from!",
                coalesce(a.written_by, v.submitted_by, v.issued_by, v.created_by) as from_member,
                b.largest as "largest?"
            from task t
            join version v on v.id = t.version_id
            join profile p on p.id = v.profile_id
            left join advert a on a.id = t.advert_id
            left join submission b on b.id = t.submission_id
            where t.employer_id = $1 and t.closed_at is null
                and ($2::bigint is null or t.assigned_to = $2) and ($3::bigint is null or t.id = $3)
                and ($4 or p.unit_id = any($5) or t.assigned_to = $6)
            order by t.created_at, t.id limit 200"#,
            scope.employer().0,
            assigned_to.map(|id| id.0),
            task.map(|id| id.0),
            scope.whole(),
            scope.units(),
            scope.membership().0,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let odd = DbError::Inconsistent { table: "task", id: row.id, what: "an unknown kind" };
                Ok(Task {
                    id: TaskId(row.id),
                    kind: TaskKind::parse(&row.kind).ok_or(odd)?,
                    employer: scope.employer(),
                    version: VersionId(row.version_id),
                    version_number: row.version_number,
                    profile: ProfileId(row.profile_id),
                    profile_number: row.profile_number,
                    unit: UnitId(row.unit_id),
                    advert: row.advert_id.map(AdvertId),
                    title: row.title,
                    from: row.from,
                    from_member: row.from_member.map(MembershipId),
                    assigned_to: MembershipId(row.assigned_to),
                    assignee: row.assignee,
                    created_at: row.created_at,
                    due_on: row.due_on,
                    nation: nation_of(scope.employer(), &row.nation)?,
                    instead_of: row.instead_of,
                    largest: row.largest.unwrap_or_default(),
                })
            })
            .collect()
    }

    /// Gives a task to somebody else.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it was closed meanwhile.
    pub async fn reassign_task(
        &mut self,
        granted: &Granted<act::ReassignTask>,
        task: &Task,
        to: MembershipId,
        to_name: &str,
        reason: &str,
    ) -> Result<(), DbError> {
        self.pass_task(granted, (task.assigned_to, &task.assignee), (to, to_name), reason).await
    }

    /// Closes the review of an emergency issue: somebody has looked.
    pub async fn close_emergency_review(
        &mut self,
        granted: &Granted<act::ReviewEmergencyIssue>,
    ) -> Result<(), DbError> {
        close(self, granted.id(), "reviewed", granted.at()).await?;
        self.record(granted, &[]).await
    }

    pub(super) async fn close_tasks_of(
        &mut self,
        version: VersionId,
        outcome: &str,
        at: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "with ended as (
                update review_step s set ended_at = $3, ended_as = 'ended' from submission b
                where b.version_id = $1 and s.employer_id = b.employer_id and s.submission_id = b.id and s.ended_at is null)
            update task set closed_at = $3, outcome = $2 where version_id = $1 and step_id is not null and closed_at is null",
            version.0,
            outcome,
            at,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

pub(super) async fn close(tx: &mut Tx, task: TaskId, outcome: &str, at: OffsetDateTime) -> Result<(), DbError> {
    let done = sqlx::query!(
        "update task set closed_at = $3, outcome = $2 where id = $1 and closed_at is null",
        task.0,
        outcome,
        at
    )
    .execute(tx.conn())
    .await?;
    exactly_one(&done)
}

impl Tx {
    /// Whether that is a task that was closed, among those that the scope could see.
    pub async fn was_task(&mut self, scope: &Scope, task: TaskId) -> Result<bool, DbError> {
        Ok(sqlx::query_scalar!(
            r#"select exists (select from task t join version v on v.id = t.version_id join profile p on p.id = v.profile_id
                where t.employer_id = $1 and t.id = $2 and t.closed_at is not null
                    and ($3 or p.unit_id = any($4) or t.assigned_to = $5)) as "was!""#,
            scope.employer().0,
            task.0,
            scope.whole(),
            scope.units(),
            scope.membership().0,
        )
        .fetch_one(self.conn())
        .await?)
    }
}

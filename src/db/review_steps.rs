//! The steps that a submission takes: what was planned, what is open, what was decided at each.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::{Date, OffsetDateTime};

use super::{DbError, Tx, Version};
use crate::domain::ids::{MembershipId, SubmissionId, TaskId, VersionId};
use crate::domain::route::{Asked, Group, Instance, Run, Stand, StepId, StepKind};
use crate::domain::text::{iso_date, parse_date};
use crate::domain::worded::worded;
use crate::domain::working_days::Nation;

worded! {
    /// How a step ended.
    StepEnd {
        Done = "done", "Done";
        Kept = "kept", "Kept from the submission before";
        Skipped = "skipped", "Skipped";
        ChangesRequested = "changes_requested", "Asked for changes";
        Ended = "ended", "No longer asked";
        Replaced = "replaced", "Begun again";
    }
}

/// A question with what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub question: String,
    /// `Yes`, `No`, `It changed`.
    pub answer: String,
    pub note: String,
}

/// A step of a submission.
#[derive(Debug, Clone)]
pub struct ReviewStep {
    pub id: StepId,
    pub submission: SubmissionId,
    pub route_step: Option<i64>,
    pub place: u32,
    pub kind: StepKind,
    pub name: String,
    pub asked: Asked,
    /// Whom it was planned for.
    pub chosen: Option<MembershipId>,
    pub chosen_name: String,
    pub days: u32,
    pub section: String,
    pub questions: Vec<String>,
    pub opened_at: Option<OffsetDateTime>,
    pub ended: Option<(OffsetDateTime, StepEnd)>,
    pub ended_because: String,
    pub ended_by: Option<String>,
    /// The task that it is now, and whose.
    pub task: Option<(TaskId, MembershipId, String)>,
    pub due_on: Option<Date>,
    /// Who decided, by name where it was no guest.
    pub decided_by: Option<MembershipId>,
    pub decider: Option<String>,
    pub reason: String,
    pub note: String,
    pub answers: Vec<Answer>,
    /// Why what stood in the way may stand, where it was said here.
    pub waives: String,
    /// Whose bank holidays count.
    pub nation: Nation,
}

impl ReviewStep {
    pub fn title(&self) -> &str {
        if self.name.is_empty() { self.kind.label() } else { &self.name }
    }

    fn stand(&self) -> Stand {
        match self.ended {
            Some((at, StepEnd::Done)) => Stand::Done { by: self.decided_by, at },
            Some((_, StepEnd::Kept)) => Stand::Kept,
            Some((_, StepEnd::Skipped | StepEnd::ChangesRequested | StepEnd::Ended | StepEnd::Replaced)) => {
                Stand::Skipped
            }
            None if self.opened_at.is_some() => Stand::Open,
            None => Stand::Waiting,
        }
    }
}

/// The steps as what they are under way.
pub fn instance(steps: &[ReviewStep]) -> Instance {
    let run = |step: &ReviewStep| Run { id: step.id, place: step.place, kind: step.kind, stand: step.stand() };
    Instance(steps.iter().map(run).collect())
}

#[derive(Deserialize)]
struct StepRow {
    id: i64,
    submission: i64,
    route_step: Option<i64>,
    place: u32,
    kind: StepKind,
    name: String,
    role: Option<Group>,
    asked: Option<MembershipId>,
    asked_name: Option<String>,
    guest_name: String,
    guest_email: String,
    days: u32,
    section: String,
    questions: Vec<String>,
    opened: Option<i64>,
    ended: Option<i64>,
    ended_as: Option<StepEnd>,
    ended_because: String,
    ended_by: Option<String>,
    task: Option<i64>,
    assigned: Option<MembershipId>,
    assignee: Option<String>,
    due_on: Option<String>,
    decided_by: Option<MembershipId>,
    decider: Option<String>,
    reason: Option<String>,
    note: Option<String>,
    answers: Option<Vec<Answer>>,
    waived: Option<String>,
    nation: Nation,
}

impl StepRow {
    fn read(self) -> Result<ReviewStep, DbError> {
        let odd = || DbError::Inconsistent { table: "review_step", id: self.id, what: "an unreadable step" };
        let instant = |at: i64| OffsetDateTime::from_unix_timestamp(at).map_err(|_| odd());
        let asked = match (self.role, self.guest_email.is_empty(), self.asked) {
            (Some(group), _, _) => Asked::Group(group),
            (None, false, _) => Asked::Guest { name: self.guest_name.clone(), email: self.guest_email.clone() },
            (None, true, Some(person)) => Asked::Person(person),
            (None, true, None) => return Err(odd()),
        };
        let ended = self.ended.map(instant).transpose()?.zip(self.ended_as);
        let opened_at = self.opened.map(instant).transpose()?;
        let due_on = self.due_on.as_deref().map(|day| parse_date(day).ok_or_else(odd)).transpose()?;
        let task = self.task.zip(self.assigned).zip(self.assignee);
        Ok(ReviewStep {
            id: StepId(self.id),
            submission: SubmissionId(self.submission),
            route_step: self.route_step,
            place: self.place,
            kind: self.kind,
            name: self.name,
            asked,
            chosen: self.asked,
            chosen_name: self.asked_name.unwrap_or_default(),
            days: self.days,
            section: self.section,
            questions: self.questions,
            opened_at,
            ended,
            ended_because: self.ended_because,
            ended_by: self.ended_by,
            task: task.map(|((task, who), name)| (TaskId(task), who, name)),
            due_on,
            decided_by: self.decided_by,
            decider: self.decider,
            reason: self.reason.unwrap_or_default(),
            note: self.note.unwrap_or_default(),
            answers: self.answers.unwrap_or_default(),
            waives: self.waived.unwrap_or_default(),
            nation: self.nation,
        })
    }
}

/// Reads what `review_of` gave.
pub(super) fn read(value: Option<Value>) -> Result<Vec<ReviewStep>, DbError> {
    let rows: Vec<StepRow> = super::deciders::read(value)?;
    rows.into_iter().map(StepRow::read).collect()
}

/// A step as a submission is to take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStep {
    pub route_step: Option<i64>,
    pub place: u32,
    pub kind: StepKind,
    pub name: String,
    pub asked: Asked,
    /// Whom it is planned for.
    pub chosen: Option<MembershipId>,
    pub days: u32,
    pub section: String,
    pub questions: Vec<String>,
    /// Decided on an earlier submission: why it is not asked again.
    pub kept: Option<String>,
    /// Whose task it becomes at once; none: it waits for others, or was kept.
    pub opens: Option<Opening>,
}

/// A step that opens now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub to: MembershipId,
    pub due_on: Option<Date>,
    /// Who was asked first, where it goes to somebody else, and why.
    pub instead_of: Option<MembershipId>,
    pub because: String,
}

/// What was opened, for those who are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    pub task: TaskId,
    pub step: StepId,
    pub to: MembershipId,
}

impl PlannedStep {
    /// The one step where no route says more.
    pub fn approval(approver: MembershipId, days: u32, opens: Opening) -> Self {
        PlannedStep {
            route_step: None,
            place: 1,
            kind: StepKind::Approve,
            name: String::new(),
            asked: Asked::Group(Group::Managers),
            chosen: Some(approver),
            days,
            section: String::new(),
            questions: Vec::new(),
            kept: None,
            opens: Some(opens),
        }
    }

    fn row(&self, position: usize) -> Value {
        let (role, guest) = match &self.asked {
            Asked::UnitManager => (Some(Group::Managers), None),
            Asked::Group(group) => (Some(*group), None),
            Asked::Person(_) => (None, None),
            Asked::Guest { name, email } => (None, Some((name, email))),
        };
        let asked = match self.asked {
            Asked::Person(person) => Some(person),
            Asked::UnitManager | Asked::Group(_) | Asked::Guest { .. } => self.chosen,
        };
        let opens = self.opens.as_ref();
        serde_json::json!({
            "route_step": self.route_step, "place": self.place, "position": position, "kind": self.kind, "name": self.name,
            "role": role, "asked": asked, "guest_name": guest.map_or("", |(name, _)| name),
            "guest_email": guest.map_or("", |(_, email)| email), "days": self.days, "section": self.section,
            "questions": self.questions, "kept": self.kept, "to": opens.map(|opens| opens.to),
            "due_on": opens.and_then(|opens| opens.due_on).map(iso_date),
            "instead_of": opens.and_then(|opens| opens.instead_of), "because": opens.map_or("", |opens| &opens.because),
        })
    }
}

impl Tx {
    /// Writes down the steps of a submission, and gives out those that open at once.
    pub(super) async fn add_steps(
        &mut self,
        version: &Version,
        submission: SubmissionId,
        planned: &[PlannedStep],
        now: OffsetDateTime,
    ) -> Result<Vec<Opened>, DbError> {
        let rows: Vec<Value> = (1..).zip(planned).map(|(position, step)| step.row(position)).collect();
        let rows = sqlx::query!(
            r#"with planned as (select * from jsonb_to_recordset($4) as p (route_step bigint, place int, position int, kind text,
                name text, role text, asked bigint, guest_name text, guest_email text, days int, section text,
                questions jsonb, kept text, "to" bigint, due_on date, instead_of bigint, because text)),
            made as (
                insert into review_step (employer_id, submission_id, route_step_id, place, position, kind, name, role,
                    asked_id, guest_name, guest_email, days, section, questions, created_at, opened_at, ended_at,
                    ended_as, ended_because)
                select $1, $3, route_step, place, position, kind, name, role, asked, guest_name, guest_email, days, section,
                    array(select jsonb_array_elements_text(questions)), $5,
                    case when "to" is not null then $5::timestamptz end,
                    case when kept is not null then $5::timestamptz end,
                    case when kept is not null then 'kept' end, coalesce(kept, '')
                from planned returning id, position)
            insert into task (employer_id, kind, version_id, submission_id, step_id, assigned_to, created_at, due_on,
                instead_of, passed_because)
            select $1, p.kind, $2, $3, made.id, p."to", $5, p.due_on, p.instead_of, p.because
            from planned p join made using (position) where p."to" is not null
            returning id, step_id as "step!", assigned_to"#,
            version.employer.0,
            version.id.0,
            submission.0,
            Value::Array(rows),
            now,
        )
        .fetch_all(self.conn())
        .await?;
        let opened = |id, step, to| Opened { task: TaskId(id), step: StepId(step), to: MembershipId(to) };
        Ok(rows.into_iter().map(|row| opened(row.id, row.step, row.assigned_to)).collect())
    }

    /// Gives out steps that come next.
    pub(super) async fn open_steps(
        &mut self,
        version: VersionId,
        opening: &[(StepId, Opening)],
        now: OffsetDateTime,
    ) -> Result<Vec<Opened>, DbError> {
        let row = |(step, opens): &(StepId, Opening)| {
            serde_json::json!({"step": step.0, "to": opens.to, "due_on": opens.due_on.map(iso_date),
                "instead_of": opens.instead_of, "because": opens.because})
        };
        let rows = sqlx::query!(
            r#"with opening as (select * from jsonb_to_recordset($2)
                as o (step bigint, "to" bigint, due_on date, instead_of bigint, because text)),
            opened as (
                update review_step s set opened_at = $3 from opening o
                where s.id = o.step and s.opened_at is null and s.ended_at is null
                returning s.employer_id, s.submission_id, s.id, s.kind)
            insert into task (employer_id, kind, version_id, submission_id, step_id, assigned_to, created_at, due_on,
                instead_of, passed_because)
            select s.employer_id, s.kind, $1, s.submission_id, s.id, o."to", $3, o.due_on, o.instead_of, o.because
            from opened s join opening o on o.step = s.id
            returning id, step_id as "step!", assigned_to"#,
            version.0,
            Value::Array(opening.iter().map(row).collect()),
            now,
        )
        .fetch_all(self.conn())
        .await?;
        let opened = |id, step, to| Opened { task: TaskId(id), step: StepId(step), to: MembershipId(to) };
        Ok(rows.into_iter().map(|row| opened(row.id, row.step, row.assigned_to)).collect())
    }

    /// Waits for other decisions on the same version, and keeps them waiting until this one ends. Ask for it before
    /// anything is read that decides what comes next.
    pub async fn hold_review(&mut self, task: TaskId) -> Result<(), DbError> {
        sqlx::query_scalar!(
            "select v.id from version v where v.id = (select version_id from task where id = $1) for update of v",
            task.0
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(())
    }

    /// The steps of a version's last submission.
    pub async fn review_steps(&mut self, version: VersionId) -> Result<Vec<ReviewStep>, DbError> {
        let value = sqlx::query_scalar!("select review_of($1)", version.0).fetch_one(self.conn()).await?;
        read(value)
    }

    /// Gives out what comes next, if anything does.
    pub async fn open_next(
        &mut self,
        version: VersionId,
        opening: &[(StepId, Opening)],
        now: OffsetDateTime,
    ) -> Result<Vec<Opened>, DbError> {
        match opening.is_empty() {
            true => Ok(Vec::new()),
            false => self.open_steps(version, opening, now).await,
        }
    }
}

//! Versions: loading one within a scope, with the people and the profile around it.

use time::{Date, OffsetDateTime};

use super::{DbError, Tx};
use crate::domain::details::{ChangeKind, Details, GradeBasis};
use crate::domain::ids::{
    DocumentId, EmployerId, GradeId, MembershipId, ProfileId, SubmissionId, TaskId, UnitId, VersionId,
};
use crate::domain::text::profile_reference;
use crate::domain::version::{Act, Approval, Authority, Issue, Scheduled, State, StateName};
use crate::policy::{Scope, Subject};

/// A version with everything about it but its content.
#[derive(Debug, Clone)]
pub struct Version {
    pub id: VersionId,
    pub employer: EmployerId,
    pub number: i32,
    pub profile: ProfileHead,
    /// Advanced by every change of state.
    pub lock_version: i32,
    pub state: State,
    pub details: Details,
    pub details_revision: i32,
    /// The grade as it is printed: `Band 4`.
    pub grade: String,
    pub base: Option<VersionId>,
    pub change: Change,
    pub history: History,
    pub open_task: Option<OpenTask>,
    /// What is in force now, which may be this very version.
    pub issued: Option<(VersionId, i32)>,
    /// The document that it was made from, if it was.
    pub document: Option<DocumentId>,
}

#[derive(Debug, Clone)]
pub struct ProfileHead {
    pub id: ProfileId,
    pub number: i32,
    pub unit: UnitId,
    pub unit_name: String,
    pub unit_manager: Option<MembershipId>,
    pub owner: MembershipId,
    pub owner_name: String,
    pub post_numbers: String,
    pub review_date: Option<Date>,
    pub retired_at: Option<OffsetDateTime>,
}

/// What the author said about the change.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub note: String,
    pub kind: Option<ChangeKind>,
    pub affects_grade: Option<bool>,
}

/// Who did what, by name, for the life-line.
#[derive(Debug, Clone)]
pub struct History {
    pub created_by: MembershipId,
    pub created_at: OffsetDateTime,
    pub creator: String,
    pub submitter: Option<String>,
    pub submitted_at: Option<OffsetDateTime>,
    pub requester: Option<String>,
    pub approver: Option<String>,
    pub approved_at: Option<OffsetDateTime>,
    pub issuer: Option<String>,
    pub issued_at: Option<OffsetDateTime>,
}

/// The task of the review under way.
#[derive(Debug, Clone)]
pub struct OpenTask {
    pub id: TaskId,
    pub submission: SubmissionId,
    pub submission_number: i32,
    pub assigned_to: MembershipId,
    pub assignee: String,
    pub created_at: OffsetDateTime,
}

impl Version {
    /// `JP-0042 version 3`
    pub fn name(&self) -> String {
        format!("{} version {}", self.profile.reference(), self.number)
    }

    /// The subject of any act on this version.
    pub fn subject(&self) -> Subject<VersionId> {
        self.subject_as(self.id)
    }

    /// The subject of an act on its profile.
    pub fn profile_subject(&self) -> Subject<ProfileId> {
        Subject { name: self.profile.reference(), ..self.subject_as(self.profile.id) }
    }

    pub fn subject_as<Id>(&self, id: Id) -> Subject<Id> {
        Subject {
            id,
            employer: Some(self.employer),
            unit: Some(self.profile.unit),
            person: None,
            profile: Some(self.profile.id),
            name: self.name(),
        }
    }

    /// What to call it where the title is still to be written.
    pub fn title(&self) -> &str {
        match self.details.title.is_empty() {
            true => "Untitled job",
            false => &self.details.title,
        }
    }
}

impl ProfileHead {
    /// `JP-0042`
    pub fn reference(&self) -> String {
        profile_reference(self.number)
    }
}

/// Which version is wanted.
enum Wanted {
    Id(VersionId),
    Numbers {
        profile: i32,
        version: i32,
    },
    /// The one that an open task is about.
    Task(TaskId),
    /// The one in force of the profile with this number.
    Issued(i32),
}

impl Tx {
    /// A version by the numbers in its address; none where the scope does not hold it.
    pub async fn version(&mut self, scope: &Scope, profile: i32, version: i32) -> Result<Option<Version>, DbError> {
        self.load_version(scope, Wanted::Numbers { profile, version }).await
    }

    pub async fn version_by_id(&mut self, scope: &Scope, version: VersionId) -> Result<Option<Version>, DbError> {
        self.load_version(scope, Wanted::Id(version)).await
    }

    /// The version of a profile that is in force.
    pub async fn issued_version(&mut self, scope: &Scope, profile: i32) -> Result<Option<Version>, DbError> {
        self.load_version(scope, Wanted::Issued(profile)).await
    }

    /// The version that an open task is about.
    pub async fn version_of_task(&mut self, scope: &Scope, task: TaskId) -> Result<Option<Version>, DbError> {
        self.load_version(scope, Wanted::Task(task)).await
    }

    async fn load_version(&mut self, scope: &Scope, wanted: Wanted) -> Result<Option<Version>, DbError> {
        let (id, profile, version, task) = match wanted {
            Wanted::Id(id) => (Some(id.0), None, None, None),
            Wanted::Numbers { profile, version } => (None, Some(profile), Some(version), None),
            Wanted::Task(task) => (None, None, None, Some(task.0)),
            Wanted::Issued(profile) => (None, Some(profile), None, None),
        };
        let row = sqlx::query_as!(
            Row,
            r#"select v.id, v.employer_id, v.number, v.state, v.lock_version, v.base_id, v.details_revision, v.title,
                v.grade_from_id, v.grade_to_id, v.grade_basis, v.grade_basis_reference, v.grade_basis_date,
                v.grade_change_reason, v.salary_text, v.hours, v.contract, v.working_pattern, v.location, v.directorate,
                v.service, v.reports_to, v.responsible_for, v.change_note, v.change_kind, v.affects_grade,
                v.created_by, v.created_at, v.submitted_by, v.submitted_at, v.changes_requested_by,
                v.changes_requested_at, v.changes_requested_reason, v.approved_by, v.approved_at, v.issue_on,
                v.issue_scheduled_by, v.issued_by, v.issued_at, v.effective_from, v.emergency_reason, v.superseded_at,
                v.withdrawn_by, v.withdrawn_at, v.withdrawn_reason, v.discarded_by, v.discarded_at,
                gf.name as "grade_from?", gt.name as "grade_to?",
                member_name(v.created_by) as "creator!", member_name(v.submitted_by) as submitter,
                member_name(v.changes_requested_by) as requester, member_name(v.approved_by) as approver,
                member_name(v.issued_by) as issuer,
                p.id as profile_id, p.number as profile_number, p.unit_id, u.name as unit_name,
                u.manager_id as unit_manager, p.owner_id, member_name(p.owner_id) as "owner_name!", p.post_numbers,
                p.review_date, p.retired_at,
                t.id as "task_id?", t.submission_id as "submission_id?", t.assigned_to as "assigned_to?",
                t.created_at as "task_created_at?", member_name(t.assigned_to) as assignee,
                (select number from submission where id = t.submission_id) as submission_number,
                i.id as "issued_id?", i.number as "issued_number?",
                (select max(d.id) from document d where d.employer_id = v.employer_id and d.version_id = v.id) as document_id
            from version v
            join profile p on p.id = v.profile_id
            join unit u on u.id = p.unit_id
            left join grade gf on gf.id = v.grade_from_id
            left join grade gt on gt.id = v.grade_to_id
            left join task t on t.version_id = v.id and t.kind = 'approve' and t.closed_at is null
            left join version i on i.profile_id = p.id and i.state = 'issued'
            where v.employer_id = $1
                and v.id = coalesce($2, (select v2.id from version v2 join profile p2 on p2.id = v2.profile_id
                    where p2.employer_id = $1 and p2.number = $3 and (v2.number = $4 or $4::int is null and v2.state = 'issued')),
                    (select version_id from task where employer_id = $1 and id = $8 and closed_at is null))
                and ($5 or p.unit_id = any($6) or exists (select from task mine
                    where mine.employer_id = $1 and mine.version_id = v.id and mine.assigned_to = $7))"#,
            scope.employer().0,
            id,
            profile,
            version,
            scope.whole(),
            scope.units(),
            scope.membership().0,
            task,
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(Version::try_from).transpose()
    }

    /// Who changed the content of a version: those who may not approve it.
    pub async fn editors(&mut self, version: VersionId) -> Result<Vec<MembershipId>, DbError> {
        let rows = sqlx::query_scalar!("select distinct edited_by from content_edit where version_id = $1", version.0)
            .fetch_all(self.conn())
            .await?;
        Ok(rows.into_iter().map(MembershipId).collect())
    }
}

struct Row {
    id: i64,
    employer_id: i64,
    number: i32,
    state: String,
    lock_version: i32,
    base_id: Option<i64>,
    details_revision: i32,
    title: String,
    grade_from_id: Option<i64>,
    grade_to_id: Option<i64>,
    grade_basis: Option<String>,
    grade_basis_reference: String,
    grade_basis_date: Option<Date>,
    grade_change_reason: String,
    salary_text: String,
    hours: String,
    contract: String,
    working_pattern: String,
    location: String,
    directorate: String,
    service: String,
    reports_to: String,
    responsible_for: String,
    change_note: String,
    change_kind: Option<String>,
    affects_grade: Option<bool>,
    created_by: i64,
    created_at: OffsetDateTime,
    submitted_by: Option<i64>,
    submitted_at: Option<OffsetDateTime>,
    changes_requested_by: Option<i64>,
    changes_requested_at: Option<OffsetDateTime>,
    changes_requested_reason: Option<String>,
    approved_by: Option<i64>,
    approved_at: Option<OffsetDateTime>,
    issue_on: Option<Date>,
    issue_scheduled_by: Option<i64>,
    issued_by: Option<i64>,
    issued_at: Option<OffsetDateTime>,
    effective_from: Option<Date>,
    emergency_reason: Option<String>,
    superseded_at: Option<OffsetDateTime>,
    withdrawn_by: Option<i64>,
    withdrawn_at: Option<OffsetDateTime>,
    withdrawn_reason: Option<String>,
    discarded_by: Option<i64>,
    discarded_at: Option<OffsetDateTime>,
    grade_from: Option<String>,
    grade_to: Option<String>,
    creator: String,
    submitter: Option<String>,
    requester: Option<String>,
    approver: Option<String>,
    issuer: Option<String>,
    profile_id: i64,
    profile_number: i32,
    unit_id: i64,
    unit_name: String,
    unit_manager: Option<i64>,
    owner_id: i64,
    owner_name: String,
    post_numbers: String,
    review_date: Option<Date>,
    retired_at: Option<OffsetDateTime>,
    task_id: Option<i64>,
    submission_id: Option<i64>,
    assigned_to: Option<i64>,
    task_created_at: Option<OffsetDateTime>,
    assignee: Option<String>,
    submission_number: Option<i32>,
    issued_id: Option<i64>,
    issued_number: Option<i32>,
    document_id: Option<i64>,
}

impl Row {
    fn odd(&self, what: &'static str) -> DbError {
        DbError::Inconsistent { table: "version", id: self.id, what }
    }

    fn state(&self) -> Result<State, DbError> {
        let name = StateName::parse(&self.state).ok_or_else(|| self.odd("an unknown state"))?;
        let odd = || self.odd("a state without its facts");
        Ok(match name {
            StateName::Draft => State::Draft,
            StateName::InReview => {
                State::InReview { submitted: act(self.submitted_by, self.submitted_at).ok_or_else(odd)? }
            }
            StateName::ChangesRequested => State::ChangesRequested {
                requested: act(self.changes_requested_by, self.changes_requested_at).ok_or_else(odd)?,
                reason: self.changes_requested_reason.clone().ok_or_else(odd)?,
            },
            StateName::Approved => State::Approved {
                approval: self.approval().ok_or_else(odd)?,
                scheduled: self
                    .issue_on
                    .zip(self.issue_scheduled_by)
                    .map(|(on, by)| Scheduled { on, by: MembershipId(by) }),
            },
            StateName::Issued => State::Issued(self.issue().ok_or_else(odd)?),
            StateName::Superseded => {
                State::Superseded { issue: self.issue().ok_or_else(odd)?, at: self.superseded_at.ok_or_else(odd)? }
            }
            StateName::Withdrawn => State::Withdrawn {
                approval: self.approval().ok_or_else(odd)?,
                withdrawn: act(self.withdrawn_by, self.withdrawn_at).ok_or_else(odd)?,
                reason: self.withdrawn_reason.clone().ok_or_else(odd)?,
            },
            StateName::Discarded => {
                State::Discarded { discarded: act(self.discarded_by, self.discarded_at).ok_or_else(odd)? }
            }
        })
    }

    fn approval(&self) -> Option<Approval> {
        let submitted = act(self.submitted_by, self.submitted_at)?;
        let approved = act(self.approved_by, self.approved_at)?;
        Some(Approval { submitted, approved })
    }

    fn issue(&self) -> Option<Issue> {
        let authority = match &self.emergency_reason {
            Some(reason) => Authority::Emergency { reason: reason.clone() },
            None => Authority::Approval(self.approval()?),
        };
        let issued = act(self.issued_by, self.issued_at)?;
        Some(Issue { authority, issued, effective_from: self.effective_from? })
    }

    fn details(&self) -> Details {
        Details {
            title: self.title.clone(),
            grade_from: self.grade_from_id.map(GradeId),
            grade_to: self.grade_to_id.map(GradeId),
            grade_basis: self.grade_basis.as_deref().and_then(GradeBasis::parse),
            grade_basis_reference: self.grade_basis_reference.clone(),
            grade_basis_date: self.grade_basis_date,
            grade_change_reason: self.grade_change_reason.clone(),
            salary_text: self.salary_text.clone(),
            hours: self.hours.clone(),
            contract: self.contract.clone(),
            working_pattern: self.working_pattern.clone(),
            location: self.location.clone(),
            directorate: self.directorate.clone(),
            service: self.service.clone(),
            reports_to: self.reports_to.clone(),
            responsible_for: self.responsible_for.clone(),
        }
    }

    fn open_task(&self) -> Option<OpenTask> {
        Some(OpenTask {
            id: TaskId(self.task_id?),
            submission: SubmissionId(self.submission_id?),
            submission_number: self.submission_number?,
            assigned_to: MembershipId(self.assigned_to?),
            assignee: self.assignee.clone()?,
            created_at: self.task_created_at?,
        })
    }

    fn grade(&self) -> String {
        match (&self.grade_from, &self.grade_to) {
            (Some(from), Some(to)) if from != to => format!("{from} to {to}"),
            (Some(one), _) | (None, Some(one)) => one.clone(),
            (None, None) => String::new(),
        }
    }
}

fn act(by: Option<i64>, at: Option<OffsetDateTime>) -> Option<Act> {
    Some(Act { by: MembershipId(by?), at: at? })
}

impl TryFrom<Row> for Version {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        Ok(Version {
            id: VersionId(row.id),
            employer: EmployerId(row.employer_id),
            number: row.number,
            lock_version: row.lock_version,
            state: row.state()?,
            details: row.details(),
            details_revision: row.details_revision,
            grade: row.grade(),
            base: row.base_id.map(VersionId),
            open_task: row.open_task(),
            document: row.document_id.map(DocumentId),
            issued: row.issued_id.map(VersionId).zip(row.issued_number),
            change: Change {
                note: row.change_note,
                kind: row.change_kind.as_deref().and_then(ChangeKind::parse),
                affects_grade: row.affects_grade,
            },
            profile: ProfileHead {
                id: ProfileId(row.profile_id),
                number: row.profile_number,
                unit: UnitId(row.unit_id),
                unit_name: row.unit_name,
                unit_manager: row.unit_manager.map(MembershipId),
                owner: MembershipId(row.owner_id),
                owner_name: row.owner_name,
                post_numbers: row.post_numbers,
                review_date: row.review_date,
                retired_at: row.retired_at,
            },
            history: History {
                created_by: MembershipId(row.created_by),
                created_at: row.created_at,
                creator: row.creator,
                submitter: row.submitter,
                submitted_at: row.submitted_at,
                requester: row.requester,
                approver: row.approver,
                approved_at: row.approved_at,
                issuer: row.issuer,
                issued_at: row.issued_at,
            },
        })
    }
}

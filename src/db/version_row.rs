//! A version as one row of the query that loads it, and the only place where that row becomes a version.
//! An impossible row is an error, not a guess.

use sqlx::types::Json;
use time::{Date, OffsetDateTime};

use super::DbError;
use super::versions::{Change, History, OpenTask, ProfileHead, Version};
use crate::domain::details::{ChangeKind, Details, GradeBasis};
use crate::domain::ids::{
    DocumentId, EmployerId, GradeId, MembershipId, ProfileId, SubmissionId, TaskId, UnitId, VersionId,
};
use crate::domain::organisation::Neighbours;
use crate::domain::pay::Area;
use crate::domain::route::{StepId, StepKind};
use crate::domain::version::{Act, Approval, Authority, Issue, Scheduled, State, StateName};
use crate::domain::working_days::Nation;

pub(super) struct Row {
    /// What `brand_of` says, where it was asked for.
    pub(super) brand: Option<serde_json::Value>,
    pub(super) id: i64,
    pub(super) employer_id: i64,
    pub(super) number: i32,
    pub(super) state: String,
    pub(super) lock_version: i32,
    pub(super) base_id: Option<i64>,
    pub(super) details_revision: i32,
    pub(super) title: String,
    pub(super) grade_from_id: Option<i64>,
    pub(super) grade_to_id: Option<i64>,
    pub(super) grade_basis: Option<String>,
    pub(super) grade_basis_reference: String,
    pub(super) grade_basis_date: Option<Date>,
    pub(super) grade_change_reason: String,
    pub(super) salary_text: String,
    pub(super) salary_reason: String,
    pub(super) pay_area: Option<String>,
    /// What `pay_of` says of its grades.
    pub(super) pay: Option<serde_json::Value>,
    pub(super) award: Option<String>,
    /// What `terms_of` says.
    pub(super) terms: Option<serde_json::Value>,
    pub(super) unit_path: String,
    pub(super) unit_then: Option<String>,
    pub(super) around: Json<Neighbours>,
    pub(super) hours: String,
    pub(super) contract: String,
    pub(super) working_pattern: String,
    pub(super) location: String,
    pub(super) directorate: String,
    pub(super) service: String,
    pub(super) reports_to: String,
    pub(super) responsible_for: String,
    pub(super) change_note: String,
    pub(super) change_kind: Option<String>,
    pub(super) affects_grade: Option<bool>,
    pub(super) created_by: i64,
    pub(super) created_at: OffsetDateTime,
    pub(super) submitted_by: Option<i64>,
    pub(super) submitted_at: Option<OffsetDateTime>,
    pub(super) changes_requested_by: Option<i64>,
    pub(super) changes_requested_at: Option<OffsetDateTime>,
    pub(super) changes_requested_reason: Option<String>,
    pub(super) approved_by: Option<i64>,
    pub(super) approved_at: Option<OffsetDateTime>,
    pub(super) issue_on: Option<Date>,
    pub(super) issue_scheduled_by: Option<i64>,
    pub(super) issued_by: Option<i64>,
    pub(super) issued_at: Option<OffsetDateTime>,
    pub(super) effective_from: Option<Date>,
    pub(super) emergency_reason: Option<String>,
    pub(super) superseded_at: Option<OffsetDateTime>,
    pub(super) withdrawn_by: Option<i64>,
    pub(super) withdrawn_at: Option<OffsetDateTime>,
    pub(super) withdrawn_reason: Option<String>,
    pub(super) discarded_by: Option<i64>,
    pub(super) discarded_at: Option<OffsetDateTime>,
    pub(super) grade_from: Option<String>,
    pub(super) grade_to: Option<String>,
    pub(super) creator: String,
    pub(super) submitter: Option<String>,
    pub(super) requester: Option<String>,
    pub(super) approver: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) profile_id: i64,
    pub(super) profile_number: i32,
    pub(super) unit_id: i64,
    pub(super) unit_name: String,
    pub(super) unit_manager: Option<i64>,
    pub(super) owner_id: i64,
    pub(super) owner_name: String,
    pub(super) post_numbers: String,
    pub(super) review_date: Option<Date>,
    pub(super) review_months: i32,
    pub(super) retired_at: Option<OffsetDateTime>,
    pub(super) task_id: Option<i64>,
    pub(super) submission_id: Option<i64>,
    pub(super) assigned_to: Option<i64>,
    pub(super) task_created_at: Option<OffsetDateTime>,
    pub(super) assignee: Option<String>,
    pub(super) due_on: Option<Date>,
    pub(super) instead_of: Option<String>,
    pub(super) review: Option<serde_json::Value>,
    /// What `reach_of` says, where a task asked for it.
    pub(super) reach: Option<serde_json::Value>,
    pub(super) findings: Option<Vec<String>>,
    pub(super) exception: Option<String>,
    pub(super) waived: Option<Vec<String>>,
    pub(super) step_id: Option<i64>,
    pub(super) step_kind: Option<String>,
    pub(super) step_name: Option<String>,
    pub(super) everybody: Option<String>,
    pub(super) fingerprint: Option<String>,
    pub(super) passed_because: Option<String>,
    pub(super) nation: String,
    pub(super) submission_number: Option<i32>,
    pub(super) issued_id: Option<i64>,
    pub(super) issued_number: Option<i32>,
    pub(super) document_id: Option<i64>,
    pub(super) glossary: Option<serde_json::Value>,
    /// What `template_of` says.
    pub(super) template: Option<serde_json::Value>,
    /// Where they were asked for.
    pub(super) remarks: Option<serde_json::Value>,
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
            salary_reason: self.salary_reason.clone(),
            pay_area: self.pay_area.as_deref().and_then(Area::parse),
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
            due_on: self.due_on,
            nation: Nation::parse(&self.nation)?,
            instead_of: self.instead_of.clone(),
            passed_because: self.passed_because.clone().unwrap_or_default(),
            id: TaskId(self.task_id?),
            submission: SubmissionId(self.submission_id?),
            submission_number: self.submission_number?,
            fingerprint: self.fingerprint.clone().unwrap_or_default(),
            findings: self.findings.clone().unwrap_or_default(),
            exception: self.exception.clone().unwrap_or_default(),
            step: StepId(self.step_id?),
            kind: StepKind::parse(self.step_kind.as_deref()?)?,
            step_name: self.step_name.clone().unwrap_or_default(),
            everybody: self.everybody.clone().unwrap_or_default(),
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
            pay: super::grades::read(row.pay.clone())?,
            award: row.award.clone(),
            terms: super::grades::read_terms(row.terms.clone())?,
            unit_path: row.unit_path.clone(),
            unit_then: row.unit_then.clone(),
            around: row.around.0.clone(),
            review_months: row.review_months.unsigned_abs(),
            base: row.base_id.map(VersionId),
            open_task: row.open_task(),
            steps: super::review_steps::read(row.review)?,
            reach: super::reach::read(row.reach)?,
            waived: row.waived.unwrap_or_default(),
            document: row.document_id.map(DocumentId),
            glossary: super::glossary::pairs(row.glossary),
            template: super::template_use::read_fitted(row.template)?,
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

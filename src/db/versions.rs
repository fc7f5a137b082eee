//! Versions: loading one within a scope, with the people and the profile around it.

use sqlx::types::Json;
use time::{Date, OffsetDateTime};

use super::version_row::Row;
use super::{Brand, DbError, Reach, Remarks, ReviewStep, Tx};
use crate::domain::advert::Acronyms;
use crate::domain::details::{ChangeKind, Details};
use crate::domain::ids::{DocumentId, EmployerId, MembershipId, ProfileId, SubmissionId, TaskId, UnitId, VersionId};
use crate::domain::organisation::Neighbours;
use crate::domain::pay::Grade;
use crate::domain::route::{StepId, StepKind};
use crate::domain::template::{Fitted, Printing};
use crate::domain::terms::TermLine;
use crate::domain::text::profile_reference;
use crate::domain::version::State;
use crate::domain::working_days::Nation;
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
    /// Its grades with everything that its salary is worked out from.
    pub pay: Vec<Grade>,
    /// What the last pay award changed about it, in a sentence.
    pub award: Option<String>,
    /// The terms of its pay scheme, every date of them.
    pub terms: Vec<TermLine>,
    /// Its unit and where that stands: on the day that it was issued, or now.
    pub unit_path: String,
    /// The same, where it is otherwise now.
    pub unit_then: Option<String>,
    /// Months from a version in force to the next look at it, where nobody sets a day; 0: none.
    pub review_months: u32,
    /// Who reports to whom around its post.
    pub around: Neighbours,
    pub base: Option<VersionId>,
    pub change: Change,
    pub history: History,
    pub open_task: Option<OpenTask>,
    /// The steps of its last submission, where they were asked for: with its remarks, and by a task.
    pub steps: Vec<ReviewStep>,
    /// What it reaches beyond itself, where a task asked for it.
    pub reach: Reach,
    /// Findings that an approver let stand.
    pub waived: Vec<String>,
    /// What is in force now, which may be this very version.
    pub issued: Option<(VersionId, i32)>,
    /// The document that it was made from, if it was.
    pub document: Option<DocumentId>,
    /// The employer's own short forms.
    pub glossary: Acronyms,
    /// What it was made on, if it was.
    pub template: Option<Fitted>,
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
    /// The beginning of the submission's SHA-256, by which it can be named.
    pub fingerprint: String,
    /// What stood in the way as it was sent all the same, and why it was.
    pub findings: Vec<String>,
    pub exception: String,
    pub step: StepId,
    pub kind: StepKind,
    /// What the route calls the step; empty: by its kind.
    pub step_name: String,
    pub assigned_to: MembershipId,
    pub assignee: String,
    /// Everybody who is asked now: `Helen Whitworth and Daniel Osei`.
    pub everybody: String,
    pub created_at: OffsetDateTime,
    pub due_on: Option<Date>,
    /// Whose bank holidays count.
    pub nation: Nation,
    /// Who was asked at first, where it came to somebody else, and why it did.
    pub instead_of: Option<String>,
    pub passed_because: String,
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

    /// How its documents look.
    pub fn printing(&self) -> Printing {
        self.template.as_ref().map(Fitted::printing).unwrap_or_default()
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

    /// A version by the numbers in its address with what was said and proposed; `people` also loads whom a comment can
    /// call.
    pub async fn version_with_remarks(
        &mut self,
        scope: &Scope,
        profile: i32,
        version: i32,
        people: bool,
    ) -> Result<Option<(Version, Remarks)>, DbError> {
        self.load_with_remarks(scope, Wanted::Numbers { profile, version }, people).await
    }

    /// The same of the version that an open task is about.
    pub async fn task_with_remarks(
        &mut self,
        scope: &Scope,
        task: TaskId,
        people: bool,
    ) -> Result<Option<(Version, Remarks)>, DbError> {
        self.load_with_remarks(scope, Wanted::Task(task), people).await
    }

    async fn load_with_remarks(
        &mut self,
        scope: &Scope,
        wanted: Wanted,
        people: bool,
    ) -> Result<Option<(Version, Remarks)>, DbError> {
        let Some(mut row) = self.load_row(scope, wanted, Some(people), false).await? else { return Ok(None) };
        let remarks = row.remarks.take().unwrap_or_default();
        let version = Version::try_from(row)?;
        let remarks = Remarks::read(remarks, version.id)?;
        Ok(Some((version, remarks)))
    }

    async fn load_version(&mut self, scope: &Scope, wanted: Wanted) -> Result<Option<Version>, DbError> {
        self.load_row(scope, wanted, None, false).await?.map(Version::try_from).transpose()
    }

    /// A version by the numbers in its address, and how its employer's documents look.
    pub async fn version_to_print(
        &mut self,
        scope: &Scope,
        profile: i32,
        version: i32,
    ) -> Result<Option<(Version, Brand)>, DbError> {
        let wanted = Wanted::Numbers { profile, version };
        let Some(mut row) = self.load_row(scope, wanted, None, true).await? else { return Ok(None) };
        let brand = Brand::read(row.brand.take());
        Ok(Some((Version::try_from(row)?, brand)))
    }

    async fn load_row(
        &mut self,
        scope: &Scope,
        wanted: Wanted,
        remarks: Option<bool>,
        brand: bool,
    ) -> Result<Option<Row>, DbError> {
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
                v.grade_change_reason, v.salary_text, v.salary_reason, v.pay_area, v.hours, v.contract, v.working_pattern, v.location, v.directorate,
                v.service, v.reports_to, v.responsible_for, v.change_note, v.change_kind, v.affects_grade,
                v.created_by, v.created_at, v.submitted_by, v.submitted_at, v.changes_requested_by,
                v.changes_requested_at, v.changes_requested_reason, v.approved_by, v.approved_at, v.issue_on,
                v.issue_scheduled_by, v.issued_by, v.issued_at, v.effective_from, v.emergency_reason, v.superseded_at,
                v.withdrawn_by, v.withdrawn_at, v.withdrawn_reason, v.discarded_by, v.discarded_at,
                grade_name_at(v.grade_from_id, v.issued_at) as grade_from, grade_name_at(v.grade_to_id, v.issued_at) as grade_to,
                pay_of(v.employer_id, array[v.grade_from_id, v.grade_to_id]) as pay, award_note(v.id) as award,
                (select terms from terms_of(v.employer_id, v.grade_from_id) terms) as terms,
                unit_path_at(p.unit_id, coalesce(v.issued_at, 'infinity')) as "unit_path!",
                nullif(unit_path_at(p.unit_id, coalesce(v.issued_at, 'infinity')), unit_path_at(p.unit_id, 'infinity')) as unit_then,
                posts_around(v.employer_id, v.profile_id, v.title, v.reports_to, v.issued_at) as "around!: Json<Neighbours>",
                member_name(v.created_by) as "creator!", member_name(v.submitted_by) as submitter,
                case when v.changes_requested_by = v.submitted_by
                    then (select s.guest_name || ' (guest)' from decision d join review_step s on s.id = d.step_id
                        join submission b on b.id = d.submission_id
                        where b.version_id = v.id and d.kind = 'request_changes' order by d.id desc limit 1)
                    else member_name(v.changes_requested_by) end as requester, member_name(v.approved_by) as approver,
                member_name(v.issued_by) as issuer,
                p.id as profile_id, p.number as profile_number, p.unit_id, u.name as unit_name,
                u.manager_id as unit_manager, p.owner_id, member_name(p.owner_id) as "owner_name!", p.post_numbers,
                p.review_date, review_months_of(v) as "review_months!", p.retired_at,
                t.id as "task_id?", t.submission_id as "submission_id?", t.assigned_to as "assigned_to?",
                t.created_at as "task_created_at?", member_name(t.assigned_to) as assignee,
                t.due_on as "due_on?", member_name(t.instead_of) as instead_of, t.passed_because as "passed_because?",
                t.step_id as "step_id?", t.kind as "step_kind?",
                (select name from review_step where id = t.step_id) as step_name,
                (select string_agg(member_name(o.assigned_to), ' and ' order by o.id) from task o
                    where o.version_id = v.id and o.step_id is not null and o.closed_at is null) as everybody,
                (select left(encode(content_hash, 'hex'), 8) from submission where id = t.submission_id) as fingerprint,
                (select nation from employer where id = v.employer_id) as "nation!",
                (select number from submission where id = t.submission_id) as submission_number,
                i.id as "issued_id?", i.number as "issued_number?",
                (select max(d.id) from document d where d.employer_id = v.employer_id and d.version_id = v.id) as document_id,
                (select glossary from glossary_of(v.employer_id) glossary) as glossary,
                (select template from template_of(v.id) template) as template,
                case when $9::bool is not null then remarks_of(v.id, $9) end as remarks,
                case when $9::bool is not null or $8::bigint is not null then review_of(v.id) end as review,
                (select findings from submission where id = t.submission_id) as findings,
                (select exception from submission where id = t.submission_id) as exception,
                (select b.findings from submission b where b.version_id = v.id and exists (select from decision d
                    where d.submission_id = b.id and d.override_reason <> '') order by b.number desc limit 1) as waived,
                case when $10 then brand_of(v.employer_id) end as brand,
                case when $8::bigint is not null then reach_of(v.id, $5, $6) end as reach
            from version v
            join profile p on p.id = v.profile_id
            join unit u on u.id = p.unit_id
            left join lateral (select * from task o
                where o.version_id = v.id and o.step_id is not null and o.closed_at is null
                order by o.id is distinct from $8, o.assigned_to <> $7, o.id limit 1) t on true
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
            remarks,
            brand,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row)
    }

    /// Who sent a version for review last.
    pub async fn submitter(&mut self, version: VersionId) -> Result<Option<MembershipId>, DbError> {
        let row = sqlx::query_scalar!("select submitted_by from version where id = $1", version.0)
            .fetch_one(self.conn())
            .await?;
        Ok(row.map(MembershipId))
    }

    /// Who changed the content of a version, and whose suggestions were accepted into it: neither may approve it.
    pub async fn writers(&mut self, version: VersionId) -> Result<(Vec<MembershipId>, Vec<MembershipId>), DbError> {
        let rows = sqlx::query!(
            r#"select distinct edited_by as "who!", true as "edited!" from content_edit where version_id = $1
            union select distinct made_by, false from suggestion where accepted_version_id = $1"#,
            version.0
        )
        .fetch_all(self.conn())
        .await?;
        let (editors, proposers): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.edited);
        let members = |rows: Vec<_>, who: fn(_) -> i64| rows.into_iter().map(|row| MembershipId(who(row))).collect();
        Ok((members(editors, |row| row.who), members(proposers, |row| row.who)))
    }
}

//! Adverts as staff see them: one within a scope, and the list.

use std::collections::BTreeSet;

use sqlx::types::Json;
use time::{Date, OffsetDateTime};

use super::advert_changes::{AdvertChange, AdvertHistory};
use super::advert_described::{Lines, described};
use super::advert_offer::{offer, printed_grade};
use super::{DbError, Tx};
use crate::domain::advert::{
    AdvertState, AdvertText, ApplyKind, ContractKind, Described, FieldProblem, Standing, Vacancy, Window, problems,
    standing,
};
use crate::domain::ids::{AdvertId, EmployerId, GradeId, MembershipId, ProfileId, TaskId, UnitId, VersionId};
use crate::domain::pay::{Area, Day, Grade, Post, salary};
use crate::domain::text::profile_reference;
use crate::domain::version::StateName;
use crate::policy::{Scope, Subject};

/// An advert with everything about it but the content of its version.
#[derive(Debug, Clone)]
pub struct Advert {
    pub id: AdvertId,
    pub employer: EmployerId,
    pub employer_slug: String,
    pub number: i32,
    /// Advanced by every change; a form that names an older one is stale.
    pub lock_version: i32,
    pub state: AdvertState,
    pub vacancy: Vacancy,
    pub version: Pinned,
    /// Set once it is published.
    pub window: Option<Window>,
    /// From when everybody can read it; never for an internal one.
    pub public_at: Option<OffsetDateTime>,
    /// Everybody who wrote on the text.
    pub writers: BTreeSet<MembershipId>,
    pub written_by: MembershipId,
    /// The hiring manager named on it.
    pub manager: Option<String>,
    pub asked: Option<Asked>,
    pub history: AdvertHistory,
}

/// The version that an advert is made from, for good.
#[derive(Debug, Clone)]
pub struct Pinned {
    pub id: VersionId,
    pub number: i32,
    pub state: StateName,
    pub grade_from: Option<GradeId>,
    pub grade_to: Option<GradeId>,
    /// Where the place adds to pay.
    pub pay_area: Option<Area>,
    pub profile: ProfileId,
    pub profile_number: i32,
    pub profile_retired: bool,
    pub unit: UnitId,
    pub unit_name: String,
    /// What is in force now, which may be another version.
    pub issued: Option<(VersionId, i32)>,
    /// The words of its lines, which an advert neither repeats nor contradicts.
    pub description: Described,
}

/// The open question to a hiring manager.
#[derive(Debug, Clone)]
pub struct Asked {
    pub task: TaskId,
    pub assigned_to: MembershipId,
    pub assignee: String,
    pub at: OffsetDateTime,
}

impl Advert {
    /// `Advert 7 of JP-0042 version 3`
    pub fn name(&self) -> String {
        format!(
            "Advert {} of {} version {}",
            self.number,
            profile_reference(self.version.profile_number),
            self.version.number
        )
    }

    /// The subject of any act on this advert.
    pub fn subject(&self) -> Subject<AdvertId> {
        Subject {
            id: self.id,
            employer: Some(self.employer),
            unit: Some(self.version.unit),
            person: None,
            profile: Some(self.version.profile),
            name: self.name(),
        }
    }

    pub fn standing(&self, now: OffsetDateTime) -> Standing {
        standing(self.state, self.window, now)
    }

    /// What its grade pays on that day, for its hours and place; none where the grade has no amounts.
    pub fn pay(&self, grades: &[Grade], day: Date) -> Option<String> {
        let find = |id: Option<GradeId>| id.and_then(|id| grades.iter().find(|grade| grade.id == id));
        let post = Post { hours: &self.vacancy.hours, area: self.version.pay_area };
        let salary = salary(find(self.version.grade_from)?, find(self.version.grade_to), Day::of(day), post);
        salary.map(|salary| salary.words())
    }

    pub fn text(&self) -> &AdvertText {
        &self.vacancy.text
    }

    /// What has to be put right in this text before it goes further, whoever wrote it.
    pub fn problems(&self, text: &AdvertText, writers: &BTreeSet<MembershipId>, today: Date) -> Vec<FieldProblem> {
        problems(text, &self.version.description, writers, today)
    }
}

impl Tx {
    /// Makes the second of two presses of one button wait for the first, and then see what that did.
    pub async fn lock_advert(&mut self, scope: &Scope, advert: AdvertId) -> Result<(), DbError> {
        sqlx::query_scalar!(
            "select id from advert where employer_id = $1 and id = $2 for update",
            scope.employer().0,
            advert.0
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(())
    }

    /// An advert by its id; none where the scope does not hold it.
    pub async fn advert(&mut self, scope: &Scope, advert: AdvertId) -> Result<Option<Advert>, DbError> {
        let row = sqlx::query_as!(
            Row,
            r#"select a.id, a.employer_id, e.slug as employer_slug, e.name as employer_name,
                (select glossary from glossary_of(e.id) glossary) as glossary,
                (select template from template_of(v.id) template) as template, a.number, a.lock_version,
                a.state, a.reference, a.title, a.grade_from, a.grade_to, a.headline, a.short_text, a.salary_typed,
                a.salary_text, a.contract_kind, a.contract, a.working_pattern, a.locations, a.contact_name,
                a.contact_email, a.contact_phone, a.apply_kind, a.apply_value, a.hiring_manager_id, a.opens_on,
                a.patterns, a.flexible, a.dbs, a.audience, a.redeployment_until, a.may_close_early, a.contact_by_form, a.public_at,
                a.closes_on, a.shortlisting_on, a.interviews_on, a.starts, a.opens_at, a.closes_at, a.written_by, a.created_at,
                a.asked_by, a.returned_at, a.returned_remark, a.confirmed_at, a.published_at, a.withdrawn_at,
                a.withdrawn_reason,
                member_name(a.hiring_manager_id) as manager, member_name(a.written_by) as "writer!",
                member_name(a.asked_by) as asker,
                member_name(a.returned_by) as returner, member_name(a.confirmed_by) as confirmer,
                member_name(a.published_by) as publisher, member_name(a.withdrawn_by) as withdrawer,
                (select json_agg(json_build_object('kind', c.kind, 'what', c.what, 'by', member_name(c.changed_by),
                    'at', c.changed_at) order by c.id) from advert_change c where c.advert_id = a.id) as "changes: Json<Vec<AdvertChange>>",
                array(select w.membership_id from advert_writer w where w.advert_id = a.id) as "writers!",
                v.id as version_id, v.number as version_number, v.state as version_state, v.grade_from_id,
                v.grade_to_id, v.pay_area,
                (select terms from terms_of(v.employer_id, v.grade_from_id) terms) as terms, v.hours, v.directorate, v.service, v.reports_to,
                p.id as profile_id, p.number as profile_number, p.retired_at is not null as "retired!", p.unit_id,
                u.name as unit_name,
                (select json_agg(json_build_array(s.section_id, s.kind, l.text) order by l.item_id)
                    from item l join section s on s.version_id = l.version_id and s.section_id = l.section_id
                    where l.version_id = v.id and l.text <> '') as "lines: Lines",
                i.id as "issued_id?", i.number as "issued_number?",
                t.id as "task_id?", t.assigned_to as "assigned_to?", t.created_at as "task_created_at?",
                member_name(t.assigned_to) as assignee
            from advert a
            join employer e on e.id = a.employer_id
            join version v on v.id = a.version_id
            join profile p on p.id = v.profile_id
            join unit u on u.id = p.unit_id
            left join version i on i.profile_id = p.id and i.state = 'issued'
            left join task t on t.advert_id = a.id and t.kind = 'confirm_advert' and t.closed_at is null
            where a.employer_id = $1 and a.id = $2
                and ($3 or p.unit_id = any($4) or exists (select from task mine
                    where mine.employer_id = $1 and mine.advert_id = a.id and mine.assigned_to = $5))"#,
            scope.employer().0,
            advert.0,
            scope.whole(),
            scope.units(),
            scope.membership().0,
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(Advert::try_from).transpose()
    }
}

struct Row {
    id: i64,
    employer_id: i64,
    employer_slug: String,
    employer_name: String,
    glossary: Option<serde_json::Value>,
    template: Option<serde_json::Value>,
    number: i32,
    lock_version: i32,
    state: String,
    reference: String,
    title: String,
    grade_from: String,
    grade_to: String,
    headline: String,
    short_text: String,
    salary_typed: bool,
    salary_text: String,
    contract_kind: Option<String>,
    contract: String,
    working_pattern: String,
    locations: String,
    contact_name: String,
    contact_email: String,
    contact_phone: String,
    apply_kind: String,
    apply_value: String,
    hiring_manager_id: Option<i64>,
    patterns: Vec<String>,
    flexible: Vec<String>,
    dbs: Option<String>,
    audience: String,
    redeployment_until: Option<Date>,
    may_close_early: bool,
    contact_by_form: bool,
    public_at: Option<OffsetDateTime>,
    opens_on: Option<Date>,
    closes_on: Option<Date>,
    shortlisting_on: Option<Date>,
    interviews_on: Option<Date>,
    starts: String,
    opens_at: Option<OffsetDateTime>,
    closes_at: Option<OffsetDateTime>,
    written_by: i64,
    created_at: OffsetDateTime,
    asked_by: Option<i64>,
    returned_at: Option<OffsetDateTime>,
    returned_remark: Option<String>,
    confirmed_at: Option<OffsetDateTime>,
    published_at: Option<OffsetDateTime>,
    withdrawn_at: Option<OffsetDateTime>,
    withdrawn_reason: Option<String>,
    manager: Option<String>,
    writer: String,
    asker: Option<String>,
    returner: Option<String>,
    confirmer: Option<String>,
    publisher: Option<String>,
    withdrawer: Option<String>,
    changes: Option<Json<Vec<AdvertChange>>>,
    writers: Vec<i64>,
    version_id: i64,
    version_number: i32,
    version_state: String,
    grade_from_id: Option<i64>,
    grade_to_id: Option<i64>,
    pay_area: Option<String>,
    terms: Option<serde_json::Value>,
    hours: String,
    directorate: String,
    service: String,
    reports_to: String,
    profile_id: i64,
    profile_number: i32,
    retired: bool,
    unit_id: i64,
    unit_name: String,
    lines: Option<Lines>,
    issued_id: Option<i64>,
    issued_number: Option<i32>,
    task_id: Option<i64>,
    assigned_to: Option<i64>,
    task_created_at: Option<OffsetDateTime>,
    assignee: Option<String>,
}

impl Row {
    fn odd(&self, what: &'static str) -> DbError {
        DbError::Inconsistent { table: "advert", id: self.id, what }
    }

    fn pinned(&self) -> Result<Pinned, DbError> {
        Ok(Pinned {
            id: VersionId(self.version_id),
            number: self.version_number,
            state: StateName::parse(&self.version_state).ok_or_else(|| self.odd("an unknown state of its version"))?,
            grade_from: self.grade_from_id.map(GradeId),
            grade_to: self.grade_to_id.map(GradeId),
            pay_area: self.pay_area.as_deref().and_then(Area::parse),
            profile: ProfileId(self.profile_id),
            profile_number: self.profile_number,
            profile_retired: self.retired,
            unit: UnitId(self.unit_id),
            unit_name: self.unit_name.clone(),
            issued: self.issued_id.map(VersionId).zip(self.issued_number),
            description: described(self.lines.as_ref(), &super::template_use::printing(self.template.clone())),
        })
    }

    fn asked(&self) -> Option<Asked> {
        Some(Asked {
            task: TaskId(self.task_id?),
            assigned_to: MembershipId(self.assigned_to?),
            assignee: self.assignee.clone()?,
            at: self.task_created_at?,
        })
    }

    fn history(&self) -> AdvertHistory {
        let reasoned = |who: &Option<String>, at: Option<OffsetDateTime>, why: &Option<String>| {
            who.clone().zip(at).zip(why.clone()).map(|((who, at), why)| (who, at, why))
        };
        AdvertHistory {
            writer: self.writer.clone(),
            created_at: self.created_at,
            asked_by: self.asked_by.map(MembershipId).zip(self.asker.clone()),
            returned: reasoned(&self.returner, self.returned_at, &self.returned_remark),
            confirmed: self.confirmer.clone().zip(self.confirmed_at),
            published: self.publisher.clone().zip(self.published_at),
            withdrawn: reasoned(&self.withdrawer, self.withdrawn_at, &self.withdrawn_reason),
            changes: self.changes.iter().flat_map(|changes| changes.0.clone()).collect(),
        }
    }

    fn vacancy(self) -> Vacancy {
        Vacancy {
            employer: self.employer_name,
            title: self.title,
            grade: printed_grade(&self.grade_from, &self.grade_to),
            hours: self.hours,
            directorate: self.directorate,
            service: self.service,
            reports_to: self.reports_to,
            glossary: super::glossary::pairs(self.glossary),
            given: super::grades::given_for(self.terms, &self.contract_kind, self.opens_on, self.created_at),
            printing: super::template_use::printing(self.template),
            text: AdvertText {
                headline: self.headline,
                short_text: self.short_text,
                reference: self.reference,
                salary_typed: self.salary_typed,
                salary_text: self.salary_text,
                contract_kind: self.contract_kind.as_deref().and_then(ContractKind::parse),
                contract: self.contract,
                working_pattern: self.working_pattern,
                offer: offer(
                    (&self.patterns, &self.flexible),
                    self.dbs.as_deref(),
                    &self.audience,
                    self.redeployment_until,
                    (self.may_close_early, self.contact_by_form),
                ),
                locations: self.locations,
                contact_name: self.contact_name,
                contact_email: self.contact_email,
                contact_phone: self.contact_phone,
                apply_kind: ApplyKind::parse(&self.apply_kind).unwrap_or(ApplyKind::Instructions),
                apply_value: self.apply_value,
                hiring_manager: self.hiring_manager_id.map(MembershipId),
                opens_on: self.opens_on,
                closes_on: self.closes_on,
                shortlisting_on: self.shortlisting_on,
                interviews_on: self.interviews_on,
                starts: self.starts.clone(),
            },
        }
    }
}

impl TryFrom<Row> for Advert {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        Ok(Advert {
            id: AdvertId(row.id),
            employer: EmployerId(row.employer_id),
            employer_slug: row.employer_slug.clone(),
            number: row.number,
            lock_version: row.lock_version,
            state: AdvertState::parse(&row.state).ok_or_else(|| row.odd("an unknown state"))?,
            version: row.pinned()?,
            window: row.opens_at.zip(row.closes_at),
            public_at: row.public_at,
            writers: row.writers.iter().copied().map(MembershipId).collect(),
            written_by: MembershipId(row.written_by),
            manager: row.manager.clone(),
            asked: row.asked(),
            history: row.history(),
            vacancy: row.vacancy(),
        })
    }
}

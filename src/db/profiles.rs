//! The library: finding profiles, and one profile with all its versions.

use time::{Date, OffsetDateTime};

use super::{DbError, ProfileHead, Tx};
use crate::domain::details::ChangeKind;
use crate::domain::ids::{GradeId, MembershipId, ProfileId, UnitId, VersionId};
use crate::domain::version::StateName;
use crate::domain::worded::worded;
use crate::policy::Scope;

/// Profiles that one person's work lists.
const MOST_WORK: i64 = 200;

worded! {
    ProfileSort {
        Reference = "reference", "Reference";
        Title = "title", "Title";
        Changed = "changed", "Last changed";
    }
}

/// What to find; empty conditions find everything in scope.
#[derive(Debug, Clone, Default)]
pub struct ProfileFilter {
    pub words: Option<String>,
    pub unit: Option<UnitId>,
    pub state: Option<StateName>,
    pub owner: Option<MembershipId>,
    /// With an open version that this person started or owns, or theirs and due for review by that day.
    pub work_of: Option<(MembershipId, Date)>,
    pub grade: Option<GradeId>,
    /// Retired profiles too.
    pub retired: bool,
    pub sort: Option<ProfileSort>,
    /// How many profiles come before this page.
    pub offset: i64,
}

/// A profile in a list: its newest version that is open or in force, and what is in force.
#[derive(Debug, Clone)]
pub struct ProfileRow {
    pub number: i32,
    pub title: String,
    pub unit: String,
    pub owner: String,
    pub grade: String,
    pub version_number: i32,
    pub state: StateName,
    pub issued_number: Option<i32>,
    pub changed_at: OffsetDateTime,
    pub review_date: Option<Date>,
    pub retired: bool,
}

/// A version in the list of a profile's page.
#[derive(Debug, Clone)]
pub struct VersionRow {
    pub id: VersionId,
    pub number: i32,
    pub title: String,
    pub state: StateName,
    pub created_at: OffsetDateTime,
    pub creator: String,
    pub approver: Option<String>,
    pub approved_at: Option<OffsetDateTime>,
    pub issued_at: Option<OffsetDateTime>,
    pub issue_on: Option<Date>,
    pub emergency_reason: Option<String>,
    pub change_note: String,
    pub change_kind: Option<ChangeKind>,
    pub affects_grade: Option<bool>,
}

impl Tx {
    /// One page of profiles and one row more; and how many match in all.
    pub async fn find_profiles(
        &mut self,
        scope: &Scope,
        filter: &ProfileFilter,
        page: i64,
    ) -> Result<(Vec<ProfileRow>, i64), DbError> {
        let rows = sqlx::query!(
            r#"select p.number, v.title, u.name as unit, member_name(p.owner_id) as "owner!", v.number as version_number,
                v.state, i.number as "issued_number?", p.review_date, p.retired_at is not null as "retired!",
                gf.name as "grade_from?", gt.name as "grade_to?", v.changed_at as "changed_at!",
                count(*) over () as "total!"
            from profile p
            join unit u on u.id = p.unit_id
            join lateral (select *, greatest(created_at, submitted_at, changes_requested_at, approved_at, issued_at,
                    withdrawn_at, discarded_at, (select e.created_at from content_edit e
                        where e.employer_id = version.employer_id and e.version_id = version.id
                        order by e.id desc limit 1)) as changed_at
                from version where version.profile_id = p.id
                order by state in ('draft', 'in_review', 'changes_requested', 'approved') desc, state = 'issued' desc,
                    number desc limit 1) v on true
            left join version i on i.profile_id = p.id and i.state = 'issued'
            left join grade gf on gf.id = v.grade_from_id
            left join grade gt on gt.id = v.grade_to_id
            where p.employer_id = $1
                and ($2 or p.unit_id = any($3))
                and ($4::text is null
                    or to_tsvector('english', v.title) @@ websearch_to_tsquery('english', $4)
                    or to_tsvector('english', coalesce(i.title, '')) @@ websearch_to_tsquery('english', $4)
                    or v.title ilike '%' || $5 || '%'
                    or p.number = $6 or p.post_numbers ilike '%' || $5 || '%'
                    or exists (select from item where item.employer_id = $1 and item.version_id in (v.id, i.id)
                        and to_tsvector('english', item.text) @@ websearch_to_tsquery('english', $4)))
                and ($7::bigint is null or p.unit_id in (with recursive below as (
                        select $7::bigint as id union select b.id from unit b join below on b.parent_id = below.id
                    ) select id from below))
                and ($8::text is null or v.state = $8 or (i.id is not null and $8 = 'issued'))
                and ($9::bigint is null or p.owner_id = $9)
                and ($15::bigint is null
                    or ($15 in (p.owner_id, v.created_by)
                        and v.state in ('draft', 'in_review', 'changes_requested', 'approved'))
                    or (p.owner_id = $15 and p.review_date <= $16))
                and ($10::bigint is null or $10 in (v.grade_from_id, v.grade_to_id))
                and ($11 or p.retired_at is null)
            order by case when p.owner_id = $15 and p.review_date <= $16 then p.review_date end,
                case when $12 = 'title' then lower(v.title) end, case when $12 = 'changed' then v.changed_at end desc,
                p.number
            limit $13 offset $14"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
            filter.words,
            filter.words.as_deref().map(escape_like),
            filter.words.as_deref().and_then(crate::domain::text::parse_profile_reference),
            filter.unit.map(|unit| unit.0),
            filter.state.map(StateName::word),
            filter.owner.map(|owner| owner.0),
            filter.grade.map(|grade| grade.0),
            filter.retired,
            filter.sort.unwrap_or(ProfileSort::Title).word(),
            page + 1,
            filter.offset,
            filter.work_of.map(|(person, _)| person.0),
            filter.work_of.map(|(_, review_by)| review_by),
        )
        .fetch_all(self.conn())
        .await?;
        let total = rows.first().map_or(0, |row| row.total);
        let rows = rows
            .into_iter()
            .map(|row| {
                let odd = DbError::Inconsistent { table: "version", id: row.number.into(), what: "an unknown state" };
                Ok(ProfileRow {
                    number: row.number,
                    title: row.title,
                    unit: row.unit,
                    owner: row.owner,
                    grade: grade(row.grade_from, row.grade_to),
                    version_number: row.version_number,
                    state: StateName::parse(&row.state).ok_or(odd)?,
                    issued_number: row.issued_number,
                    changed_at: row.changed_at,
                    review_date: row.review_date,
                    retired: row.retired,
                })
            })
            .collect::<Result<Vec<_>, DbError>>()?;
        Ok((rows, total))
    }

    /// Profiles that this person works on, at most [`MOST_WORK`]: those due for review by that day first, then those
    /// with an open version that is theirs.
    pub async fn work_of(&mut self, scope: &Scope, review_by: Date) -> Result<Vec<ProfileRow>, DbError> {
        let filter = ProfileFilter {
            work_of: Some((scope.membership(), review_by)),
            sort: Some(ProfileSort::Changed),
            ..ProfileFilter::default()
        };
        let (mut rows, _) = self.find_profiles(scope, &filter, MOST_WORK).await?;
        rows.truncate(MOST_WORK as usize);
        Ok(rows)
    }

    /// A profile by its number, within the scope, with all its versions, newest first.
    pub async fn profile(
        &mut self,
        scope: &Scope,
        number: i32,
    ) -> Result<Option<(ProfileHead, Option<String>, Vec<VersionRow>)>, DbError> {
        let rows = sqlx::query!(
            r#"select p.id as profile_id, p.number as profile_number, p.unit_id, u.name as unit_name,
                u.manager_id, p.owner_id, member_name(p.owner_id) as "owner!", p.post_numbers, p.review_date,
                p.retired_at, p.retired_reason,
                v.id, v.number, v.title, v.state, v.created_at, member_name(v.created_by) as "creator!",
                member_name(v.approved_by) as approver, v.approved_at, v.issued_at, v.issue_on, v.emergency_reason,
                v.change_note, v.change_kind, v.affects_grade
            from profile p
            join unit u on u.id = p.unit_id
            join version v on v.profile_id = p.id
            where p.employer_id = $1 and p.number = $2 and ($3 or p.unit_id = any($4)
                or exists (select from task t where t.version_id = v.id and t.assigned_to = $5))
            order by v.number desc"#,
            scope.employer().0,
            number,
            scope.whole(),
            scope.units(),
            scope.membership().0,
        )
        .fetch_all(self.conn())
        .await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let head = ProfileHead {
            id: ProfileId(first.profile_id),
            number: first.profile_number,
            unit: UnitId(first.unit_id),
            unit_name: first.unit_name.clone(),
            unit_manager: first.manager_id.map(MembershipId),
            owner: MembershipId(first.owner_id),
            owner_name: first.owner.clone(),
            post_numbers: first.post_numbers.clone(),
            review_date: first.review_date,
            retired_at: first.retired_at,
        };
        let reason = first.retired_reason.clone();
        let versions = rows
            .into_iter()
            .map(|row| {
                let odd = DbError::Inconsistent { table: "version", id: row.id, what: "an unknown state" };
                Ok(VersionRow {
                    id: VersionId(row.id),
                    number: row.number,
                    title: row.title,
                    state: StateName::parse(&row.state).ok_or(odd)?,
                    created_at: row.created_at,
                    creator: row.creator,
                    approver: row.approver,
                    approved_at: row.approved_at,
                    issued_at: row.issued_at,
                    issue_on: row.issue_on,
                    emergency_reason: row.emergency_reason,
                    change_note: row.change_note,
                    change_kind: row.change_kind.as_deref().and_then(ChangeKind::parse),
                    affects_grade: row.affects_grade,
                })
            })
            .collect::<Result<Vec<_>, DbError>>()?;
        Ok(Some((head, reason, versions)))
    }
}

fn grade(from: Option<String>, to: Option<String>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from != to => format!("{from} to {to}"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

/// Words are words, not patterns.
fn escape_like(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

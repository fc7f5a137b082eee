//! Everything in review that somebody may see, and how long those who decide have taken.

use serde::Deserialize;
use time::{Date, OffsetDateTime};

use super::deciders::read;
use super::review_settings::nation_of;
use super::{DbError, TaskKind, Tx};
use crate::domain::ids::{MembershipId, TaskId};
use crate::domain::pace::Takers;
use crate::domain::working_days::Nation;
use crate::policy::Scope;

/// Something in review.
#[derive(Debug, Clone)]
pub struct InReview {
    /// None for a guest, who has a link and no task.
    pub task: Option<TaskId>,
    pub kind: TaskKind,
    pub profile_number: i32,
    pub version_number: i32,
    pub title: String,
    pub unit: String,
    pub assigned_to: Option<MembershipId>,
    pub assignee: String,
    /// Who was asked at first.
    pub instead_of: Option<String>,
    pub sender: String,
    pub since: OffsetDateTime,
    pub due_on: Option<Date>,
    /// Working days from `since`, where no day was set: of guests.
    pub days: Option<u32>,
    pub nation: Nation,
    /// None: no step of a review asks for it.
    pub takers: Option<Takers>,
}

/// One decision, for how long it took.
#[derive(Debug, Clone)]
pub struct Decided {
    /// None: a guest.
    pub who: Option<MembershipId>,
    pub name: String,
    pub kind: TaskKind,
    pub takers: Takers,
    pub given_at: OffsetDateTime,
    pub decided_at: OffsetDateTime,
}

/// What was decided, and by whose calendar that is counted.
#[derive(Debug, Clone)]
pub struct Pace {
    pub nation: Nation,
    pub decided: Vec<Decided>,
}

#[derive(Deserialize)]
struct DecidedRow {
    who: Option<i64>,
    name: String,
    kind: String,
    takers: String,
    #[serde(with = "time::serde::timestamp")]
    given: OffsetDateTime,
    #[serde(with = "time::serde::timestamp")]
    decided: OffsetDateTime,
}

impl Tx {
    /// What is in review in the scope, the oldest first.
    pub async fn in_review(&mut self, scope: &Scope, most: i64) -> Result<Vec<InReview>, DbError> {
        let rows = sqlx::query!(
            r#"with waits as (
                select t.id as task, t.kind, t.version_id, t.assigned_to, member_name(t.assigned_to) as assignee,
                    member_name(t.instead_of) as instead_of, t.created_at as since, t.due_on, null::integer as days,
                    t.id, case when s.id is not null then coalesce(s.role, 'person') end as takers
                from task t left join review_step s on s.id = t.step_id
                where t.employer_id = $1 and t.closed_at is null and t.kind <> 'confirm_advert'
                union all
                select null, s.kind, b.version_id, null, s.guest_name || ' (guest)', null, s.opened_at, null, s.days, s.id, 'guest'
                from review_step s join submission b on b.id = s.submission_id
                where s.employer_id = $1 and s.guest_email <> '' and s.opened_at is not null and s.ended_at is null)
            select w.task, w.kind as "kind!", p.number as profile_number, v.number as version_number, v.title,
                u.name as unit, w.assigned_to, w.assignee as "assignee!", w.instead_of,
                member_name(coalesce(v.submitted_by, v.issued_by, v.created_by)) as "sender!", w.since as "since!", w.due_on,
                w.days, w.takers, (select nation from employer where id = $1) as "nation!"
            from waits w
            join version v on v.id = w.version_id and (w.task is not null or v.state = 'in_review')
            join profile p on p.id = v.profile_id
            join unit u on u.id = p.unit_id
            where $2 or p.unit_id = any($3) or w.assigned_to = $4
            order by w.since, w.id limit $5"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
            scope.membership().0,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        let employer = scope.employer();
        rows.into_iter()
            .map(|row| {
                let id = row.task.unwrap_or_default();
                let odd = DbError::Inconsistent { table: "task", id, what: "an unknown kind" };
                Ok(InReview {
                    task: row.task.map(TaskId),
                    kind: TaskKind::parse(&row.kind).ok_or(odd)?,
                    profile_number: row.profile_number,
                    version_number: row.version_number,
                    title: row.title,
                    unit: row.unit,
                    assigned_to: row.assigned_to.map(MembershipId),
                    assignee: row.assignee,
                    instead_of: row.instead_of,
                    sender: row.sender,
                    since: row.since,
                    due_on: row.due_on,
                    days: row.days.map(i32::unsigned_abs),
                    nation: nation_of(employer, &row.nation)?,
                    takers: row.takers.as_deref().and_then(Takers::parse),
                })
            })
            .collect()
    }

    /// Reviews in the scope that were decided since then, the newest of them where there are many.
    pub async fn pace(&mut self, scope: &Scope, since: OffsetDateTime, most: i64) -> Result<Pace, DbError> {
        let row = sqlx::query!(
            "select e.nation, (select json_agg(d) from (
                select t.assigned_to as who, coalesce(member_name(t.assigned_to), '') as name, t.kind,
                    coalesce(s.role, 'person') as takers, floor(extract(epoch from t.created_at))::bigint as given,
                    floor(extract(epoch from t.closed_at))::bigint as decided
                from task t join version v on v.id = t.version_id join profile p on p.id = v.profile_id
                join review_step s on s.id = t.step_id
                where t.employer_id = $1 and t.outcome in ('approved', 'done', 'changes_requested')
                    and t.closed_at >= $5 and ($2 or p.unit_id = any($3) or t.assigned_to = $4)
                union all
                select null, s.guest_name, s.kind, 'guest', floor(extract(epoch from s.opened_at))::bigint,
                    floor(extract(epoch from s.ended_at))::bigint
                from review_step s join submission b on b.id = s.submission_id join version v on v.id = b.version_id
                join profile p on p.id = v.profile_id
                where s.employer_id = $1 and s.guest_email <> '' and s.opened_at is not null
                    and s.ended_as in ('done', 'changes_requested') and s.ended_at >= $5 and ($2 or p.unit_id = any($3))
                order by decided desc limit $6) d) as decided
            from employer e where e.id = $1",
            scope.employer().0,
            scope.whole(),
            scope.units(),
            scope.membership().0,
            since,
            most,
        )
        .fetch_one(self.conn())
        .await?;
        let decided: Vec<DecidedRow> = read(row.decided)?;
        let odd = || DbError::Inconsistent { table: "review_step", id: 0, what: "an unknown kind" };
        let named = |row: DecidedRow| {
            Ok(Decided {
                who: row.who.map(MembershipId),
                name: row.name,
                kind: TaskKind::parse(&row.kind).ok_or_else(odd)?,
                takers: Takers::parse(&row.takers).ok_or_else(odd)?,
                given_at: row.given,
                decided_at: row.decided,
            })
        };
        Ok(Pace {
            nation: nation_of(scope.employer(), &row.nation)?,
            decided: decided.into_iter().map(named).collect::<Result<_, DbError>>()?,
        })
    }
}

//! Everything in review that somebody may see, and how long those who decide have taken.

use serde::Deserialize;
use time::{Date, OffsetDateTime};

use super::deciders::read;
use super::review_settings::nation_of;
use super::{DbError, TaskKind, Tx};
use crate::domain::ids::{MembershipId, TaskId};
use crate::domain::working_days::Nation;
use crate::policy::Scope;

/// Something in review.
#[derive(Debug, Clone)]
pub struct InReview {
    pub task: TaskId,
    pub kind: TaskKind,
    pub profile_number: i32,
    pub version_number: i32,
    pub title: String,
    pub unit: String,
    pub assigned_to: MembershipId,
    pub assignee: String,
    /// Who was asked at first.
    pub instead_of: Option<String>,
    pub sender: String,
    pub since: OffsetDateTime,
    pub due_on: Option<Date>,
}

/// One decision, for how long it took.
#[derive(Debug, Clone)]
pub struct Decided {
    pub who: MembershipId,
    pub name: String,
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
    who: i64,
    name: String,
    #[serde(with = "time::serde::timestamp")]
    given: OffsetDateTime,
    #[serde(with = "time::serde::timestamp")]
    decided: OffsetDateTime,
}

impl Tx {
    /// What is in review in the scope, the oldest first.
    pub async fn in_review(&mut self, scope: &Scope, most: i64) -> Result<Vec<InReview>, DbError> {
        let rows = sqlx::query!(
            r#"select t.id, t.kind, p.number as profile_number, v.number as version_number, v.title, u.name as unit,
                t.assigned_to, member_name(t.assigned_to) as "assignee!", member_name(t.instead_of) as instead_of,
                member_name(coalesce(v.submitted_by, v.issued_by, v.created_by)) as "sender!", t.created_at, t.due_on
            from task t
            join version v on v.id = t.version_id
            join profile p on p.id = v.profile_id
            join unit u on u.id = p.unit_id
            where t.employer_id = $1 and t.closed_at is null and t.kind <> 'confirm_advert'
                and ($2 or p.unit_id = any($3) or t.assigned_to = $4)
            order by t.created_at, t.id limit $5"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
            scope.membership().0,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let odd = DbError::Inconsistent { table: "task", id: row.id, what: "an unknown kind" };
                Ok(InReview {
                    task: TaskId(row.id),
                    kind: TaskKind::parse(&row.kind).ok_or(odd)?,
                    profile_number: row.profile_number,
                    version_number: row.version_number,
                    title: row.title,
                    unit: row.unit,
                    assigned_to: MembershipId(row.assigned_to),
                    assignee: row.assignee,
                    instead_of: row.instead_of,
                    sender: row.sender,
                    since: row.created_at,
                    due_on: row.due_on,
                })
            })
            .collect()
    }

    /// Reviews in the scope that were decided since then, the newest of them where there are many.
    pub async fn pace(&mut self, scope: &Scope, since: OffsetDateTime, most: i64) -> Result<Pace, DbError> {
        let row = sqlx::query!(
            "select e.nation, (select json_agg(d) from (
                select t.assigned_to as who, member_name(t.assigned_to) as name,
                    floor(extract(epoch from t.created_at))::bigint as given,
                    floor(extract(epoch from t.closed_at))::bigint as decided
                from task t join version v on v.id = t.version_id join profile p on p.id = v.profile_id
                where t.employer_id = $1 and t.step_id is not null and t.outcome in ('approved', 'done', 'changes_requested')
                    and t.closed_at >= $5 and ($2 or p.unit_id = any($3) or t.assigned_to = $4)
                order by t.closed_at desc limit $6) d) as decided
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
        let named = |row: DecidedRow| Decided {
            who: MembershipId(row.who),
            name: row.name,
            given_at: row.given,
            decided_at: row.decided,
        };
        Ok(Pace {
            nation: nation_of(scope.employer(), &row.nation)?,
            decided: decided.into_iter().map(named).collect(),
        })
    }
}

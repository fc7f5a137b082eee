//! Passing tasks on: from somebody who is away, leaves or should not decide, to somebody who does.

use serde::Deserialize;
use time::Date;

use super::deciders::{AbsenceRow, read};
use super::error::exactly_one;
use super::review_settings::nation_of;
use super::{DbError, NamedAbsence, Task, TaskKind, Tx};
use crate::domain::away::{Absence, Decider, Known, decider};
use crate::domain::ids::{AdvertId, EmployerId, MembershipId, ProfileId, TaskId, UnitId};
use crate::domain::text::profile_reference;
use crate::domain::working_days::Nation;
use crate::policy::{Act, Granted, Subject, act};

/// Somebody who may decide on a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: MembershipId,
    pub name: String,
    pub away_until: Option<Date>,
}

/// An open task of somebody who is away today.
#[derive(Debug, Clone)]
pub struct TaskOfAbsent {
    pub task: TaskId,
    pub kind: TaskKind,
    pub advert: Option<AdvertId>,
    pub employer: EmployerId,
    pub slug: String,
    pub nation: Nation,
    pub unit: UnitId,
    pub profile: ProfileId,
    pub name: String,
    pub title: String,
    pub due_on: Option<Date>,
    /// The largest changes, each in a line.
    pub largest: Vec<String>,
    pub assigned_to: MembershipId,
    pub assignee: String,
    pub absence: i64,
    pub last_day: Date,
    pub managers: Vec<(MembershipId, String)>,
    pub had_a_hand: Vec<MembershipId>,
    pub away: Vec<NamedAbsence>,
}

impl TaskOfAbsent {
    pub fn decider(&self, today: Date) -> Decider {
        let absences: Vec<Absence> = self.away.iter().map(|one| one.absence.clone()).collect();
        let may_decide: Vec<MembershipId> = self.managers.iter().map(|(id, _)| *id).collect();
        let known = Known { absences: &absences, may_decide: &may_decide, had_a_hand: &self.had_a_hand };
        decider(self.assigned_to, today, known)
    }

    pub fn name_of(&self, who: MembershipId) -> String {
        let manager = self.managers.iter().find(|(id, _)| *id == who).map(|(_, name)| name.clone());
        let absent = || self.away.iter().find(|one| one.absence.who == who).map(|one| one.name.clone());
        let named = |one: &&NamedAbsence| one.absence.delegate == Some(who);
        let delegate = || self.away.iter().find(named).and_then(|one| one.delegate_name.clone());
        manager.or_else(absent).or_else(delegate).unwrap_or_else(|| "Somebody".to_owned())
    }

    pub fn subject(&self) -> Subject<TaskId> {
        Subject {
            id: self.task,
            employer: Some(self.employer),
            unit: Some(self.unit),
            person: None,
            profile: Some(self.profile),
            name: self.name.clone(),
        }
    }
}

#[derive(Deserialize)]
struct NamedRow {
    id: i64,
    name: String,
}

impl Tx {
    /// What lies with somebody who is away, in every employer; what nobody could take so far comes last.
    pub async fn tasks_of_absent(&mut self, today: Date, most: i64) -> Result<Vec<TaskOfAbsent>, DbError> {
        let rows = sqlx::query!(
            r#"select t.id, t.kind, t.advert_id, t.employer_id, e.slug, e.nation, p.unit_id, p.id as profile_id, p.number,
                v.number as version_number, v.title, t.due_on, t.assigned_to, member_name(t.assigned_to) as "assignee!",
                (select b.largest from submission b where b.id = t.submission_id) as largest,
                a.id as absence_id, a.last_day,
                (select json_agg(json_build_object('id', m.membership_id, 'name', m.name) order by m.name, m.membership_id)
                    from managers_of_task(t.id) m) as managers,
                (select json_agg(h.membership_id) from had_a_hand(t.id) h where h.membership_id is not null) as had_a_hand,
                (select json_agg(json_build_object('who', o.membership_id, 'name', member_name(o.membership_id),
                        'first_day', o.first_day, 'last_day', o.last_day, 'delegate', o.delegate_id,
                        'delegate_name', member_name(o.delegate_id)))
                    from absence o where o.employer_id = t.employer_id and o.ended_at is null
                        and $1 between o.first_day and o.last_day) as away
            from task t
            join absence a on a.employer_id = t.employer_id and a.membership_id = t.assigned_to and a.ended_at is null
                and $1 between a.first_day and a.last_day
            join employer e on e.id = t.employer_id
            join version v on v.id = t.version_id
            join profile p on p.id = v.profile_id
            left join task_reminder r on r.task_id = t.id and r.kind = 'stuck' and r.step = a.id
            where t.closed_at is null
            order by r.task_id is not null, t.id limit $2"#,
            today,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let employer = EmployerId(row.employer_id);
                let odd = DbError::Inconsistent { table: "task", id: row.id, what: "an unknown kind" };
                let (managers, away): (Vec<NamedRow>, Vec<AbsenceRow>) = (read(row.managers)?, read(row.away)?);
                let had_a_hand: Vec<i64> = read(row.had_a_hand)?;
                Ok(TaskOfAbsent {
                    task: TaskId(row.id),
                    kind: TaskKind::parse(&row.kind).ok_or(odd)?,
                    advert: row.advert_id.map(AdvertId),
                    employer,
                    slug: row.slug,
                    nation: nation_of(employer, &row.nation)?,
                    unit: UnitId(row.unit_id),
                    profile: ProfileId(row.profile_id),
                    name: format!("{} version {}", profile_reference(row.number), row.version_number),
                    title: row.title,
                    due_on: row.due_on,
                    largest: row.largest.unwrap_or_default(),
                    assigned_to: MembershipId(row.assigned_to),
                    assignee: row.assignee,
                    absence: row.absence_id,
                    last_day: row.last_day,
                    managers: managers.into_iter().map(|row| (MembershipId(row.id), row.name)).collect(),
                    had_a_hand: had_a_hand.into_iter().map(MembershipId).collect(),
                    away: away.into_iter().map(AbsenceRow::read).collect::<Result<_, _>>()?,
                })
            })
            .collect()
    }

    /// Who may decide on a task: managers of its unit who had no hand in it, those who are there first.
    pub async fn candidates(&mut self, task: TaskId, today: Date) -> Result<Vec<Candidate>, DbError> {
        let rows = sqlx::query!(
            r#"select m.membership_id as "id!", m.name as "name!", (select a.last_day from absence a
                    where a.membership_id = m.membership_id and a.ended_at is null
                        and $2 between a.first_day and a.last_day) as away_until
            from managers_of_task($1) m
            where not exists (select from had_a_hand($1) h where h.membership_id = m.membership_id)
            order by 3 is not null, m.name, m.membership_id"#,
            task.0,
            today,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| Candidate { id: MembershipId(row.id), name: row.name, away_until: row.away_until })
            .collect())
    }

    /// Gives the task of somebody who is away to whoever decides instead.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it is no longer theirs, was closed, or the absence was ended.
    pub async fn hand_over_task(
        &mut self,
        granted: &Granted<act::HandOverTask>,
        task: &TaskOfAbsent,
        (to, to_name): (MembershipId, &str),
        because: &str,
    ) -> Result<(), DbError> {
        sqlx::query_scalar!("select id from absence where id = $1 and ended_at is null for share", task.absence)
            .fetch_optional(self.conn())
            .await?
            .ok_or(DbError::Stale)?;
        self.pass_task(granted, (task.assigned_to, &task.assignee), (to, to_name), because).await
    }

    /// Whoever was asked gives it to somebody else.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it is no longer theirs, or was closed.
    pub async fn pass_task_on(
        &mut self,
        granted: &Granted<act::PassTaskOn>,
        task: &Task,
        to: (MembershipId, &str),
        because: &str,
    ) -> Result<(), DbError> {
        self.pass_task(granted, (task.assigned_to, &task.assignee), to, because).await
    }

    /// The one place that puts a task from one person to another. Whoever was asked at first stays named.
    pub(super) async fn pass_task<A: Act<Id = TaskId>>(
        &mut self,
        granted: &Granted<A>,
        (from, from_name): (MembershipId, &str),
        (to, to_name): (MembershipId, &str),
        because: &str,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update task set assigned_to = $3, instead_of = nullif(coalesce(instead_of, assigned_to), $3),
                passed_because = $4
            where id = $1 and assigned_to = $2 and closed_at is null",
            granted.id().0,
            from.0,
            to.0,
            because,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("from", from_name), ("to", to_name), ("reason", because)]).await
    }

    /// Notes that administrators hear of a task: says whether it is the first time, under that kind and step.
    pub async fn escalate_task(
        &mut self,
        granted: &Granted<act::EscalateTask>,
        (kind, step): (&str, i64),
        why: &str,
    ) -> Result<bool, DbError> {
        let first = self.first_reminder(granted.id(), (kind, step), granted.at()).await?;
        if first {
            self.record(granted, &[("reason", why)]).await?;
        }
        Ok(first)
    }

    /// Says whether nobody was told of the task under that kind and step before.
    pub async fn first_reminder(
        &mut self,
        task: TaskId,
        (kind, step): (&str, i64),
        now: time::OffsetDateTime,
    ) -> Result<bool, DbError> {
        let done = sqlx::query!(
            "insert into task_reminder (employer_id, task_id, kind, step, created_at)
            select employer_id, id, $2, $3, $4 from task where id = $1 and closed_at is null on conflict do nothing",
            task.0,
            kind,
            step,
            now,
        )
        .execute(self.conn())
        .await?;
        self.note_cause(format!("Reminder ({kind})"));
        Ok(done.rows_affected() == 1)
    }
}

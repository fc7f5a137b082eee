//! What is to be decided soon or should have been: all that the job of reminders looks at.

use time::{Date, OffsetDateTime};

use super::review_settings::settings;
use super::{DbError, ReviewSettings, Tx};
use crate::clock::london_date;
use crate::domain::ids::{EmployerId, MembershipId, ProfileId, TaskId, UnitId};
use crate::domain::text::profile_reference;
use crate::policy::Subject;

/// An open task that is due soon or late.
#[derive(Debug, Clone)]
pub struct DueTask {
    pub task: TaskId,
    pub employer: EmployerId,
    pub slug: String,
    pub settings: ReviewSettings,
    pub unit: UnitId,
    pub profile: ProfileId,
    pub name: String,
    pub title: String,
    pub due_on: Date,
    pub given_at: OffsetDateTime,
    pub assigned_to: MembershipId,
    pub assignee: String,
    /// The largest changes, each in a line.
    pub largest: Vec<String>,
    /// What was said already, as kind and step.
    pub said: Vec<String>,
}

impl DueTask {
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

impl Tx {
    /// Reviews due up to that day, in every employer, by their ids after `after`.
    pub async fn due_tasks(&mut self, until: Date, after: TaskId, most: i64) -> Result<Vec<DueTask>, DbError> {
        let rows = sqlx::query!(
            r#"select t.id, t.employer_id, e.slug, e.nation, e.review_days, e.escalate_after, p.unit_id, p.id as profile_id,
                p.number, v.number as version_number, v.title, t.due_on as "due_on!", t.created_at, t.assigned_to,
                member_name(t.assigned_to) as "assignee!",
                (select b.largest from submission b where b.id = t.submission_id) as largest,
                (select coalesce(array_agg(r.kind || ' ' || r.step), '{}') from task_reminder r
                    where r.task_id = t.id) as "said!"
            from task t
            join employer e on e.id = t.employer_id
            join version v on v.id = t.version_id
            join profile p on p.id = v.profile_id
            where t.closed_at is null and t.kind <> 'confirm_advert' and t.due_on <= $1 and t.id > $2
            order by t.id limit $3"#,
            until,
            after.0,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let employer = EmployerId(row.employer_id);
                Ok(DueTask {
                    task: TaskId(row.id),
                    employer,
                    slug: row.slug,
                    settings: settings(employer, &row.nation, row.review_days, row.escalate_after)?,
                    unit: UnitId(row.unit_id),
                    profile: ProfileId(row.profile_id),
                    name: format!("{} version {}", profile_reference(row.number), row.version_number),
                    title: row.title,
                    due_on: row.due_on,
                    given_at: row.created_at,
                    assigned_to: MembershipId(row.assigned_to),
                    assignee: row.assignee,
                    largest: row.largest.unwrap_or_default(),
                    said: row.said,
                })
            })
            .collect()
    }

    /// Reviews that were given without a day get the one that they would have had: those after an emergency.
    pub async fn set_missing_days(
        &mut self,
        day: impl Fn(ReviewSettings, Date) -> Date,
        most: i64,
    ) -> Result<usize, DbError> {
        let rows = sqlx::query!(
            "select t.id, t.employer_id, t.created_at, e.nation, e.review_days, e.escalate_after
            from task t join employer e on e.id = t.employer_id
            where t.closed_at is null and t.due_on is null and t.kind <> 'confirm_advert'
            order by t.id limit $1 for update of t skip locked",
            most,
        )
        .fetch_all(self.conn())
        .await?;
        let mut ids = Vec::with_capacity(rows.len());
        let mut days = Vec::with_capacity(rows.len());
        for row in rows {
            let settings = settings(EmployerId(row.employer_id), &row.nation, row.review_days, row.escalate_after)?;
            ids.push(row.id);
            days.push(day(settings, london_date(row.created_at)));
        }
        sqlx::query!(
            "update task set due_on = given.day from unnest($1::bigint[], $2::date[]) as given (id, day) where task.id = given.id",
            &ids,
            &days,
        )
        .execute(self.conn())
        .await?;
        Ok(ids.len())
    }
}

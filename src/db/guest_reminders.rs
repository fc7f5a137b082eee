//! Guests who are still to answer: all that the job of reminders looks at, and what it says to them.

use time::OffsetDateTime;

use super::review_settings::settings;
use super::{DbError, ReviewSettings, Tx};
use crate::domain::ids::{EmployerId, ProfileId, UnitId, VersionId};
use crate::domain::route::{StepId, StepKind};
use crate::domain::text::profile_reference;
use crate::policy::{Granted, Subject, act};

/// A step that waits for somebody without an account.
#[derive(Debug, Clone)]
pub struct GuestStep {
    pub step: StepId,
    pub kind: StepKind,
    pub employer: EmployerId,
    pub employer_name: String,
    pub slug: String,
    pub settings: ReviewSettings,
    pub name: String,
    pub email: String,
    pub title: String,
    pub version: VersionId,
    pub profile: ProfileId,
    pub unit: UnitId,
    pub profile_number: i32,
    pub version_number: i32,
    /// Working days that they have from `opened_at`.
    pub days: u32,
    pub opened_at: OffsetDateTime,
    /// The link that they can still use, with its last instant; none where it was taken back or has expired.
    pub link: Option<(i64, OffsetDateTime)>,
    /// The largest changes, each in a line.
    pub largest: Vec<String>,
    /// What was said already, as kind and step.
    pub said: Vec<String>,
}

impl GuestStep {
    pub fn subject(&self) -> Subject<VersionId> {
        Subject {
            id: self.version,
            employer: Some(self.employer),
            unit: Some(self.unit),
            person: None,
            profile: Some(self.profile),
            name: format!("{} version {}", profile_reference(self.profile_number), self.version_number),
        }
    }
}

impl Tx {
    /// Steps that wait for guests, in every employer, by their ids after `after`.
    pub async fn guest_steps(
        &mut self,
        after: StepId,
        most: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<GuestStep>, DbError> {
        let rows = sqlx::query!(
            r#"select s.id, s.kind, s.employer_id, e.name as employer_name, e.slug, e.nation, e.review_days, e.escalate_after,
                s.guest_name, s.guest_email, v.title, p.number as profile_number, v.number as version_number, s.days,
                s.opened_at as "opened_at!", l.id as "link?", l.expires_at as "expires_at?",
                b.largest, v.profile_id, p.unit_id, v.id as version_id,
                (select coalesce(array_agg(r.kind || ' ' || r.step), '{}') from guest_reminder r
                    where r.step_id = s.id) as "said!"
            from review_step s
            join submission b on b.id = s.submission_id
            join version v on v.id = b.version_id and v.state = 'in_review'
            join profile p on p.id = v.profile_id
            join employer e on e.id = s.employer_id
            left join guest_link l on l.step_id = s.id and l.revoked_at is null and l.expires_at > $3
            where s.guest_email <> '' and s.opened_at is not null and s.ended_at is null and s.id > $1
            order by s.id limit $2"#,
            after.0,
            most,
            now,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let odd = DbError::Inconsistent { table: "review_step", id: row.id, what: "an unknown kind" };
                let employer = EmployerId(row.employer_id);
                Ok(GuestStep {
                    step: StepId(row.id),
                    kind: StepKind::parse(&row.kind).ok_or(odd)?,
                    employer,
                    employer_name: row.employer_name,
                    slug: row.slug,
                    settings: settings(employer, &row.nation, row.review_days, row.escalate_after)?,
                    name: row.guest_name,
                    email: row.guest_email,
                    title: row.title,
                    version: VersionId(row.version_id),
                    profile: ProfileId(row.profile_id),
                    unit: UnitId(row.unit_id),
                    profile_number: row.profile_number,
                    version_number: row.version_number,
                    days: row.days.unsigned_abs(),
                    opened_at: row.opened_at,
                    link: row.link.zip(row.expires_at),
                    largest: row.largest,
                    said: row.said,
                })
            })
            .collect()
    }

    /// Says whether nobody was told of the step under that kind and number before.
    pub async fn first_guest_reminder(
        &mut self,
        step: StepId,
        (kind, number): (&str, i64),
        now: OffsetDateTime,
    ) -> Result<bool, DbError> {
        let done = sqlx::query!(
            "insert into guest_reminder (employer_id, step_id, kind, step, created_at)
            select employer_id, id, $2, $3, $4 from review_step where id = $1 and ended_at is null on conflict do nothing",
            step.0,
            kind,
            number,
            now,
        )
        .execute(self.conn())
        .await?;
        self.note_cause(format!("Reminder ({kind})"));
        Ok(done.rows_affected() == 1)
    }

    /// Notes that administrators hear of a guest who has not answered: says whether it is the first time, under that number.
    pub async fn escalate_guest(
        &mut self,
        granted: &Granted<act::EscalateGuest>,
        step: &GuestStep,
        number: i64,
        why: &str,
    ) -> Result<bool, DbError> {
        let first = self.first_guest_reminder(step.step, ("escalated", number), granted.at()).await?;
        if first {
            self.record(granted, &[("guest", &step.name), ("reason", why)]).await?;
        }
        Ok(first)
    }

    /// Another secret that leads to a link: of those before only hashes are kept, so that none can be sent again.
    pub async fn add_guest_secret(
        &mut self,
        link: i64,
        token_hash: &[u8; 32],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into guest_link_secret (employer_id, link_id, token_hash, created_at)
            select employer_id, id, $2, $3 from guest_link where id = $1",
            link,
            &token_hash[..],
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

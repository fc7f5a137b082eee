//! Mail that is to leave: written in the transaction that causes it, sent by a job afterwards.

use time::{Duration, OffsetDateTime};

use super::review_settings::nation_of;
use super::{DbError, Tx};
use crate::domain::ids::EmployerId;
use crate::domain::mail_times::{MailTimes, Quiet};
use crate::domain::working_days::Nation;

/// A message for one person. Plain text: every reader shows it, and nothing in it can be hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// A message waiting to be sent, or sent.
#[derive(Debug, Clone)]
pub struct Queued {
    pub id: i64,
    pub message: Message,
    pub tries: i32,
    pub created_at: OffsetDateTime,
    /// Whom an answer reaches; else nobody.
    pub reply_to: Option<String>,
    /// What its reader wants, where that counts for it and anything was said.
    pub wants: Option<Wants>,
}

/// When a reader wants mail about work, and whose days off count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wants {
    pub times: MailTimes,
    pub nation: Nation,
}

/// After this many failures a message stays where it is, with its last error, for a person to look at.
pub const MOST_TRIES: i32 = 12;

impl Tx {
    pub async fn queue(&mut self, message: &Message, now: OffsetDateTime) -> Result<(), DbError> {
        self.queue_whole((None, None), message, now).await
    }

    /// The same; an answer to it goes to that address.
    pub async fn queue_answered(
        &mut self,
        message: &Message,
        reply_to: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        self.queue_whole((None, reply_to), message, now).await
    }

    /// The same about that employer's work.
    pub async fn queue_about(
        &mut self,
        employer: Option<EmployerId>,
        message: &Message,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        self.queue_whole((employer, None), message, now).await
    }

    /// Where no employer is named, mail to somebody on a staff is in the queue of the employer where they were first, so
    /// that its administrators see whether it arrived; mail to others is in nobody's.
    async fn queue_whole(
        &mut self,
        (employer, reply_to): (Option<EmployerId>, Option<&str>),
        message: &Message,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        let cause = self.cause();
        sqlx::query!(
            "insert into outbox (to_email, subject, body, created_at, due_at, employer_id, cause, reply_to)
            select $1, $2, $3, $4, $4, coalesce($6, (select m.employer_id from membership m
                    join person p on p.id = m.person_id where p.email = $1 and m.deactivated_at is null
                    order by m.id limit 1)), coalesce(nullif($5, ''), 'About an account'), $7",
            message.to,
            message.subject,
            message.body,
            now,
            cause,
            employer.map(|employer| employer.0),
            reply_to,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The next message to send, locked for this transaction so that several servers share the work.
    pub async fn next_message(&mut self, now: OffsetDateTime) -> Result<Option<Queued>, DbError> {
        let row = sqlx::query!(
            r#"select o.id, o.to_email, o.subject, o.body, o.tries, o.created_at, o.reply_to, o.employer_id,
                w.digest_hour as "digest_hour?", w.quiet_from as "quiet_from?", w.quiet_until as "quiet_until?",
                w.changed_at is not null as "wants!", (select nation from employer where id = o.employer_id) as nation
            from outbox o
            left join (person p join mail_preference w on w.person_id = p.id) on p.email = o.to_email and o.waits = 'ask'
            where o.sent_at is null and o.due_at <= $1 and o.tries < $2 and o.waits <> 'digest'
            order by o.due_at, o.id limit 1 for update of o skip locked"#,
            now,
            MOST_TRIES,
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let hour = |hour: Option<i32>| hour.and_then(|hour| u8::try_from(hour).ok());
        let quiet = hour(row.quiet_from).zip(hour(row.quiet_until)).map(|(from, until)| Quiet { from, until });
        let wants = match (row.wants, row.employer_id, row.nation) {
            (true, Some(employer), Some(nation)) => {
                let times = MailTimes { digest: hour(row.digest_hour), quiet };
                Some(Wants { times, nation: nation_of(EmployerId(employer), &nation)? })
            }
            (true | false, _, _) => None,
        };
        Ok(Some(Queued {
            id: row.id,
            message: Message { to: row.to_email, subject: row.subject, body: row.body },
            tries: row.tries,
            created_at: row.created_at,
            reply_to: row.reply_to,
            wants,
        }))
    }

    /// Once a message has left, its text goes unless it is to be kept, as it left: it can hold a link that opens an account.
    pub async fn message_sent(&mut self, id: i64, now: OffsetDateTime, kept: Option<&str>) -> Result<(), DbError> {
        sqlx::query!(
            "with arrived as (update person set mail_refused_at = null, mail_refused_because = null
                where mail_refused_at is not null and email = (select to_email from outbox where id = $1))
            update outbox set sent_at = $2, last_error = null, body = coalesce($3, ''),
                reply_to = case when $3::text is not null then reply_to end where id = $1",
            id,
            now,
            kept,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Tries again later, each time twice as much later, up to 17 hours: about 34 in all.
    pub async fn message_failed(&mut self, queued: &Queued, error: &str, now: OffsetDateTime) -> Result<(), DbError> {
        let minutes = 1i64 << queued.tries.clamp(0, 10);
        sqlx::query!(
            "update outbox set tries = tries + 1, last_error = $2, due_at = $3 where id = $1",
            queued.id,
            error,
            now + Duration::minutes(minutes),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The newest messages, sent or not: shown on a page of the demonstration alone.
    pub async fn newest_messages(&mut self, most: i64) -> Result<Vec<Queued>, DbError> {
        let rows = sqlx::query!(
            "select id, to_email, subject, body, tries, created_at, reply_to from outbox order by id desc limit $1",
            most
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| Queued {
                id: row.id,
                message: Message { to: row.to_email, subject: row.subject, body: row.body },
                tries: row.tries,
                created_at: row.created_at,
                reply_to: row.reply_to,
                wants: None,
            })
            .collect())
    }
}

impl Tx {
    /// Queues a message for a member of staff; one who was deactivated gets none. It leaves when they want it.
    pub async fn queue_to_member(
        &mut self,
        message: &crate::mail::review::ToMember,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        self.queue_for_member(message, "ask", now).await
    }

    /// The same with what can't wait for a digest or for the end of quiet hours.
    pub async fn queue_urgently(
        &mut self,
        message: &crate::mail::review::ToMember,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        self.queue_for_member(message, "no", now).await
    }

    async fn queue_for_member(
        &mut self,
        message: &crate::mail::review::ToMember,
        waits: &str,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        let cause = self.cause();
        sqlx::query!(
            "insert into outbox (to_email, subject, body, created_at, due_at, employer_id, cause, waits)
            select p.email, $2, $3, $4, $4, m.employer_id, $5, $6 from membership m join person p on p.id = m.person_id
            where m.id = $1 and m.deactivated_at is null and m.joined_at is not null and p.deactivated_at is null",
            message.to.0,
            message.subject,
            message.body,
            now,
            cause,
            waits,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Tx {
    /// Queues a message, as subject and text, for every active administrator of the employer.
    pub async fn queue_to_admins(
        &mut self,
        employer: EmployerId,
        (subject, body): (&str, &str),
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        let cause = self.cause();
        sqlx::query!(
            "insert into outbox (to_email, subject, body, created_at, due_at, employer_id, cause, waits)
            select p.email, $2, $3, $4, $4, m.employer_id, $5, 'ask' from membership m
            join person p on p.id = m.person_id and p.deactivated_at is null
            where m.employer_id = $1 and m.deactivated_at is null and m.joined_at is not null
                and exists (select from membership_role r
                    where r.employer_id = m.employer_id and r.membership_id = m.id and r.role = 'admin')",
            employer.0,
            subject,
            body,
            now,
            cause,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Tx {
    /// Queues several messages for members of staff at once.
    pub async fn queue_to_members(
        &mut self,
        messages: &[crate::mail::review::ToMember],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        let cause = self.cause();
        let to: Vec<i64> = messages.iter().map(|message| message.to.0).collect();
        let subjects: Vec<String> = messages.iter().map(|message| message.subject.clone()).collect();
        let bodies: Vec<String> = messages.iter().map(|message| message.body.clone()).collect();
        sqlx::query!(
            "insert into outbox (to_email, subject, body, created_at, due_at, employer_id, cause, waits)
            select p.email, said.subject, said.body, $4, $4, m.employer_id, $5, 'ask'
            from unnest($1::bigint[], $2::text[], $3::text[]) with ordinality as said (member, subject, body, place)
            join membership m on m.id = said.member join person p on p.id = m.person_id
            where m.deactivated_at is null and m.joined_at is not null and p.deactivated_at is null
            order by said.place",
            &to,
            &subjects,
            &bodies,
            now,
            cause,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

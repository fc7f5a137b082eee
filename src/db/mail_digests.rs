//! Messages that wait to be told in one: finding whose digest is due, and writing it with what it tells, once.

use time::OffsetDateTime;

use super::{DbError, Message, Tx};
use crate::domain::ids::{EmployerId, PersonId};

/// Somebody whose digest is due, for one employer.
#[derive(Debug, Clone)]
pub struct DigestReader {
    pub employer: EmployerId,
    pub slug: String,
    pub person: PersonId,
    pub email: String,
}

/// A message that a digest tells.
#[derive(Debug, Clone)]
pub struct Told {
    pub id: i64,
    pub subject: String,
    pub body: String,
}

/// A digest as it is to be written.
#[derive(Debug, Clone)]
pub struct Digest {
    pub message: Message,
    /// Why it is written, for administrators.
    pub cause: String,
    /// Of two servers that write it, one does.
    pub key: String,
}

impl Tx {
    /// Puts a message off: until that instant by itself, or until then for a digest. It is no try.
    pub async fn put_off(&mut self, id: i64, until: OffsetDateTime, in_digest: bool) -> Result<(), DbError> {
        sqlx::query!(
            "update outbox set due_at = $2, waits = case when $3 then 'digest' else 'ask' end where id = $1",
            id,
            until,
            in_digest,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Whose digest is due.
    pub async fn digests_due(&mut self, now: OffsetDateTime, most: i64) -> Result<Vec<DigestReader>, DbError> {
        let rows = sqlx::query!(
            "select distinct o.employer_id as \"employer_id!\", e.slug, p.id as person_id, p.email
            from outbox o join person p on p.email = o.to_email join employer e on e.id = o.employer_id
            where o.sent_at is null and o.waits = 'digest' and o.due_at <= $1 order by 1, 3 limit $2",
            now,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        let reader = |employer, slug, person, email| DigestReader {
            employer: EmployerId(employer),
            slug,
            person: PersonId(person),
            email,
        };
        Ok(rows.into_iter().map(|row| reader(row.employer_id, row.slug, row.person_id, row.email)).collect())
    }

    /// What somebody's digest tells, in the order in which it happened, kept from other servers until this transaction
    /// ends; none where another has it.
    pub async fn hold_digest(&mut self, reader: &DigestReader, now: OffsetDateTime) -> Result<Vec<Told>, DbError> {
        let name = format!("digest {} {}", reader.employer, reader.person);
        let mine = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as "mine!""#, name)
            .fetch_one(self.conn())
            .await?;
        if !mine {
            return Ok(Vec::new());
        }
        let rows = sqlx::query!(
            "select id, subject, body from outbox
            where employer_id = $1 and to_email = $2 and sent_at is null and waits = 'digest' and due_at <= $3
            order by id for update",
            reader.employer.0,
            reader.email,
            now,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| Told { id: row.id, subject: row.subject, body: row.body }).collect())
    }

    /// Writes a digest, and closes what it tells; a second one with the same key writes nothing.
    pub async fn write_digest(
        &mut self,
        reader: &DigestReader,
        digest: &Digest,
        told: &[Told],
        now: OffsetDateTime,
    ) -> Result<bool, DbError> {
        let ids: Vec<i64> = told.iter().map(|one| one.id).collect();
        let done = sqlx::query!(
            "with written as (
                insert into outbox (to_email, subject, body, created_at, due_at, employer_id, cause, key)
                values ($1, $2, $3, $4, $4, $5, $6, $7) on conflict (key) do nothing returning id)
            update outbox o set sent_at = $4, body = '', reply_to = null, told_in = written.id
            from written where o.id = any($8)",
            digest.message.to,
            digest.message.subject,
            digest.message.body,
            now,
            reader.employer.0,
            digest.cause,
            digest.key,
            &ids,
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

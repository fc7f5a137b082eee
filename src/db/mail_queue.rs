//! The mail of one employer as its administrators see it: what left, what waits, what was given up.

use time::OffsetDateTime;

use super::{DbError, MOST_TRIES, Queued, Tx};
use crate::domain::ids::EmployerId;
use crate::domain::worded::worded;
use crate::policy::{Granted, Scope, act};

worded! {
    MailShown {
        All = "all", "All";
        Waiting = "waiting", "Waiting";
        GivenUp = "given_up", "Given up";
    }
}

/// A message about the employer's work. Its text is its reader's alone.
#[derive(Debug, Clone)]
pub struct MailRow {
    pub id: i64,
    /// The name of the person, where the address is theirs.
    pub name: Option<String>,
    pub email: String,
    pub subject: String,
    pub cause: String,
    pub created_at: OffsetDateTime,
    pub due_at: OffsetDateTime,
    pub tries: i32,
    pub sent_at: Option<OffsetDateTime>,
    pub last_error: Option<String>,
    /// Its text is still there to be sent.
    pub has_text: bool,
    /// It was told with others, in one message that followed.
    pub is_told: bool,
}

impl MailRow {
    pub fn given_up(&self) -> bool {
        self.sent_at.is_none() && self.tries >= MOST_TRIES
    }
}

impl Tx {
    /// Newest first, one page and one more; `before` is the last of the page before.
    pub async fn mail_of(
        &mut self,
        scope: &Scope,
        shown: MailShown,
        before: Option<i64>,
        page: i64,
    ) -> Result<Vec<MailRow>, DbError> {
        let rows = sqlx::query!(
            r#"select o.id, (select p.name from person p where p.email = o.to_email) as name, o.to_email, o.subject, o.cause,
                o.created_at, o.due_at, o.tries, o.sent_at, o.last_error, o.body <> '' as "has_text!",
                o.told_in is not null as "is_told!"
            from outbox o
            where o.employer_id = $1 and ($2::bigint is null or o.id < $2) and (case $3
                when 'waiting' then o.sent_at is null and o.tries < $4
                when 'given_up' then o.sent_at is null and o.tries >= $4
                else true end)
            order by o.id desc limit $5"#,
            scope.employer().0,
            before,
            shown.word(),
            MOST_TRIES,
            page + 1,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| MailRow {
                id: row.id,
                name: row.name,
                email: row.to_email,
                subject: row.subject,
                cause: row.cause,
                created_at: row.created_at,
                due_at: row.due_at,
                tries: row.tries,
                sent_at: row.sent_at,
                last_error: row.last_error,
                has_text: row.has_text,
                is_told: row.is_told,
            })
            .collect())
    }

    /// Lets a message be tried again at once, as if for the first time.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it has left, is gone, or is another employer's.
    pub async fn try_mail_again(&mut self, granted: &Granted<act::RetryMail>, mail: i64) -> Result<(), DbError> {
        let subject = sqlx::query_scalar!(
            "update outbox set due_at = $3, tries = 0
            where employer_id = $1 and id = $2 and sent_at is null and body <> '' returning subject",
            granted.id().0,
            mail,
            granted.at(),
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        self.record(granted, &[("message", &subject)]).await
    }

    /// Whether that message was written for this employer.
    pub async fn is_our_mail(&mut self, scope: &Scope, mail: i64) -> Result<bool, DbError> {
        Ok(sqlx::query_scalar!(
            r#"select exists (select from outbox where employer_id = $1 and id = $2) as "ours!""#,
            scope.employer().0,
            mail,
        )
        .fetch_one(self.conn())
        .await?)
    }

    /// Marks the person whose address the mail server refuses for good.
    pub async fn mark_refused(&mut self, queued: &Queued, error: &str, now: OffsetDateTime) -> Result<(), DbError> {
        sqlx::query!(
            "update person set mail_refused_at = $2, mail_refused_because = $3 where email = $1",
            queued.message.to,
            now,
            error,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Whose work a message is about.
    pub async fn employer_of_mail(&mut self, mail: i64) -> Result<Option<(EmployerId, String)>, DbError> {
        let row = sqlx::query!(
            "select e.id, e.slug from outbox o join employer e on e.id = o.employer_id where o.id = $1",
            mail
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| (EmployerId(row.id), row.slug)))
    }
}

//! Deleting what has served its time. What is promised about periods stands in `jobs::tidy`.

use time::OffsetDateTime;

use super::outbox::MOST_TRIES;
use super::visitors::{ABSOLUTE, IDLE};
use super::{DbError, Tx};

impl Tx {
    /// Sessions that no longer open anything.
    pub async fn forget_ended_sessions(&mut self, now: OffsetDateTime) -> Result<u64, DbError> {
        let done = sqlx::query!(
            "delete from session where last_seen_at <= $1 or created_at <= $2",
            now - IDLE,
            now - ABSOLUTE
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected())
    }

    /// Mail that was sent before that instant; what could not be sent stays for somebody to look at.
    pub async fn forget_mail_before(&mut self, instant: OffsetDateTime) -> Result<u64, DbError> {
        let done = sqlx::query!("delete from outbox where sent_at < $1", instant).execute(self.conn()).await?;
        Ok(done.rows_affected())
    }

    /// The text of mail that will not leave any more, since it can hold a link that opens an account: what used up its
    /// tries, and what was written before that instant, which is not tried again. Subject and error stay. What is about an
    /// employer's work opens no account, and its administrators may have it tried once more.
    pub async fn forget_texts_of_unsent_mail(&mut self, instant: OffsetDateTime) -> Result<u64, DbError> {
        let done = sqlx::query!(
            "update outbox set body = '', reply_to = null, tries = greatest(tries, $2)
            where sent_at is null and body <> '' and (created_at < $1 or tries >= $2 and employer_id is null)",
            instant,
            MOST_TRIES,
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected())
    }

    /// Links that ended before that instant, used or not.
    pub async fn forget_links_before(&mut self, instant: OffsetDateTime) -> Result<u64, DbError> {
        let done =
            sqlx::query!("delete from single_use_link where expires_at < $1", instant).execute(self.conn()).await?;
        let tasks = sqlx::query!("delete from task_link where expires_at < $1", instant).execute(self.conn()).await?;
        Ok(done.rows_affected() + tasks.rows_affected())
    }

    /// Accounts that somebody made before that instant with an address that nobody confirmed. People whom an employer
    /// invited stay, and those who asked again and hold a link that still works.
    pub async fn forget_unconfirmed_before(
        &mut self,
        instant: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<u64, DbError> {
        let done = sqlx::query!(
            "with gone as (
                select id from person p where email_confirmed_at is null and deactivated_at is null and created_at < $1
                    and not exists (select from membership m where m.person_id = p.id)
                    and not exists (select from single_use_link l where l.person_id = p.id and l.expires_at > $2)
            ), links as (
                delete from single_use_link where person_id in (select id from gone)
            )
            delete from person where id in (select id from gone)",
            instant,
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected())
    }
}

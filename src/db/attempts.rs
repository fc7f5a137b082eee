//! Counting tries at what must not be tried without end: in the database, so that a restart forgives nobody.

use time::{Duration, OffsetDateTime};

use super::{DbError, Tx};
use crate::domain::worded::worded;

worded! {
    AttemptKind {
        SignIn = "sign_in", "Sign in";
        SignUp = "sign_up", "Sign up";
        PasswordReset = "password_reset", "Password reset";
        Question = "question", "Question about an advert";
    }
}

impl Tx {
    /// How often this was tried in the last `window`, by account or by address.
    pub async fn attempts(
        &mut self,
        kind: AttemptKind,
        counted_by: &str,
        window: Duration,
        now: OffsetDateTime,
    ) -> Result<i64, DbError> {
        Ok(sqlx::query_scalar!(
            r#"select count(*) as "n!" from attempt where kind = $1 and counted_by = $2 and created_at > $3"#,
            kind.word(),
            counted_by,
            now - window,
        )
        .fetch_one(self.conn())
        .await?)
    }

    pub async fn add_attempts(
        &mut self,
        kind: AttemptKind,
        counted_by: &[String],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into attempt (kind, counted_by, created_at) select $1, by, $3 from unnest($2::text[]) as by",
            kind.word(),
            counted_by,
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Makes tries that are counted alike come one after the other until the end of this transaction: otherwise many at
    /// once would all find room. The keys are taken in one order, so that nobody waits in a ring.
    pub async fn one_try_at_a_time(&mut self, kind: AttemptKind, counted_by: &[String]) -> Result<(), DbError> {
        sqlx::query!(
            "select pg_advisory_xact_lock(key) from (
                select distinct hashtext($1 || by)::bigint as key from unnest($2::text[]) as by order by key) as keys",
            kind.word(),
            counted_by,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(())
    }

    /// Takes back the one try that was counted at that instant, which was none against a limit after all.
    pub async fn forgive_try(
        &mut self,
        kind: AttemptKind,
        counted_by: &str,
        at: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "delete from attempt where id =
                (select max(id) from attempt where kind = $1 and counted_by = $2 and created_at = $3)",
            kind.word(),
            counted_by,
            at,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// A right password forgives the wrong ones before it.
    pub async fn forgive(&mut self, kind: AttemptKind, counted_by: &str) -> Result<(), DbError> {
        sqlx::query!("delete from attempt where kind = $1 and counted_by = $2", kind.word(), counted_by)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Clears out what no limit looks back to any more.
    pub async fn forget_attempts_before(&mut self, instant: OffsetDateTime) -> Result<u64, DbError> {
        let done = sqlx::query!("delete from attempt where created_at < $1", instant).execute(self.conn()).await?;
        Ok(done.rows_affected())
    }
}

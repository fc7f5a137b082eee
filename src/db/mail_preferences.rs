//! When somebody wants the mail about their work.

use time::OffsetDateTime;

use super::{DbError, Tx};
use crate::domain::ids::PersonId;
use crate::domain::mail_times::{MailTimes, Quiet};
use crate::policy::{Granted, act};

impl Tx {
    pub async fn mail_times(&mut self, person: PersonId) -> Result<MailTimes, DbError> {
        let row = sqlx::query!(
            "select digest_hour, quiet_from, quiet_until from mail_preference where person_id = $1",
            person.0
        )
        .fetch_optional(self.conn())
        .await?;
        let hour = |hour: Option<i32>| hour.and_then(|hour| u8::try_from(hour).ok());
        Ok(row.map_or_else(MailTimes::default, |row| MailTimes {
            digest: hour(row.digest_hour),
            quiet: hour(row.quiet_from).zip(hour(row.quiet_until)).map(|(from, until)| Quiet { from, until }),
        }))
    }

    /// What waits already is asked about anew.
    pub async fn change_mail_times(
        &mut self,
        granted: &Granted<act::ChangeAccount>,
        times: MailTimes,
    ) -> Result<(), DbError> {
        let now: OffsetDateTime = granted.at();
        sqlx::query!(
            "with waiting as (
                update outbox set waits = 'ask', due_at = $5
                where to_email = (select email from person where id = $1) and sent_at is null and tries = 0
                    and waits in ('ask', 'digest'))
            insert into mail_preference (person_id, digest_hour, quiet_from, quiet_until, changed_at)
            values ($1, $2, $3, $4, $5)
            on conflict (person_id) do update set digest_hour = excluded.digest_hour, quiet_from = excluded.quiet_from,
                quiet_until = excluded.quiet_until, changed_at = excluded.changed_at",
            granted.id().0,
            times.digest.map(i32::from),
            times.quiet.map(|quiet| i32::from(quiet.from)),
            times.quiet.map(|quiet| i32::from(quiet.until)),
            now,
        )
        .execute(self.conn())
        .await?;
        self.record(granted, &[("changed", "when mail about work comes")]).await
    }
}

//! The adverts of the demonstration, step by step, at instants that have passed. Refused for any other employer.

use time::OffsetDateTime;

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::advert::AdvertText;
use crate::domain::ids::AdvertId;
use crate::policy::{Act, Granted, act};

impl Tx {
    pub async fn write_demonstration_advert(
        &mut self,
        granted: &Granted<act::CreateAdvert>,
        text: &AdvertText,
    ) -> Result<AdvertId, DbError> {
        let employer = granted.subject().employer.ok_or(DbError::Stale)?;
        let number = sqlx::query_scalar!(
            r#"update employer set next_advert_number = next_advert_number + 1 where id = $1 and demonstration
            returning next_advert_number - 1 as "number!""#,
            employer.0
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        let id = sqlx::query_scalar!(
            "insert into advert (employer_id, number, version_id, state, reference, headline, short_text, salary_typed,
                salary_text, contract, working_pattern, locations, contact_name, contact_email, contact_phone,
                apply_kind, apply_value, hiring_manager_id, opens_on, closes_on, shortlisting_on, interviews_on,
                written_by, created_at)
            values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                $21, $22, $23)
            returning id",
            employer.0,
            number,
            granted.id().0,
            text.reference,
            text.headline,
            text.short_text,
            text.salary_typed,
            text.salary_text,
            text.contract,
            text.working_pattern,
            text.locations,
            text.contact_name,
            text.contact_email,
            text.contact_phone,
            text.apply_kind.word(),
            text.apply_value,
            text.hiring_manager.map(|manager| manager.0),
            text.opens_on,
            text.closes_on,
            text.shortlisting_on,
            text.interviews_on,
            by(granted)?,
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        self.record(granted, &[("headline", &text.headline)]).await?;
        Ok(AdvertId(id))
    }

    pub async fn confirm_demonstration_advert(&mut self, granted: &Granted<act::ConfirmAdvert>) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update advert set state = 'ready', lock_version = lock_version + 1, confirmed_by = $2, confirmed_at = $3
            where id = $1 and state = 'draft' and hiring_manager_id = $2
                and employer_id in (select id from employer where demonstration)",
            granted.id().0,
            by(granted)?,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[]).await
    }

    /// Publishes it, open from the one instant until the other.
    pub async fn publish_demonstration_advert(
        &mut self,
        granted: &Granted<act::PublishAdvert>,
        opens_at: OffsetDateTime,
        closes_at: OffsetDateTime,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update advert set state = 'published', lock_version = lock_version + 1, published_by = $2,
                published_at = $3, opens_at = $4, closes_at = $5
            where id = $1 and state = 'ready' and employer_id in (select id from employer where demonstration)",
            granted.id().0,
            by(granted)?,
            granted.at(),
            opens_at,
            closes_at,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[]).await
    }

    pub async fn withdraw_demonstration_advert(
        &mut self,
        granted: &Granted<act::WithdrawAdvert>,
        reason: &str,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update advert set state = 'withdrawn', lock_version = lock_version + 1, withdrawn_by = $2,
                withdrawn_at = $3, withdrawn_reason = $4
            where id = $1 and state = 'published' and employer_id in (select id from employer where demonstration)",
            granted.id().0,
            by(granted)?,
            granted.at(),
            reason,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("reason", reason)]).await
    }
}

fn by<A: Act>(granted: &Granted<A>) -> Result<i64, DbError> {
    Ok(granted.membership().ok_or(DbError::Stale)?.0)
}

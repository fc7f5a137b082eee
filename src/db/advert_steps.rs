//! The way of an advert to its readers: asked, confirmed or returned, published, withdrawn.
//!
//! `domain::advert` decided; this writes it down where the row still stands as it was loaded.

use time::OffsetDateTime;

use super::advert_writes::member;
use super::error::exactly_one;
use super::tasks::close;
use super::{Advert, Asked, DbError, ToKeepers, Tx};
use crate::clock::{london_date, london_time};
use crate::domain::advert::{Window, salary_range};
use crate::domain::ids::{AdvertId, MembershipId};
use crate::domain::text::long_date;
use crate::policy::{Granted, act};

impl Tx {
    /// Gives the hiring manager the task of confirming the text; an older question is replaced.
    pub async fn ask_to_confirm(
        &mut self,
        granted: &Granted<act::EditAdvert>,
        advert: AdvertId,
        manager: MembershipId,
        manager_name: &str,
    ) -> Result<(), DbError> {
        let by = member(granted)?;
        let done = sqlx::query!(
            "update advert set asked_by = $3, asked_at = $4, returned_by = null, returned_at = null,
                returned_remark = null, lock_version = lock_version + 1
            where id = $1 and state = 'draft' and hiring_manager_id = $2",
            advert.0,
            manager.0,
            by.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.close_confirmations(advert, "replaced", granted.at()).await?;
        sqlx::query!(
            "insert into task (employer_id, kind, version_id, advert_id, assigned_to, due_on, created_at)
            select employer_id, 'confirm_advert', version_id, id, $2, opens_on, $3 from advert where id = $1",
            advert.0,
            manager.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        self.record(granted, &[("asked to confirm", manager_name)]).await
    }

    /// The text is good. Whoever confirms it is the hiring manager named on it, also after the task was handed on.
    pub async fn confirm_advert(
        &mut self,
        granted: &Granted<act::ConfirmAdvert>,
        advert: &Advert,
        asked: &Asked,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update advert set state = 'ready', confirmed_by = $3, confirmed_at = $4, hiring_manager_id = $3,
                lock_version = lock_version + 1
            where id = $1 and lock_version = $2 and state = 'draft'
                and not exists (select from advert_writer w where w.advert_id = $1 and w.membership_id = $3)",
            granted.id().0,
            advert.lock_version,
            member(granted)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        close(self, asked.task, "confirmed", granted.at()).await?;
        self.record(granted, &[]).await
    }

    /// The text goes back to its writer with a remark.
    pub async fn return_advert(
        &mut self,
        granted: &Granted<act::ConfirmAdvert>,
        advert: &Advert,
        asked: &Asked,
        remark: &str,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update advert set returned_by = $3, returned_at = $4, returned_remark = $5, lock_version = lock_version + 1
            where id = $1 and lock_version = $2 and state = 'draft'",
            granted.id().0,
            advert.lock_version,
            member(granted)?.0,
            granted.at(),
            remark,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        close(self, asked.task, "changes_requested", granted.at()).await?;
        self.record(granted, &[("returned", remark)]).await
    }

    /// Publishes for that time. `salary` is what the advert prints from now on.
    pub async fn publish_advert(
        &mut self,
        granted: &Granted<act::PublishAdvert>,
        advert: &Advert,
        (opens, closes): Window,
        salary: &str,
    ) -> Result<(), DbError> {
        self.keep_profile(advert.version.profile, advert.version.unit).await?;
        let range = salary_range(salary);
        let done = sqlx::query!(
            "update advert set state = 'published', published_by = $3, published_at = $4, changed_at = $4, opens_at = $5,
                closes_at = $6, salary_text = $7, public_at = $8, salary_min_pence = $9, salary_max_pence = $10,
                lock_version = lock_version + 1
            where id = $1 and lock_version = $2 and state = 'ready'",
            granted.id().0,
            advert.lock_version,
            member(granted)?.0,
            granted.at(),
            opens,
            closes,
            salary,
            advert.text().offer.public_at((opens, closes)),
            range.map(|(low, _)| low),
            range.map(|(_, high)| high),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.make_findable(advert.id, &advert.text().locations, granted.at()).await?;
        let moment = |at: OffsetDateTime| format!("{}, {}", long_date(london_date(at)), london_time(at));
        self.record(granted, &[("opens", &moment(opens)), ("closes", &moment(closes)), ("salary", salary)]).await
    }

    /// Takes it back for good. Those who keep an advert that was not over are told, with the reason.
    pub async fn withdraw_advert(
        &mut self,
        granted: &Granted<act::WithdrawAdvert>,
        advert: &Advert,
        reason: &str,
        mail: &ToKeepers,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "with told as (insert into outbox (to_email, subject, body, created_at, due_at)
                select p.email, $7, 'Hello ' || p.name || $8, $5, $5 from saved_advert s
                join advert a on a.id = s.advert_id join person p on p.id = s.person_id
                where a.id = $1 and a.lock_version = $2 and a.state = $3 and a.closes_at > $5
                    and p.deactivated_at is null)
            update advert set state = 'withdrawn', withdrawn_by = $4, withdrawn_at = $5, changed_at = $5,
                withdrawn_reason = $6, lock_version = lock_version + 1
            where id = $1 and lock_version = $2 and state = $3",
            granted.id().0,
            advert.lock_version,
            advert.state.word(),
            member(granted)?.0,
            granted.at(),
            reason,
            mail.subject,
            mail.body,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.close_confirmations(advert.id, "cancelled", granted.at()).await?;
        self.record(granted, &[("reason", reason)]).await
    }

    pub(super) async fn close_confirmations(
        &mut self,
        advert: AdvertId,
        outcome: &str,
        at: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "update task set closed_at = $3, outcome = $2
            where advert_id = $1 and kind = 'confirm_advert' and closed_at is null",
            advert.0,
            outcome,
            at,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

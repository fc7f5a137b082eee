//! Writing adverts: making one, its text, and the version that it shows.
//!
//! Each write meets the row as it was loaded or nothing, with its row in the audit trail beside it.

use super::error::exactly_one;
use super::{Advert, DbError, Tx, Version};
use crate::domain::advert::{AdvertState, AdvertText, ApplyKind, ContractKind, Dbs, Flexible, Pattern, salary_range};
use crate::domain::ids::{AdvertId, EmployerId, MembershipId, VersionId};
use crate::policy::{Act, Granted, act};

impl Tx {
    /// Makes an advert from an issued version. Of two clicks the second finds what the first made, and says false.
    ///
    /// The text's reference is filled in where it is empty: `AD-0007`.
    ///
    /// # Errors
    /// [`DbError::Stale`] where the version is not the issued one any more.
    pub async fn create_advert(
        &mut self,
        granted: &Granted<act::CreateAdvert>,
        version: &Version,
        text: &AdvertText,
    ) -> Result<(AdvertId, bool), DbError> {
        let number = sqlx::query_scalar!(
            "select next_advert_number from employer where id = $1 for no key update",
            version.employer.0
        )
        .fetch_one(self.conn())
        .await?;
        if let Some(id) = self.advert_in_work(version.id).await? {
            return Ok((id, false));
        }
        let by = member(granted)?;
        let id = sqlx::query_scalar!(
            "with numbered as (update employer set next_advert_number = $3 + 1 where id = $1)
            insert into advert (employer_id, version_id, number, state, title, grade_from, grade_to, written_by, created_at)
            select $1, v.id, $3, 'draft', v.title, coalesce(gf.name, ''), coalesce(gt.name, ''), $4, $5
            from version v left join grade gf on gf.id = v.grade_from_id left join grade gt on gt.id = v.grade_to_id
            where v.id = $2 and v.state = 'issued' returning id",
            version.employer.0,
            granted.id().0,
            number,
            by.0,
            granted.at(),
        )
        .fetch_optional(self.conn())
        .await?;
        let id = AdvertId(id.ok_or(DbError::Stale)?);
        let mut text = text.clone();
        if text.reference.is_empty() {
            text.reference = format!("AD-{number:04}");
        }
        self.write_text(id, 1, AdvertState::Draft, &text).await?;
        self.add_writer(version.employer, id, by).await?;
        self.record(granted, &[("reference", &text.reference)]).await?;
        Ok((id, true))
    }

    /// The advert of this version that is being written, if there is one.
    pub async fn advert_in_work(&mut self, version: VersionId) -> Result<Option<AdvertId>, DbError> {
        let id = sqlx::query_scalar!(
            "select id from advert where version_id = $1 and state in ('draft', 'ready')",
            version.0
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(id.map(AdvertId))
    }

    /// Keeps a changed text. A question that was open and a confirmation that was given go: they were for another text.
    ///
    /// `changed` names the fields, for the record.
    pub async fn edit_advert(
        &mut self,
        granted: &Granted<act::EditAdvert>,
        advert: &Advert,
        text: &AdvertText,
        changed: &str,
    ) -> Result<(), DbError> {
        self.write_text(advert.id, advert.lock_version, advert.state, text).await?;
        self.add_writer(advert.employer, advert.id, member(granted)?).await?;
        self.close_confirmations(advert.id, "replaced", granted.at()).await?;
        let taken_back = match advert.state {
            AdvertState::Ready => "taken back",
            AdvertState::Draft | AdvertState::Published | AdvertState::Withdrawn => "none yet",
        };
        self.record(granted, &[("changed", changed), ("confirmation", taken_back)]).await
    }

    /// Moves an advert that is being written to the version in force now; it has to be confirmed again.
    ///
    /// # Errors
    /// [`DbError::Constraint`] `advert_one_in_work` where that version has an advert in work already.
    pub async fn move_advert(
        &mut self,
        granted: &Granted<act::EditAdvert>,
        advert: &Advert,
        to: VersionId,
        to_number: i32,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update advert a set version_id = v.id, title = v.title, grade_from = coalesce(gf.name, ''),
                grade_to = coalesce(gt.name, ''), state = 'draft', confirmed_by = null, confirmed_at = null,
                lock_version = a.lock_version + 1
            from version v left join grade gf on gf.id = v.grade_from_id left join grade gt on gt.id = v.grade_to_id
            where a.id = $1 and a.lock_version = $2 and a.state in ('draft', 'ready')
                and v.employer_id = a.employer_id and v.id = $3 and v.state = 'issued'",
            granted.id().0,
            advert.lock_version,
            to.0,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.close_confirmations(advert.id, "replaced", granted.at()).await?;
        self.record(granted, &[("moved to version", &to_number.to_string())]).await
    }

    async fn write_text(
        &mut self,
        advert: AdvertId,
        lock_version: i32,
        state: AdvertState,
        text: &AdvertText,
    ) -> Result<(), DbError> {
        let salary = salary_range(&text.salary_text);
        let done = sqlx::query!(
            "update advert set state = 'draft', lock_version = lock_version + 1, confirmed_by = null, confirmed_at = null,
                headline = $4, short_text = $5, reference = $6, salary_typed = $7, salary_text = $8, contract_kind = $9,
                contract = $10, working_pattern = $11, locations = $12, contact_name = $13, contact_email = $14,
                contact_phone = $15, apply_kind = $16, apply_value = $17, hiring_manager_id = $18, opens_on = $19,
                closes_on = $20, shortlisting_on = $21, interviews_on = $22, patterns = $23, flexible = $24, dbs = $25,
                audience = $26, redeployment_until = $27, may_close_early = $28, salary_min_pence = $29,
                salary_max_pence = $30, contact_by_form = $31, starts = $32
            where id = $1 and lock_version = $2 and state = $3 and state in ('draft', 'ready')",
            advert.0,
            lock_version,
            state.word(),
            text.headline,
            text.short_text,
            text.reference,
            text.salary_typed,
            text.salary_text,
            text.contract_kind.map(ContractKind::word),
            text.contract,
            text.working_pattern,
            text.locations,
            text.contact_name,
            text.contact_email,
            text.contact_phone,
            ApplyKind::word(text.apply_kind),
            text.apply_value,
            text.hiring_manager.map(|manager| manager.0),
            text.opens_on,
            text.closes_on,
            text.shortlisting_on,
            text.interviews_on,
            &words(&text.offer.patterns, Pattern::word),
            &words(&text.offer.flexible, Flexible::word),
            text.offer.dbs.map(Dbs::word),
            text.offer.audience.word(),
            text.offer.redeployment_until,
            text.offer.may_close_early,
            salary.map(|(low, _)| low),
            salary.map(|(_, high)| high),
            text.offer.ask_by_form,
            text.starts,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    async fn add_writer(
        &mut self,
        employer: EmployerId,
        advert: AdvertId,
        member: MembershipId,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into advert_writer (employer_id, advert_id, membership_id) values ($1, $2, $3) on conflict do nothing",
            employer.0,
            advert.0,
            member.0,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

/// The words that a list of choices is kept as.
pub(super) fn words<T: Copy>(chosen: &[T], word: fn(T) -> &'static str) -> Vec<String> {
    chosen.iter().map(|one| word(*one).to_owned()).collect()
}

pub(super) fn member<A: Act>(granted: &Granted<A>) -> Result<MembershipId, DbError> {
    granted.membership().ok_or(DbError::Stale)
}

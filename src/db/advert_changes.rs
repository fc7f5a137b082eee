//! What happens to an advert after it was published: corrected, open for longer, closed early, taken back before anybody
//! could read it. Each leaves a line that its readers see, and mail to those who keep it.

use serde::Deserialize;
use time::{Date, OffsetDateTime};

use super::advert_writes::{member, words};
use super::error::exactly_one;
use super::{Advert, DbError, Tx};
use crate::clock::end_of_day;
use crate::domain::advert::{AdvertText, ApplyKind, ChangedHow, ContractKind, Dbs, Flexible, Pattern, salary_range};
use crate::domain::ids::MembershipId;
use crate::domain::text::long_date;
use crate::policy::{Act, Granted, act};

/// Who did what and when, by name, for the life-line.
#[derive(Debug, Clone)]
pub struct AdvertHistory {
    pub writer: String,
    pub created_at: OffsetDateTime,
    /// Who asked last for confirmation: the answer goes to them.
    pub asked_by: Option<(MembershipId, String)>,
    pub returned: Option<(String, OffsetDateTime, String)>,
    pub confirmed: Option<(String, OffsetDateTime)>,
    pub published: Option<(String, OffsetDateTime)>,
    pub withdrawn: Option<(String, OffsetDateTime, String)>,
    /// After publishing, the first first.
    pub changes: Vec<AdvertChange>,
}

/// A change after publishing, with what its readers were told.
#[derive(Debug, Clone, Deserialize)]
pub struct AdvertChange {
    pub kind: ChangedHow,
    pub what: String,
    pub by: String,
    #[serde(with = "time::serde::iso8601")]
    pub at: OffsetDateTime,
}

/// A message to everybody who keeps an advert: what stands after their name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToKeepers {
    pub subject: String,
    pub body: String,
}

impl Tx {
    /// Keeps a corrected text; its days, its audience and who confirmed it stay.
    pub async fn correct_advert(
        &mut self,
        granted: &Granted<act::CorrectAdvert>,
        advert: &Advert,
        text: &AdvertText,
        (what, changed): (&str, &str),
        mail: &ToKeepers,
        to_manager: Option<&ToKeepers>,
    ) -> Result<(), DbError> {
        let salary = salary_range(&text.salary_text);
        let done = sqlx::query!(
            "update advert set lock_version = lock_version + 1, changed_at = $3, headline = $4, short_text = $5,
                salary_typed = $6, salary_text = $7, contract_kind = $8, contract = $9, working_pattern = $10,
                locations = $11, contact_name = $12, contact_email = $13, contact_phone = $14, apply_kind = $15,
                apply_value = $16, shortlisting_on = $17, interviews_on = $18, patterns = $19, flexible = $20, dbs = $21,
                salary_min_pence = $22, salary_max_pence = $23, contact_by_form = $24, starts = $25
            where id = $1 and lock_version = $2 and state = 'published' and closes_at > $3",
            granted.id().0,
            advert.lock_version,
            granted.at(),
            text.headline,
            text.short_text,
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
            text.shortlisting_on,
            text.interviews_on,
            &words(&text.offer.patterns, Pattern::word),
            &words(&text.offer.flexible, Flexible::word),
            text.offer.dbs.map(Dbs::word),
            salary.map(|(low, _)| low),
            salary.map(|(_, high)| high),
            text.offer.ask_by_form,
            text.starts,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.make_findable(advert.id, &text.locations, granted.at()).await?;
        self.note_change(granted, advert, (ChangedHow::Corrected, what), mail, to_manager).await?;
        self.record(granted, &[("changed", changed), ("said", what)]).await
    }

    /// Keeps it open until the end of that day.
    pub async fn extend_advert(
        &mut self,
        granted: &Granted<act::ExtendAdvert>,
        advert: &Advert,
        closes_on: Date,
        what: &str,
        mail: &ToKeepers,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update advert set lock_version = lock_version + 1, changed_at = $3, closes_on = $4, closes_at = $5
            where id = $1 and lock_version = $2 and state = 'published' and closes_at > $3 and closes_on < $4",
            granted.id().0,
            advert.lock_version,
            granted.at(),
            closes_on,
            end_of_day(closes_on),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.note_change(granted, advert, (ChangedHow::Extended, what), mail, None).await?;
        self.record(granted, &[("closes", &long_date(closes_on)), ("said", what)]).await
    }

    /// Closes it at once.
    pub async fn close_advert_early(
        &mut self,
        granted: &Granted<act::CloseAdvertEarly>,
        advert: &Advert,
        today: Date,
        what: &str,
        mail: &ToKeepers,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update advert set lock_version = lock_version + 1, changed_at = $3, closes_on = $4,
                closes_at = greatest($3, opens_at + interval '1 microsecond')
            where id = $1 and lock_version = $2 and state = 'published' and opens_at <= $3 and closes_at > $3
                and may_close_early",
            granted.id().0,
            advert.lock_version,
            granted.at(),
            today,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.note_change(granted, advert, (ChangedHow::ClosedEarly, what), mail, None).await?;
        self.record(granted, &[("said", what)]).await
    }

    /// Takes a scheduled advert back to be written on; it has to be confirmed again.
    pub async fn unschedule_advert(
        &mut self,
        granted: &Granted<act::UnscheduleAdvert>,
        advert: &Advert,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update advert set lock_version = lock_version + 1, state = 'draft', confirmed_by = null, confirmed_at = null,
                published_by = null, published_at = null, changed_at = null, opens_at = null, closes_at = null,
                public_at = null
            where id = $1 and lock_version = $2 and state = 'published' and opens_at > $3",
            granted.id().0,
            advert.lock_version,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[]).await
    }

    /// The line for readers, and mail to those who keep the advert and perhaps to its hiring manager; one statement
    /// however many they are.
    async fn note_change<A: Act>(
        &mut self,
        granted: &Granted<A>,
        advert: &Advert,
        (how, what): (ChangedHow, &str),
        mail: &ToKeepers,
        to_manager: Option<&ToKeepers>,
    ) -> Result<(), DbError> {
        let at: OffsetDateTime = granted.at();
        sqlx::query!(
            "with told as (insert into outbox (to_email, subject, body, created_at, due_at)
                select p.email, $6, 'Hello ' || p.name || $7, $5, $5 from saved_advert s join person p on p.id = s.person_id
                where s.employer_id = $1 and s.advert_id = $2 and p.deactivated_at is null),
            told_manager as (insert into outbox (to_email, subject, body, created_at, due_at)
                select p.email, $9, 'Hello ' || p.name || $10, $5, $5 from advert a
                join membership m on m.id = a.hiring_manager_id join person p on p.id = m.person_id
                where a.id = $2 and $9 <> '' and m.id <> $8 and m.deactivated_at is null and p.deactivated_at is null)
            insert into advert_change (employer_id, advert_id, kind, what, changed_by, changed_at)
            values ($1, $2, $3, $4, $8, $5)",
            advert.employer.0,
            advert.id.0,
            how.word(),
            what,
            at,
            mail.subject,
            mail.body,
            member(granted)?.0,
            to_manager.map_or("", |mail| &mail.subject),
            to_manager.map_or("", |mail| &mail.body),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

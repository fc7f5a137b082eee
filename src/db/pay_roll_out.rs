//! Carrying an applied pay award to drafts and open adverts, a batch a transaction.
//!
//! The effect's row is locked and marked in the transaction that changes the advert: a server that is killed leaves it
//! waiting, several servers take turns, and nothing is changed twice.

use time::{Date, OffsetDateTime};

use super::{DbError, PayTarget, ToKeepers, Tx};
use crate::domain::ids::{AdvertId, EmployerId, MembershipId, PayAwardId};
use crate::domain::pay::Effect;
use crate::policy::{Granted, Subject, act};

/// An award that is under way, locked for this transaction.
#[derive(Debug, Clone)]
pub struct PayBatch {
    pub id: PayAwardId,
    pub employer: EmployerId,
    pub employer_name: String,
    pub pay_scheme: String,
    pub effective_from: Date,
    pub applied_by: MembershipId,
    pub applied_at: OffsetDateTime,
    /// Whether what it reaches is written down.
    pub is_spread: bool,
}

/// One change that is still to be made.
#[derive(Debug, Clone)]
pub struct WaitingEffect {
    pub id: i64,
    pub advert: Option<AdvertId>,
    pub title: String,
    pub reference: String,
    pub before: String,
    pub after: String,
}

impl PayBatch {
    pub fn subject(&self) -> Subject<PayAwardId> {
        Subject {
            id: self.id,
            employer: Some(self.employer),
            unit: None,
            person: None,
            profile: None,
            name: format!("Pay award {}", self.id),
        }
    }
}

type RollOut = Granted<act::RollOutPay>;

impl Tx {
    /// The oldest applied award whose day has come and that is not finished; none while another server works on it.
    pub async fn next_pay_award(&mut self, today: Date) -> Result<Option<PayBatch>, DbError> {
        let row = sqlx::query!(
            r#"select a.id, a.employer_id, e.name, a.pay_scheme, a.effective_from, a.applied_by as "applied_by!",
                a.applied_at as "applied_at!", a.reaches is not null as "is_spread!"
            from pay_award a join employer e on e.id = a.employer_id
            where a.applied_at is not null and a.finished_at is null and a.effective_from <= $1
            order by a.id limit 1 for update of a skip locked"#,
            today,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| PayBatch {
            id: PayAwardId(row.id),
            employer: EmployerId(row.employer_id),
            employer_name: row.name,
            pay_scheme: row.pay_scheme,
            effective_from: row.effective_from,
            applied_by: MembershipId(row.applied_by),
            applied_at: row.applied_at,
            is_spread: row.is_spread,
        }))
    }

    /// Writes down everything that the award changes.
    pub async fn spread_pay_award(
        &mut self,
        granted: &RollOut,
        batch: &PayBatch,
        effects: &[(PayTarget, Effect)],
    ) -> Result<(), DbError> {
        sqlx::query!(
            "with spread as (insert into pay_effect
                (employer_id, award_id, version_id, advert_id, before, after, low_pence, high_pence, created_at)
                select $1, $2, e.version, e.advert, e.before, e.after, e.low, e.high, $3
                from unnest($4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::bigint[])
                    as e (version, advert, before, after, low, high))
            update pay_award set reaches = $10 where employer_id = $1 and id = $2",
            batch.employer.0,
            batch.id.0,
            granted.at(),
            &effects.iter().map(|(one, _)| one.version.map(|id| id.0)).collect::<Vec<_>>() as &[Option<i64>],
            &effects.iter().map(|(one, _)| one.advert.map(|id| id.0)).collect::<Vec<_>>() as &[Option<i64>],
            &effects.iter().map(|(_, one)| one.before.clone()).collect::<Vec<_>>(),
            &effects.iter().map(|(_, one)| one.after.clone()).collect::<Vec<_>>(),
            &effects.iter().map(|(_, one)| one.full.0).collect::<Vec<_>>(),
            &effects.iter().map(|(_, one)| one.full.1).collect::<Vec<_>>(),
            effects.len() as i32,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The next changes to make, in their order.
    pub async fn waiting_effects(&mut self, award: PayAwardId, most: i64) -> Result<Vec<WaitingEffect>, DbError> {
        let rows = sqlx::query!(
            r#"select e.id, e.advert_id, coalesce(a.title, '') as "title!", coalesce(a.reference, '') as "reference!",
                e.before, e.after
            from pay_effect e left join advert a on a.employer_id = e.employer_id and a.id = e.advert_id
            where e.award_id = $1 and e.done_at is null order by e.id limit $2 for update of e"#,
            award.0,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        let effect = |(id, advert, title, reference, before, after): (i64, Option<i64>, _, _, _, _)| WaitingEffect {
            id,
            advert: advert.map(AdvertId),
            title,
            reference,
            before,
            after,
        };
        let all = rows.into_iter();
        Ok(all.map(|row| effect((row.id, row.advert_id, row.title, row.reference, row.before, row.after))).collect())
    }

    /// Makes these changes. `told` says beside each what its readers are told, and the mail to those who keep it. An
    /// advert that closed, or whose pay somebody changed first, is left as it is.
    pub async fn make_pay_effects(
        &mut self,
        granted: &RollOut,
        batch: &PayBatch,
        effects: &[WaitingEffect],
        told: &[(String, ToKeepers)],
    ) -> Result<(), DbError> {
        sqlx::query!(
            "with said as (select s.*, e.advert_id, e.version_id, e.before, e.after, e.low_pence, e.high_pence
                from unnest($4::bigint[], $5::text[], $6::text[], $7::text[]) as s (effect, what, subject, body)
                join pay_effect e on e.id = s.effect and e.award_id = $2 and e.done_at is null),
            changed as (update advert a set salary_text = s.after, salary_min_pence = s.low_pence,
                    salary_max_pence = s.high_pence, lock_version = a.lock_version + 1, changed_at = $3
                from said s where a.employer_id = $1 and a.id = s.advert_id and a.state = 'published'
                    and a.closes_at > $3 and not a.salary_typed and a.salary_text = s.before
                returning a.id),
            noted as (insert into advert_change (employer_id, advert_id, kind, what, changed_by, changed_at)
                select $1, s.advert_id, 'corrected', s.what, $8, $3 from said s join changed c on c.id = s.advert_id),
            told as (insert into outbox (to_email, subject, body, created_at, due_at)
                select p.email, s.subject, 'Hello ' || p.name || s.body, $3, $3
                from said s join changed c on c.id = s.advert_id
                join saved_advert k on k.employer_id = $1 and k.advert_id = s.advert_id
                join person p on p.id = k.person_id and p.deactivated_at is null)
            update pay_effect e set done_at = $3,
                changed = s.version_id is not null or exists (select from changed c where c.id = s.advert_id)
            from said s where e.id = s.effect",
            batch.employer.0,
            batch.id.0,
            granted.at(),
            &effects.iter().map(|one| one.id).collect::<Vec<_>>(),
            &told.iter().map(|(what, _)| what.clone()).collect::<Vec<_>>(),
            &told.iter().map(|(_, mail)| mail.subject.clone()).collect::<Vec<_>>(),
            &told.iter().map(|(_, mail)| mail.body.clone()).collect::<Vec<_>>(),
            batch.applied_by.0,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Nothing is left to do.
    pub async fn finish_pay_award(&mut self, granted: &RollOut, batch: &PayBatch) -> Result<(), DbError> {
        let counts = sqlx::query!(
            r#"with finished as (update pay_award set finished_at = $3 where employer_id = $1 and id = $2)
            select count(*) filter (where version_id is not null) as "drafts!",
                count(*) filter (where advert_id is not null and changed) as "adverts!",
                count(*) filter (where not changed) as "left!"
            from pay_effect where employer_id = $1 and award_id = $2"#,
            batch.employer.0,
            batch.id.0,
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        let facts = [("drafts", counts.drafts), ("adverts", counts.adverts), ("left as they were", counts.left)]
            .map(|(name, number)| (name, number.to_string()));
        self.record(granted, &facts.each_ref().map(|(name, number)| (*name, number.as_str()))).await
    }
}

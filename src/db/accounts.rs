//! A person's own account: making one, what is kept in it, and its end.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::serde::rfc3339;

use super::error::exactly_one;
use super::{DbError, LinkPurpose, Tx};
use crate::domain::advert::{AdvertState, Standing, standing};
use crate::domain::ids::{AdvertId, PersonId};
use crate::policy::{Granted, act};

/// An advert that somebody keeps, as their list shows it.
#[derive(Debug, Clone)]
pub struct SavedAdvert {
    pub id: AdvertId,
    pub title: String,
    pub employer: String,
    pub standing: Standing,
    pub closes_on: Option<time::Date>,
    pub saved_at: OffsetDateTime,
}

/// Everything that is kept about a person, as they may see it and take it away.
#[derive(Debug, Clone, Serialize)]
pub struct StoredData {
    pub name: String,
    pub email: String,
    #[serde(with = "rfc3339")]
    pub account_made_at: OffsetDateTime,
    #[serde(with = "rfc3339::option")]
    pub address_confirmed_at: Option<OffsetDateTime>,
    pub has_password: bool,
    /// When mail about their work comes, where they said it.
    pub mail_times: Option<MailTimesKept>,
    pub roles: Vec<RoleHeld>,
    pub saved_adverts: Vec<String>,
    pub sessions: Vec<SessionKept>,
    pub links: Vec<LinkHeld>,
    pub mail: Vec<MailKept>,
    pub tries: Vec<Tried>,
    pub number_of_acts: i64,
    /// The newest first.
    pub acts: Vec<ActKept>,
}

/// Hours in London; none where nothing was chosen.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct MailTimesKept {
    pub digest_hour: Option<u8>,
    pub quiet_from: Option<u8>,
    pub quiet_until: Option<u8>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RoleHeld {
    pub employer: String,
    /// The word of a `policy::Role`; none for somebody who holds no role at present.
    pub role: Option<String>,
    /// None: the whole employer.
    pub unit: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SessionKept {
    #[serde(with = "rfc3339")]
    pub signed_in_at: OffsetDateTime,
    #[serde(with = "rfc3339")]
    pub last_seen_at: OffsetDateTime,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkHeld {
    pub purpose: String,
    #[serde(with = "rfc3339")]
    pub sent_at: OffsetDateTime,
    #[serde(with = "rfc3339")]
    pub ends_at: OffsetDateTime,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MailKept {
    pub subject: String,
    #[serde(with = "rfc3339")]
    pub written_at: OffsetDateTime,
}

/// A try at signing in, signing up or a new password that was counted against the account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tried {
    pub kind: String,
    #[serde(with = "rfc3339")]
    pub at: OffsetDateTime,
}

/// A row of the record of who did what.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ActKept {
    /// The word of a `policy::Action`, or of an access such as `sign_in`.
    pub action: String,
    pub subject: String,
    pub facts: serde_json::Value,
    #[serde(with = "rfc3339")]
    pub at: OffsetDateTime,
}

impl Tx {
    /// What somebody typed who signs up; nothing opens until the address is confirmed. None where the address belongs
    /// to an account that is more than that already.
    pub async fn sign_up(
        &mut self,
        name: &str,
        email: &str,
        password_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<PersonId>, DbError> {
        let id = sqlx::query_scalar!(
            "insert into person (name, email, password_hash, created_at) values ($1, $2, $3, $4)
            on conflict (email) do update set name = excluded.name, password_hash = excluded.password_hash
                where person.email_confirmed_at is null
                    and not exists (select from membership m where m.person_id = person.id)
            returning id",
            name,
            email,
            password_hash,
            now,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(id.map(PersonId))
    }

    pub async fn confirm_email(&mut self, person: PersonId, now: OffsetDateTime) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update person set email_confirmed_at = coalesce(email_confirmed_at, $2) where id = $1",
            person.0,
            now
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    /// Makes links useless that were sent before: those of one purpose, or all but invitations, which open no account.
    pub async fn end_links(
        &mut self,
        person: PersonId,
        purpose: Option<LinkPurpose>,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "update single_use_link set used_at = $3
            where person_id = $1 and used_at is null and (purpose = $2 or ($2::text is null and purpose <> 'invitation'))",
            person.0,
            purpose.map(LinkPurpose::word),
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// A new password chosen by somebody who gave the old one.
    pub async fn change_password(
        &mut self,
        granted: &Granted<act::ChangeAccount>,
        password_hash: &str,
    ) -> Result<(), DbError> {
        self.set_password(granted.id(), password_hash, granted.at()).await?;
        self.end_links(granted.id(), None, granted.at()).await?;
        self.record(granted, &[("changed", "password")]).await
    }

    /// The adverts that a person keeps, the last saved first.
    pub async fn saved_adverts(&mut self, person: PersonId, now: OffsetDateTime) -> Result<Vec<SavedAdvert>, DbError> {
        let rows = sqlx::query!(
            "select a.id, a.title, a.state, a.opens_at, a.closes_at, a.closes_on, e.name as employer, s.saved_at
            from saved_advert s
            join advert a on a.employer_id = s.employer_id and a.id = s.advert_id
            join employer e on e.id = s.employer_id
            where s.person_id = $1 order by s.saved_at desc, a.id desc limit 500",
            person.0,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let state = AdvertState::parse(&row.state).ok_or(DbError::Inconsistent {
                    table: "advert",
                    id: row.id,
                    what: "an unknown state",
                })?;
                Ok(SavedAdvert {
                    id: AdvertId(row.id),
                    title: row.title,
                    employer: row.employer,
                    standing: standing(state, row.opens_at.zip(row.closes_at), now),
                    closes_on: row.closes_on,
                    saved_at: row.saved_at,
                })
            })
            .collect()
    }

    /// Everything that is kept about a person, with at most so many of their acts.
    pub async fn stored_data(&mut self, person: PersonId, acts: i64) -> Result<StoredData, DbError> {
        let row = sqlx::query!(
            r#"select p.name, p.email, p.created_at, p.email_confirmed_at, p.password_hash is not null as "has_password!",
                (select json_agg(json_build_object('employer', e.name, 'role', r.role, 'unit', u.name) order by e.name, r.role)
                    from membership m join employer e on e.id = m.employer_id
                    left join membership_role r on r.employer_id = m.employer_id and r.membership_id = m.id
                    left join unit u on u.employer_id = r.employer_id and u.id = r.unit_id
                    where m.person_id = p.id) as roles,
                (select json_agg(a.title || ', ' || e.name order by s.saved_at desc)
                    from saved_advert s join advert a on a.employer_id = s.employer_id and a.id = s.advert_id
                    join employer e on e.id = s.employer_id where s.person_id = p.id) as saved,
                (select json_agg(json_build_object('signed_in_at', s.created_at, 'last_seen_at', s.last_seen_at)
                    order by s.created_at desc) from session s where s.person_id = p.id) as sessions,
                (select json_agg(json_build_object('purpose', l.purpose, 'sent_at', l.created_at, 'ends_at', l.expires_at)
                    order by l.created_at desc) from (
                        select purpose, created_at, expires_at from single_use_link where person_id = p.id
                        union all select 'Link to a review', t.created_at, t.expires_at from task_link t
                            join membership m on m.employer_id = t.employer_id and m.id = t.membership_id
                            where m.person_id = p.id) l) as links,
                (select json_build_array(json_build_object('digest_hour', w.digest_hour, 'quiet_from', w.quiet_from,
                    'quiet_until', w.quiet_until)) from mail_preference w where w.person_id = p.id) as mail_times,
                (select json_agg(json_build_object('subject', o.subject, 'written_at', o.created_at) order by o.id desc)
                    from outbox o where o.to_email = p.email) as mail,
                (select json_agg(json_build_object('kind', t.kind, 'at', t.created_at) order by t.id desc) from attempt t
                    where t.kind in ('sign_in', 'sign_up', 'password_reset') and t.counted_by = 'account:' || p.email) as tries,
                (select count(*) from audit where person_id = p.id) as "number_of_acts!",
                (select json_agg(json_build_object('action', a.action, 'subject', a.subject, 'facts', a.facts, 'at', a.created_at)
                    order by a.id desc)
                    from (select * from audit where person_id = p.id order by id desc limit $2) a) as acts
            from person p where p.id = $1"#,
            person.0,
            acts,
        )
        .fetch_one(self.conn())
        .await?;
        Ok(StoredData {
            name: row.name,
            email: row.email,
            account_made_at: row.created_at,
            address_confirmed_at: row.email_confirmed_at,
            has_password: row.has_password,
            mail_times: list(row.mail_times, person)?.into_iter().next(),
            roles: list(row.roles, person)?,
            saved_adverts: list(row.saved, person)?,
            sessions: list(row.sessions, person)?,
            links: list(row.links, person)?,
            mail: list(row.mail, person)?,
            tries: list(row.tries, person)?,
            number_of_acts: row.number_of_acts,
            acts: list(row.acts, person)?,
        })
    }

    /// Whether the person works, or has worked, for an employer, whose records then name them.
    pub async fn is_or_was_staff(&mut self, person: PersonId) -> Result<bool, DbError> {
        let found =
            sqlx::query_scalar!(r#"select exists (select from membership where person_id = $1) as "found!""#, person.0)
                .fetch_one(self.conn())
                .await?;
        Ok(found)
    }

    /// Erases an account: what is left is a row without name and address that the record of acts can point at.
    pub async fn erase_account(&mut self, granted: &Granted<act::DeleteAccount>) -> Result<(), DbError> {
        let person = granted.id();
        // First, while the name is known: the record keeps it.
        self.record(granted, &[]).await?;
        self.close_sessions_of(person).await?;
        sqlx::query!(
            "with saved as (delete from saved_advert where person_id = $1),
                links as (delete from single_use_link where person_id = $1),
                mail as (delete from outbox o using person p where p.id = $1 and o.to_email = p.email)
            delete from attempt t using person p where p.id = $1 and t.counted_by = 'account:' || p.email",
            person.0,
        )
        .execute(self.conn())
        .await?;
        let done = sqlx::query!(
            "update person set name = 'Deleted account', email = 'deleted-' || id || '@deleted.invalid',
                password_hash = null, email_confirmed_at = null, deactivated_at = $2
            where id = $1 and not exists (select from membership m where m.person_id = $1)",
            person.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }
}

fn list<T: serde::de::DeserializeOwned>(value: Option<serde_json::Value>, person: PersonId) -> Result<Vec<T>, DbError> {
    value.map_or_else(|| Ok(Vec::new()), serde_json::from_value).map_err(|_| DbError::Inconsistent {
        table: "person",
        id: person.0,
        what: "unreadable stored data",
    })
}

//! People and the ways in which they prove who they are: password hashes and single-use links.

use time::OffsetDateTime;

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::ids::PersonId;
use crate::domain::worded::worded;
use crate::policy::{Granted, Person, act};

worded! {
    LinkPurpose {
        Invitation = "invitation", "Invitation";
        PasswordReset = "password_reset", "Password reset";
        EmailConfirmation = "email_confirmation", "E-mail confirmation";
    }
}

/// What sign-in needs to know of a person.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub person: Person,
    /// None until an invitation has been taken up.
    pub password_hash: Option<String>,
    /// The address has been proved to be theirs.
    pub confirmed: bool,
    pub active: bool,
}

impl Tx {
    pub async fn credentials(&mut self, email: &str) -> Result<Option<Credentials>, DbError> {
        let row = sqlx::query!(
            "select id, name, email, password_hash, email_confirmed_at, deactivated_at from person where email = $1",
            email
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| Credentials {
            person: Person { id: PersonId(row.id), name: row.name, email: row.email },
            password_hash: row.password_hash,
            confirmed: row.email_confirmed_at.is_some(),
            active: row.deactivated_at.is_none(),
        }))
    }

    /// Adds a person who has yet to prove that the address is theirs.
    ///
    /// # Errors
    /// [`DbError::Constraint`] `person_email_key` where the address is taken.
    pub async fn add_person(&mut self, name: &str, email: &str, now: OffsetDateTime) -> Result<PersonId, DbError> {
        let id = sqlx::query_scalar!(
            "insert into person (name, email, created_at) values ($1, $2, $3) returning id",
            name,
            email,
            now,
        )
        .fetch_one(self.conn())
        .await?;
        Ok(PersonId(id))
    }

    /// Sets the password and ends every session, so that whoever knew the old one is out.
    /// Reading a link sent to the address also confirms the address.
    pub async fn set_password(
        &mut self,
        person: PersonId,
        password_hash: &str,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update person set password_hash = $2, email_confirmed_at = coalesce(email_confirmed_at, $3) where id = $1",
            person.0,
            password_hash,
            now,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.close_sessions_of(person).await
    }

    pub async fn add_link(
        &mut self,
        token_hash: &[u8],
        purpose: LinkPurpose,
        person: PersonId,
        now: OffsetDateTime,
        lasts: time::Duration,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "insert into single_use_link (token_hash, purpose, person_id, created_at, expires_at) values ($1, $2, $3, $4, $5)",
            token_hash,
            purpose.word(),
            person.0,
            now,
            now + lasts,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    /// The person a link is for, while it still works. Looking does not use it up: mail scanners look too.
    pub async fn link(
        &mut self,
        token_hash: &[u8],
        purpose: LinkPurpose,
        now: OffsetDateTime,
    ) -> Result<Option<Person>, DbError> {
        let row = sqlx::query!(
            "select p.id, p.name, p.email from single_use_link l join person p on p.id = l.person_id
            where l.token_hash = $1 and l.purpose = $2 and l.used_at is null and l.expires_at > $3
                and p.deactivated_at is null",
            token_hash,
            purpose.word(),
            now,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| Person { id: PersonId(row.id), name: row.name, email: row.email }))
    }

    /// Uses a link up.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it was used already: of two clicks one wins.
    pub async fn use_link(&mut self, token_hash: &[u8], now: OffsetDateTime) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update single_use_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2",
            token_hash,
            now,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    /// Writes down both names, so that the record before it can still be read.
    pub async fn rename_person(&mut self, granted: &Granted<act::ChangeAccount>, name: &str) -> Result<(), DbError> {
        let before = sqlx::query_scalar!(
            "update person set name = $2 from (select name from person where id = $1 for update) before
            where person.id = $1 returning before.name",
            granted.id().0,
            name,
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        self.record(granted, &[("from", &before), ("to", name)]).await
    }
}

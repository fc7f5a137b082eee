//! What the demonstration puts in by hand because no page makes it: employers with their people and units.
//! Every write is refused outside a database that holds the demonstration alone.

use time::OffsetDateTime;

use super::error::exactly_one;
use super::{DbError, EmployerKind, EvaluationScheme, Tx};
use crate::domain::ids::{EmployerId, MembershipId, PersonId, UnitId};
use crate::policy::{Person, Role};

/// Any number: whoever holds this lock loads the demonstration.
const LOADING: i64 = 7_265_012;

/// An employer of the demonstration.
#[derive(Debug, Clone)]
pub struct DemonstrationEmployer {
    pub slug: String,
    pub name: String,
    pub kind: EmployerKind,
    pub scheme: EvaluationScheme,
    pub description: String,
}

impl Tx {
    /// Whether nobody and no employer is here yet. Until the transaction ends no other loader gets past this.
    pub async fn is_empty(&mut self) -> Result<bool, DbError> {
        sqlx::query!("select pg_advisory_xact_lock($1)", LOADING).execute(self.conn()).await?;
        Ok(sqlx::query_scalar!(
            r#"select not exists (select from employer) and not exists (select from person) as "empty!""#
        )
        .fetch_one(self.conn())
        .await?)
    }

    pub async fn add_demonstration_employer(
        &mut self,
        employer: &DemonstrationEmployer,
        at: OffsetDateTime,
    ) -> Result<EmployerId, DbError> {
        let id = sqlx::query_scalar!(
            "insert into employer (slug, name, kind, description, evaluation_scheme, demonstration, created_at)
            select $1, $2, $3, $4, $5, true, $6 where not exists (select from employer where not demonstration)
            returning id",
            employer.slug,
            employer.name,
            employer.kind.word(),
            employer.description,
            employer.scheme.word(),
            at,
        )
        .fetch_optional(self.conn())
        .await?;
        id.map(EmployerId).ok_or(DbError::Stale)
    }

    pub async fn add_demonstration_unit(
        &mut self,
        employer: EmployerId,
        name: &str,
        parent: Option<UnitId>,
        at: OffsetDateTime,
    ) -> Result<UnitId, DbError> {
        let id = sqlx::query_scalar!(
            "insert into unit (employer_id, name, parent_id, created_at)
            select id, $2, $3, $4 from employer where id = $1 and demonstration returning id",
            employer.0,
            name,
            parent.map(|unit| unit.0),
            at,
        )
        .fetch_optional(self.conn())
        .await?;
        id.map(UnitId).ok_or(DbError::Stale)
    }

    pub async fn set_demonstration_manager(
        &mut self,
        employer: EmployerId,
        unit: UnitId,
        manager: MembershipId,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update unit set manager_id = $3
            where id = $2 and employer_id = (select id from employer where id = $1 and demonstration)",
            employer.0,
            unit.0,
            manager.0,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    /// Adds somebody whose address counts as confirmed, so that they can sign in with that password.
    pub async fn add_demonstration_person(
        &mut self,
        name: &str,
        email: &str,
        password_hash: &str,
        at: OffsetDateTime,
    ) -> Result<Person, DbError> {
        let id = sqlx::query_scalar!(
            "insert into person (name, email, password_hash, email_confirmed_at, created_at)
            select $1, $2, $3, $4, $4
            where exists (select from employer) and not exists (select from employer where not demonstration)
            returning id",
            name,
            email,
            password_hash,
            at,
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        Ok(Person { id: PersonId(id), name: name.to_owned(), email: email.to_owned() })
    }

    pub async fn add_demonstration_member(
        &mut self,
        employer: EmployerId,
        person: PersonId,
        at: OffsetDateTime,
    ) -> Result<MembershipId, DbError> {
        let id = sqlx::query_scalar!(
            "insert into membership (employer_id, person_id, joined_at, created_at)
            select id, $2, $3, $3 from employer where id = $1 and demonstration returning id",
            employer.0,
            person.0,
            at,
        )
        .fetch_optional(self.conn())
        .await?;
        id.map(MembershipId).ok_or(DbError::Stale)
    }

    /// Gives a role for a unit and everything below it, or for the whole employer.
    pub async fn give_demonstration_role(
        &mut self,
        employer: EmployerId,
        member: MembershipId,
        role: Role,
        unit: Option<UnitId>,
        at: OffsetDateTime,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "insert into membership_role (employer_id, membership_id, role, unit_id, created_at)
            select id, $2, $3, $4, $5 from employer where id = $1 and demonstration",
            employer.0,
            member.0,
            role.word(),
            unit.map(|unit| unit.0),
            at,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }
}

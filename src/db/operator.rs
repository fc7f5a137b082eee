//! What the command line needs before anybody can sign in: finding an employer by its slug, and putting people in.

use super::{DbError, Tx};
use crate::domain::ids::{EmployerId, MembershipId, UnitId};
use crate::policy::{Granted, Role, act};

/// Somebody put on an employer's staff.
#[derive(Debug, Clone, Copy)]
pub struct Enrolled {
    pub member: MembershipId,
    /// They took up an invitation before.
    pub joined: bool,
}

impl Tx {
    /// The employer with that slug, and its name.
    pub async fn employer_by_slug(&mut self, slug: &str) -> Result<Option<(EmployerId, String)>, DbError> {
        let row =
            sqlx::query!("select id, name from employer where slug = $1", slug).fetch_optional(self.conn()).await?;
        Ok(row.map(|row| (EmployerId(row.id), row.name)))
    }

    /// The unit of that name, in any case.
    pub async fn unit_by_name(&mut self, employer: EmployerId, name: &str) -> Result<Option<UnitId>, DbError> {
        let id = sqlx::query_scalar!(
            "select id from unit where employer_id = $1 and lower(name) = lower($2)",
            employer.0,
            name
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(id.map(UnitId))
    }

    /// Puts somebody on the staff with one role. A person or membership that is there already is used, and a role that
    /// they hold already is no error. None where they were deactivated: with the old roles back, nobody could say what they
    /// may do, so that is an administrator's to undo.
    pub async fn enrol(
        &mut self,
        granted: &Granted<act::InvitePerson>,
        name: &str,
        email: &str,
        role: Role,
        unit: Option<UnitId>,
    ) -> Result<Option<Enrolled>, DbError> {
        let at = granted.at();
        let person = sqlx::query_scalar!(
            "insert into person (name, email, created_at) values ($1, $2, $3)
            on conflict (email) do update set email = excluded.email returning id",
            name,
            email,
            at,
        )
        .fetch_one(self.conn())
        .await?;
        let row = sqlx::query!(
            r#"insert into membership (employer_id, person_id, created_at) values ($1, $2, $3)
            on conflict (employer_id, person_id) do update set employer_id = excluded.employer_id
            returning id, joined_at is not null as "joined!", deactivated_at is null as "active!""#,
            granted.id().0,
            person,
            at,
        )
        .fetch_one(self.conn())
        .await?;
        let member = MembershipId(row.id);
        if !row.active {
            return Ok(None);
        }
        self.hold(granted, member, role, unit).await?;
        self.record(granted, &[("person", name), ("role", role.label())]).await?;
        Ok(Some(Enrolled { member, joined: row.joined }))
    }

    async fn hold(
        &mut self,
        granted: &Granted<act::InvitePerson>,
        member: MembershipId,
        role: Role,
        unit: Option<UnitId>,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into membership_role (employer_id, membership_id, role, unit_id, created_at)
            values ($1, $2, $3, $4, $5) on conflict do nothing",
            granted.id().0,
            member.0,
            role.word(),
            unit.map(|unit| unit.0),
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

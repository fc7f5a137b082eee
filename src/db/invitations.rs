//! Invitations: the links by which somebody joins an employer's staff, and their answers to them.

use time::{Duration, OffsetDateTime};

use super::error::exactly_one;
use super::memberships::roles;
use super::{DbError, RoleAt, Tx};
use crate::domain::ids::{EmployerId, MembershipId, PersonId};
use crate::policy::{Granted, Person, Subject, act};

/// What a link invites to.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub person: Person,
    /// They have a password of their own, from another employer or as an applicant.
    pub has_account: bool,
    pub membership: MembershipId,
    pub employer: EmployerId,
    pub employer_name: String,
    pub employer_slug: String,
    pub roles: Vec<RoleAt>,
}

impl Invitation {
    pub fn subject(&self) -> Subject<MembershipId> {
        Subject {
            id: self.membership,
            employer: Some(self.employer),
            unit: None,
            person: Some(self.person.id),
            profile: None,
            name: self.person.name.clone(),
        }
    }
}

impl Tx {
    /// A link for somebody who is on the list of an employer's staff and has not joined yet.
    pub async fn add_invitation(
        &mut self,
        token_hash: &[u8],
        member: MembershipId,
        now: OffsetDateTime,
        lasts: Duration,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "insert into single_use_link (token_hash, purpose, person_id, employer_id, membership_id, created_at, expires_at)
            select $1, 'invitation', person_id, employer_id, id, $3, $4 from membership where id = $2",
            token_hash,
            member.0,
            now,
            now + lasts,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    /// Ends the links before another is sent, and says so in the record.
    pub async fn end_invitations(
        &mut self,
        granted: &Granted<act::InvitePerson>,
        member: MembershipId,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "update single_use_link set used_at = $3
            where employer_id = $1 and membership_id = $2 and used_at is null",
            granted.id().0,
            member.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        self.record(granted, &[("sent", "again")]).await
    }

    /// What the link invites to, while it still works. Looking does not use it up: mail scanners look too.
    pub async fn invitation(&mut self, token_hash: &[u8], now: OffsetDateTime) -> Result<Option<Invitation>, DbError> {
        let row = sqlx::query!(
            r#"select p.id, p.name, p.email, p.password_hash is not null and p.email_confirmed_at is not null as "has_account!",
                m.id as membership_id, e.id as employer_id, e.name as employer_name, e.slug,
                (select json_agg(json_build_object('role', r.role, 'unit', r.unit_id, 'name', u.name) order by r.role, u.name)
                    from membership_role r left join unit u on u.employer_id = r.employer_id and u.id = r.unit_id
                    where r.employer_id = m.employer_id and r.membership_id = m.id) as roles
            from single_use_link l join person p on p.id = l.person_id
            join membership m on m.employer_id = l.employer_id and m.id = l.membership_id
            join employer e on e.id = m.employer_id
            where l.token_hash = $1 and l.purpose = 'invitation' and l.used_at is null and l.expires_at > $2
                and p.deactivated_at is null and m.deactivated_at is null and m.joined_at is null"#,
            token_hash,
            now,
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(|row| {
            Ok(Invitation {
                person: Person { id: PersonId(row.id), name: row.name, email: row.email },
                has_account: row.has_account,
                membership: MembershipId(row.membership_id),
                employer: EmployerId(row.employer_id),
                employer_name: row.employer_name,
                employer_slug: row.slug,
                roles: roles(row.membership_id, row.roles)?,
            })
        })
        .transpose()
    }

    /// From now on their roles hold.
    ///
    /// # Errors
    /// [`DbError::Stale`] where they joined already.
    pub async fn join(&mut self, granted: &Granted<act::AnswerInvitation>) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update membership set joined_at = $2 where id = $1 and joined_at is null and deactivated_at is null",
            granted.id().0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("answer", "joined")]).await
    }

    /// Takes them off the list: nothing hangs on somebody who never joined but roles and links.
    ///
    /// # Errors
    /// [`DbError::Stale`] where they joined already.
    pub async fn decline(&mut self, granted: &Granted<act::AnswerInvitation>) -> Result<(), DbError> {
        let done = sqlx::query!(
            "with gone as (
                select employer_id, id from membership where id = $1 and joined_at is null for update
            ), roles as (
                delete from membership_role r using gone g where r.employer_id = g.employer_id and r.membership_id = g.id
            ), links as (
                delete from single_use_link l using gone g where l.employer_id = g.employer_id and l.membership_id = g.id
            )
            delete from membership m using gone g where m.employer_id = g.employer_id and m.id = g.id",
            granted.id().0,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("answer", "declined")]).await
    }
}

//! When somebody is away, and who decides instead.

use time::{Date, OffsetDateTime};

use super::error::exactly_one;
use super::memberships::employer_of;
use super::{DbError, Manager, Tx};
use crate::domain::away::{Absence, days_in_words};
use crate::domain::ids::MembershipId;
use crate::policy::{Granted, Scope, act};

/// The constraint that two absences of one person at the same time break.
pub const OVERLAP: &str = "absence_once";

/// An absence that is, or is to come.
#[derive(Debug, Clone)]
pub struct AbsenceHeld {
    pub id: i64,
    pub absence: Absence,
    pub delegate_name: Option<String>,
    pub set_by: MembershipId,
    pub set_by_name: String,
    pub created_at: OffsetDateTime,
}

impl Tx {
    /// Somebody's absences from today on, the first first.
    pub async fn absences_of(
        &mut self,
        scope: &Scope,
        member: MembershipId,
        today: Date,
    ) -> Result<Vec<AbsenceHeld>, DbError> {
        let rows = sqlx::query!(
            r#"select id, first_day, last_day, delegate_id, member_name(delegate_id) as delegate_name, set_by,
                member_name(set_by) as "set_by_name!", created_at
            from absence where employer_id = $1 and membership_id = $2 and ended_at is null and last_day >= $3
            order by first_day"#,
            scope.employer().0,
            member.0,
            today,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| AbsenceHeld {
                id: row.id,
                absence: Absence {
                    who: member,
                    first_day: row.first_day,
                    last_day: row.last_day,
                    delegate: row.delegate_id.map(MembershipId),
                },
                delegate_name: row.delegate_name,
                set_by: MembershipId(row.set_by),
                set_by_name: row.set_by_name,
                created_at: row.created_at,
            })
            .collect())
    }

    /// Active people who share a role with that one, whose work each of them might do.
    pub async fn possible_delegates(&mut self, scope: &Scope, member: MembershipId) -> Result<Vec<Manager>, DbError> {
        let rows = sqlx::query!(
            "select m.id, p.name from membership m join person p on p.id = m.person_id and p.deactivated_at is null
            where m.employer_id = $1 and m.id <> $2 and m.deactivated_at is null and m.joined_at is not null
                and exists (select from membership_role r
                where r.employer_id = m.employer_id and r.membership_id = m.id
                    and r.role in (select own.role from membership_role own
                        where own.employer_id = m.employer_id and own.membership_id = $2))
            order by lower(p.name), m.id",
            scope.employer().0,
            member.0,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| Manager { id: MembershipId(row.id), name: row.name }).collect())
    }

    /// # Errors
    /// [`DbError::Constraint`] [`OVERLAP`] where they are away already on one of these days.
    pub async fn add_absence(
        &mut self,
        granted: &Granted<act::SetAway>,
        absence: &Absence,
        delegate_name: &str,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "insert into absence (employer_id, membership_id, first_day, last_day, delegate_id, set_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)",
            employer_of(granted)?.0,
            granted.id().0,
            absence.first_day,
            absence.last_day,
            absence.delegate.map(|delegate| delegate.0),
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let days = days_in_words(absence.first_day, absence.last_day);
        self.record(granted, &[("away", &days), ("decides instead", delegate_name)]).await
    }

    /// Whether that was an absence of theirs, ended or over by now.
    pub async fn was_absence(&mut self, scope: &Scope, member: MembershipId, absence: i64) -> Result<bool, DbError> {
        Ok(sqlx::query_scalar!(
            r#"select exists (select from absence where employer_id = $1 and membership_id = $2 and id = $3) as "was!""#,
            scope.employer().0,
            member.0,
            absence,
        )
        .fetch_one(self.conn())
        .await?)
    }

    /// Ends an absence before its time, or takes it back.
    ///
    /// # Errors
    /// [`DbError::Stale`] where that was done already, or it is somebody else's.
    pub async fn end_absence(&mut self, granted: &Granted<act::SetAway>, absence: &AbsenceHeld) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update absence set ended_at = $4, ended_by = $5
            where employer_id = $1 and membership_id = $2 and id = $3 and ended_at is null",
            employer_of(granted)?.0,
            granted.id().0,
            absence.id,
            granted.at(),
            granted.membership().ok_or(DbError::Stale)?.0,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let days = days_in_words(absence.absence.first_day, absence.absence.last_day);
        self.record(granted, &[("ended", "yes"), ("away", &days)]).await
    }
}

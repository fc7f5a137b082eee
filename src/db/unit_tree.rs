//! An employer's units: the tree, names and managers.

use time::OffsetDateTime;

use super::error::exactly_one;
use super::memberships::employer_of;
use super::{DbError, Tx};
use crate::domain::ids::{MembershipId, UnitId};
use crate::policy::{Act, Granted, Scope, act};

/// A unit with its place in the tree and its manager, for those who keep the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagedUnit {
    pub id: UnitId,
    pub parent: Option<UnitId>,
    pub name: String,
    /// Who approves for this unit unless somebody else is named.
    pub manager: Option<(MembershipId, String)>,
}

/// What a unit was called and where it stood, until somebody changed it.
#[derive(Debug, Clone)]
pub struct UnitPast {
    pub name: String,
    /// None where it stood at the top.
    pub parent: Option<String>,
    pub until: OffsetDateTime,
    pub by: String,
}

impl Tx {
    /// Every unit of the employer, by name.
    pub async fn all_units(&mut self, scope: &Scope) -> Result<Vec<ManagedUnit>, DbError> {
        let rows = sqlx::query!(
            r#"select u.id, u.parent_id, u.name, m.id as "manager_id?", p.name as "manager?"
            from unit u
            left join membership m on m.employer_id = u.employer_id and m.id = u.manager_id
            left join person p on p.id = m.person_id
            where u.employer_id = $1 order by lower(u.name)"#,
            scope.employer().0,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| ManagedUnit {
                id: UnitId(row.id),
                parent: row.parent_id.map(UnitId),
                name: row.name,
                manager: row.manager_id.map(MembershipId).zip(row.manager),
            })
            .collect())
    }

    /// # Errors
    /// [`DbError::Constraint`] `unit_employer_id_name_key` where the name is taken.
    pub async fn add_unit(
        &mut self,
        granted: &Granted<act::ChangeUnit>,
        name: &str,
        parent: Option<UnitId>,
    ) -> Result<UnitId, DbError> {
        let id = sqlx::query_scalar!(
            "insert into unit (employer_id, name, parent_id, created_at) values ($1, $2, $3, $4) returning id",
            granted.id().0,
            name,
            parent.map(|unit| unit.0),
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        self.record(granted, &[("added", name)]).await?;
        Ok(UnitId(id))
    }

    /// Renames a unit, moves it, and names its manager; what it was called and where it stood is kept.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it would come to stand below itself.
    /// [`DbError::Constraint`] `unit_employer_id_name_key` where the name is taken.
    pub async fn change_unit(
        &mut self,
        granted: &Granted<act::ChangeUnit>,
        unit: UnitId,
        name: &str,
        manager: Option<&(MembershipId, String)>,
        parent: Option<&ManagedUnit>,
    ) -> Result<(), DbError> {
        let employer = granted.id();
        // Two moves at once could make a circle that neither sees: they come one after the other.
        sqlx::query_scalar!("select id from unit where employer_id = $1 order by id for update", employer.0)
            .fetch_all(self.conn())
            .await?;
        let done = sqlx::query!(
            "with recursive above as (
                select id, parent_id from unit where employer_id = $1 and id = $5
                union select u.id, u.parent_id from unit u join above a on u.id = a.parent_id where u.employer_id = $1
            ),
            past as (insert into unit_past (employer_id, unit_id, name, parent_id, until_at, ended_by)
                select employer_id, id, name, parent_id, $6, $7::bigint from unit where employer_id = $1 and id = $2
                    and (name, parent_id) is distinct from ($3, $5::bigint) and $2 not in (select id from above))
            update unit set name = $3, manager_id = $4, parent_id = $5
            where employer_id = $1 and id = $2 and $2 not in (select id from above)",
            employer.0,
            unit.0,
            name,
            manager.map(|(member, _)| member.0),
            parent.map(|parent| parent.id.0),
            granted.at(),
            granted.membership().ok_or(DbError::Stale)?.0,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let manager = manager.map_or("nobody", |(_, name)| name.as_str());
        let parent = parent.map_or("nothing", |parent| parent.name.as_str());
        self.record(granted, &[("name", name), ("manager", manager), ("part of", parent)]).await
    }

    /// What a unit was called and where it stood, newest first.
    pub async fn unit_past(&mut self, scope: &Scope, unit: UnitId) -> Result<Vec<UnitPast>, DbError> {
        let rows = sqlx::query!(
            r#"select p.name, u.name as "parent?", p.until_at, member_name(p.ended_by) as "by!"
            from unit_past p left join lateral unit_at(p.parent_id, p.until_at - interval '1 microsecond') u on p.parent_id is not null
            where p.employer_id = $1 and p.unit_id = $2 order by p.until_at desc, p.id desc limit 50"#,
            scope.employer().0,
            unit.0,
        )
        .fetch_all(self.conn())
        .await?;
        let past = rows.into_iter().map(|row| UnitPast {
            name: row.name,
            parent: row.parent,
            until: row.until_at,
            by: row.by,
        });
        Ok(past.collect())
    }

    /// Takes units from a manager who may no longer decide for them, and says which. Without one, authors choose who
    /// approves.
    pub async fn clear_manager<A>(&mut self, granted: &Granted<A>) -> Result<Vec<String>, DbError>
    where
        A: Act<Id = MembershipId>,
    {
        let names = sqlx::query_scalar!(
            "with recursive above as (
                select id as unit, id, parent_id from unit where employer_id = $1 and manager_id = $2
                union select a.unit, u.id, u.parent_id from unit u join above a on u.employer_id = $1 and u.id = a.parent_id
            )
            update unit set manager_id = null where employer_id = $1 and manager_id = $2 and not exists (
                select from membership m
                join membership_role r on r.employer_id = m.employer_id and r.membership_id = m.id and r.role = 'manager'
                where m.employer_id = $1 and m.id = $2 and m.deactivated_at is null and m.joined_at is not null
                    and (r.unit_id is null or r.unit_id in (select a.id from above a where a.unit = unit.id)))
            returning name",
            employer_of(granted)?.0,
            granted.id().0,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(names)
    }
}

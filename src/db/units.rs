//! Units, and who may approve for one.

use super::{DbError, Tx};
use crate::domain::ids::{EmployerId, MembershipId, UnitId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    pub name: String,
    /// How far below the top it stands.
    pub depth: i32,
}

/// Somebody with the manager role for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manager {
    pub id: MembershipId,
    pub name: String,
}

impl Tx {
    /// The units in the order of their tree.
    pub async fn units(&mut self, employer: EmployerId) -> Result<Vec<Unit>, DbError> {
        let rows = sqlx::query!(
            r#"with recursive tree as (
                select id, name, 0 as depth, array[name] as path from unit where employer_id = $1 and parent_id is null
                union all
                select u.id, u.name, t.depth + 1, t.path || u.name from unit u join tree t on u.parent_id = t.id
                    where u.employer_id = $1
            ) select id as "id!", name as "name!", depth as "depth!" from tree order by path"#,
            employer.0
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| Unit { id: UnitId(row.id), name: row.name, depth: row.depth }).collect())
    }

    /// Active members with the manager role for that unit, for one above it or for the whole employer.
    pub async fn managers_for(&mut self, employer: EmployerId, unit: UnitId) -> Result<Vec<Manager>, DbError> {
        let rows = sqlx::query!(
            r#"with recursive above as (
                select id, parent_id from unit where employer_id = $1 and id = $2
                union all select u.id, u.parent_id from unit u join above a on u.id = a.parent_id where u.employer_id = $1
            )
            select distinct m.id, p.name from membership m
            join person p on p.id = m.person_id and p.deactivated_at is null
            join membership_role r on r.membership_id = m.id and r.role = 'manager'
                and (r.unit_id is null or r.unit_id in (select id from above))
            where m.employer_id = $1 and m.deactivated_at is null and m.joined_at is not null
            order by p.name, m.id"#,
            employer.0,
            unit.0
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| Manager { id: MembershipId(row.id), name: row.name }).collect())
    }
}

impl Tx {
    /// Active members with the author role anywhere: those who can own a profile.
    pub async fn authors_of(&mut self, employer: EmployerId) -> Result<Vec<(MembershipId, String)>, DbError> {
        let rows = sqlx::query!(
            "select distinct m.id, p.name from membership m
            join person p on p.id = m.person_id and p.deactivated_at is null
            join membership_role r on r.membership_id = m.id and r.role = 'author'
            where m.employer_id = $1 and m.deactivated_at is null and m.joined_at is not null
            order by p.name, m.id",
            employer.0
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| (MembershipId(row.id), row.name)).collect())
    }
}

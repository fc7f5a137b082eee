//! What the library can be filtered by: an employer's units, the owners of its profiles, its grades.

use super::{DbError, Tx, Unit};
use crate::domain::ids::{GradeId, MembershipId, UnitId};
use crate::policy::Scope;

/// The choices of the library's filters, each in the order in which people look for them.
#[derive(Debug, Clone, Default)]
pub struct ProfileChoices {
    /// In the order of their tree.
    pub units: Vec<Unit>,
    /// Who owns a profile in scope, by name; people who have left are named as long as they own one.
    pub owners: Vec<(MembershipId, String)>,
    /// Lowest first.
    pub grades: Vec<(GradeId, String)>,
}

impl Tx {
    /// All of them in one statement, for a page that also counts and lists.
    pub async fn profile_choices(&mut self, scope: &Scope) -> Result<ProfileChoices, DbError> {
        let rows = sqlx::query!(
            r#"with recursive tree as (
                select id, name, 0 as depth, array[name] as path from unit where employer_id = $1 and parent_id is null
                union all
                select u.id, u.name, t.depth + 1, t.path || u.name from unit u join tree t on u.parent_id = t.id
                    where u.employer_id = $1
            ), owners as (
                select distinct owner_id, member_name(owner_id) as name from profile
                where employer_id = $1 and ($2 or unit_id = any($3))
            )
            select 'unit' as "what!", id as "id!", name as "name!", depth as "depth!",
                row_number() over (order by path) as "place!" from tree
            union all select 'owner', owner_id, name, 0, row_number() over (order by lower(name), owner_id) from owners
            union all select 'grade', id, name, 0, row_number() over (order by position, id) from grade
                where employer_id = $1
            order by 1, 5"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
        )
        .fetch_all(self.conn())
        .await?;
        let mut choices = ProfileChoices::default();
        for row in rows {
            match row.what.as_str() {
                "unit" => choices.units.push(Unit { id: UnitId(row.id), name: row.name, depth: row.depth }),
                "owner" => choices.owners.push((MembershipId(row.id), row.name)),
                _ => choices.grades.push((GradeId(row.id), row.name)),
            }
        }
        Ok(choices)
    }
}

//! Where a new text of a clause would land: each profile that holds the clause, as it stands now.

use std::collections::BTreeMap;

use super::{DbError, Tx};
use crate::domain::clause::Standing;
use crate::domain::details::GradeBasis;
use crate::domain::ids::{ClauseId, EmployerId, ProfileId, VersionId};
use crate::domain::version::StateName;

/// A version in force or open, and how the clause stands in it.
#[derive(Debug, Clone, Copy)]
pub struct Holds {
    pub version: VersionId,
    pub number: i32,
    pub state: StateName,
    pub standing: Standing,
    pub basis: Option<GradeBasis>,
    /// The earliest text of the clause that stands there.
    pub edition: Option<i32>,
}

/// A profile in use that holds the clause, in force or open.
#[derive(Debug, Clone)]
pub struct Affected {
    pub profile: ProfileId,
    pub number: i32,
    pub title: String,
    pub in_force: Option<Holds>,
    pub open: Option<Holds>,
}

impl Tx {
    /// Every profile that the edition concerns, by number; of `only` where some are named.
    pub async fn clause_impact(
        &mut self,
        employer: EmployerId,
        (clause, edition): (ClauseId, i32),
        only: Option<&[i64]>,
    ) -> Result<Vec<Affected>, DbError> {
        let rows = sqlx::query!(
            r#"with held as (
                select distinct v.profile_id from clause_use u join version v on v.id = u.version_id
                where u.employer_id = $1 and u.clause_id = $2
                    and v.state in ('draft', 'in_review', 'changes_requested', 'approved', 'issued')
                    and ($4::bigint[] is null or v.profile_id = any($4)))
            select p.id as profile_id, p.number as profile, v.id, v.number, v.title, v.state, v.grade_basis,
                u.own as "own?", u.old as "old?", u.edition as "edition?"
            from held join profile p on p.id = held.profile_id
            join version v on v.profile_id = p.id
                and v.state in ('draft', 'in_review', 'changes_requested', 'approved', 'issued')
            left join lateral (
                select bool_and(u.reason <> '') as own, bool_or(u.reason = '' and u.edition < $3) as old,
                    min(u.edition) as edition
                from clause_use u where u.version_id = v.id and u.clause_id = $2) u on true
            where p.retired_at is null
            order by p.number, v.id"#,
            employer.0,
            clause.0,
            edition,
            only,
        )
        .fetch_all(self.conn())
        .await?;
        let mut all: BTreeMap<i32, Affected> = BTreeMap::new();
        for row in rows {
            let state = StateName::parse(&row.state).ok_or(DbError::Stale)?;
            let holds = Holds {
                version: VersionId(row.id),
                number: row.number,
                state,
                standing: standing(row.own, row.old),
                basis: row.grade_basis.as_deref().and_then(GradeBasis::parse),
                edition: row.edition,
            };
            let entry = all.entry(row.profile).or_insert_with(|| Affected {
                profile: ProfileId(row.profile_id),
                number: row.profile,
                title: String::new(),
                in_force: None,
                open: None,
            });
            if entry.title.is_empty() || state == StateName::Issued {
                entry.title = row.title;
            }
            match state == StateName::Issued {
                true => entry.in_force = Some(holds),
                false => entry.open = Some(holds),
            }
        }
        Ok(all.into_values().collect())
    }
}

/// Without a row for the clause both are absent.
fn standing(own: Option<bool>, old: Option<bool>) -> Standing {
    match (own, old) {
        (None, _) => Standing::Absent,
        (Some(_), Some(true)) => Standing::Old,
        (Some(true), _) => Standing::Own,
        (Some(false), _) => Standing::New,
    }
}

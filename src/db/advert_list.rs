//! The list of an employer's adverts, for staff.

use time::{Date, OffsetDateTime};

use super::{DbError, Tx};
use crate::domain::advert::{AdvertState, Audience, Standing, standing};
use crate::domain::ids::AdvertId;
use crate::policy::Scope;

/// An advert in the list.
#[derive(Debug, Clone)]
pub struct AdvertRow {
    pub id: AdvertId,
    pub title: String,
    pub headline: String,
    pub reference: String,
    pub profile_number: i32,
    pub version_number: i32,
    pub unit: String,
    pub manager: Option<String>,
    /// Who is asked to confirm it, while it waits for that.
    pub waits_for: Option<String>,
    pub standing: Standing,
    pub opens_on: Option<Date>,
    pub closes_on: Option<Date>,
    pub audience: Audience,
    /// The last day on which it is kept for staff whose own posts go.
    pub held_until: Option<Date>,
}

/// What to find; empty conditions find everything in scope.
#[derive(Debug, Clone, Default)]
pub struct AdvertFilter {
    pub standing: Option<Standing>,
    pub offset: i64,
}

impl Tx {
    /// One page, the latest made first, and how many there are in all.
    pub async fn adverts(
        &mut self,
        scope: &Scope,
        filter: &AdvertFilter,
        page: i64,
        now: OffsetDateTime,
    ) -> Result<(Vec<AdvertRow>, i64), DbError> {
        let rows = sqlx::query!(
            r#"select a.id, a.state, a.title, a.headline, a.reference, p.number as profile_number,
                v.number as version_number, u.name as unit, member_name(a.hiring_manager_id) as manager,
                (select member_name(t.assigned_to) from task t where t.employer_id = a.employer_id
                    and t.advert_id = a.id and t.kind = 'confirm_advert' and t.closed_at is null) as waits_for,
                a.opens_on, a.closes_on, a.opens_at, a.closes_at, a.audience, a.redeployment_until, count(*) over () as "total!"
            from advert a
            join version v on v.id = a.version_id
            join profile p on p.id = v.profile_id
            join unit u on u.id = p.unit_id
            where a.employer_id = $1
                and ($2 or p.unit_id = any($3) or exists (select from task mine
                    where mine.employer_id = $1 and mine.advert_id = a.id and mine.assigned_to = $4))
                and ($5::text is null or $5 = case
                    when a.state <> 'published' then a.state
                    when a.opens_at > $6 then 'scheduled' when a.closes_at > $6 then 'open' else 'closed' end)
            order by a.id desc limit $7 offset $8"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
            scope.membership().0,
            filter.standing.map(Standing::word),
            now,
            page,
            filter.offset,
        )
        .fetch_all(self.conn())
        .await?;
        let total = rows.first().map_or(0, |row| row.total);
        let rows = rows
            .into_iter()
            .map(|row| {
                let odd = DbError::Inconsistent { table: "advert", id: row.id, what: "an unknown state" };
                let state = AdvertState::parse(&row.state).ok_or(odd)?;
                Ok(AdvertRow {
                    id: AdvertId(row.id),
                    title: row.title,
                    headline: row.headline,
                    reference: row.reference,
                    profile_number: row.profile_number,
                    version_number: row.version_number,
                    unit: row.unit,
                    manager: row.manager,
                    waits_for: row.waits_for,
                    standing: standing(state, row.opens_at.zip(row.closes_at), now),
                    opens_on: row.opens_on,
                    closes_on: row.closes_on,
                    // What can't be read is shown to nobody outside.
                    audience: Audience::parse(&row.audience).unwrap_or(Audience::Internal),
                    held_until: row.redeployment_until,
                })
            })
            .collect::<Result<Vec<_>, DbError>>()?;
        Ok((rows, total))
    }
}

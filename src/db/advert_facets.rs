//! What a search can be narrowed by, with how many jobs each choice leaves.

use sqlx::Row;
use time::OffsetDateTime;

use super::advert_drawers::Order;
use super::advert_search::{Builder, JobFilter, MOST_COUNTED, push_found};
use super::{DbError, Tx};

/// One choice of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    pub value: String,
    pub name: String,
    /// How many of what was found have it; none where more was found than is counted.
    pub count: Option<i64>,
    /// Lowest and highest pay of those, in pence a year.
    pub pay: Option<(i64, i64)>,
}

/// How many were found, and the choices.
#[derive(Debug, Clone, Default)]
pub struct JobFacets {
    /// Up to one more than [`MOST_COUNTED`].
    pub total: i64,
    pub employers: Vec<Facet>,
    /// Lowest paid first, as far as employers agree on that.
    pub grades: Vec<Facet>,
    pub contracts: Vec<Facet>,
    pub patterns: Vec<Facet>,
    pub flexible: Vec<Facet>,
    /// How many each of the looser searches finds, in their order.
    pub looser: Vec<i64>,
}

/// What is counted of each advert that was found.
const COUNTED: &str = "a.employer_id, a.grade_from, a.contract_kind, a.patterns, a.flexible, a.salary_min_pence, \
                       a.salary_max_pence";

/// Every employer and every grade with an open advert, also of those that the search leaves out.
const ALL: &str = " union all
    select 'employer', e.slug, e.name, null, null, null, null from employer e
    where exists (select from advert_search a where a.employer_id = e.id
        and a.closes_at > $1 and a.public_at <= $1)
    union all
    select 'grade', g.name, g.name, g.position, null, null, null
    from (select name, min(position)::bigint as position from grade group by name) g
    where exists (select from advert_search a where a.grade_from = g.name
        and a.closes_at > $1 and a.public_at <= $1)
    order by 1, 4 nulls first, 3";

impl Tx {
    /// Counts what a search finds, in all and for each choice of its filters, and what looser searches would.
    pub async fn job_facets(
        &mut self,
        filter: &JobFilter,
        looser: &[JobFilter],
        now: OffsetDateTime,
    ) -> Result<JobFacets, DbError> {
        // The first bound value is the instant that `ALL` names.
        let mut query = Builder::new("with moment as (select ");
        query.push_bind(now).push("::timestamptz), found as materialized (");
        push_found(&mut query, filter, (Order::Newest, COUNTED, MOST_COUNTED + 1), now);
        query.push(
            ") select 'all' as kind, '' as value, '' as name, null::bigint as position, count(*) as found,
                null::bigint as low, null::bigint as high from found
            union all select 'employer', e.slug, e.name, null, count(*), null, null
                from found f join employer e on e.id = f.employer_id group by e.slug, e.name
            union all select 'grade', f.grade_from, f.grade_from, null, count(*), min(f.salary_min_pence),
                max(f.salary_max_pence) from found f where f.grade_from <> '' group by f.grade_from
            union all select 'contract', f.contract_kind, '', null, count(*), null, null
                from found f where f.contract_kind is not null group by f.contract_kind
            union all select 'pattern', p, '', null, count(*), null, null from found, unnest(patterns) p group by p
            union all select 'flexible', p, '', null, count(*), null, null from found, unnest(flexible) p group by p",
        );
        for (number, filter) in looser.iter().enumerate() {
            query.push(" union all select 'looser', '', '', ").push_bind(number as i64);
            query.push("::bigint, (select count(*) from (");
            push_found(&mut query, filter, (Order::Newest, "a.advert_id", MOST_COUNTED + 1), now);
            query.push(") as found), null, null");
        }
        query.push(ALL);
        let rows = query.build().persistent(false).fetch_all(self.conn()).await?;
        let mut facets = JobFacets::default();
        for row in &rows {
            add(&mut facets, row)?;
        }
        facets.settle();
        Ok(facets)
    }
}

fn add(facets: &mut JobFacets, row: &sqlx::postgres::PgRow) -> Result<(), sqlx::Error> {
    let found: Option<i64> = row.try_get("found")?;
    let low: Option<i64> = row.try_get("low")?;
    let facet = Facet {
        value: row.try_get("value")?,
        name: row.try_get("name")?,
        count: found,
        pay: low.zip(row.try_get("high")?),
    };
    let list = match row.try_get::<&str, _>("kind")? {
        "employer" => &mut facets.employers,
        "grade" => &mut facets.grades,
        "contract" => &mut facets.contracts,
        "pattern" => &mut facets.patterns,
        "flexible" => &mut facets.flexible,
        "looser" => {
            facets.looser.push(found.unwrap_or_default());
            return Ok(());
        }
        _ => {
            facets.total = found.unwrap_or_default();
            return Ok(());
        }
    };
    // What was found comes before the list of all, which only adds what was not and knows the order of grades.
    list.push(facet);
    Ok(())
}

impl JobFacets {
    /// Puts what was found and the lists of all together; counts of a part of what was found would mislead.
    fn settle(&mut self) {
        let exact = self.total <= MOST_COUNTED;
        self.employers = together(std::mem::take(&mut self.employers), exact);
        self.employers.sort_by(|one, other| one.name.cmp(&other.name));
        self.grades = together(std::mem::take(&mut self.grades), exact);
        for list in [&mut self.contracts, &mut self.patterns, &mut self.flexible] {
            list.iter_mut().filter(|_| !exact).for_each(|facet| facet.count = None);
        }
    }
}

/// One facet a value, in the order of the list of all, with the count of what was found.
fn together(list: Vec<Facet>, exact: bool) -> Vec<Facet> {
    let (found, all): (Vec<Facet>, Vec<Facet>) = list.into_iter().partition(|facet| facet.count.is_some());
    let mut extra: Vec<Facet> =
        found.iter().filter(|one| all.iter().all(|facet| facet.value != one.value)).cloned().collect();
    let mut all: Vec<Facet> = all
        .into_iter()
        .map(|facet| {
            let of_found = found.iter().find(|one| one.value == facet.value);
            let count = Some(of_found.and_then(|one| one.count).unwrap_or(0)).filter(|_| exact);
            Facet { count, pay: of_found.and_then(|one| one.pay), ..facet }
        })
        .collect();
    extra.iter_mut().filter(|_| !exact).for_each(|facet| facet.count = None);
    all.extend(extra);
    all
}

//! What a search can be narrowed by, with how many jobs each choice leaves.

use std::collections::HashMap;

use sqlx::Row;
use sqlx::postgres::PgRow;
use time::OffsetDateTime;

use super::advert_search::{Builder, MOST_COUNTED};

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

/// What is counted of what was found, beside what each advert says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Counting<'a> {
    /// Pence a year, the lowest first: how many can pay as much.
    pub salaries: &'a [i64],
    /// How many close by then.
    pub soon: OffsetDateTime,
    /// The choices come along: they are the same for every search.
    pub with_choices: bool,
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
    /// For each of [`Counting::salaries`]; none where more was found than is counted.
    pub salaries: Vec<i64>,
    pub soon: Option<i64>,
}

/// Every employer and every grade with an open advert, also of those that a search leaves out.
#[derive(Debug, Clone, Default)]
pub struct JobChoices {
    /// Slug and name.
    pub employers: Vec<(String, String)>,
    /// Lowest paid first.
    pub grades: Vec<String>,
}

/// Counts of `found`. A row counts in `found`, with the lowest and highest pay. Where more was found than is counted, only
/// the pay of the grades is told.
pub(super) fn push_counts(query: &mut Builder, counting: Counting<'_>) {
    const AS_FAR_AS_COUNTED: &str = " (select counted from total) <= ";
    query.push("select 'all' as kind, '' as value, '' as name, null::bigint as nth, t.counted as found,");
    query.push(" null::bigint as low, null::bigint as high from total t");
    query.push(
        " union all select 'grade', f.grade_from, f.grade_from, null, count(*), min(f.salary_min_pence),
                max(f.salary_max_pence) from found f where f.grade_from <> '' group by f.grade_from",
    );
    for (kind, counted) in [
        ("employer", "e.slug as value, e.name as name from found f join employer e on e.id = f.employer_id"),
        ("contract", "f.contract_kind as value, '' as name from found f where f.contract_kind is not null"),
        ("pattern", "p as value, '' as name from found f, unnest(f.patterns) p"),
        ("flexible", "p as value, '' as name from found f, unnest(f.flexible) p"),
    ] {
        query.push(format!(" union all select '{kind}', c.value, c.name, null, count(*), null, null from (select "));
        query.push(counted).push(") c where").push(AS_FAR_AS_COUNTED).push_bind(MOST_COUNTED);
        query.push(" group by c.value, c.name");
    }
    query.push(" union all select 'salary', '', '', c.step, count(*), null, null from (select");
    query.push(" width_bucket(f.salary_max_pence, ").push_bind(counting.salaries.to_vec()).push(")::bigint as step");
    query.push(" from found f where f.salary_max_pence is not null) c where");
    query.push(AS_FAR_AS_COUNTED).push_bind(MOST_COUNTED).push(" group by c.step");
    query.push(" union all select 'soon', '', '', null, c.soon, null, null from (select count(*) as soon from found f");
    query.push(" where f.closes_at <= ").push_bind(counting.soon).push(") c where");
    query.push(AS_FAR_AS_COUNTED).push_bind(MOST_COUNTED);
}

/// More rows like those of [`push_counts`]: the choices, which change when an advert opens, closes or is changed.
pub(super) fn push_choices(query: &mut Builder, now: OffsetDateTime) {
    const OPEN: &str = " a.closes_at > now.at and a.public_at <= now.at)";
    query.push(" union all select 'an employer', e.slug, e.name, null, null, null, null from employer e, (select ");
    query.push_bind(now).push("::timestamptz as at) now where exists (select from advert_search a where");
    query.push(" a.employer_id = e.id and").push(OPEN);
    query.push(" union all select 'a grade', g.name, g.name, g.position, null, null, null from (select name,");
    query.push(" min(position)::bigint as position from grade group by name) g, (select ").push_bind(now);
    query.push("::timestamptz as at) now where exists (select from advert_search a where a.grade_from = g.name and");
    query.push(OPEN);
}

/// What was found, and the choices where they were asked for. The rows come in the order of kind and number.
pub(super) fn counted(rows: &[PgRow], counting: Counting<'_>) -> Result<(JobFacets, Option<JobChoices>), sqlx::Error> {
    let (mut facets, mut choices) = (JobFacets::default(), JobChoices::default());
    facets.salaries = vec![0; counting.salaries.len()];
    for row in rows {
        let (value, name): (String, String) = (row.try_get("value")?, row.try_get("name")?);
        let found: Option<i64> = row.try_get("found")?;
        let low: Option<i64> = row.try_get("low")?;
        let pay = low.zip(row.try_get("high")?);
        let facet = |value, name| Facet { value, name, count: found, pay };
        match row.try_get::<&str, _>("kind")? {
            "an employer" => choices.employers.push((value, name)),
            "a grade" => choices.grades.push(name),
            "employer" => facets.employers.push(facet(value, name)),
            "grade" => facets.grades.push(facet(value, name)),
            "contract" => facets.contracts.push(facet(value, name)),
            "pattern" => facets.patterns.push(facet(value, name)),
            "flexible" => facets.flexible.push(facet(value, name)),
            "soon" => facets.soon = found,
            "salary" => {
                // Who pays that much pays every lower amount.
                let reached = row.try_get::<i64, _>("nth")?.unsigned_abs() as usize;
                facets.salaries.iter_mut().take(reached).for_each(|many| *many += found.unwrap_or_default());
            }
            _ => facets.total = found.unwrap_or_default(),
        }
    }
    if facets.total > MOST_COUNTED {
        facets.salaries.clear();
    }
    Ok((facets, counting.with_choices.then_some(choices)))
}

impl JobFacets {
    /// What is counted of each advert that was found.
    pub(super) const COUNTED: &str = "a.employer_id, a.grade_from, a.contract_kind, a.patterns, a.flexible, \
                                      a.salary_min_pence";

    /// Puts what was found beside all choices; counts of a part of what was found would mislead.
    #[must_use]
    pub fn among(self, choices: &JobChoices) -> Self {
        let exact = self.total <= MOST_COUNTED;
        let employers = choices.employers.iter().map(|(slug, name)| (slug.as_str(), name.as_str()));
        let grades = choices.grades.iter().map(|name| (name.as_str(), name.as_str()));
        let mut facets = JobFacets {
            employers: together(self.employers, employers, exact),
            grades: together(self.grades, grades, exact),
            ..self
        };
        facets.employers.sort_by(|one, other| one.name.cmp(&other.name));
        for list in [&mut facets.contracts, &mut facets.patterns, &mut facets.flexible] {
            list.iter_mut().filter(|_| !exact).for_each(|facet| facet.count = None);
        }
        facets
    }
}

/// One facet a value, in the order of the list of all, with the count of what was found; then what is in that alone.
fn together<'a>(found: Vec<Facet>, all: impl Iterator<Item = (&'a str, &'a str)>, exact: bool) -> Vec<Facet> {
    let mut found: HashMap<String, Facet> = found.into_iter().map(|one| (one.value.clone(), one)).collect();
    let mut list: Vec<Facet> = all
        .map(|(value, name)| {
            let none = || Facet { value: value.to_owned(), name: name.to_owned(), count: Some(0), pay: None };
            found.remove(value).unwrap_or_else(none)
        })
        .collect();
    let mut extra: Vec<Facet> = found.into_values().collect();
    extra.sort_by(|one, other| one.name.cmp(&other.name));
    list.extend(extra);
    list.iter_mut().filter(|_| !exact).for_each(|facet| facet.count = None);
    list
}

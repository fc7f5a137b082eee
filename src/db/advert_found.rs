//! What a search finds, in the order that was asked for: a page of it, and how much there is. The adverts themselves are
//! read of those alone that a page shows.

use sqlx::Row;
use time::{Date, OffsetDateTime};

use super::advert_drawers::{Order, push_found};
use super::advert_facets::{Counting, JobChoices, JobFacets, counted, push_choices, push_counts};
use super::advert_offer::printed_grade;
use super::advert_search::{Builder, JobFilter, JobSort, MOST_COUNTED, push_words};
use super::{DbError, Tx};
use crate::domain::advert::{ContractKind, Flexible};
use crate::domain::ids::AdvertId;
use crate::domain::places::Near;
use crate::reference::places::nearest;

/// So many of the newest that match are put in the order of relevance; what is older follows.
const MOST_RANKED: i64 = 500;

/// An open advert in a list.
#[derive(Debug, Clone)]
pub struct JobRow {
    pub id: AdvertId,
    pub title: String,
    pub headline: String,
    pub employer: String,
    pub locations: String,
    pub grade: String,
    pub salary: String,
    pub contract: Option<ContractKind>,
    pub working_pattern: String,
    pub flexible: Vec<Flexible>,
    pub internal: bool,
    pub short_text: String,
    pub opened_at: OffsetDateTime,
    pub changed_at: OffsetDateTime,
    pub closes_on: Date,
    /// From where the search stands, where it names a place on the map.
    pub miles: Option<f64>,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct FoundJobs {
    pub page: Vec<AdvertId>,
    pub facets: JobFacets,
    pub choices: Option<JobChoices>,
}

/// What is shown of each advert of a page, which are `f`.
pub(super) const COLUMNS: &str = "select a.id, a.title, a.headline, e.name, a.locations, a.grade_from, a.grade_to, \
                                  a.salary_text, a.contract_kind, a.working_pattern, a.flexible, a.audience, \
                                  a.short_text, a.opens_at, a.changed_at, a.closes_on ";
pub(super) const THEIR_ADVERTS: &str =
    " join advert a on a.id = f.advert_id join employer e on e.id = a.employer_id order by ";
/// By which what was found is put in order.
const KEYS: &str = "a.advert_id, a.opens_at, a.closes_at, a.salary_max_pence";

impl Tx {
    /// A page of open adverts, from `offset` on, `page` of them at most.
    pub async fn find_jobs(
        &mut self,
        filter: &JobFilter,
        sort: JobSort,
        offset: i64,
        page: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<JobRow>, DbError> {
        let sort = sensible(sort, filter);
        let enough = if sort == JobSort::Relevance { MOST_RANKED.max(offset + page) } else { offset + page };
        let mut query = Builder::new("with found as materialized (");
        push_found(&mut query, filter, (order(sort), KEYS, enough), now);
        query.push("), page as (");
        push_page(&mut query, filter, sort, (offset, page));
        query.push(") ").push(COLUMNS).push("from page f").push(THEIR_ADVERTS).push("f.nth");
        let rows = query.build().persistent(false).fetch_all(self.conn()).await?;
        let job = |row| job(row, filter.near.as_ref());
        Ok(rows.iter().map(job).collect::<Result<Vec<_>, sqlx::Error>>()?)
    }

    /// A page of what a search finds, with how much there is in all and of each choice. One look serves all of it.
    pub async fn search_jobs(
        &mut self,
        filter: &JobFilter,
        sort: JobSort,
        (offset, page): (i64, i64),
        counting: Counting<'_>,
        now: OffsetDateTime,
    ) -> Result<FoundJobs, DbError> {
        let sort = sensible(sort, filter);
        let columns = format!("{KEYS}, {}", JobFacets::COUNTED);
        let mut query = Builder::new("with found as materialized (");
        push_found(&mut query, filter, (order(sort), &columns, MOST_COUNTED + 1), now);
        query.push("), total as materialized (select count(*) as counted from found), page as (");
        push_page(&mut query, filter, sort, (offset, page));
        query.push(") ");
        push_counts(&mut query, counting);
        if counting.with_choices {
            push_choices(&mut query, now);
        }
        query.push(" union all select 'page', '', '', f.nth, f.advert_id, null, null from page f order by 1, 4, 3");
        let rows = query.build().persistent(false).fetch_all(self.conn()).await?;
        let (of_page, counts): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.try_get::<&str, _>("kind").is_ok_and(|kind| kind == "page"));
        let page = of_page.iter().map(|row| row.try_get("found").map(AdvertId)).collect::<Result<_, sqlx::Error>>()?;
        let (facets, choices) = counted(&counts, counting)?;
        Ok(FoundJobs { page, facets, choices })
    }

    /// These adverts in that order.
    pub async fn jobs(&mut self, adverts: &[AdvertId], near: Option<&Near>) -> Result<Vec<JobRow>, DbError> {
        let mut query = Builder::new(COLUMNS);
        query.push("from unnest(").push_bind(adverts.iter().map(|advert| advert.0).collect::<Vec<i64>>());
        query.push("::bigint[]) with ordinality f (advert_id, nth)").push(THEIR_ADVERTS).push("f.nth");
        let rows = query.build().fetch_all(self.conn()).await?;
        Ok(rows.iter().map(|row| job(row, near)).collect::<Result<Vec<_>, sqlx::Error>>()?)
    }

    /// How many open adverts match, up to one more than [`MOST_COUNTED`].
    pub async fn count_jobs(&mut self, filter: &JobFilter, now: OffsetDateTime) -> Result<i64, DbError> {
        Ok(self.count_each(std::slice::from_ref(filter), now).await?.into_iter().sum())
    }

    /// The same for several searches at once.
    pub async fn count_each(&mut self, filters: &[JobFilter], now: OffsetDateTime) -> Result<Vec<i64>, DbError> {
        let mut query = Builder::new("select array[");
        for (number, filter) in filters.iter().enumerate() {
            query.push(if number > 0 { ", " } else { "" }).push("(select count(*) from (");
            push_found(&mut query, filter, (Order::Newest, "a.advert_id", MOST_COUNTED + 1), now);
            query.push(") as found)");
        }
        query.push("]::bigint[]");
        Ok(query.build_query_scalar().persistent(false).fetch_one(self.conn()).await?)
    }
}

/// Without words nothing fits better, and without a place on the map nothing is nearer.
fn sensible(sort: JobSort, filter: &JobFilter) -> JobSort {
    match sort {
        JobSort::Relevance if filter.words.terms.is_empty() => JobSort::Newest,
        JobSort::Distance if filter.near.is_none() => JobSort::Newest,
        sort => sort,
    }
}

fn order(sort: JobSort) -> Order {
    match sort {
        JobSort::Relevance | JobSort::Newest => Order::Newest,
        JobSort::ClosingSoon => Order::Closing,
        JobSort::Distance => Order::Nearest,
        JobSort::Salary => Order::Salary,
    }
}

/// The adverts of one page, out of `found`, each with its number in the order.
fn push_page(query: &mut Builder, filter: &JobFilter, sort: JobSort, (offset, page): (i64, i64)) {
    let ranked = sort == JobSort::Relevance;
    query.push("select f.advert_id, row_number() over (order by ");
    query.push(if ranked { "r.rank desc nulls last, " } else { "" }).push(order(sort).key("f"));
    query.push(") as nth from found f");
    if ranked {
        // A common word is in too many adverts to compare them all.
        query.push(" left join (select n.advert_id, ts_rank(w.words, ");
        push_words(query, &filter.words);
        query.push(") as rank from (select f.* from found f order by ").push(Order::Newest.key("f"));
        query.push(" limit ").push_bind(MOST_RANKED);
        query.push(") n join advert_search w on w.advert_id = n.advert_id) r on r.advert_id = f.advert_id");
    }
    query.push(" order by nth limit ").push_bind(page).push(" offset ").push_bind(offset);
}

pub(super) fn job(row: &sqlx::postgres::PgRow, near: Option<&Near>) -> Result<JobRow, sqlx::Error> {
    let contract: Option<&str> = row.try_get("contract_kind")?;
    let flexible: Vec<String> = row.try_get("flexible")?;
    Ok(JobRow {
        id: AdvertId(row.try_get("id")?),
        title: row.try_get("title")?,
        headline: row.try_get("headline")?,
        employer: row.try_get("name")?,
        locations: row.try_get("locations")?,
        grade: printed_grade(row.try_get("grade_from")?, row.try_get("grade_to")?),
        salary: row.try_get("salary_text")?,
        contract: contract.and_then(ContractKind::parse),
        working_pattern: row.try_get("working_pattern")?,
        flexible: flexible.iter().filter_map(|word| Flexible::parse(word)).collect(),
        internal: row.try_get::<&str, _>("audience")? == "internal",
        short_text: row.try_get("short_text")?,
        opened_at: row.try_get("opens_at")?,
        changed_at: row.try_get("changed_at")?,
        closes_on: row.try_get("closes_on")?,
        miles: near.and_then(|near| nearest(near, row.try_get("locations").unwrap_or_default())),
    })
}

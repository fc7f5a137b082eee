//! The public search: open adverts by words, place and filters.
//!
//! The one place that builds its SQL: only the conditions that were asked for are in it, so that each search uses the
//! index that fits it. Every value is bound, and a search is planned for its values: rare words and common ones go
//! different ways.

use sqlx::{Postgres, Row};
use time::{Date, OffsetDateTime};

use super::advert_writes::words as kept_words;
use super::adverts::printed_grade;
use super::{DbError, Tx};
use crate::domain::advert::{ContractKind, Flexible, Pattern, Term, Words};
use crate::domain::ids::{AdvertId, EmployerId, PersonId};
use crate::domain::places::Near;
use crate::domain::worded::worded;

#[allow(clippy::disallowed_types, reason = "the one place that builds its SQL, so that each search can use its index")]
pub(super) type Builder = sqlx::QueryBuilder<Postgres>;

/// A count stops here: "more than 1,000".
pub const MOST_COUNTED: i64 = 1_000;
/// So many of the newest that match are put in the order of relevance.
const MOST_RANKED: i64 = 1_000;

worded! {
    JobSort {
        Relevance = "relevance", "Best match";
        Newest = "newest", "Newest";
        ClosingSoon = "closing", "Closing soonest";
        Distance = "distance", "Nearest";
        Salary = "salary", "Highest salary";
    }
}

/// What to find; empty conditions find every open advert.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobFilter {
    pub words: Words,
    pub near: Option<Near>,
    /// A place that is on no map: as it stands in an advert's lines.
    pub place_named: Option<String>,
    /// A grade's name, whoever's it is.
    pub grade: Option<String>,
    /// An employer's slug.
    pub employer: Option<String>,
    pub employer_id: Option<EmployerId>,
    pub contract: Option<ContractKind>,
    pub patterns: Vec<Pattern>,
    /// All of them.
    pub flexible: Vec<Flexible>,
    /// Pence a year that the job pays at its top at least.
    pub salary_from: Option<i64>,
    /// Closes by that instant at the latest.
    pub closes_by: Option<OffsetDateTime>,
    /// Somebody who signed in: they find what is for the staff of their own employers alone.
    pub reader: Option<PersonId>,
}

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

const COLUMNS: &str = "select a.id, a.title, a.headline, e.name, a.locations, a.grade_from, a.grade_to, a.salary_text, \
                       a.contract_kind, a.working_pattern, a.flexible, a.audience, a.short_text, a.opens_at, \
                       a.changed_at, a.closes_on, ";

impl Tx {
    /// Open adverts, from `offset` on, `page` of them at most.
    pub async fn find_jobs(
        &mut self,
        filter: &JobFilter,
        sort: JobSort,
        offset: i64,
        page: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<JobRow>, DbError> {
        let mut query = Builder::new(COLUMNS);
        push_miles(&mut query, filter);
        match sort {
            JobSort::Relevance if !filter.words.terms.is_empty() => push_ranked(&mut query, filter, MOST_RANKED, now),
            JobSort::Relevance | JobSort::Newest => {
                push_conditions(&mut query, filter, now);
                query.push(" order by a.opens_at desc, a.id desc");
            }
            JobSort::ClosingSoon => {
                push_conditions(&mut query, filter, now);
                query.push(" order by a.closes_at, a.id");
            }
            JobSort::Distance => {
                push_conditions(&mut query, filter, now);
                query.push(" order by miles nulls last, a.opens_at desc, a.id desc");
            }
            JobSort::Salary => {
                push_conditions(&mut query, filter, now);
                query.push(" order by a.salary_max_pence desc nulls last, a.id desc");
            }
        }
        query.push(" limit ").push_bind(page).push(" offset ").push_bind(offset);
        let rows = query.build().persistent(false).fetch_all(self.conn()).await?;
        Ok(rows.iter().map(job).collect::<Result<Vec<_>, sqlx::Error>>()?)
    }

    /// How many open adverts match, up to one more than [`MOST_COUNTED`].
    pub async fn count_jobs(&mut self, filter: &JobFilter, now: OffsetDateTime) -> Result<i64, DbError> {
        let mut query = Builder::new("select count(*) from (select ");
        push_conditions(&mut query, filter, now);
        query.push(" limit ").push_bind(MOST_COUNTED + 1).push(") as found");
        Ok(query.build_query_scalar().persistent(false).fetch_one(self.conn()).await?)
    }
}

/// So many of the newest with a word of the title in common are compared for likeness.
const MOST_LIKENED: i64 = 100;

impl Tx {
    /// Open adverts whose words are like this title's, the most alike first; then others of the same employer.
    pub async fn similar_jobs(
        &mut self,
        (to, title): (AdvertId, &str),
        employer: EmployerId,
        most: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<JobRow>, DbError> {
        let any: Vec<String> = title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
        let words = Words { terms: vec![Term { any, without: false, exact: true }] };
        let mut query = Builder::new("with alike as (select a.id, ts_rank(a.words, ");
        push_words(&mut query, &words);
        query.push(") as rank from (select a.id, a.words ");
        push_conditions(&mut query, &JobFilter { words, ..JobFilter::default() }, now);
        query.push(" and a.id <> ").push_bind(to.0);
        query.push(" order by a.opens_at desc, a.id desc limit ").push_bind(MOST_LIKENED);
        query
            .push(") a order by 2 desc, 1 desc limit ")
            .push_bind(most)
            .push("), near as (select a.id, 0::real as rank ");
        let of_employer = JobFilter { employer_id: Some(employer), ..JobFilter::default() };
        push_conditions(&mut query, &of_employer, now);
        query.push(" and a.id <> ").push_bind(to.0).push(" and not exists (select from alike where alike.id = a.id)");
        query.push(" order by a.opens_at desc limit ").push_bind(most).push(") ").push(COLUMNS);
        query.push("null::float8 as miles from (select * from alike union all select * from near) f");
        query.push(" join advert a on a.id = f.id join employer e on e.id = a.employer_id");
        query.push(" order by f.rank desc, a.opens_at desc, a.id desc limit ").push_bind(most);
        let rows = query.build().persistent(false).fetch_all(self.conn()).await?;
        Ok(rows.iter().map(job).collect::<Result<Vec<_>, sqlx::Error>>()?)
    }
}

/// The best of the newest that match: a common word is in too many adverts to compare them all.
fn push_ranked(query: &mut Builder, filter: &JobFilter, most: i64, now: OffsetDateTime) {
    query.push("from (select a.* ");
    push_conditions(query, filter, now);
    query.push(" order by a.opens_at desc, a.id desc limit ").push_bind(most);
    query.push(") a join employer e on e.id = a.employer_id order by ts_rank(a.words, ");
    push_words(query, &filter.words);
    query.push(") desc, a.opens_at desc, a.id desc");
}

fn push_miles(query: &mut Builder, filter: &JobFilter) {
    match &filter.near {
        None => {
            query.push("null::float8 as miles ");
        }
        Some(near) => {
            query.push("(select min(miles_between(").push_bind(near.latitude).push(", ").push_bind(near.longitude);
            query.push(", p.latitude, p.longitude)) from advert_place p where p.advert_id = a.id) as miles ");
        }
    }
}

/// `from` and `where` of every search; what is found is `a`, its employer `e`.
pub(super) fn push_conditions(query: &mut Builder, filter: &JobFilter, now: OffsetDateTime) {
    query.push("from advert a join employer e on e.id = a.employer_id where a.state = 'published' and a.closes_at > ");
    query.push_bind(now).push(" and a.opens_at <= ").push_bind(now);
    push_readable(query, filter.reader, now);
    if !filter.words.terms.is_empty() {
        query.push(" and a.words @@ ");
        push_words(query, &filter.words);
    }
    if let Some(grade) = &filter.grade {
        query.push(" and ").push_bind(grade.clone()).push(" in (a.grade_from, a.grade_to)");
    }
    if let Some(employer) = &filter.employer {
        query.push(" and a.employer_id = (select id from employer where slug = ").push_bind(employer.clone()).push(")");
    }
    if let Some(employer) = filter.employer_id {
        query.push(" and a.employer_id = ").push_bind(employer.0);
    }
    if let Some(contract) = filter.contract {
        query.push(" and a.contract_kind = ").push_bind(contract.word());
    }
    if !filter.patterns.is_empty() {
        query.push(" and a.patterns && ").push_bind(kept_words(&filter.patterns, Pattern::word));
    }
    if !filter.flexible.is_empty() {
        query.push(" and a.flexible @> ").push_bind(kept_words(&filter.flexible, Flexible::word));
    }
    if let Some(pence) = filter.salary_from {
        query.push(" and a.salary_max_pence >= ").push_bind(pence);
    }
    if let Some(by) = filter.closes_by {
        query.push(" and a.closes_at <= ").push_bind(by);
    }
    if let Some(near) = &filter.near {
        push_near(query, near);
    }
    if let Some(place) = &filter.place_named {
        query.push(" and a.locations ilike ").push_bind(format!("%{}%", escaped(place)));
    }
}

/// What is for everybody, and for those who signed in what is for the staff of their own employers.
fn push_readable(query: &mut Builder, reader: Option<PersonId>, now: OffsetDateTime) {
    query.push(" and (a.public_at <= ").push_bind(now);
    if let Some(person) = reader {
        query.push(" or a.employer_id in (select m.employer_id from membership m where m.deactivated_at is null");
        query.push(" and m.joined_at is not null");
        query.push(" and m.person_id = ").push_bind(person.0).push(")");
    }
    query.push(")");
}

fn push_near(query: &mut Builder, near: &Near) {
    let (height, width) = near.half_box();
    query.push(" and a.id in (select p.advert_id from advert_place p where p.latitude between ");
    query.push_bind(near.latitude - height).push(" and ").push_bind(near.latitude + height);
    query.push(" and p.longitude between ").push_bind(near.longitude - width).push(" and ");
    query.push_bind(near.longitude + width);
    query.push(" and miles_between(").push_bind(near.latitude).push(", ").push_bind(near.longitude);
    query.push(", p.latitude, p.longitude) <= ").push_bind(near.miles).push(")");
}

/// Every term, each as any of its alternatives, the words of one alternative in a row.
fn push_words(query: &mut Builder, words: &Words) {
    query.push("(");
    for (number, term) in words.terms.iter().enumerate() {
        query.push(if number > 0 { " && " } else { "" });
        query.push(if term.without { "!!(" } else { "(" });
        for (number, words) in term.any.iter().enumerate() {
            query.push(if number > 0 { " || " } else { "" });
            query.push("phraseto_tsquery('english', ").push_bind(without_nul(words)).push(")");
        }
        query.push(")");
    }
    query.push(")");
}

/// Postgres takes no NUL in a text.
fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

fn escaped(text: &str) -> String {
    without_nul(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn job(row: &sqlx::postgres::PgRow) -> Result<JobRow, sqlx::Error> {
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
        miles: row.try_get("miles")?,
    })
}

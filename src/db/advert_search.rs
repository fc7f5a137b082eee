//! The public search: open adverts by words, grade, employer and contract.
//!
//! The one place that builds its SQL: only the conditions that were asked for are in it, so that each search uses the
//! index that fits it. Every value is bound.

use sqlx::{Postgres, Row};
use time::{Date, OffsetDateTime};

use super::adverts::printed_grade;
use super::{DbError, EmployerHead, Tx};
use crate::domain::advert::ContractKind;
use crate::domain::ids::AdvertId;
use crate::domain::worded::worded;

#[allow(clippy::disallowed_types, reason = "the one place that builds its SQL, so that each search can use its index")]
type Builder = sqlx::QueryBuilder<Postgres>;

/// A count stops here: "more than 1,000".
pub const MOST_COUNTED: i64 = 1_000;

worded! {
    JobSort {
        Newest = "newest", "Newest";
        ClosingSoon = "closing", "Closing soonest";
    }
}

/// What to find; empty conditions find every open advert.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// As people type them: `"district nurse" -bank`.
    pub words: Option<String>,
    /// A grade's name, whoever's it is.
    pub grade: Option<String>,
    /// An employer's slug.
    pub employer: Option<String>,
    pub contract: Option<ContractKind>,
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
    pub closes_on: Date,
}

/// What the open adverts can be narrowed by.
#[derive(Debug, Clone, Default)]
pub struct JobFacets {
    pub employers: Vec<EmployerHead>,
    /// Lowest paid first, as far as employers agree on that.
    pub grades: Vec<String>,
}

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
        let mut query = Builder::new(
            "select a.id, a.title, a.headline, e.name, a.locations, a.grade_from, a.grade_to, a.salary_text, \
             a.contract_kind, a.working_pattern, a.closes_on ",
        );
        push_conditions(&mut query, filter, now);
        query.push(match sort {
            JobSort::Newest => " order by a.opens_at desc, a.id desc",
            JobSort::ClosingSoon => " order by a.closes_at, a.id",
        });
        query.push(" limit ").push_bind(page).push(" offset ").push_bind(offset);
        let rows = query.build().fetch_all(self.conn()).await?;
        Ok(rows.iter().map(job).collect::<Result<Vec<_>, sqlx::Error>>()?)
    }

    /// How many open adverts match, up to one more than [`MOST_COUNTED`].
    pub async fn count_jobs(&mut self, filter: &JobFilter, now: OffsetDateTime) -> Result<i64, DbError> {
        let mut query = Builder::new("select count(*) from (select ");
        push_conditions(&mut query, filter, now);
        query.push(" limit ").push_bind(MOST_COUNTED + 1).push(") as found");
        Ok(query.build_query_scalar().fetch_one(self.conn()).await?)
    }

    /// The employers and the grades of all open adverts.
    pub async fn job_facets(&mut self, now: OffsetDateTime) -> Result<JobFacets, DbError> {
        let rows = sqlx::query!(
            r#"select e.slug as "slug?", e.name as "name!", 0 as "position!" from employer e
            where exists (select from advert a where a.employer_id = e.id and a.state = 'published'
                and a.closes_at > $1 and a.opens_at <= $1)
            union all
            select null, g.name, g.position from (select name, min(position) as position from grade group by name) g
            where exists (select from advert a where a.grade_from = g.name and a.state = 'published'
                and a.closes_at > $1 and a.opens_at <= $1)
            order by 3, 2"#,
            now
        )
        .fetch_all(self.conn())
        .await?;
        let mut facets = JobFacets::default();
        for row in rows {
            match row.slug {
                Some(slug) => facets.employers.push(EmployerHead { slug, name: row.name }),
                None => facets.grades.push(row.name),
            }
        }
        Ok(facets)
    }
}

fn push_conditions(query: &mut Builder, filter: &JobFilter, now: OffsetDateTime) {
    query.push("from advert a join employer e on e.id = a.employer_id where a.state = 'published' and a.closes_at > ");
    query.push_bind(now).push(" and a.opens_at <= ").push_bind(now);
    if let Some(words) = &filter.words {
        query.push(" and a.words @@ websearch_to_tsquery('english', ").push_bind(words.clone()).push(")");
    }
    if let Some(grade) = &filter.grade {
        query.push(" and ").push_bind(grade.clone()).push(" in (a.grade_from, a.grade_to)");
    }
    if let Some(employer) = &filter.employer {
        query.push(" and a.employer_id = (select id from employer where slug = ").push_bind(employer.clone()).push(")");
    }
    if let Some(contract) = filter.contract {
        query.push(" and a.contract_kind = ").push_bind(contract.word());
    }
}

fn job(row: &sqlx::postgres::PgRow) -> Result<JobRow, sqlx::Error> {
    let contract: Option<&str> = row.try_get("contract_kind")?;
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
        closes_on: row.try_get("closes_on")?,
    })
}

//! The public search: open adverts by words, place and filters.
//!
//! The one place that builds its SQL: only the conditions that were asked for are in it, so that each search uses the
//! index that fits it. Every value is bound, and a search is planned for its values: rare words and common ones go
//! different ways. What is looked through is `advert_search`, whose rows are narrow; the adverts themselves are read of
//! those alone that a page shows.

use sqlx::{Postgres, Row};
use time::{Date, OffsetDateTime};

use super::advert_drawers::{Order, push_in_drawers, push_marks};
use super::adverts::printed_grade;
use super::{DbError, Tx};
use crate::domain::advert::{ContractKind, Flexible, Pattern, Words};
use crate::domain::ids::{AdvertId, EmployerId, PersonId};
use crate::domain::places::Near;
use crate::domain::worded::worded;
use crate::reference::places::{around, nearest};

#[allow(clippy::disallowed_types, reason = "the one place that builds its SQL, so that each search can use its index")]
pub(super) type Builder = sqlx::QueryBuilder<Postgres>;

/// A count stops here: "more than 1,000".
pub const MOST_COUNTED: i64 = 1_000;
/// So many of the newest that match are put in the order of relevance.
pub const MOST_RANKED: i64 = 500;

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
    /// Any of these words, `|` between them.
    pub any_of: Option<String>,
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

impl JobFilter {
    /// Whether it leaves out more than a few: then the drawers are worth their opening.
    fn is_narrow(&self) -> bool {
        let everything = JobFilter { reader: self.reader, salary_from: self.salary_from, ..JobFilter::default() };
        *self != everything
    }
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
                       a.changed_at, a.closes_on ";
/// After the numbers of a page's adverts, as `f`.
const THEIR_ADVERTS: &str = " f join advert a on a.id = f.advert_id join employer e on e.id = a.employer_id order by ";

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
        self.find_counted_jobs(filter, sort, (offset, page), None, now).await
    }

    /// The same where it is known how many there are: many near a place are found sooner from the middle outwards.
    pub async fn find_counted_jobs(
        &mut self,
        filter: &JobFilter,
        sort: JobSort,
        (offset, page): (i64, i64),
        found: Option<i64>,
        now: OffsetDateTime,
    ) -> Result<Vec<JobRow>, DbError> {
        let mut query = Builder::new(COLUMNS);
        query.push("from (");
        let order = match sort {
            JobSort::Relevance if !filter.words.terms.is_empty() => push_ranked(&mut query, filter, now),
            JobSort::Distance if filter.near.is_some() => {
                let is_crowded = found.is_some_and(|found| found > MOST_COUNTED);
                push_nearest_first(&mut query, filter, (offset + page, is_crowded), now)
            }
            // Without words nothing fits better, and without a place on the map nothing is nearer.
            JobSort::Relevance | JobSort::Newest | JobSort::Distance => {
                push_ordered(&mut query, filter, (Order::Newest, offset + page), now)
            }
            JobSort::ClosingSoon => push_ordered(&mut query, filter, (Order::Closing, offset + page), now),
            JobSort::Salary => push_ordered(&mut query, filter, (Order::Salary, offset + page), now),
        };
        query.push(" limit ").push_bind(page).push(" offset ").push_bind(offset);
        query.push(")").push(THEIR_ADVERTS).push(order.replace("a.", "f."));
        let rows = query.build().persistent(false).fetch_all(self.conn()).await?;
        let job = |row| job(row, filter.near.as_ref());
        Ok(rows.iter().map(job).collect::<Result<Vec<_>, sqlx::Error>>()?)
    }

    /// How many open adverts match, up to one more than [`MOST_COUNTED`].
    pub async fn count_jobs(&mut self, filter: &JobFilter, now: OffsetDateTime) -> Result<i64, DbError> {
        let mut query = Builder::new("select count(*) from (");
        push_found(&mut query, filter, (Order::Newest, "a.advert_id", MOST_COUNTED + 1), now);
        query.push(") as found");
        Ok(query.build_query_scalar().persistent(false).fetch_one(self.conn()).await?)
    }
}

/// So many of what matches, in an order that an index or the drawers have.
fn push_ordered(
    query: &mut Builder,
    filter: &JobFilter,
    (order, enough): (Order, i64),
    now: OffsetDateTime,
) -> &'static str {
    let whole = order.of_index();
    query.push("select a.* from (");
    push_found(query, filter, (order, "a.advert_id, a.opens_at, a.closes_at, a.salary_max_pence", enough), now);
    query.push(") a order by ").push(whole);
    whole
}

/// `most` of what matches, the first in that order.
pub(super) fn push_found(
    query: &mut Builder,
    filter: &JobFilter,
    (order, columns, most): (Order, &str, i64),
    now: OffsetDateTime,
) {
    if filter.is_narrow() {
        return push_in_drawers(query, filter, (order, columns, most), now);
    }
    // Nearly every advert matches, so that the first of an index's order are soon enough.
    query.push("select ").push(columns).push(" ");
    push_conditions(query, filter, now);
    query.push(" order by ").push(order.of_index()).push(" limit ").push_bind(most);
}

/// So many of the newest with a word of the title in common are compared for likeness.
const MOST_LIKENED: i64 = 100;

impl Tx {
    /// Open adverts of the same title; then those whose words are like it, the most alike first; then others of the same
    /// employer. Each is looked for only where those before it are too few.
    pub async fn similar_jobs(
        &mut self,
        (to, title): (AdvertId, &str),
        employer: EmployerId,
        most: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<JobRow>, DbError> {
        let words: Vec<String> = title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let any = words.join(" | ");
        let alike = JobFilter { any_of: Some(any.clone()), ..JobFilter::default() };
        let of_employer = JobFilter { employer_id: Some(employer), ..JobFilter::default() };
        let mut query = Builder::new(COLUMNS);
        query.push("from ((select a.advert_id, 2::real as rank, a.opens_at ");
        push_conditions(&mut query, &JobFilter::default(), now);
        query.push(" and a.title = ").push_bind(title.to_owned()).push(" and a.advert_id <> ").push_bind(to.0);
        query.push(" order by a.opens_at desc limit ").push_bind(most);
        query.push(") union all (select a.advert_id, ts_rank(w.words, to_tsquery('english', ").push_bind(any.clone());
        query.push(")), a.opens_at from (");
        push_found(&mut query, &alike, (Order::Newest, "a.advert_id, a.opens_at, a.title", MOST_LIKENED), now);
        query.push(") a join advert w on w.id = a.advert_id where a.title <> ").push_bind(title.to_owned());
        query.push(" order by 2 desc, 1 desc limit ").push_bind(most);
        query.push(") union all (select a.advert_id, 0, a.opens_at ");
        push_conditions(&mut query, &of_employer, now);
        query.push(" and a.advert_id <> ").push_bind(to.0).push(" and not words_kept(a.advert_id, a.kept_at) @@ ");
        query.push("to_tsquery('english', ").push_bind(any).push(")");
        query.push(" order by a.opens_at desc limit ").push_bind(most);
        query.push(") limit ").push_bind(most).push(")").push(THEIR_ADVERTS);
        query.push("f.rank desc, a.opens_at desc, a.id desc");
        // The same statement whatever the title, so that it is planned once a connection.
        let rows = query.build().fetch_all(self.conn()).await?;
        Ok(rows.iter().map(|row| job(row, None)).collect::<Result<Vec<_>, sqlx::Error>>()?)
    }
}

/// The best of the newest that match: a common word is in too many adverts to compare them all.
fn push_ranked(query: &mut Builder, filter: &JobFilter, now: OffsetDateTime) -> &'static str {
    query.push("select a.advert_id, a.opens_at, ts_rank(w.words, ");
    push_words(query, &filter.words);
    query.push(") as rank from (");
    push_found(query, filter, (Order::Newest, "a.advert_id, a.opens_at", MOST_RANKED), now);
    query.push(") a join advert w on w.id = a.advert_id order by rank desc, a.opens_at desc, a.advert_id desc");
    "f.rank desc, a.opens_at desc, a.advert_id desc"
}

/// The nearest first, `enough` of them; an advert with several places stands at the nearest.
fn push_nearest_first(
    query: &mut Builder,
    filter: &JobFilter,
    (enough, is_crowded): (i64, bool),
    now: OffsetDateTime,
) -> &'static str {
    let mut places = filter.near.as_ref().map(around).unwrap_or_default();
    places.sort_by(|one, other| one.1.total_cmp(&other.1).then_with(|| one.0.cmp(&other.0)));
    let names: Vec<String> = places.into_iter().map(|(name, _)| name).collect();
    match filter.words.terms.is_empty() || is_crowded {
        true => push_outwards(query, &JobFilter { near: None, ..filter.clone() }, names, enough, now),
        false => push_by_place(query, filter, names, now),
    }
    query.push(" order by nth, a.opens_at desc, a.advert_id desc");
    "f.nth, a.opens_at desc, a.advert_id desc"
}

/// Place after place from the middle outwards, and no further than it takes.
fn push_outwards(query: &mut Builder, filter: &JobFilter, names: Vec<String>, enough: i64, now: OffsetDateTime) {
    query.push("select a.advert_id, a.opens_at, n.nth from (select near.advert_id, n.nth from unnest(");
    query.push_bind(names.clone());
    query.push("::text[]) with ordinality n (name, nth) cross join lateral (select a.advert_id from advert_place p");
    query.push(" join advert_search a on a.advert_id = p.advert_id");
    push_where(query, filter, now);
    query.push(" and p.outcode = n.name and not exists (select from advert_place q where q.advert_id = a.advert_id");
    query.push(" and q.outcode = any((").push_bind(names).push("::text[])[1:n.nth::int - 1]))");
    // The fence keeps each place's adverts apart, so that the walk can end.
    query.push(" order by a.opens_at desc, a.advert_id desc offset 0) near limit ").push_bind(enough);
    query.push(") n join advert_search a on a.advert_id = n.advert_id");
}

/// Everything that matches, each at its nearest place.
fn push_by_place(query: &mut Builder, filter: &JobFilter, names: Vec<String>, now: OffsetDateTime) {
    query.push("select a.advert_id, a.opens_at, (select min(array_position(").push_bind(names);
    query.push("::text[], p.outcode)) from advert_place p where p.advert_id = a.advert_id) as nth from (");
    push_found(query, filter, (Order::Newest, "a.advert_id, a.opens_at", MOST_COUNTED), now);
    query.push(") a");
}

/// `from` and `where` of every search; what is found is `a`.
pub(super) fn push_conditions(query: &mut Builder, filter: &JobFilter, now: OffsetDateTime) {
    query.push("from advert_search a");
    push_where(query, filter, now);
}

pub(super) fn push_where(query: &mut Builder, filter: &JobFilter, now: OffsetDateTime) {
    query.push(" where a.closes_at > ").push_bind(now).push(" and a.opens_at <= ").push_bind(now);
    push_readable(query, filter.reader, now);
    if !filter.words.terms.is_empty() {
        query.push(" and words_kept(a.advert_id, a.kept_at) @@ ");
        push_words(query, &filter.words);
    }
    if let Some(any) = &filter.any_of {
        query
            .push(" and words_kept(a.advert_id, a.kept_at) @@ to_tsquery('english', ")
            .push_bind(any.clone())
            .push(")");
    }
    push_marks(query, filter);
    if let Some(employer) = filter.employer_id {
        query.push(" and a.employer_id = ").push_bind(employer.0);
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
        query.push(" and a.advert_id in (select l.id from advert l where l.state = 'published' and l.locations ilike ");
        query.push_bind(format!("%{}%", escaped(place))).push(")");
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

/// Within the circle: under one of the names that lie in it. The marks have said which adverts are worth a look; the
/// fence keeps it to those.
fn push_near(query: &mut Builder, near: &Near) {
    let names: Vec<String> = around(near).into_iter().map(|(name, _)| name).collect();
    query
        .push(" and exists (select from advert_place p where p.advert_id = a.advert_id and p.outcode = any(")
        .push_bind(names)
        .push(") offset 0)");
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

fn job(row: &sqlx::postgres::PgRow, near: Option<&Near>) -> Result<JobRow, sqlx::Error> {
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

//! What a search of open adverts asks for: words, place and filters, and the conditions that they become.
//!
//! The one place that builds its SQL, with `advert_drawers` and `advert_found`: only the conditions that were asked for
//! are in it, so that each search uses the index that fits it. Every value is bound, and a search is planned for its
//! values. What is looked through is `advert_search`, whose rows are narrow.

use std::collections::BTreeMap;

use sqlx::Postgres;
use sqlx::types::Json;
use time::OffsetDateTime;

use super::advert_drawers::push_marks;
use crate::domain::advert::{ContractKind, Flexible, Pattern, Words};
use crate::domain::ids::{EmployerId, PersonId};
use crate::domain::places::{Near, is_in_addresses};
use crate::domain::worded::worded;
use crate::reference::places::around;

#[allow(clippy::disallowed_types, reason = "the one place that builds its SQL, so that each search can use its index")]
pub(super) type Builder = sqlx::QueryBuilder<Postgres>;

/// A count stops here: "more than 1,000".
pub const MOST_COUNTED: i64 = 1_000;

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
    pub(super) fn is_narrow(&self) -> bool {
        let everything = JobFilter { reader: self.reader, salary_from: self.salary_from, ..JobFilter::default() };
        *self != everything
    }
}

/// The conditions of every search; what is looked through is `a`.
pub(super) fn push_where(query: &mut Builder, filter: &JobFilter, now: OffsetDateTime) {
    query.push(" where a.closes_at > ").push_bind(now).push(" and a.opens_at <= ").push_bind(now);
    push_readable(query, filter.reader, now);
    if !filter.words.terms.is_empty() {
        query.push(" and a.words @@ ");
        push_words(query, &filter.words);
    }
    if let Some(any) = &filter.any_of {
        query.push(" and a.words @@ to_tsquery('english', ").push_bind(any.clone()).push(")");
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
    if filter.place_named.as_ref().is_some_and(|place| !is_in_addresses(place)) {
        query.push(" and false");
    } else if let Some(place) = &filter.place_named {
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

/// Within the circle, the marks having said which adverts are worth a look.
fn push_near(query: &mut Builder, near: &Near) {
    query.push(" and ").push_bind(Json(numbered(near))).push("::jsonb ?| a.places");
}

/// The places of a circle, each with its number from the middle outwards. As a document it is looked into by name.
pub(super) fn numbered(near: &Near) -> BTreeMap<String, usize> {
    names_outwards(near).into_iter().zip(0..).collect()
}

/// The codes and towns that lie in a circle, from its middle outwards.
pub(super) fn names_outwards(near: &Near) -> Vec<String> {
    let mut places = around(near);
    places.sort_by(|one, other| one.1.total_cmp(&other.1).then_with(|| one.0.cmp(&other.0)));
    places.into_iter().map(|(name, _)| name).collect()
}

/// Every term, each as any of its alternatives, the words of one alternative in a row.
pub(super) fn push_words(query: &mut Builder, words: &Words) {
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

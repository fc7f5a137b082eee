//! How what a search asks for is found: in which order, and by which marks of an advert. `marks_of` in
//! migrations/0005_adverts.sql says the same in SQL.
//!
//! Adverts lie in drawers. A search opens one after another, in its order, and stops when it has enough: what a common
//! word costs depends on what is shown, not on how many adverts there are. The last look is at what lies in none of the
//! drawers. A circle on the map leaves so little that everything within it is looked through at once.

use time::OffsetDateTime;

use super::advert_search::{Builder, JobFilter, names_outwards, push_from, push_where};
use crate::domain::advert::{ContractKind, Flexible, Pattern};
use crate::domain::places::Near;
use crate::reference::places::cells;

/// A drawer of opening or closing is so many seconds wide.
const TWO_DAYS: i64 = 172_800;
/// So many drawers of days are opened one by one: adverts are mostly open for less time.
const DRAWERS_OF_DAYS: i64 = 32;
/// A drawer of pay is so many pence wide, four thousand pounds; the last one holds everything above.
const DRAWER_OF_PAY: i64 = 400_000;
const HIGHEST_PAY: i64 = 50;
/// A circle over more cells than this leaves out too little to be looked through at once.
const MOST_CELLS: usize = 64;

/// Which advert comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Newest,
    Closing,
    Salary,
    /// Only around a place.
    Nearest,
}

impl Order {
    /// The marks of its drawers, the first first; what pays less than is asked for is in none of them.
    fn drawers(self, salary_from: Option<i64>, now: OffsetDateTime) -> Vec<String> {
        let today = now.unix_timestamp().div_euclid(TWO_DAYS);
        let days = 0..DRAWERS_OF_DAYS;
        let lowest = salary_from.map_or(0, |pence| pence.max(0) / DRAWER_OF_PAY).min(HIGHEST_PAY);
        let bands = (lowest..=HIGHEST_PAY).rev().map(|band| format!("pay:{band}"));
        match self {
            Order::Newest => days.map(|back| format!("opened:{}", today - back)).collect(),
            Order::Closing => days.map(|ahead| format!("closes:{}", today + ahead)).collect(),
            Order::Salary => bands.chain(salary_from.is_none().then(|| "pay:none".to_owned())).collect(),
            Order::Nearest => Vec::new(),
        }
    }

    /// What lies in none of the drawers: opened before the last of them, or closes after it. All pay has a drawer.
    fn push_beyond(self, query: &mut Builder, now: OffsetDateTime) {
        let today = now.unix_timestamp().div_euclid(TWO_DAYS);
        let (column, edge) = match self {
            Order::Newest => (" and a.opens_at < ", today - DRAWERS_OF_DAYS + 1),
            Order::Closing => (" and a.closes_at >= ", today + DRAWERS_OF_DAYS),
            Order::Salary | Order::Nearest => {
                query.push(" and false");
                return;
            }
        };
        query.push(column).push("to_timestamp(").push_bind(edge * TWO_DAYS).push(")");
    }

    /// What found adverts are put in order by: columns of that name. Two indexes are in such an order.
    pub(super) fn key(self, of: &str) -> String {
        match self {
            Order::Newest => format!("{of}.opens_at desc, {of}.advert_id desc"),
            Order::Closing => format!("{of}.closes_at, {of}.advert_id"),
            Order::Salary => format!("{of}.salary_max_pence desc nulls last, {of}.advert_id desc"),
            Order::Nearest => format!("{of}.nth, {of}.opens_at desc, {of}.advert_id desc"),
        }
    }

    /// The sums keep the indexes in that order out: walking one of them, each advert's words would be looked into until
    /// enough have them, where the index of words has all that do in one look.
    fn within(self) -> &'static str {
        match self {
            Order::Newest => "a.opens_at + interval '0' desc, a.advert_id desc",
            Order::Closing => "a.closes_at + interval '0', a.advert_id",
            Order::Salary => "a.salary_max_pence + 0 desc nulls last, a.advert_id desc",
            Order::Nearest => "nth, a.opens_at desc, a.advert_id desc",
        }
    }
}

/// `most` of what matches, the first in that order: `columns` of `a`, and `nth` where that is the order.
pub(super) fn push_found(
    query: &mut Builder,
    filter: &JobFilter,
    (order, columns, most): (Order, &str, i64),
    now: OffsetDateTime,
) {
    let drawers = order.drawers(filter.salary_from, now);
    let is_small_circle = filter.near.as_ref().is_some_and(|near| few_cells(near).is_some());
    match filter.is_narrow() {
        true if is_small_circle || drawers.is_empty() => {
            push_matching(query, filter, (order, columns), now);
            query.push(" order by ").push(order.within());
        }
        true => push_in_drawers(query, filter, (order, columns, most), drawers, now),
        // Nearly every advert matches, so that the first of an index's order are soon enough.
        false => {
            push_matching(query, filter, (order, columns), now);
            query.push(" order by ").push(order.key("a"));
        }
    }
    query.push(" limit ").push_bind(most);
}

fn push_matching(query: &mut Builder, filter: &JobFilter, (order, columns): (Order, &str), now: OffsetDateTime) {
    query.push("select ").push(columns);
    if let Some(near) = filter.near.as_ref().filter(|_| order == Order::Nearest) {
        // An advert with several places stands at the nearest.
        query.push(", case when a.more_places then (select min(array_position(").push_bind(names_outwards(near));
        query.push(", p.outcode)) from advert_place p where p.advert_id = a.advert_id) else near.nth end as nth");
    }
    push_from(query, filter);
    push_where(query, filter, now);
}

/// Drawers come one after another because a nested loop takes them as they stand, and no other join can look into a
/// lateral part.
fn push_in_drawers(
    query: &mut Builder,
    filter: &JobFilter,
    (order, columns, most): (Order, &str, i64),
    drawers: Vec<String>,
    now: OffsetDateTime,
) {
    let push_end = |query: &mut Builder| {
        query.push(" order by ").push(order.within()).push(" limit ").push_bind(most).push(")");
    };
    query.push("select drawn.* from ((select one.* from unnest(").push_bind(drawers);
    query.push("::text[]) drawer (mark) cross join lateral (");
    push_matching(query, filter, (order, columns), now);
    query.push(" and a.marks @> array[drawer.mark]");
    push_end(query);
    query.push(" one) union all (");
    push_matching(query, filter, (order, columns), now);
    order.push_beyond(query, now);
    push_end(query);
    query.push(") drawn");
}

/// What an advert has to be marked with.
pub(super) fn push_marks(query: &mut Builder, filter: &JobFilter) {
    let mut all: Vec<String> = Vec::new();
    all.extend(filter.employer_id.map(|employer| format!("employer:{}", employer.0)));
    all.extend(filter.grade.as_ref().map(|grade| format!("grade:{}", grade.replace('\0', ""))));
    all.extend(filter.contract.map(|contract: ContractKind| format!("contract:{}", contract.word())));
    all.extend(filter.flexible.iter().map(|one: &Flexible| format!("flexible:{}", one.word())));
    if !all.is_empty() {
        query.push(" and a.marks @> ").push_bind(all);
    }
    if let Some(employer) = &filter.employer {
        query.push(" and a.marks @> array['employer:' || (select id from employer where slug = ");
        query.push_bind(employer.clone()).push(")]");
    }
    if !filter.patterns.is_empty() {
        let any: Vec<String> = filter.patterns.iter().map(|one: &Pattern| format!("pattern:{}", one.word())).collect();
        query.push(" and a.marks && ").push_bind(any);
    }
    if let Some(cells) = filter.near.as_ref().and_then(few_cells) {
        query.push(" and a.marks && ").push_bind(cells);
    }
}

fn few_cells(near: &Near) -> Option<Vec<String>> {
    let cells = cells(near);
    (cells.len() <= MOST_CELLS).then(|| cells.into_iter().map(|(south, west)| format!("cell:{south}:{west}")).collect())
}

//! How what a search asks for is found: in which order, and by which marks of an advert. `marks_of` in
//! migrations/0005_adverts.sql says the same in SQL.
//!
//! Adverts lie in drawers. A search for what many have opens one after another, in its order, and stops when it has
//! enough: what a common word costs depends on what is shown, not on how many adverts there are. Where few match, one
//! look at all of them is quicker than many drawers; a sample says beforehand which it is.

use sqlx::types::Json;
use time::OffsetDateTime;

use super::advert_search::{Builder, JobFilter, names_outwards, numbered, push_where};
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
/// A circle over more cells than this leaves out too little for its cells to be asked for.
const MOST_CELLS: usize = 64;
/// So many names of places are in the drawer around the middle of a circle; in the next ones twice as many each.
const FIRST_NAMES: usize = 4;

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
    /// Its drawers, the first first; what pays less than is asked for is in none of them.
    fn drawers(self, filter: &JobFilter, now: OffsetDateTime) -> Drawers {
        let today = now.unix_timestamp().div_euclid(TWO_DAYS);
        let days = 0..DRAWERS_OF_DAYS;
        match (self, &filter.near) {
            (Order::Nearest, Some(near)) => Drawers::of_places(&names_outwards(near)),
            (Order::Newest | Order::Nearest, _) => Drawers::each(days.map(|back| format!("opened:{}", today - back))),
            (Order::Closing, _) => Drawers::each(days.map(|ahead| format!("closes:{}", today + ahead))),
            (Order::Salary, _) => {
                let lowest = filter.salary_from.map_or(0, |pence| pence.max(0) / DRAWER_OF_PAY).min(HIGHEST_PAY);
                let bands = (lowest..=HIGHEST_PAY).rev().map(|band| format!("pay:{band}"));
                Drawers::each(bands.chain(filter.salary_from.is_none().then(|| "pay:none".to_owned())))
            }
        }
    }

    /// Keeps to what lies in none of the drawers: opened before the last of them, or closes after it. All pay and all
    /// places of a circle have a drawer.
    fn push_beyond(self, query: &mut Builder, now: OffsetDateTime) {
        let today = now.unix_timestamp().div_euclid(TWO_DAYS);
        let (column, edge) = match self {
            Order::Newest => ("a.opens_at < ", today - DRAWERS_OF_DAYS + 1),
            Order::Closing => ("a.closes_at >= ", today + DRAWERS_OF_DAYS),
            Order::Salary | Order::Nearest => {
                query.push("false");
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

/// What a search opens one after another.
struct Drawers {
    /// Each holds what has one of its marks, `|` between them.
    marks: Vec<String>,
    /// The marks of those before it, where an advert may lie in several.
    before: Vec<String>,
}

impl Drawers {
    fn each(marks: impl Iterator<Item = String>) -> Self {
        let marks: Vec<String> = marks.collect();
        Drawers { before: vec![String::new(); marks.len()], marks }
    }

    /// Places from the middle of a circle outwards, more and more of them in a drawer.
    fn of_places(names: &[String]) -> Self {
        let joined = |names: &[String]| names.iter().map(|name| format!("at:{name}")).collect::<Vec<_>>().join("|");
        let (mut drawers, mut from, mut size) = (Drawers { marks: Vec::new(), before: Vec::new() }, 0, FIRST_NAMES);
        while from < names.len() {
            let to = (from + size).min(names.len());
            drawers.marks.push(joined(&names[from..to]));
            drawers.before.push(joined(&names[..from]));
            (from, size) = (to, size * 2);
        }
        drawers
    }
}

/// `most` of what matches, the first in that order: `columns` of `a`, and `nth` where that is the order.
pub(super) fn push_found(
    query: &mut Builder,
    filter: &JobFilter,
    (order, columns, most): (Order, &str, i64),
    now: OffsetDateTime,
) {
    if filter.is_narrow() {
        push_drawn(query, filter, (order, columns, most), now);
    } else {
        // Nearly every advert matches, so that the first of an index's order are soon enough.
        push_matching(query, filter, (order, columns), now);
        query.push(" order by ").push(order.key("a"));
    }
    query.push(" limit ").push_bind(most);
}

fn push_matching(query: &mut Builder, filter: &JobFilter, (order, columns): (Order, &str), now: OffsetDateTime) {
    query.push("select ").push(columns);
    if let Some(near) = filter.near.as_ref().filter(|_| order == Order::Nearest) {
        // An advert with several places stands at the nearest.
        query.push(", (select min((").push_bind(Json(numbered(near)));
        query.push("::jsonb ->> place)::integer) from unnest(a.places) place) as nth");
    }
    query.push(" from advert_search a");
    push_where(query, filter, now);
}

/// Drawer after drawer where the sample promises many; then everything else, which is all where it promises few.
/// Drawers come one after another because a nested loop takes them as they stand, and no other join can look into a
/// lateral part.
fn push_drawn(
    query: &mut Builder,
    filter: &JobFilter,
    (order, columns, most): (Order, &str, i64),
    now: OffsetDateTime,
) {
    let push_end = |query: &mut Builder| {
        query.push(" order by ").push(order.within()).push(" limit ").push_bind(most).push(")");
    };
    let Drawers { marks, before } = order.drawers(filter, now);
    query.push("with sample as materialized (select are_many(count(*), ").push_bind(most);
    query.push(") as promises_many from advert_search a");
    push_where(query, filter, now);
    query.push(" and a.marks @> array['sample']) select drawn.* from ((select one.* from unnest(").push_bind(marks);
    query.push("::text[], ").push_bind(before).push("::text[]) drawer (marks, before) cross join lateral (");
    push_matching(query, filter, (order, columns), now);
    query.push(" and a.marks && string_to_array(drawer.marks, '|')");
    if order == Order::Nearest {
        // It stands at the nearest of its places.
        query.push(" and (cardinality(a.places) = 1 or not a.marks && string_to_array(drawer.before, '|'))");
    }
    push_end(query);
    query.push(" one where (select promises_many from sample)) union all (");
    push_matching(query, filter, (order, columns), now);
    query.push(" and (not (select promises_many from sample) or ");
    order.push_beyond(query, now);
    query.push(")");
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

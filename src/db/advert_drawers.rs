//! The drawers that open adverts lie in, and the marks by which an index finds them: `marks_of` in
//! migrations/0005_adverts.sql says the same in SQL.
//!
//! A search opens one drawer after another, in its order, and stops when it has enough: what a common word costs depends
//! on what is shown, not on how many adverts there are. What lies in none of the drawers is looked through at the end.

use time::OffsetDateTime;

use super::advert_search::{Builder, JobFilter, push_where};
use crate::domain::advert::{ContractKind, Flexible, Pattern};
use crate::domain::places::Near;
use crate::reference::places::cells;

/// A drawer of opening or closing is so many seconds wide.
const TWO_DAYS: i64 = 172_800;
/// So many drawers of days are opened one by one: adverts are mostly open for less time.
const DRAWERS_OF_DAYS: i64 = 32;
/// A drawer of pay is four thousand pounds wide; the last one holds everything above.
const HIGHEST_PAY: i64 = 50;
/// A circle over more cells than this is looked at place by place.
const MOST_CELLS: usize = 64;

/// Which drawer comes first, and which advert within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Newest,
    Closing,
    Salary,
}

impl Order {
    fn drawers(self, now: OffsetDateTime) -> Vec<String> {
        let today = now.unix_timestamp().div_euclid(TWO_DAYS);
        let days = 0..DRAWERS_OF_DAYS;
        match self {
            Order::Newest => days.map(|back| format!("opened:{}", today - back)).collect(),
            Order::Closing => days.map(|ahead| format!("closes:{}", today + ahead)).collect(),
            Order::Salary => (0..=HIGHEST_PAY).rev().map(|band| format!("pay:{band}")).collect(),
        }
    }

    /// As an index has it.
    pub(super) fn of_index(self) -> &'static str {
        match self {
            Order::Newest => "a.opens_at desc, a.advert_id desc",
            Order::Closing => "a.closes_at, a.advert_id",
            Order::Salary => "a.salary_max_pence desc nulls last, a.advert_id desc",
        }
    }

    /// The sums keep the indexes in that order out: walking one of them, each advert's words would be looked into until
    /// enough have them, where the index of words has all that do in one look.
    fn within(self) -> &'static str {
        match self {
            Order::Newest => "a.opens_at + interval '0' desc, a.advert_id desc",
            Order::Closing => "a.closes_at + interval '0', a.advert_id",
            Order::Salary => "a.salary_max_pence + 0 desc nulls last, a.advert_id desc",
        }
    }
}

/// `most` of what matches, the first in that order: `columns` of `a`. Drawers come one after another because a nested
/// loop takes them as they stand, and no other join can look into a lateral part.
pub(super) fn push_in_drawers(
    query: &mut Builder,
    filter: &JobFilter,
    (order, columns, most): (Order, &str, i64),
    now: OffsetDateTime,
) {
    let drawers = order.drawers(now);
    let push_one = |query: &mut Builder| {
        query.push("select ").push(columns).push(" from advert_search a");
        push_where(query, filter, now);
    };
    let push_end = |query: &mut Builder| {
        query.push(" order by ").push(order.within()).push(" limit ").push_bind(most).push(")");
    };
    query.push("select drawn.* from ((select one.* from unnest(").push_bind(drawers.clone());
    query.push("::text[]) drawer (mark) cross join lateral (");
    push_one(query);
    query.push(" and a.marks @> array[drawer.mark]");
    push_end(query);
    query.push(" one) union all (");
    push_one(query);
    query.push(" and not a.marks && ").push_bind(drawers);
    push_end(query);
    query.push(") drawn limit ").push_bind(most);
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

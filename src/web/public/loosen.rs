//! What a search that finds nothing could do without: each way with the search that it leads to.

use super::asked::{DISTANCES, Search, USUAL_DISTANCE};
use crate::db::JobFilter;
use crate::domain::advert::{Flexible, Pattern};
use crate::web::paths::Jobs;

/// One condition taken away, or a wider circle.
pub struct Way {
    pub label: String,
    pub there: Jobs,
    pub filter: JobFilter,
    pub is_wider: bool,
}

/// Every way; `label` says what a filter's value is called.
pub fn ways(search: &Search, label: impl Fn(&str, &str) -> String) -> Vec<Way> {
    let here = Jobs { page: 1, ..search.here.clone() };
    let filter = &search.filter;
    let mut ways = Vec::new();
    let mut without = |label: String, there: Jobs, filter: JobFilter| {
        if there != here {
            ways.push(Way { label, there, filter, is_wider: false });
        }
    };
    let none = String::new;
    without(
        here.words.clone(),
        Jobs { words: none(), ..here.clone() },
        JobFilter { words: Default::default(), ..filter.clone() },
    );
    without(
        place(search),
        Jobs { place: none(), within: 0, ..here.clone() },
        JobFilter { near: None, place_named: None, ..filter.clone() },
    );
    let named = |field, value: &str| label(field, value);
    without(
        named("grade", &here.grade),
        Jobs { grade: none(), ..here.clone() },
        JobFilter { grade: None, ..filter.clone() },
    );
    without(
        named("employer", &here.employer),
        Jobs { employer: none(), ..here.clone() },
        JobFilter { employer: None, ..filter.clone() },
    );
    without(
        named("contract", &here.contract),
        Jobs { contract: none(), ..here.clone() },
        JobFilter { contract: None, ..filter.clone() },
    );
    for word in &here.patterns {
        let patterns: Vec<&'static str> = here.patterns.iter().copied().filter(|one| one != word).collect();
        let left = patterns.iter().filter_map(|one| Pattern::parse(one)).collect();
        without(
            named("pattern", word),
            Jobs { patterns, ..here.clone() },
            JobFilter { patterns: left, ..filter.clone() },
        );
    }
    for word in &here.flexible {
        let flexible: Vec<&'static str> = here.flexible.iter().copied().filter(|one| one != word).collect();
        let left = flexible.iter().filter_map(|one| Flexible::parse(one)).collect();
        without(
            named("flexible", word),
            Jobs { flexible, ..here.clone() },
            JobFilter { flexible: left, ..filter.clone() },
        );
    }
    let from = format!("from {}", crate::domain::text::pounds(here.salary * 100));
    without(from, Jobs { salary: 0, ..here.clone() }, JobFilter { salary_from: None, ..filter.clone() });
    without(
        "closing soon".into(),
        Jobs { soon: false, ..here.clone() },
        JobFilter { closes_by: None, ..filter.clone() },
    );
    ways.extend(wider(search, &here));
    ways
}

/// `within 10 miles of Halifax`
pub fn place(search: &Search) -> String {
    match &search.place {
        Some(place) => format!("within {} miles of {}", miles(&search.here), place.name),
        None => search.here.place.clone(),
    }
}

fn miles(here: &Jobs) -> i64 {
    if here.within > 0 { here.within } else { USUAL_DISTANCE }
}

/// The larger circles, the smallest first.
fn wider(search: &Search, here: &Jobs) -> Vec<Way> {
    let Some(place) = &search.place else { return Vec::new() };
    let larger = DISTANCES.into_iter().filter(|distance| *distance > miles(here));
    let way = |within: i64| Way {
        label: format!("within {within} miles of {}", place.name),
        there: Jobs { within, ..here.clone() },
        filter: JobFilter { near: Some(place.within(within as f64)), ..search.filter.clone() },
        is_wider: true,
    };
    larger.map(way).collect()
}

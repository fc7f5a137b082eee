//! What a search that finds nothing could do without: each way with the search that it leads to.

use super::asked::{DISTANCES, Search, USUAL_DISTANCE};
use crate::db::JobFilter;
use crate::domain::advert::{Flexible, Pattern};
use crate::web::paths::Jobs;

/// A longer search is tried without all of its words alone.
const MOST_WORDS: usize = 6;

/// One condition taken away, or a wider circle.
pub struct Way {
    pub label: String,
    pub there: Jobs,
    pub filter: JobFilter,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Without what the label names, as it was typed or chosen.
    Without,
    /// Without several things, which the label sums up.
    WithoutSeveral,
    Wider,
}

/// Every way; `label` says what a filter's value is called.
pub fn ways(search: &Search, label: impl Fn(&str, &str) -> String) -> Vec<Way> {
    let here = Jobs { page: 1, ..search.here.clone() };
    let filter = &search.filter;
    let mut ways = Vec::new();
    let mut without = |label: String, there: Jobs, filter: JobFilter| {
        if there != here {
            ways.push(Way { label, there, filter, kind: Kind::Without });
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

/// Without one of the words, where each is a term of its own: no synonym joined them, and nothing was quoted.
pub fn word_by_word(search: &Search) -> Vec<Way> {
    let here = Jobs { page: 1, ..search.here.clone() };
    let typed: Vec<&str> = here.words.split_whitespace().collect();
    if !(2..=MOST_WORDS).contains(&typed.len()) || typed.len() != search.filter.words.terms.len() {
        return Vec::new();
    }
    let without = |nth: usize| {
        let others = typed.iter().enumerate().filter(|(n, _)| *n != nth).map(|(_, word)| *word);
        let mut words = search.filter.words.clone();
        words.terms.remove(nth);
        Way {
            label: typed[nth].to_owned(),
            there: Jobs { words: others.collect::<Vec<_>>().join(" "), ..here.clone() },
            filter: JobFilter { words, ..search.filter.clone() },
            kind: Kind::Without,
        }
    };
    (0..typed.len()).map(without).collect()
}

/// What to try where no single way finds anything: without all filters, and without the place too.
pub fn further(search: &Search) -> Vec<Way> {
    let here = Jobs { page: 1, ..search.here.clone() };
    let filter = &search.filter;
    let mut ways: Vec<Way> = Vec::new();
    let bare = Jobs {
        words: here.words.clone(),
        place: here.place.clone(),
        within: here.within,
        sort: here.sort.clone(),
        page: 1,
        ..Jobs::default()
    };
    let unfiltered = JobFilter {
        words: filter.words.clone(),
        near: filter.near,
        place_named: filter.place_named.clone(),
        reader: filter.reader,
        ..JobFilter::default()
    };
    if bare != here {
        let (label, kind) = ("all filters".to_owned(), Kind::WithoutSeveral);
        ways.push(Way { label, there: bare.clone(), filter: unfiltered.clone(), kind });
    }
    if bare != here && !here.place.is_empty() {
        let there = Jobs { place: String::new(), within: 0, ..bare };
        let filter = JobFilter { near: None, place_named: None, ..unfiltered };
        ways.push(Way { label: "the place and all filters".to_owned(), there, filter, kind: Kind::WithoutSeveral });
    }
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
        kind: Kind::Wider,
    };
    larger.map(way).collect()
}

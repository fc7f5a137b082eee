//! What a search's address asks for: read, tidied, and understood as far as our map and our words go.

use time::OffsetDateTime;

use crate::clock::end_of_day;
use crate::db::{DbError, JobFilter, JobSort, Tx};
use crate::domain::advert::{ContractKind, Flexible, Pattern, Words};
use crate::domain::ids::PersonId;
use crate::domain::places::{Place, without_inward};
use crate::domain::text::one_line;
use crate::reference::places::{Found, find};
use crate::reference::synonyms::synonyms;
use crate::web::paths::Jobs;

pub const PAGE: i64 = 20;
/// Who has read a thousand results narrows the search.
pub const LAST_PAGE: i64 = crate::db::MOST_COUNTED / PAGE;
/// The longest search, in characters.
pub const LONGEST_SEARCH: usize = 200;
/// The distances to choose from, in miles.
pub const DISTANCES: [i64; 7] = [3, 5, 10, 20, 30, 50, 100];
/// As far as people mostly go to work.
pub const USUAL_DISTANCE: i64 = 10;
/// An advert that closes within so many days closes soon.
pub const SOON_DAYS: i64 = 7;
/// The salaries to choose from, in pence a year.
pub const SALARIES: [i64; 10] =
    [2_000_000, 2_500_000, 3_000_000, 3_500_000, 4_000_000, 4_500_000, 5_000_000, 6_000_000, 7_500_000, 10_000_000];
/// No salary is asked for above this, in pounds.
const MOST_SALARY: i64 = 500_000;

/// A search as it was understood.
pub struct Search {
    pub here: Jobs,
    pub sort: JobSort,
    pub filter: JobFilter,
    /// Where it stands on the map.
    pub place: Option<Place>,
    /// The place was typed with a slip.
    pub place_was_meant: bool,
    /// Words that no advert has, with what they may have meant.
    pub corrections: Vec<(String, String)>,
    /// More words were typed than a search looks for.
    pub has_more_words: bool,
}

/// What was asked, without what nobody can have meant. Of a whole postcode only the outward half is kept: it says
/// nearly where somebody lives.
pub fn tidied(asked: &[(String, String)]) -> Jobs {
    let raw = |name: &str| asked.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
    let all =
        |name: &'static str| asked.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str());
    let short = |name: &str| one_line(raw(name)).chars().take(LONGEST_SEARCH).collect::<String>();
    let public = |name: &str| without_inward(&short(name));
    let number =
        |name: &str, most: i64| raw(name).replace([',', '£', ' '], "").parse::<i64>().unwrap_or(0).clamp(0, most);
    let place = public("place");
    Jobs {
        words: public("words"),
        within: if place.is_empty() { 0 } else { number("within", 100) },
        place,
        grade: short("grade"),
        employer: short("employer"),
        contract: ContractKind::parse(raw("contract")).map_or("", ContractKind::word).to_owned(),
        patterns: Pattern::ALL
            .iter()
            .map(|one| one.word())
            .filter(|word| all("pattern").any(|one| one == *word))
            .collect(),
        flexible: Flexible::ALL
            .iter()
            .map(|one| one.word())
            .filter(|word| all("flexible").any(|one| one == *word))
            .collect(),
        salary: number("salary", MOST_SALARY),
        soon: raw("soon") == "yes",
        sort: JobSort::parse(raw("sort")).map_or("", JobSort::word).to_owned(),
        page: raw("page").parse::<i64>().unwrap_or(1).clamp(1, LAST_PAGE),
    }
}

/// A whole postcode was typed: the page moves to the address without it.
pub fn has_whole_postcode(asked: &[(String, String)]) -> bool {
    typed(asked).any(|text| without_inward(text) != text)
}

/// More letters were typed than a search has.
pub fn is_too_long(asked: &[(String, String)]) -> bool {
    typed(asked).any(|text| text.chars().count() > LONGEST_SEARCH)
}

/// What people type themselves.
fn typed(asked: &[(String, String)]) -> impl Iterator<Item = &str> {
    asked.iter().filter(|(field, _)| field == "place" || field == "words").map(|(_, value)| value.as_str())
}

/// Understands a search; words that are in no advert are looked up among those that are.
pub async fn understood(
    tx: &mut Tx,
    here: Jobs,
    reader: Option<PersonId>,
    now: OffsetDateTime,
) -> Result<Search, DbError> {
    let (place, place_was_meant) = match find(&here.place) {
        Found::Place(place) => (Some(place), false),
        Found::Meant(place) => (Some(place), true),
        Found::Unknown => (None, false),
    };
    let (words, has_more_words) = Words::read_some(&here.words, synonyms());
    let to_check = words.to_check();
    let corrections =
        if to_check.is_empty() { Vec::new() } else { tx.corrections(&to_check, &synonyms().single()).await? };
    let words = words.corrected(&corrections, synonyms());
    let given = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    let miles = if here.within > 0 { here.within } else { USUAL_DISTANCE };
    let filter = JobFilter {
        near: place.as_ref().map(|place| place.within(miles as f64)),
        place_named: given(&here.place).filter(|_| place.is_none()),
        grade: given(&here.grade),
        employer: given(&here.employer),
        employer_id: None,
        any_of: None,
        contract: ContractKind::parse(&here.contract),
        patterns: here.patterns.iter().filter_map(|word| Pattern::parse(word)).collect(),
        flexible: here.flexible.iter().filter_map(|word| Flexible::parse(word)).collect(),
        salary_from: (here.salary > 0).then_some(here.salary * 100),
        closes_by: here.soon.then(|| soon(now)),
        reader,
        words,
    };
    let sort = sort(&here, &filter);
    Ok(Search { here, sort, filter, place, place_was_meant, corrections, has_more_words })
}

/// The end of the last day that is soon.
pub fn soon(now: OffsetDateTime) -> OffsetDateTime {
    end_of_day(crate::clock::london_date(now) + time::Duration::days(SOON_DAYS))
}

/// The order that was asked for where it makes sense; else the one that fits the search.
fn sort(here: &Jobs, filter: &JobFilter) -> JobSort {
    let fits = |sort: &JobSort| match sort {
        JobSort::Relevance => !filter.words.terms.is_empty(),
        JobSort::Distance => filter.near.is_some(),
        JobSort::Newest | JobSort::ClosingSoon | JobSort::Salary => true,
    };
    let usual = match (filter.words.terms.is_empty(), filter.near.is_some()) {
        (false, _) => JobSort::Relevance,
        (true, true) => JobSort::Distance,
        (true, false) => JobSort::Newest,
    };
    JobSort::parse(&here.sort).filter(fits).unwrap_or(usual)
}

impl Search {
    /// The orders that make sense for it.
    pub fn sorts(&self) -> Vec<JobSort> {
        let asked = |sort: &JobSort| Jobs { sort: sort.word().to_owned(), ..self.here.clone() };
        JobSort::ALL.iter().copied().filter(|one| sort(&asked(one), &self.filter) == *one).collect()
    }

    pub fn is_narrowed(&self) -> bool {
        self.filter != JobFilter { reader: self.filter.reader, ..JobFilter::default() } || !self.here.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_whole_postcode_is_cut_at_once() {
        let typed = asked(&[("place", "ls9 7tf"), ("within", "20")]);
        assert!(has_whole_postcode(&typed));
        assert_eq!(tidied(&typed).place, "LS9");
        assert!(!tidied(&typed).page().contains("7"));
        let among = asked(&[("words", "nurse LS9 7TF"), ("place", "Leeds, LS9 7TF")]);
        assert!(has_whole_postcode(&among));
        assert_eq!((tidied(&among).words.as_str(), tidied(&among).place.as_str()), ("nurse LS9", "Leeds, LS9"));
        assert!(!has_whole_postcode(&asked(&[("words", "  nurse  "), ("place", "LS9")])));
    }

    #[test]
    fn what_nobody_can_mean_is_left_out() {
        let odd =
            [("within", "-5"), ("salary", "£1,000,000"), ("contract", "x"), ("sort", "random"), ("page", "999999")];
        let jobs = tidied(&asked(&odd));
        assert_eq!((jobs.within, jobs.salary, jobs.contract.as_str(), jobs.sort.as_str()), (0, MOST_SALARY, "", ""));
        assert_eq!(jobs.page, LAST_PAGE);
        let twice = tidied(&asked(&[("flexible", "hybrid"), ("flexible", "hybrid"), ("flexible", "moon")]));
        assert_eq!(twice.flexible, ["hybrid"]);
    }
}

//! Addresses of the public pages: adverts, searches, places and employers.

use super::{JOBS, JOBS_BY_PLACE, JOBS_FEED, with_pairs};
use crate::domain::ids::AdvertId;

/// An advert as the public reads it.
pub fn job(advert: AdvertId) -> String {
    format!("{JOBS}/{advert}")
}

/// What an applicant does with an advert: `save`, `unsave`.
pub fn job_act(advert: AdvertId, act: &str) -> String {
    format!("{}/{act}", job(advert))
}

/// A part of the site map: `pages`, or a number of adverts.
pub fn sitemap(part: &str) -> String {
    format!("/sitemaps/{part}")
}

/// An advert to keep: `pack` or `advert`, as a file of that kind.
pub fn job_file(advert: AdvertId, what: &str, kind: &str) -> String {
    format!("{}?as={kind}", job_act(advert, what))
}

/// An employer's public page.
pub fn employer(slug: &str) -> String {
    format!("/employers/{slug}")
}

/// An employer's logo or colours, as they were at that revision: kept by browsers until it changes.
pub fn employer_look(slug: &str, what: &str, revision: i32) -> String {
    format!("{}/{what}?v={revision}", employer(slug))
}

/// The jobs in and near a town.
pub fn jobs_in(slug: &str) -> String {
    format!("{JOBS_BY_PLACE}/{slug}")
}

/// A search for jobs; what is empty is left out of the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jobs {
    pub words: String,
    /// A town or an outward code.
    pub place: String,
    /// Miles from there; 0 for as far as people mostly go.
    pub within: i64,
    pub grade: String,
    /// An employer's slug.
    pub employer: String,
    pub contract: String,
    pub patterns: Vec<&'static str>,
    pub flexible: Vec<&'static str>,
    /// Pounds a year; 0 for any.
    pub salary: i64,
    /// Closing soon.
    pub soon: bool,
    pub sort: String,
    /// From 1.
    pub page: i64,
}

impl Jobs {
    pub fn page(&self) -> String {
        with_pairs(JOBS, self.pairs(true))
    }

    /// The same search for a program that reads news.
    pub fn feed(&self) -> String {
        with_pairs(JOBS_FEED, self.pairs(false))
    }

    /// Every field of the search's forms with its value; where the reader is in the list only for `all`.
    pub fn pairs(&self, all: bool) -> Vec<(&'static str, String)> {
        let text = |name, value: &str| (!value.is_empty()).then(|| (name, value.to_owned()));
        let number = |name, value: i64, least: i64| (value > least).then(|| (name, value.to_string()));
        let many =
            |name, words: &[&'static str]| words.iter().map(move |word| (name, (*word).to_owned())).collect::<Vec<_>>();
        let narrowed = [text("words", &self.words), text("place", &self.place), number("within", self.within, 0)];
        let filters = [text("grade", &self.grade), text("employer", &self.employer), text("contract", &self.contract)];
        let rest = [number("salary", self.salary, 0), self.soon.then(|| ("soon", "yes".to_owned()))];
        let place = [text("sort", &self.sort), number("page", self.page, 1)].into_iter().filter(|_| all);
        let lists = many("pattern", &self.patterns).into_iter().chain(many("flexible", &self.flexible)).map(Some);
        narrowed.into_iter().chain(filters).chain(lists).chain(rest).chain(place).flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_an_address() {
        let jobs = Jobs { words: "nurse & midwife".into(), grade: "Band 5".into(), page: 2, ..Jobs::default() };
        assert_eq!(jobs.page(), "/jobs?words=nurse%20%26%20midwife&grade=Band%205&page=2");
        assert_eq!(Jobs::default().page(), "/jobs");
        let many =
            Jobs { place: "HX7".into(), flexible: vec!["hybrid", "job_share"], soon: true, page: 3, ..Jobs::default() };
        assert_eq!(many.page(), "/jobs?place=HX7&flexible=hybrid&flexible=job_share&soon=yes&page=3");
        assert_eq!(many.feed(), "/jobs.atom?place=HX7&flexible=hybrid&flexible=job_share&soon=yes");
    }
}

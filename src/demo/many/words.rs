//! The words of `data/many.json`, and those of an advert for slips of the pen.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::db::ManyAdvert;

const FILE: &str = include_str!("../data/many.json");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub kinds: Vec<Kind>,
    pub openings: Vec<String>,
    pub about: Vec<String>,
    pub offers: Vec<String>,
    /// What makes a text as long as they are.
    pub more: Vec<String>,
    pub more_offers: Vec<String>,
    pub skills: Vec<String>,
    pub site_first: Vec<String>,
    pub site_second: Vec<String>,
    pub people_first: Vec<String>,
    pub people_last: Vec<String>,
    pub terms: Vec<(String, String)>,
    pub clause: (String, String),
    pub shared_duties: Vec<String>,
    pub shared_criteria: Vec<String>,
    /// Name, lowest and highest pay in pounds a year.
    pub council_grades: Vec<(String, i64, i64)>,
}

/// A kind of job.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub sector: Sector,
    pub title: String,
    pub grade: String,
    /// What stands before the title; an employer has one of them.
    pub fields: Vec<String>,
    pub dbs: String,
    pub headline: String,
    pub duties: Vec<String>,
    pub criteria: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sector {
    Nhs,
    Council,
    School,
}

pub fn words() -> Result<Words, super::DemoError> {
    serde_json::from_str(FILE).map_err(|error| super::DemoError::Unreadable { name: "many.json", error })
}

/// Adds the words of an advert that somebody may look for: of letters alone, as `advert_word` keeps them.
pub fn collect(into: &mut BTreeSet<String>, advert: &ManyAdvert) {
    let text = [&advert.title, &advert.headline, &advert.locations, &advert.short_text].map(|text| text.to_lowercase());
    let words = text.iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    for word in words.filter(|word| (3..=40).contains(&word.chars().count())) {
        if !into.contains(word) {
            into.insert(word.to_owned());
        }
    }
}

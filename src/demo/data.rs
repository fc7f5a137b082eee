//! What the demonstration tells, as its files say it. The files are part of the program.
//!
//! People, units, profiles and items go by keys of the files; days count from the day of loading.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use time::Date;

use super::DemoError;
use super::written::Content;
use crate::db::{EmployerKind, EvaluationScheme};
use crate::domain::advert::{AdvertState, ApplyKind, Dbs};
use crate::domain::details::{ChangeKind, GradeBasis};
use crate::domain::text::parse_date;
use crate::domain::version::StateName;
use crate::policy::Role;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Employer {
    pub key: String,
    pub slug: String,
    pub name: String,
    pub kind: EmployerKind,
    pub evaluation_scheme: EvaluationScheme,
    pub pay_scheme: String,
    pub description: String,
    /// A unit comes after the one above it.
    pub units: Vec<Unit>,
    /// Lowest first. None: the pay scheme's own, from the reference data.
    pub grades: Vec<Grade>,
    pub people: Vec<Person>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub key: String,
    pub name: String,
    pub parent: Option<String>,
    pub manager: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    pub name: String,
    /// First and last point of the NJC spine, instead of amounts.
    #[serde(default)]
    pub points: Option<(i32, i32)>,
    #[serde(default)]
    pub amounts: Vec<Amount>,
}

/// Pence a year, full time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    #[serde(deserialize_with = "date")]
    pub effective_from: Date,
    pub minimum: i64,
    pub maximum: i64,
    pub source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub key: String,
    pub name: String,
    pub email: String,
    /// None: an applicant.
    #[serde(default)]
    pub roles: Vec<Held>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    pub role: Role,
    /// None: the whole employer.
    pub unit: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub key: String,
    pub employer: String,
    pub unit: String,
    pub owner: String,
    pub post_numbers: Vec<String>,
    pub review_in_days: i64,
    pub grade: String,
    pub grade_basis: Basis,
    /// Oldest first.
    pub history: Vec<Edition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    pub kind: GradeBasis,
    pub reference: Option<String>,
    #[serde(deserialize_with = "date")]
    pub date: Date,
}

/// One version of a profile: where it stands, who brought it there and when, and what it says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    pub state: StateName,
    pub change_note: String,
    pub change_kind: ChangeKind,
    pub affects_grade: bool,
    /// Why changes were requested, or why it was withdrawn.
    #[serde(default)]
    pub reason: String,
    pub created_by: String,
    pub submitted_by: Option<String>,
    /// Who was asked to decide.
    pub approver: Option<String>,
    pub approved_by: Option<String>,
    pub issued_by: Option<String>,
    pub withdrawn_by: Option<String>,
    pub discarded_by: Option<String>,
    pub days_ago: DaysAgo,
    pub content: Content,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaysAgo {
    pub created: i64,
    pub submitted: Option<i64>,
    pub changes_requested: Option<i64>,
    pub approved: Option<i64>,
    pub issued: Option<i64>,
    pub withdrawn: Option<i64>,
    pub discarded: Option<i64>,
}

/// An advert for the issued version of a profile. Days are from today on; those before it are negative.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advert {
    pub profile: String,
    pub state: AdvertState,
    pub opens_days: i64,
    pub closes_days: i64,
    pub headline: String,
    pub short_text: String,
    pub reference: String,
    pub contract: String,
    pub working_pattern: String,
    #[serde(default)]
    pub dbs: Option<Dbs>,
    pub locations: Vec<String>,
    pub contact: Contact,
    pub shortlisting_days: i64,
    pub interview_days: i64,
    pub apply: Apply,
    pub hiring_manager: String,
    pub written_by: String,
    /// Why it was withdrawn, by its writer, and when.
    #[serde(default)]
    pub reason: String,
    pub withdrawn_days: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: String,
    pub email: String,
    pub phone: String,
    /// Questions come by the form of the advert's page.
    #[serde(default)]
    pub by_form: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apply {
    pub kind: ApplyKind,
    pub value: String,
}

/// What somebody says about an item of the newest version of a profile, or proposes for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    pub profile: String,
    pub by: String,
    pub days_ago: i64,
    pub item: String,
    pub what: Said,
    /// The comment, the other words, or the new line that is to stand after the item.
    pub text: String,
    #[serde(default)]
    pub reason: String,
    pub answer: Option<Answer>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Comment,
    Reword,
    Add,
    Remove,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub by: String,
    pub text: String,
}

/// # Errors
/// [`DemoError::Unreadable`], here and below, where a file is not of its shape.
pub fn employers() -> Result<Vec<Employer>, DemoError> {
    read("employers.json", include_str!("data/employers.json"))
}

pub fn applicants() -> Result<Vec<Person>, DemoError> {
    read("applicants.json", include_str!("data/applicants.json"))
}

pub fn adverts() -> Result<Vec<Advert>, DemoError> {
    read("adverts.json", include_str!("data/adverts.json"))
}

pub fn remarks() -> Result<Vec<Remark>, DemoError> {
    read("remarks.json", include_str!("data/remarks.json"))
}

pub fn profiles() -> Result<BTreeMap<String, Profile>, DemoError> {
    PROFILES.iter().map(|(name, text)| Ok(((*name).to_owned(), read(name, text)?))).collect()
}

fn read<T: DeserializeOwned>(name: &'static str, text: &str) -> Result<T, DemoError> {
    serde_json::from_str(text).map_err(|error| DemoError::Unreadable { name, error })
}

fn date<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = String::deserialize(from)?;
    parse_date(&text).ok_or_else(|| D::Error::custom(format!("“{text}” is no date")))
}

macro_rules! profiles {
    ($($key:literal),+ $(,)?) => {
        /// Every file of `data/profiles` by its key.
        const PROFILES: &[(&str, &str)] = &[$(($key, include_str!(concat!("data/profiles/", $key, ".json")))),+];
    };
}

profiles![
    "care-access-adviser",
    "community-staff-nurse",
    "customer-team-leader",
    "facilities-assistant",
    "grounds-operative",
    "health-visitor",
    "healthcare-support-worker",
    "housing-options-officer",
    "infection-prevention-nurse",
    "information-analyst",
    "library-assistant",
    "occupational-therapist",
    "people-adviser",
    "planning-officer",
    "revenues-officer",
    "service-administrator",
    "slt-assistant",
    "therapy-team-leader",
    "tree-officer",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_the_program_and_readable() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/demo/data/profiles");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), PROFILES.len());
        let profiles = profiles().unwrap();
        assert!(profiles.iter().all(|(key, profile)| *key == profile.key));
        assert!(adverts().unwrap().iter().all(|advert| profiles.contains_key(&advert.profile)));
        assert_eq!((employers().unwrap().len(), applicants().unwrap().len()), (2, 2));
    }
}

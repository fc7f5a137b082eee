//! What a change to a version reaches beyond it: adverts made of its profile, and profiles that name its job.
//!
//! It comes as one value of `reach_of`, together with the version that somebody decides on.

use serde::Deserialize;
use serde_json::Value;
use time::Date;

use super::DbError;
use crate::domain::ids::AdvertId;
use crate::domain::text::parse_date;

#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Written, confirmed or published; of those that were published also such as have closed.
    pub adverts: Vec<ReachedAdvert>,
    /// Profiles in force that report to this job, by its name in force or its new one.
    pub reports: Vec<ReachedProfile>,
    /// Profiles in force with the same title.
    pub same: Vec<ReachedProfile>,
}

#[derive(Debug, Clone)]
pub struct ReachedAdvert {
    pub id: AdvertId,
    pub title: String,
    pub is_published: bool,
    pub closes_on: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReachedProfile {
    pub number: i32,
    pub title: String,
    pub grade: String,
}

#[derive(Deserialize)]
struct AdvertRow {
    id: i64,
    title: String,
    state: String,
    closes_on: Option<String>,
}

#[derive(Deserialize)]
struct Rows {
    adverts: Vec<AdvertRow>,
    reports: Vec<ReachedProfile>,
    same: Vec<ReachedProfile>,
}

pub(super) fn read(value: Option<Value>) -> Result<Reach, DbError> {
    let Some(value) = value else { return Ok(Reach::default()) };
    let odd = |_| DbError::Inconsistent { table: "advert", id: 0, what: "what a version reaches can't be read" };
    let rows: Rows = serde_json::from_value(value).map_err(odd)?;
    let advert = |row: AdvertRow| ReachedAdvert {
        id: AdvertId(row.id),
        title: row.title,
        is_published: row.state == "published",
        closes_on: row.closes_on.as_deref().and_then(parse_date),
    };
    Ok(Reach { adverts: rows.adverts.into_iter().map(advert).collect(), reports: rows.reports, same: rows.same })
}

//! Many made-up adverts, put in by the lot, with all that a published advert is found by.
//! Every write is refused for an employer that is not of the demonstration.

use serde::Serialize;
use sqlx::types::Json;
use time::{Date, OffsetDateTime};

use super::{DbError, Tx};
use crate::domain::places::Place;
use crate::domain::text::{iso_date, iso_moment};

/// A made-up advert: its row, as the table has it.
#[derive(Debug, Clone, Serialize)]
pub struct ManyAdvert {
    /// A slug.
    pub employer: String,
    /// Number of the profile whose version it shows.
    pub profile: i32,
    pub number: i32,
    /// `published` or `withdrawn`.
    pub state: String,
    pub reference: String,
    pub title: String,
    pub grade: String,
    pub headline: String,
    pub short_text: String,
    pub salary_text: String,
    /// Pence a year.
    pub salary_min: Option<i64>,
    pub salary_max: Option<i64>,
    pub contract: String,
    pub working_pattern: String,
    pub patterns: Vec<String>,
    pub flexible: Vec<String>,
    pub dbs: Option<String>,
    pub audience: String,
    pub locations: String,
    pub places: Vec<ManyPlace>,
    pub contact_name: String,
    pub contact_email: String,
    pub apply_value: String,
    #[serde(serialize_with = "day")]
    pub opens_on: Date,
    #[serde(serialize_with = "day")]
    pub closes_on: Date,
    #[serde(serialize_with = "day")]
    pub interviews_on: Date,
    #[serde(serialize_with = "moment")]
    pub opens_at: OffsetDateTime,
    #[serde(serialize_with = "moment")]
    pub closes_at: OffsetDateTime,
}

fn day<S: serde::Serializer>(day: &Date, into: S) -> Result<S::Ok, S::Error> {
    into.serialize_str(&iso_date(*day))
}

fn moment<S: serde::Serializer>(at: &OffsetDateTime, into: S) -> Result<S::Ok, S::Error> {
    into.serialize_str(&iso_moment(at.to_utc().into()))
}

/// Where it is on the map.
#[derive(Debug, Clone, Serialize)]
pub struct ManyPlace {
    pub outcode: String,
    pub latitude: f64,
    pub longitude: f64,
}

impl From<Place> for ManyPlace {
    fn from(place: Place) -> Self {
        ManyPlace { outcode: place.name, latitude: place.latitude, longitude: place.longitude }
    }
}

impl Tx {
    /// Adds adverts that were published the moment they opened.
    pub async fn add_many_adverts(&mut self, adverts: &[ManyAdvert]) -> Result<(), DbError> {
        let added = sqlx::query!(
            "with made as (insert into advert (employer_id, version_id, number, state, lock_version, reference, title,
                    grade_from, headline, short_text, salary_text, salary_min_pence, salary_max_pence, contract_kind,
                    working_pattern, patterns, flexible, dbs, audience, locations, contact_name, contact_email, apply_kind,
                    apply_value, hiring_manager_id, opens_on, closes_on, interviews_on, opens_at, closes_at, public_at,
                    changed_at, written_by, created_at, confirmed_by, confirmed_at, published_by, published_at,
                    withdrawn_by, withdrawn_at, withdrawn_reason)
                select e.id, v.id, r.number, r.state, 4, r.reference, r.title, r.grade, r.headline, r.short_text,
                    r.salary_text, r.salary_min, r.salary_max, r.contract, r.working_pattern, r.patterns, r.flexible, r.dbs,
                    r.audience, r.locations, r.contact_name, r.contact_email, 'link', r.apply_value, u.manager_id,
                    r.opens_on, r.closes_on, r.interviews_on, r.opens_at, r.closes_at,
                    case when r.audience = 'public' then r.opens_at end, r.opens_at, v.created_by, r.opens_at,
                    u.manager_id, r.opens_at, v.created_by, r.opens_at,
                    case when r.state = 'withdrawn' then v.created_by end,
                    case when r.state = 'withdrawn' then r.opens_at + interval '2 days' end,
                    case when r.state = 'withdrawn' then 'The post is no longer vacant.' end
                from jsonb_to_recordset($1) r (employer text, profile int, number int, state text, reference text, title text,
                    grade text, headline text, short_text text, salary_text text, salary_min bigint, salary_max bigint,
                    contract text, working_pattern text, patterns text[], flexible text[], dbs text, audience text,
                    locations text, contact_name text, contact_email text, apply_value text, opens_on date, closes_on date,
                    interviews_on date, opens_at timestamptz, closes_at timestamptz)
                join employer e on e.slug = r.employer and e.demonstration
                join unit u on u.employer_id = e.id and u.name = 'Services'
                join profile p on p.employer_id = e.id and p.number = r.profile join version v on v.profile_id = p.id
                order by r.number
                returning employer_id, id, number, written_by),
            writers as (insert into advert_writer (employer_id, advert_id, membership_id)
                select employer_id, id, written_by from made),
            placed as (insert into advert_place (employer_id, advert_id, outcode, latitude, longitude)
                select m.employer_id, m.id, p.outcode, p.latitude, p.longitude
                from jsonb_to_recordset($1) r (number int, places jsonb) join made m on m.number = r.number
                cross join jsonb_to_recordset(r.places) p (outcode text, latitude float8, longitude float8)
                on conflict do nothing)
            select count(*) as \"n!\" from made",
            Json(adverts) as _,
        )
        .fetch_one(self.conn())
        .await?;
        match added.n == adverts.len() as i64 {
            true => Ok(()),
            false => Err(DbError::Stale),
        }
    }

    /// Adds words that adverts have, for slips of the pen.
    pub async fn add_many_words(&mut self, words: &[String], now: OffsetDateTime) -> Result<(), DbError> {
        sqlx::query!(
            "insert into advert_word (word, stem, added_at)
            select w, (ts_lexize('english_stem', w))[1], $2 from unnest($1::text[]) w
            where ts_lexize('english_stem', w) <> '{}' on conflict do nothing",
            words,
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Lets the planner know how much there is now.
    pub async fn settle_many(&mut self) -> Result<(), DbError> {
        sqlx::query!("analyze").execute(self.conn()).await?;
        Ok(())
    }
}

//! Jobs like another.

use sqlx::types::Json;
use time::OffsetDateTime;

use super::advert_drawers::{Order, push_found};
use super::advert_found::{COLUMNS, JobRow, THEIR_ADVERTS, job};
use super::advert_search::{Builder, JobFilter, numbered, push_where};
use super::{DbError, Tx};
use crate::domain::ids::{AdvertId, EmployerId};
use crate::domain::places::Near;

/// So many of the newest with the same title, or a word of it in common, are compared.
const MOST_LIKENED: i64 = 100;

impl Tx {
    /// Open adverts of the same title, those near by first; then those whose words are like it, the most alike first; then
    /// others of the same employer. Each is looked for only where those before it are too few.
    pub async fn similar_jobs(
        &mut self,
        (to, title, near): (AdvertId, &str, Option<&Near>),
        employer: EmployerId,
        most: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<JobRow>, DbError> {
        let words: Vec<String> = title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let any = words.join(" | ");
        let alike = JobFilter { any_of: Some(any.clone()), ..JobFilter::default() };
        let of_employer = JobFilter { employer_id: Some(employer), ..JobFilter::default() };
        let mut query = Builder::new(COLUMNS);
        query.push("from ((select a.advert_id, (case when ").push_bind(Json(near.map(numbered).unwrap_or_default()));
        query.push("::jsonb ?| a.places then 3 else 2 end)::real as rank, a.opens_at from (");
        query.push("select a.advert_id, a.places, a.opens_at from advert_search a");
        push_where(&mut query, &JobFilter::default(), now);
        query.push(" and a.title = ").push_bind(title.to_owned()).push(" and a.advert_id <> ").push_bind(to.0);
        query.push(" order by a.opens_at desc limit ").push_bind(MOST_LIKENED);
        query.push(") a order by 2 desc, 3 desc limit ").push_bind(most);
        query.push(") union all (select a.advert_id, ts_rank(w.words, to_tsquery('english', ").push_bind(any.clone());
        query.push(")), a.opens_at from (");
        push_found(&mut query, &alike, (Order::Newest, "a.advert_id, a.opens_at, a.title", MOST_LIKENED), now);
        query
            .push(") a join advert_search w on w.advert_id = a.advert_id where a.title <> ")
            .push_bind(title.to_owned());
        query.push(" order by 2 desc, 1 desc limit ").push_bind(most);
        query.push(") union all (select a.advert_id, 0, a.opens_at from advert_search a");
        push_where(&mut query, &of_employer, now);
        query.push(" and a.advert_id <> ").push_bind(to.0).push(" and not a.words @@ ");
        query.push("to_tsquery('english', ").push_bind(any).push(")");
        query.push(" order by a.opens_at desc limit ").push_bind(most);
        query.push(") limit ").push_bind(most).push(") f").push(THEIR_ADVERTS);
        query.push("f.rank desc, a.opens_at desc, a.id desc");
        // The same statement whatever the title, so that it is planned once a connection.
        let rows = query.build().fetch_all(self.conn()).await?;
        Ok(rows.iter().map(|row| job(row, None)).collect::<Result<Vec<_>, sqlx::Error>>()?)
    }
}

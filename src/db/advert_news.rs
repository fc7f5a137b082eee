//! News of adverts: that something changed that the public sees, on whichever server, and when something will by itself.

use sqlx::postgres::PgListener;
use time::OffsetDateTime;

use super::{Database, DbError};

/// The channel of the triggers on `advert` and `employer`.
const CHANNEL: &str = "adverts";

/// A connection of its own that hears every change.
#[derive(Debug)]
pub struct AdvertNews(PgListener);

impl Database {
    pub async fn advert_news(&self) -> Result<AdvertNews, DbError> {
        let mut listener = PgListener::connect_with(self.pool()).await?;
        listener.listen(CHANNEL).await?;
        Ok(AdvertNews(listener))
    }

    /// The next instant at which some advert opens, closes, or can be read by everybody.
    pub async fn next_opening_or_closing(&self, now: OffsetDateTime) -> Result<Option<OffsetDateTime>, DbError> {
        Ok(sqlx::query_scalar!(
            "select least(
                (select min(closes_at) from advert where state = 'published' and closes_at > $1),
                (select min(opens_at) from advert where state = 'published' and opens_at > $1),
                (select min(public_at) from advert where state = 'published' and public_at > $1))",
            now,
        )
        .fetch_one(self.pool())
        .await?)
    }
}

impl AdvertNews {
    /// Waits for a change. False: the connection was lost, and with it perhaps news.
    pub async fn heard(&mut self) -> bool {
        matches!(self.0.try_recv().await, Ok(Some(_)))
    }
}

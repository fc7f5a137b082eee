//! What the site map lists: open adverts that everybody can read, in lots by number, and who advertises.

use time::OffsetDateTime;

use super::{DbError, Tx};
use crate::domain::ids::AdvertId;

/// Adverts with numbers of one lot: a map may hold 50,000, and a small one is quick to send.
const LOT: i64 = 10_000;

impl Tx {
    /// The lots that hold an open advert, each with its last change.
    pub async fn sitemap_parts(&mut self, now: OffsetDateTime) -> Result<Vec<(i64, OffsetDateTime)>, DbError> {
        let rows = sqlx::query!(
            r#"select id / $2::bigint as "part!", max(greatest(changed_at, public_at)) as "changed!" from advert
            where state = 'published' and closes_at > $1 and public_at <= $1 group by 1 order by 1"#,
            now,
            LOT,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| (row.part, row.changed)).collect())
    }

    /// The open adverts of a lot, each with its last change.
    pub async fn sitemap_adverts(
        &mut self,
        part: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<(AdvertId, OffsetDateTime)>, DbError> {
        let rows = sqlx::query!(
            r#"select id, greatest(changed_at, public_at) as "changed!" from advert
            where id >= $2 and id < $3 and state = 'published' and closes_at > $1 and public_at <= $1 order by id"#,
            now,
            part * LOT,
            (part + 1) * LOT,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| (AdvertId(row.id), row.changed)).collect())
    }

    /// Slugs of the employers with an open advert.
    pub async fn employers_with_jobs(&mut self, now: OffsetDateTime) -> Result<Vec<String>, DbError> {
        let slugs = sqlx::query_scalar!(
            "select e.slug from employer e where exists (select from advert a where a.employer_id = e.id
                and a.state = 'published' and a.closes_at > $1 and a.public_at <= $1) order by e.slug",
            now,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(slugs)
    }

    /// Where open adverts are on the map: latitude, longitude and how many.
    pub async fn open_positions(&mut self, now: OffsetDateTime) -> Result<Vec<(f64, f64, i64)>, DbError> {
        let rows = sqlx::query!(
            r#"select p.latitude, p.longitude, count(*) as "jobs!" from advert_place p join advert a on a.id = p.advert_id
            where a.state = 'published' and a.closes_at > $1 and a.public_at <= $1 group by 1, 2"#,
            now,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| (row.latitude, row.longitude, row.jobs)).collect())
    }
}

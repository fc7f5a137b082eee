//! How often adverts were looked at. Written by a job, without a permission: no person's act is recorded.

use time::Date;

use super::{DbError, Tx};
use crate::domain::advert::Source;
use crate::domain::ids::AdvertId;
use crate::policy::Scope;
use crate::views::View;

/// The views of an advert from one kind of place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewsFrom {
    pub source: Source,
    pub views: i64,
}

impl Tx {
    pub async fn add_views(&mut self, views: &[(View, i32)]) -> Result<(), DbError> {
        // In one order everywhere, so that two servers never wait for each other.
        let mut views: Vec<&(View, i32)> = views.iter().collect();
        views.sort_by_key(|(view, _)| (view.advert, view.day, view.source));
        let adverts: Vec<i64> = views.iter().map(|(view, _)| view.advert.0).collect();
        let days: Vec<Date> = views.iter().map(|(view, _)| view.day).collect();
        let sources: Vec<String> = views.iter().map(|(view, _)| view.source.word().to_owned()).collect();
        let numbers: Vec<i32> = views.iter().map(|(_, number)| *number).collect();
        sqlx::query!(
            "insert into advert_view (employer_id, advert_id, day, source, views)
            select a.employer_id, a.id, v.day, v.source, v.views
            from unnest($1::bigint[], $2::date[], $3::text[], $4::int[]) v (advert_id, day, source, views)
            join advert a on a.id = v.advert_id
            on conflict (advert_id, day, source) do update set views = advert_view.views + excluded.views",
            &adverts,
            &days,
            &sources,
            &numbers,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The views of an advert in the scope, the most first.
    pub async fn advert_views(&mut self, scope: &Scope, advert: AdvertId) -> Result<Vec<ViewsFrom>, DbError> {
        let rows = sqlx::query!(
            r#"select source, sum(views) as "views!" from advert_view
            where employer_id = $1 and advert_id = $2 group by source order by 2 desc, 1"#,
            scope.employer().0,
            advert.0,
        )
        .fetch_all(self.conn())
        .await?;
        let known = rows
            .into_iter()
            .filter_map(|row| Some(ViewsFrom { source: Source::parse(&row.source)?, views: row.views }));
        Ok(known.collect())
    }
}

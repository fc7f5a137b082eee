//! What a published advert is found by beside its own row: its places on the map, and its words for slips of the pen.

use time::OffsetDateTime;

use super::{DbError, Tx};
use crate::domain::ids::AdvertId;
use crate::domain::places::is_slip;
use crate::reference::places;

/// How many like words are looked at for one that was typed with a slip.
const NEIGHBOURS: i64 = 40;

impl Tx {
    /// Puts a published advert on the map and its words into the list of known ones.
    pub(super) async fn make_findable(
        &mut self,
        advert: AdvertId,
        locations: &str,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        let places = places::of_lines(locations);
        let names: Vec<String> = places.iter().map(|place| place.name.clone()).collect();
        let latitudes: Vec<f64> = places.iter().map(|place| place.latitude).collect();
        let longitudes: Vec<f64> = places.iter().map(|place| place.longitude).collect();
        sqlx::query!(
            "with moved as (delete from advert_place where advert_id = $1 and outcode <> all($2))
            insert into advert_place (employer_id, advert_id, outcode, latitude, longitude)
            select a.employer_id, a.id, p.outcode, p.latitude, p.longitude
            from advert a, unnest($2::text[], $3::float8[], $4::float8[]) p (outcode, latitude, longitude)
            where a.id = $1 on conflict do nothing",
            advert.0,
            &names,
            &latitudes,
            &longitudes,
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            r"insert into advert_word (word, stem, added_at)
            select distinct w.word, (ts_lexize('english_stem', w.word))[1], $2::timestamptz
            from advert a, regexp_split_to_table(
                lower(concat_ws(' ', a.title, a.headline, a.locations, a.short_text)), '[^[:alpha:]]+') w (word)
            where a.id = $1 and length(w.word) between 3 and 40 and ts_lexize('english_stem', w.word) <> '{}'
            on conflict do nothing",
            advert.0,
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// For each of these words that no advert ever had: the known word that it is a slip of, where there is one.
    /// `others` are words that a search understands though no advert has them.
    pub async fn corrections(&mut self, typed: &[String], others: &[String]) -> Result<Vec<(String, String)>, DbError> {
        let rows = sqlx::query!(
            r#"select typed.word as "typed!", near.word as "near!" from unnest($1::text[]) typed (word)
            cross join lateral ((select w.word from advert_word w order by w.word <-> typed.word, w.word limit $2)
                union all (select o.word from unnest($3::text[]) o (word) order by o.word <-> typed.word, o.word limit $2)) near
            where not typed.word = any($3) and ts_lexize('english_stem', typed.word) <> '{}' and not exists (select from advert_word known
                where known.stem = (ts_lexize('english_stem', typed.word))[1])"#,
            typed,
            NEIGHBOURS,
            others,
        )
        .fetch_all(self.conn())
        .await?;
        let mut found: Vec<(usize, String, String)> = Vec::new();
        for row in rows {
            let Some(edits) = is_slip(&row.typed, &row.near) else { continue };
            match found.iter_mut().find(|(_, typed, _)| *typed == row.typed) {
                Some(best) if best.0 <= edits => {}
                Some(best) => *best = (edits, row.typed, row.near),
                None => found.push((edits, row.typed, row.near)),
            }
        }
        Ok(found.into_iter().map(|(_, typed, meant)| (typed, meant)).collect())
    }
}

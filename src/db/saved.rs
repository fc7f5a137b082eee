//! Adverts that people keep: their own list, and nobody else's business.

use super::{DbError, Tx};
use crate::domain::ids::AdvertId;
use crate::policy::{Granted, act};

impl Tx {
    /// Keeps an advert on the person's list. Keeping it twice is no error.
    pub async fn save_advert(&mut self, granted: &Granted<act::SaveAdvert>, advert: AdvertId) -> Result<(), DbError> {
        sqlx::query!(
            "insert into saved_advert (employer_id, advert_id, person_id, saved_at)
            select employer_id, id, $2, $3 from advert where id = $1 on conflict do nothing",
            advert.0,
            granted.id().0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Takes an advert off the person's list. One that is not on it is no error.
    pub async fn unsave_advert(&mut self, granted: &Granted<act::SaveAdvert>, advert: AdvertId) -> Result<(), DbError> {
        sqlx::query!("delete from saved_advert where person_id = $1 and advert_id = $2", granted.id().0, advert.0)
            .execute(self.conn())
            .await?;
        Ok(())
    }
}

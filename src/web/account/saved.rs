//! Taking an advert off one's list.

use axum::extract::Path;
use axum::response::Response;

use super::own;
use crate::domain::ids::AdvertId;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::gate::{As, SignedIn};
use crate::web::page::see_other_saying;
use crate::web::paths;

pub async fn remove(me: As<SignedIn>, Path(advert): Path<i64>) -> Result<Response, AppError> {
    let granted = grant::<act::SaveAdvert>(&me.actor(), own(&me.who.person), me.now)?;
    let mut tx = me.begin().await?;
    tx.unsave_advert(&granted, AdvertId(advert)).await?;
    tx.commit().await?;
    Ok(see_other_saying(paths::ACCOUNT, "The advert is off your list"))
}

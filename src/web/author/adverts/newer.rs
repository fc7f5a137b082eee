//! Showing the version that has come into force since the advert was made.

use axum::extract::Path;
use axum::response::Response;

use super::{At, load_for_act};
use crate::db::DbError;
use crate::domain::advert::Step;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn show_newer(me: As<Authors>, Path((_, advert)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let granted = grant::<act::EditAdvert>(&me.actor(), advert.subject(), me.now)?;
    let page = me.paths().advert(advert.id);
    let newer = advert.version.issued.filter(|(id, _)| *id != advert.version.id);
    let Some((version, number)) = newer.filter(|_| advert.state.after(Step::Edit).is_ok()) else {
        return Ok(see_other_noting(page, "The advert stays with its version"));
    };
    match tx.move_advert(&granted, &advert, version, number).await {
        Ok(()) => {}
        Err(DbError::Constraint(name)) if name == "advert_one_in_work" => {
            let sentence = format!("Version {number} has an advert that is being written: continue with that one.");
            return Err(AppError::Conflict(sentence));
        }
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    let sentence = format!("The advert shows version {number} now. Read it again, then ask for it to be confirmed");
    Ok(see_other_saying(page, &sentence))
}

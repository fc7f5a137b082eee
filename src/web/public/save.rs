//! Keeping an advert on one's own list, and taking it off again.

use axum::extract::Path;
use axum::response::Response;

use super::job;
use crate::db::{PublicAdvert, Tx};
use crate::domain::ids::PersonId;
use crate::error::AppError;
use crate::policy::{Granted, Subject, act, grant};
use crate::web::gate::{Anyone, As};
use crate::web::page::{see_other, see_other_saying};
use crate::web::paths;

// The gate is open so that somebody whose session has ended is led to sign in and back to the advert. Nothing is kept
// without a grant, and that asks for a person.

pub async fn save(me: As<Anyone>, Path(advert): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = job::load(&mut tx, &advert, None, me.now).await?;
    let Some(granted) = permission(&me, &advert)? else { return Ok(to_sign_in(&advert)) };
    tx.save_advert(&granted, advert.id).await?;
    done(tx, &advert, "The advert is on your list").await
}

pub async fn unsave(me: As<Anyone>, Path(advert): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = job::load(&mut tx, &advert, None, me.now).await?;
    let Some(granted) = permission(&me, &advert)? else { return Ok(to_sign_in(&advert)) };
    tx.unsave_advert(&granted, advert.id).await?;
    done(tx, &advert, "The advert is off your list").await
}

/// Leave to change one's own list; none where nobody is signed in.
fn permission(me: &As<Anyone>, advert: &PublicAdvert) -> Result<Option<Granted<act::SaveAdvert>>, AppError> {
    let Some(visitor) = me.visitor() else { return Ok(None) };
    let subject: Subject<PersonId> = Subject {
        id: visitor.person.id,
        employer: None,
        unit: None,
        person: Some(visitor.person.id),
        profile: None,
        name: advert.vacancy.title.clone(),
    };
    Ok(Some(grant::<act::SaveAdvert>(&me.actor(), subject, me.now)?))
}

fn to_sign_in(advert: &PublicAdvert) -> Response {
    see_other(paths::sign_in_and_return(&paths::job(advert.id)))
}

async fn done(tx: Tx, advert: &PublicAdvert, sentence: &str) -> Result<Response, AppError> {
    tx.commit().await?;
    Ok(see_other_saying(paths::job(advert.id), sentence))
}

//! Whether a template is offered first, and whether it is in use.

use axum::extract::Path;
use axum::response::Response;

use super::{AtTemplate, held};
use crate::db::DbError;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn offer_first(
    me: As<Keepers>,
    Path((_, template)): AtTemplate,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, found, granted) = held(&me, &template).await?;
    let back = me.paths().template(found.head.id);
    let first = submitted.raw("first") != "no";
    match tx.set_default_template(&granted, first.then_some(found.head.id)).await {
        Ok(()) => {
            tx.commit().await?;
            let said = match first {
                true => "New job profiles begin on it, unless their author chooses another.",
                false => "No template is offered first any more.",
            };
            Ok(see_other_saying(back, said))
        }
        Err(DbError::Stale) => {
            Ok(see_other_noting(back, "Only a template that is in use can be offered first: bring it into use"))
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn retire(
    me: As<Keepers>,
    Path((_, template)): AtTemplate,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, found, granted) = held(&me, &template).await?;
    let out = submitted.raw("back") != "yes";
    if found.head.retired != out {
        tx.retire_template(&granted, found.head.id, out).await?;
        tx.commit().await?;
    }
    let said = match out {
        true => "Taken out of use. What was made on it stays as it is.",
        false => "Back in use.",
    };
    Ok(see_other_saying(me.paths().template(found.head.id), said))
}

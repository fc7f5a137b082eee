//! Beginning a change of a template, and throwing it away.

use axum::extract::Path;
use axum::response::Response;

use super::{AtTemplate, BEGUN, held};
use crate::db::DbError;
use crate::error::AppError;
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn begin(me: As<Keepers>, Path((_, template)): AtTemplate) -> Result<Response, AppError> {
    let (mut tx, found, granted) = held(&me, &template).await?;
    let at = me.paths().template_act(found.head.id, "edit");
    let there = "A change is being written already: this is it";
    if found.open().is_some() {
        return Ok(see_other_noting(at, there));
    }
    match tx.begin_template_change(&granted, found.head.id).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(at, "Nothing changes for anybody until you bring it into use."))
        }
        Err(DbError::Constraint(broken)) if BEGUN.contains(&broken.as_str()) => Ok(see_other_noting(at, there)),
        Err(error) => Err(error.into()),
    }
}

pub async fn throw_away(me: As<Keepers>, Path((_, template)): AtTemplate) -> Result<Response, AppError> {
    let (mut tx, found, granted) = held(&me, &template).await?;
    found.writing()?;
    tx.drop_template_change(&granted, found.head.id).await?;
    tx.commit().await?;
    match found.binding() {
        Some(_) => Ok(see_other_saying(me.paths().template(found.head.id), "The change was thrown away.")),
        None => Ok(see_other_saying(me.paths().templates(), "The template was thrown away: it was never in use.")),
    }
}

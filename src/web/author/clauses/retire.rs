//! Taking a clause out of the library, and back in. Versions keep its text; drafts that hold it can't be sent.

use axum::extract::Path;
use axum::response::Response;

use super::{AtClause, find, granted};
use crate::db::DbError;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn retire(me: As<Keepers>, Path((_, clause)): AtClause, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&mut tx, &me, &clause).await?;
    let granted = granted(&me, &head.entry.name)?;
    let retire = submitted.raw("back") != "yes";
    let at = me.paths().clause(head.id);
    match tx.retire_clause(&granted, head.id, retire).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(at, "It stands so already")),
        Err(error) => return Err(error.into()),
    }
    let said =
        if retire { "Taken out. Drafts that hold it are told to replace it." } else { "It is in the library again." };
    Ok(see_other_saying(at, said))
}

//! Taking a version back from review.

use axum::extract::Path;
use axum::response::Response;

use super::version::{At, at, may, open};
use crate::db::DbError;
use crate::domain::version::{Act, Event};
use crate::error::AppError;
use crate::policy::{Action, Role, act, grant};
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn recall(me: As<Keepers>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let granted = grant::<act::Recall>(&me.actor(), version.subject(), me.now)?;
    let at = at(&me, &version);
    let event = Event::Recall { administrator: me.staff().has(Role::Admin) };
    let next = match version.state.clone().after(event, Act { by: me.staff().membership, at: me.now }) {
        Ok(next) => next,
        Err(refusals) => {
            let why: Vec<String> = refusals.iter().map(ToString::to_string).collect();
            return Ok(see_other_noting(at.page(), &why.join(". ")));
        }
    };
    match tx.recall(&granted, &version, &next).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(at.page(), "It was decided on or recalled a moment ago")),
        Err(error) => return Err(error.into()),
    }
    // An administrator may take it back, and only authors may edit it.
    let next = if may(&me, &version, Action::EditContent) { at.edit() } else { at.page() };
    Ok(see_other_saying(next, "Recalled: it is a draft again"))
}

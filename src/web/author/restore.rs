//! Restoring a discarded draft.

use axum::extract::Path;
use axum::response::Response;

use super::version::{At, at, open};
use crate::db::DbError;
use crate::domain::version::{Act, Event};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

/// The index that keeps a profile to one open version.
const ONE_OPEN: &str = "version_one_open";

pub async fn restore(me: As<Keepers>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let granted = grant::<act::Restore>(&me.actor(), version.subject(), me.now)?;
    let at = at(&me, &version);
    if version.profile.retired_at.is_some() {
        return Ok(see_other_noting(at.page(), "This profile is archived, so its draft stays where it is"));
    }
    let next = match version.state.clone().after(Event::Restore, Act { by: me.staff().membership, at: me.now }) {
        Ok(next) => next,
        Err(refusals) => {
            let why: Vec<String> = refusals.iter().map(ToString::to_string).collect();
            return Ok(see_other_noting(at.page(), &why.join(". ")));
        }
    };
    match tx.restore(&granted, &version, &next).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Constraint(name)) if name == ONE_OPEN => {
            return Ok(see_other_noting(at.page(), "Another version is open: issue or discard it first"));
        }
        Err(DbError::Stale) => return Ok(see_other_noting(at.page(), "It was restored a moment ago")),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(at.page(), "Restored: it is a draft again"))
}

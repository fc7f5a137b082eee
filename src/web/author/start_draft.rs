//! Starting the next draft of a profile, while what is in force stays so.

use axum::extract::Path;
use axum::response::Response;

use super::profile::{AtProfile, load};
use crate::db::{DbError, VersionRow};
use crate::domain::version::StateName;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn start(me: As<Authors>, Path((_, reference)): AtProfile) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (profile, _, versions) = load(&mut tx, &me.scope(), &reference).await?;
    let at = me.paths().profile(profile.number);
    let source = source(&versions).ok_or(AppError::NotFound)?;
    let from = tx.version_by_id(&me.scope(), source.id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<act::StartDraft>(&me.actor(), from.profile_subject(), me.now)?;
    if profile.retired_at.is_some() {
        return Ok(see_other_noting(at.page(), "This profile is archived, so no draft was started"));
    }
    if let Some(open) = versions.iter().find(|version| version.state.is_open()) {
        let path = at.version(open.number).page();
        return Ok(see_other_noting(path, "There is an open version already: this is it"));
    }
    match tx.start_draft(&granted, &from).await {
        Ok(number) => {
            tx.commit().await?;
            let said = format!("Version {number} is a draft. Version {} stays as it is meanwhile.", from.number);
            Ok(see_other_saying(at.version(number).edit(), &said))
        }
        // Two clicks, or two people: the first one's draft is the draft.
        Err(DbError::Constraint(_)) => {
            Ok(see_other_noting(at.page(), "A draft was started a moment ago: open it here"))
        }
        Err(error) => Err(error.into()),
    }
}

/// The next version starts from what was approved last, else from what is in force, else from the newest.
fn source(versions: &[VersionRow]) -> Option<&VersionRow> {
    let approved = |version: &&VersionRow| matches!(version.state, StateName::Withdrawn | StateName::Issued);
    versions.iter().find(approved).or(versions.first())
}

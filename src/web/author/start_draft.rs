//! Starting the next draft of a profile, from what is in force or from any older version; what is in force stays so.

use axum::extract::Path;
use axum::response::Response;

use super::profile::{self, AtProfile};
use super::version::{self, At};
use crate::clock::london_date;
use crate::db::{DbError, OpenVersion, Tx, Version, VersionRow};
use crate::domain::text::long_date;
use crate::domain::version::StateName;
use crate::drafting::NEXT_VERSION;
use crate::error::AppError;
use crate::fitting::{self, Onto};
use crate::policy::{act, grant};
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn start(me: As<Authors>, Path((_, reference)): AtProfile) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (_, _, versions) = profile::load(&mut tx, &me.scope(), &reference).await?;
    let source = source(&versions).ok_or(AppError::NotFound)?;
    let from = tx.version_by_id(&me.scope(), source.id).await?.ok_or(AppError::NotFound)?;
    begin(&me, tx, &from).await
}

/// The same from the version in the address, whatever has become of it: an old text comes back as a new draft.
pub async fn start_from(me: As<Authors>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (tx, from) = version::open(&me, &profile, &number).await?;
    begin(&me, tx, &from).await
}

async fn begin(me: &As<Authors>, mut tx: Tx, from: &Version) -> Result<Response, AppError> {
    let at = me.paths().profile(from.profile.number);
    let granted = grant::<act::StartDraft>(&me.actor(), from.profile_subject(), me.now)?;
    if from.profile.retired_at.is_some() {
        return Ok(see_other_noting(at.page(), "This profile is archived, so no draft was started"));
    }
    let head = &from.profile;
    if let Some(open) = tx.life_line(from.employer, (head.id, head.number), &[], me.now).await?.open {
        let said = format!("There is an open version already: this is it, {}", whose(&open));
        return Ok(see_other_noting(at.version(open.number).page(), &said));
    }
    match tx.start_draft(&granted, from).await {
        Ok(number) => {
            catch_up(me, &mut tx, from, number).await?;
            tx.commit().await?;
            Ok(see_other_saying(at.version(number).edit(), &started(number, from)))
        }
        // Two clicks, or two people: the first one's draft is the draft.
        Err(DbError::Constraint(name)) if NEXT_VERSION.contains(&name.as_str()) => {
            Ok(see_other_noting(at.page(), "A draft was started a moment ago: open it here"))
        }
        Err(error) => Err(error.into()),
    }
}

/// The next draft goes on to the edition that binds now; the version that it comes from keeps its own.
async fn catch_up(me: &As<Authors>, tx: &mut Tx, from: &Version, number: i32) -> Result<(), AppError> {
    let Some(template) = from.template.as_ref().filter(|template| template.is_behind()) else { return Ok(()) };
    let choices = tx.template_choices(from.employer).await?;
    let Some(latest) = choices.iter().find(|choice| choice.id == template.template) else { return Ok(()) };
    let who = (&me.actor(), &me.scope(), me.now);
    fitting::put_on(tx, who, (from.profile.number, number), None, Onto::latest(latest)).await
}

fn started(number: i32, from: &Version) -> String {
    match from.issued {
        Some((id, _)) if id == from.id => {
            format!("Version {number} is a draft. Version {} stays as it is meanwhile.", from.number)
        }
        Some((_, issued)) => format!(
            "Version {number} is a draft with the text of version {}. Version {issued} stays in force meanwhile.",
            from.number
        ),
        None => format!("Version {number} is a draft with the text of version {}.", from.number),
    }
}

/// `version 4, started by Amara Okafor on 3 January 2026`
pub fn whose(open: &OpenVersion) -> String {
    let day = long_date(london_date(open.started_at));
    format!("version {}, started by {} on {day}", open.number, open.started_by)
}

/// The next version starts from what was approved last, else from what is in force, else from the newest.
fn source(versions: &[VersionRow]) -> Option<&VersionRow> {
    let approved = |version: &&VersionRow| matches!(version.state, StateName::Withdrawn | StateName::Issued);
    versions.iter().find(approved).or(versions.first())
}

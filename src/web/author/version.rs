//! Reading one version as a document, with its state and what may be done next.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use crate::db::{Tx, Version};
use crate::documents::render::{Audience, Paper, paper};
use crate::domain::text::{long_date, parse_profile_reference};
use crate::error::AppError;
use crate::policy::Scope;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths;

/// The parts of a version's address: employer, profile reference, version number.
pub type At = Path<(String, String, String)>;

/// Loads the version that an address names, or answers that there is none.
pub async fn load(tx: &mut Tx, scope: &Scope, profile: &str, version: &str) -> Result<Version, AppError> {
    let profile = parse_profile_reference(profile).ok_or(AppError::NotFound)?;
    let version = version.parse().map_err(|_| AppError::NotFound)?;
    tx.version(scope, profile, version).await?.ok_or(AppError::NotFound)
}

#[derive(Template)]
#[template(path = "author/version.html")]
struct VersionPage<'a> {
    frame: Frame,
    version: &'a Version,
    paper: Paper,
    at: paths::Version<'a>,
    history: String,
}

pub async fn read(me: As<StaffOnly>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let version = load(&mut tx, &me.scope(), &profile, &number).await?;
    let content = tx.content(version.employer, version.id).await?;
    let at = me.paths().profile(version.profile.number);
    let frame = me
        .frame(format!("{}, version {}", version.title(), version.number))
        .crumb("Profiles", me.paths().profiles())
        .crumb(version.profile.reference(), at.page());
    page(&VersionPage {
        frame,
        paper: paper(&content, Audience::Staff),
        at: at.version(version.number),
        history: long_date(version.history.created_at.date()),
        version: &version,
    })
}

//! Comparing a version with what is in force, with what it started from, or with any other of its profile.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::changes::{self, Changes};
use crate::db::Version;
use crate::error::AppError;
use crate::web::author::version::{At, at, frame, load};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths;
use crate::web::remarks::Notes;

#[derive(Deserialize)]
pub struct Asked {
    /// The number of the other version.
    with: Option<i32>,
}

#[derive(Template)]
#[template(path = "review/compare.html")]
struct ComparePage<'a> {
    frame: Frame,
    version: &'a Version,
    at: paths::Version<'a>,
    changes: Option<Changes>,
    notes: Notes,
}

pub async fn compare(
    me: As<StaffOnly>,
    Path((_, profile, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let scope = me.scope();
    let version = load(&mut tx, &scope, &profile, &number).await?;
    let other = match asked.with {
        Some(with) => Some(tx.version(&scope, version.profile.number, with).await?.ok_or(AppError::NotFound)?),
        None => changes::against(&mut tx, &scope, &version).await?,
    };
    let (_, changes) = changes::load(&mut tx, other.as_ref(), &version).await?;
    page(&ComparePage {
        frame: frame(&me, &version, "What changed"),
        at: at(&me, &version),
        changes,
        notes: Notes::none(),
        version: &version,
    })
}

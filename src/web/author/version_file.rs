//! A version as a file: PDF, Word, plain text, data; also with the changes since another version marked.

use axum::extract::{Path, Query};
use axum::response::Response;

use super::version::At;
use crate::domain::text::parse_profile_reference;
use crate::error::AppError;
use crate::printing::{Issue, file, look};
use crate::web::file::{Asked, print, turn};
use crate::web::gate::{As, StaffOnly};

pub async fn download(
    me: As<StaffOnly>,
    Path((_, profile, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let (wanted, with) = (asked.wanted(me.now)?, asked.with()?);
    let turn = turn(&me.app).await?;
    let mut tx = me.begin().await?;
    let scope = me.scope();
    let (profile, number) = (parse_profile_reference(&profile), number.parse());
    let (Some(profile), Ok(number)) = (profile, number) else { return Err(AppError::NotFound) };
    let (version, brand) = tx.version_to_print(&scope, profile, number).await?.ok_or(AppError::NotFound)?;
    let old = match with {
        Some(with) => Some(tx.version(&scope, version.profile.number, with).await?.ok_or(AppError::NotFound)?),
        None => None,
    };
    let ids: Vec<_> = old.iter().map(|old| old.id).chain([version.id]).collect();
    let mut contents = tx.contents(version.employer, &ids).await?;
    // The connection goes back before the work that takes long.
    drop(tx);
    let employer = me.who.employer.name.clone();
    let mut issue = |version| {
        let content = contents.remove(&id_of(&version)).unwrap_or_default();
        Issue::new(version, content, &employer)
    };
    let old = old.map(&mut issue);
    let version = issue(version).in_look(look(brand));
    print(turn, move |fonts| file(&version, old.as_ref(), wanted, fonts)).await
}

fn id_of(version: &crate::db::Version) -> crate::domain::ids::VersionId {
    version.id
}

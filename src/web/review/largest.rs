//! The largest changes of what is sent for review, for the message that asks somebody to decide.

use std::collections::BTreeMap;

use crate::db::{Tx, Version};
use crate::domain::content::Content;
use crate::domain::diff::{TOLD, compare, largest};
use crate::domain::ids::VersionId;
use crate::error::AppError;
use crate::policy::Scope;

/// The version itself, and the one that its changes are told against: what is in force, else what it started from.
pub fn compared(version: &Version) -> Vec<VersionId> {
    let issued = version.issued.map(|(id, _)| id).filter(|id| *id != version.id);
    [version.id].into_iter().chain(issued.or(version.base)).collect()
}

/// None of a first version, of one without changes, and of two that are too long to compare. `contents` holds the text
/// of the other one.
pub async fn told(
    tx: &mut Tx,
    scope: &Scope,
    (new, content): (&Version, &Content),
    contents: BTreeMap<VersionId, Content>,
) -> Result<Vec<String>, AppError> {
    let Some((old, before)) = contents.into_iter().next() else { return Ok(Vec::new()) };
    let Some(old) = tx.version_by_id(scope, old).await? else { return Ok(Vec::new()) };
    let (details, grade, after) = (new.details.clone(), new.grade.clone(), content.clone());
    // Long documents take a while, and other people's pages must not wait for them.
    let told = tokio::task::spawn_blocking(move || {
        let compared = compare((&old.details, &before), (&details, &after), (&old.grade, &grade));
        compared.map_or_else(|_| Vec::new(), |comparison| largest(&comparison, TOLD))
    });
    told.await.map_err(|error| AppError::Internal(format!("a comparison: {error}")))
}

//! A comparison made ready to read: one sentence, a list to jump by, and the paper with marks.

use super::fold::{Part, parts};
use crate::db::{DbError, Tx, Version};
use crate::domain::content::Content;
use crate::domain::details::Details;
use crate::domain::diff::{At, Comparison, Counts, Fact, Listed, TooLong, compare};
use crate::domain::{impact, matching};
use crate::error::AppError;
use crate::policy::Scope;
use crate::web::paths::Show;

/// Everything a page shows of the changes between two versions.
pub struct Changes {
    /// `version 2`, or `JP-0051 version 1`.
    pub against: String,
    /// `3 reworded, 1 moved`
    pub sentence: String,
    pub jumps: Vec<Jump>,
    pub details: Vec<Fact>,
    pub parts: Vec<Part>,
    pub is_empty: bool,
    /// Standard clauses that differ: `Smoking: placed`.
    pub clauses: Vec<String>,
    /// Nothing was compared: the two are longer than a page waits for.
    pub too_long: Option<String>,
    /// Versions of two profiles, whose lines were matched by likeness.
    pub two_profiles: bool,
    pub show: Show,
}

/// A line of the list of changes.
pub struct Jump {
    /// `added`, `removed`, `reworded`, `moved`.
    pub kind: &'static str,
    pub word: &'static str,
    pub href: String,
    pub text: String,
    pub note: String,
}

/// What the version is compared with: on its way, with what is in force; afterwards with what it started from.
pub async fn against(tx: &mut Tx, scope: &Scope, version: &Version) -> Result<Option<Version>, DbError> {
    let issued = version.issued.map(|(id, _)| id).filter(|id| *id != version.id);
    let other = if version.state.name().is_open() { issued.or(version.base) } else { version.base.or(issued) };
    match other {
        Some(id) => tx.version_by_id(scope, id).await,
        None => Ok(None),
    }
}

/// Loads both contents and compares; a first version has nothing to compare with.
pub async fn load(
    tx: &mut Tx,
    old: Option<&Version>,
    new: &Version,
    show: Show,
) -> Result<(Content, Option<Changes>), AppError> {
    let ids: Vec<_> = old.iter().map(|old| old.id).chain([new.id]).collect();
    let mut contents = tx.contents(new.employer, &ids).await?;
    let content = contents.remove(&new.id).unwrap_or_default();
    let Some(old) = old else { return Ok((content, None)) };
    let two_profiles = old.profile.id != new.profile.id;
    let before = contents.remove(&old.id).unwrap_or_default();
    let clauses = if two_profiles { Vec::new() } else { impact::clauses(&before, &content) };
    let before = Side::of(old, before);
    let after = Side::of(new, content.clone());
    // Long documents take a while, and other people's pages must not wait for them.
    let compared = tokio::task::spawn_blocking(move || before.against(after, two_profiles))
        .await
        .map_err(|error| AppError::Internal(format!("a comparison: {error}")))?;
    let against = if two_profiles { old.name() } else { format!("version {}", old.number) };
    let changes = match compared {
        Ok(comparison) => Changes::of(comparison, against, show),
        Err(too_long) => {
            Changes { too_long: Some(too_long.to_string()), ..Changes::of(Comparison::default(), against, show) }
        }
    };
    Ok((content, Some(Changes { two_profiles, clauses, ..changes })))
}

/// One side of a comparison, on its way to a thread of its own.
struct Side {
    details: Details,
    grade: String,
    content: Content,
}

impl Side {
    fn of(version: &Version, content: Content) -> Self {
        Side { details: version.details.clone(), grade: version.grade.clone(), content }
    }

    fn against(self, new: Side, two_profiles: bool) -> Result<Comparison, TooLong> {
        let content = match two_profiles {
            true => matching::as_continuing(new.content, &self.content)?,
            false => new.content,
        };
        compare((&self.details, &self.content), (&new.details, &content), (&self.grade, &new.grade))
    }
}

/// A longer list is for looking things up, and stays folded above the paper.
const MOST_OPEN: usize = 40;

impl Changes {
    pub fn is_short(&self) -> bool {
        self.jumps.len() <= MOST_OPEN
    }

    fn of(comparison: Comparison, against: String, show: Show) -> Self {
        let list = comparison.list();
        Changes {
            against,
            sentence: Counts::of(&list).in_words(),
            jumps: list.into_iter().map(jump).collect(),
            is_empty: comparison.is_empty(),
            details: comparison.details.clone(),
            parts: parts(comparison),
            clauses: Vec::new(),
            too_long: None,
            two_profiles: false,
            show,
        }
    }
}

fn jump(listed: Listed) -> Jump {
    let Listed { mark, at, text, note } = listed;
    let href = match at {
        At::Details => "#changed-details".to_owned(),
        At::Section(section) => format!("#section-{section}"),
        At::Item(item) => format!("#item-{item}"),
    };
    Jump { kind: mark.class(), word: mark.label(), href, text, note }
}

//! Comparing a version with what is in force, with what it started from, or with any other that the address names.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::changes::{self, Changes};
use crate::db::{Tx, Version};
use crate::error::AppError;
use crate::policy::Scope;
use crate::web::author::version::{At, at, frame, load_with_remarks};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths::{self, OtherSide, Show};
use crate::web::remarks::{Back, Notes, Open};

#[derive(Deserialize)]
pub struct Asked {
    /// The other side: `2`, or `JP-0051/1`.
    with: Option<String>,
    #[serde(default)]
    view: String,
    #[serde(default)]
    all: String,
}

#[derive(Template)]
#[template(path = "review/compare.html")]
struct ComparePage<'a> {
    frame: Frame,
    version: &'a Version,
    at: paths::Version<'a>,
    other: Option<&'a Version>,
    other_page: String,
    changes: Option<Changes>,
    notes: Notes,
    show: Show,
    links: Links,
}

/// The same comparison in its other forms.
#[derive(Default)]
struct Links {
    inline: String,
    side: String,
    /// Unfolded, or folded again.
    folding: String,
    swapped: String,
    /// Names both sides, so that it leads here also when another version is in force.
    lasting: String,
}

pub async fn compare(
    me: As<StaffOnly>,
    Path((_, profile, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let scope = me.scope();
    let (version, remarks) = load_with_remarks(&mut tx, &scope, &profile, &number).await?;
    let other = match &asked.with {
        Some(with) => Some(named(&mut tx, &scope, &version, with).await?),
        None => changes::against(&mut tx, &scope, &version).await?,
    };
    let show = Show { side_by_side: asked.view == "side", everything: asked.all == "1" };
    let (content, changes) = changes::load(&mut tx, other.as_ref(), &version, show).await?;
    let at = at(&me, &version);
    let other_at = other.as_ref().map(|other| me.paths().profile(other.profile.number).version(other.number));
    let title =
        if changes.as_ref().is_some_and(|changes| changes.two_profiles) { "Two profiles" } else { "What changed" };
    page(&ComparePage {
        frame: frame(&me, &version, title),
        changes,
        notes: Notes::new(&me, &version, &content, &remarks, Back::Version, Open::Nothing).offering(false),
        show,
        links: other
            .as_ref()
            .zip(other_at)
            .map(|(other, other_at)| links(&version, at, other, other_at, show))
            .unwrap_or_default(),
        other: other.as_ref(),
        other_page: other_at.map(paths::Version::page).unwrap_or_default(),
        at,
        version: &version,
    })
}

/// The version that the address names, of this profile or of another in scope.
async fn named(tx: &mut Tx, scope: &Scope, version: &Version, with: &str) -> Result<Version, AppError> {
    let other = OtherSide::parse(with).ok_or(AppError::NotFound)?;
    let profile = other.profile.unwrap_or(version.profile.number);
    let found = match other.version {
        Some(number) => tx.version(scope, profile, number).await?,
        None => tx.issued_version(scope, profile).await?,
    };
    found.ok_or(AppError::NotFound)
}

fn links(
    version: &Version,
    at: paths::Version<'_>,
    other: &Version,
    other_at: paths::Version<'_>,
    show: Show,
) -> Links {
    let of = |version: &Version, beside: &Version| OtherSide {
        profile: (version.profile.number != beside.profile.number).then_some(version.profile.number),
        version: Some(version.number),
    };
    let with = of(other, version);
    Links {
        inline: at.compare(with, Show { side_by_side: false, ..show }),
        side: at.compare(with, Show { side_by_side: true, ..show }),
        folding: at.compare(with, Show { everything: !show.everything, ..show }),
        swapped: other_at.compare(of(version, other), show),
        lasting: at.compare(with, Show::default()),
    }
}

impl ComparePage<'_> {
    fn heading(&self) -> &'static str {
        match self.changes.as_ref().is_some_and(|changes| changes.two_profiles) {
            true => "Two profiles compared",
            false => "What changed",
        }
    }
}

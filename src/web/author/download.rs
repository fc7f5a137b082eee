//! Choosing how a version leaves the house: the kind of file, the shape its readers know, large print, marks.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::version::{At, at, frame, open};
use crate::db::Version;
use crate::documents::render::sheet::Family;
use crate::error::AppError;
use crate::printing::Format;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/download.html")]
struct DownloadPage<'a> {
    frame: Frame,
    version: &'a Version,
    at: paths::Version<'a>,
    formats: &'static [Format],
    families: &'static [Family],
    /// The version in force, where this is a later one.
    in_force: Option<i32>,
    /// What the draft was begun from, or simply the version before.
    before: Option<i32>,
}

pub async fn choose(me: As<StaffOnly>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (_, version) = open(&me, &profile, &number).await?;
    let in_force = version.issued.map(|(_, number)| number).filter(|number| *number < version.number);
    let before = (version.number > 1).then(|| version.number - 1).filter(|before| Some(*before) != in_force);
    page(&DownloadPage {
        frame: frame(&me, &version, "Download"),
        at: at(&me, &version),
        formats: Format::ALL,
        families: Family::ALL,
        in_force,
        before,
        version: &version,
    })
}

//! Choosing how a version leaves the house: the kind of file, the shape its readers know, large print, marks.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::version::{At, at, frame, open};
use crate::db::Version;
use crate::documents::render::pdf::{MOST_NAMED, sentence};
use crate::documents::render::sheet::Family;
use crate::domain::content::Content;
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
    /// The shape of its template.
    usual: Family,
    /// The version in force, where this is a later one.
    in_force: Option<i32>,
    /// What the draft was begun from, or simply the version before.
    before: Option<i32>,
    /// Characters that a PDF can't show.
    missing: Vec<char>,
}

/// Everything that a file of it holds, in one text.
fn letters(version: &Version, content: &Content) -> String {
    // As data it holds every field; what names the fields is ASCII.
    let content = serde_json::to_string(&content.sections).unwrap_or_default();
    let details = version.details.rows().into_iter().map(|(_, value)| value);
    details.chain([version.title(), content.as_str()]).collect::<Vec<_>>().concat()
}

pub async fn choose(me: As<StaffOnly>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let content = tx.content(version.employer, version.id).await?;
    drop(tx);
    let missing = me.app.assets.printer().missing(letters(&version, &content)).await.into_iter().collect();
    let in_force = version.issued.map(|(_, number)| number).filter(|number| *number < version.number);
    let before = (version.number > 1).then(|| version.number - 1).filter(|before| Some(*before) != in_force);
    page(&DownloadPage {
        frame: frame(&me, &version, "Download"),
        at: at(&me, &version),
        formats: Format::ALL,
        families: Family::ALL,
        usual: version.printing().style.map_or(Family::Own, Family::of),
        in_force,
        before,
        missing,
        version: &version,
    })
}

impl DownloadPage<'_> {
    /// What a PDF of this version will not show as it is written.
    fn warning(&self) -> Option<String> {
        let named: Vec<String> = self.missing.iter().take(MOST_NAMED).map(char::to_string).collect();
        let more = if self.missing.len() > MOST_NAMED { " and more" } else { "" };
        (!self.missing.is_empty()).then(|| {
            format!(
                "{} In a PDF each stands as its number in Unicode: {}{more}. Word, plain text and data hold them as they are.",
                sentence(self.missing.len()),
                named.join(" ")
            )
        })
    }
}

//! Files as answers: kept under a name of their own, never opened as a page of ours.

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use time::OffsetDateTime;

use crate::documents::render::pdf::Fonts;
use crate::documents::render::printer::Turn;
use crate::documents::render::sheet::Family;
use crate::error::AppError;
use crate::printing::{Format, Made, PrintError, Wanted};

/// What an address asks of a file: `?as=pdf&family=council-post&size=large&with=2`. Without a family it is that of the
/// version's template.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "as", default)]
    format: String,
    #[serde(default)]
    family: String,
    #[serde(default)]
    size: String,
    /// The version with which it is compared; a field that was left empty is no wish.
    #[serde(default)]
    with: String,
}

impl Asked {
    /// A word that we don't know asks for nothing we have.
    pub fn wanted(&self, now: OffsetDateTime) -> Result<Wanted, AppError> {
        let family = match self.family.as_str() {
            "" => None,
            word => Some(Family::parse(word).ok_or(AppError::NotFound)?),
        };
        let format = Format::parse(&self.format).ok_or(AppError::NotFound)?;
        Ok(Wanted { format, family, large: self.size == "large", now })
    }

    /// The number of the version to compare with.
    pub fn with(&self) -> Result<Option<i32>, AppError> {
        match self.with.as_str() {
            "" => Ok(None),
            number => number.parse().map(Some).map_err(|_| AppError::NotFound),
        }
    }
}

/// Waits for the printer, before a connection is taken: many who wait for files keep nobody from a page.
pub async fn turn(app: &crate::app::App) -> Result<Turn, AppError> {
    app.assets.printer().turn().await.map_err(|_| {
        AppError::Busy(
            "More files are being made at this moment than fit, so yours was not begun. Nothing is lost: ask for it \
             again in a minute.",
        )
    })
}

/// Makes the file in the printer's own time.
pub async fn print(
    turn: Turn,
    work: impl FnOnce(&Fonts) -> Result<Made, PrintError> + Send + 'static,
) -> Result<Response, AppError> {
    let made = turn.run(work).await;
    let made = made.unwrap_or_else(|| Err(PrintError::Written("the work broke off".to_owned())));
    attachment(made.map_err(|error| match error {
        PrintError::TooLong(too_long) => AppError::Conflict(format!("No file was made: {too_long}.")),
        PrintError::Pdf(_) | PrintError::Written(_) => AppError::Internal(error.to_string()),
    })?)
}

pub fn attachment(made: Made) -> Result<Response, AppError> {
    let value = |text: &str| HeaderValue::from_str(text).map_err(|error| AppError::Internal(error.to_string()));
    let disposition = value(&format!("attachment; filename=\"{}\"", made.name))?;
    let mut response = made.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(made.media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(CONTENT_DISPOSITION, disposition);
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    Ok(response)
}

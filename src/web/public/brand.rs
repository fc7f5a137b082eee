//! An employer's logo and colour, as files that public pages fetch. Their addresses change with them.

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::db::PublicBrand;
use crate::domain::brand::Accent;
use crate::error::AppError;
use crate::web::gate::{Anyone, As};
use crate::web::paths;

/// A day, as for every file that pages are made with.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=86400");

pub async fn logo(me: As<Anyone>, Path(slug): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (_, png) = tx.screen_logo(known(&slug)?).await?.ok_or(AppError::NotFound)?;
    Ok(file(HeaderValue::from_static("image/png"), png))
}

pub async fn colours(me: As<Anyone>, Path(slug): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (_, accent) = tx.accent(known(&slug)?).await?.ok_or(AppError::NotFound)?;
    Ok(file(HeaderValue::from_static("text/css; charset=utf-8"), sheet(accent).into_bytes()))
}

/// What can't be a slug is no employer; Postgres would not even take a NUL.
fn known(slug: &str) -> Result<&str, AppError> {
    let is_slug = slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    is_slug.then_some(slug).ok_or(AppError::NotFound)
}

fn file(kind: HeaderValue, bytes: Vec<u8>) -> Response {
    ([(CACHE_CONTROL, KEPT), (CONTENT_TYPE, kind)], bytes).into_response()
}

/// The tokens of tokens.css that an employer may replace, and those of dark.css.
fn sheet(accent: Accent) -> String {
    let (darker, wash, light) = (accent.darker(), accent.wash(), accent.on_dark());
    format!(
        ":root{{--accent:{accent};--accent-dark:{darker};--accent-wash:{wash}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root{{--accent:{light};--accent-dark:{};--accent-wash:#16303a}}}}\n",
        light.paler()
    )
}

impl PublicBrand {
    pub fn address(&self, slug: &str) -> String {
        paths::employer_look(slug, "logo.png", self.revision)
    }

    pub fn colours(&self, slug: &str) -> String {
        paths::employer_look(slug, "colours.css", self.revision)
    }
}

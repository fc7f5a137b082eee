//! The file as it was uploaded, byte for byte.

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::{AtDocument, load};
use crate::error::AppError;
use crate::web::gate::{As, StaffOnly};
use crate::web::paths::query_value;

pub async fn download(me: As<StaffOnly>, Path((_, document)): AtDocument) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let document = load(&mut tx, &me.scope(), &document).await?;
    let bytes = tx.original(&document).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    // Never opened as a page of ours, whatever it holds.
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let name = query_value(&document.file_name).replace('/', "_");
    let disposition = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}"));
    headers.insert(CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    Ok(response)
}

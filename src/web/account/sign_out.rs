//! Signing out.

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::error::AppError;
use crate::secret::hash_token;
use crate::web::gate::{Anyone, As};
use crate::web::page::see_other_saying;
use crate::web::{paths, session};

pub async fn sign_out(me: As<Anyone>, headers: HeaderMap) -> Result<Response, AppError> {
    if let Some(token) = session::cookie(&headers, session::cookie_name(&me.app.config)) {
        let mut tx = me.begin().await?;
        tx.close_session(&hash_token(token)).await?;
        tx.commit().await?;
    }
    let mut response = see_other_saying(paths::SIGN_IN, "You are signed out");
    let cleared = HeaderValue::from_str(&session::clear_cookie(&me.app.config))
        .map_err(|_| AppError::Internal("a session cookie".into()))?;
    response.headers_mut().append(SET_COOKIE, cleared);
    Ok(response)
}

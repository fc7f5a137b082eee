//! Opening a session for somebody who has just proved who they are.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;

use crate::db::Tx;
use crate::error::AppError;
use crate::policy::Person;
use crate::secret::Token;
use crate::web::gate::{As, Gate};
use crate::web::session;

/// A new token at every sign-in: one that was planted before is worth nothing.
pub async fn open<G: Gate>(me: &As<G>, tx: &mut Tx, person: &Person) -> Result<Token, AppError> {
    let token = Token::new()?;
    tx.open_session(person.id, &token.hash(), me.now).await?;
    tx.record_access(person.id, &person.name, "sign_in", me.now).await?;
    Ok(token)
}

/// Hands the session to the browser, once it is committed.
pub fn hand_over<G: Gate>(me: &As<G>, mut response: Response, token: &Token) -> Result<Response, AppError> {
    let cookie = HeaderValue::from_str(&session::set_cookie(&me.app.config, token))
        .map_err(|_| AppError::Internal("a session cookie".into()))?;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

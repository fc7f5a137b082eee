//! Opening a session for somebody who has just proved who they are.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;

use crate::db::{DbError, Tx};
use crate::error::AppError;
use crate::policy::Person;
use crate::secret::Token;
use crate::web::gate::{As, Gate};
use crate::web::session;

/// A new token at every sign-in: one that was planted before is worth nothing. None where the password that was proved,
/// which had this hash, is not the person's any more.
pub async fn open<G: Gate>(
    me: &As<G>,
    tx: &mut Tx,
    person: &Person,
    password_hash: &str,
) -> Result<Option<Token>, AppError> {
    let token = Token::new()?;
    match tx.open_session(person.id, password_hash, &token.hash(), me.now).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    tx.record_access(person.id, &person.name, "sign_in", me.now).await?;
    Ok(Some(token))
}

/// The same in the transaction that has just set the password.
pub async fn open_with_new<G: Gate>(
    me: &As<G>,
    tx: &mut Tx,
    person: &Person,
    password_hash: &str,
) -> Result<Token, AppError> {
    let opened = open(me, tx, person, password_hash).await?;
    opened.ok_or_else(|| AppError::Internal("a session right after its password was set".into()))
}

/// Hands the session to the browser, once it is committed.
pub fn hand_over<G: Gate>(me: &As<G>, mut response: Response, token: &Token) -> Result<Response, AppError> {
    let cookie = HeaderValue::from_str(&session::set_cookie(&me.app.config, token))
        .map_err(|_| AppError::Internal("a session cookie".into()))?;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

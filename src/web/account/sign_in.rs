//! Signing in by e-mail and password.

use askama::Template;
use axum::extract::Query;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use serde::Deserialize;
use time::Duration;

use crate::db::{AttemptKind, Tx};
use crate::domain::ids::PersonId;
use crate::error::AppError;
use crate::secret::{Token, verify_password};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, page_again, see_other};
use crate::web::{paths, session};

/// Wrong tries that one account takes in a window before it has to wait.
const TRIES_OF_ACCOUNT: i64 = 5;
/// The same for one network address, behind which a whole office may sit.
const TRIES_OF_ADDRESS: i64 = 50;
const WINDOW: Duration = Duration::minutes(15);

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignInPage {
    frame: Frame,
    form: Form,
    return_to: String,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    return_to: String,
}

pub async fn form(me: As<Anyone>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut form = Form::empty();
    form.set("email", "");
    page(&SignInPage { frame: me.frame("Sign in"), form, return_to: asked.return_to })
}

pub async fn sign_in(me: As<Anyone>, submitted: Submitted) -> Result<Response, AppError> {
    let email = submitted.line("email").to_lowercase();
    let counted = [format!("account:{email}"), format!("address:{}", me.address())];
    let mut tx = me.begin().await?;
    if too_many(&mut tx, &counted, me.now).await? {
        let sentence = "There were too many wrong passwords. Wait 15 minutes, or reset your password.";
        return again(&me, &submitted, sentence);
    }
    // Counted before the password is looked at, so that a flood of tries at once is counted too.
    tx.add_attempts(AttemptKind::SignIn, &counted, me.now).await?;
    let known = tx.credentials(&email).await?;
    tx.commit().await?;

    let hash = known.as_ref().and_then(|known| known.password_hash.clone());
    let right = verify_password(submitted.raw("password").to_owned(), hash).await?;
    match known {
        Some(known) if right && known.active => {
            let token = start_session(&me, known.person.id, &counted[0], &known.person.name).await?;
            welcome(&me, &token, submitted.raw("return_to"))
        }
        Some(_) | None => again(&me, &submitted, "The e-mail address or the password is wrong"),
    }
}

async fn too_many(tx: &mut Tx, counted: &[String; 2], now: time::OffsetDateTime) -> Result<bool, AppError> {
    let account = tx.attempts(AttemptKind::SignIn, &counted[0], WINDOW, now).await?;
    let address = tx.attempts(AttemptKind::SignIn, &counted[1], WINDOW, now).await?;
    Ok(account >= TRIES_OF_ACCOUNT || address >= TRIES_OF_ADDRESS)
}

/// A new token at every sign-in: one that was planted before is worth nothing.
async fn start_session(me: &As<Anyone>, person: PersonId, counted_by: &str, name: &str) -> Result<Token, AppError> {
    let token = Token::new()?;
    let mut tx = me.begin().await?;
    tx.forgive(AttemptKind::SignIn, counted_by).await?;
    tx.open_session(person, &token.hash(), me.now).await?;
    tx.record_access(person, name, "sign_in", me.now).await?;
    tx.commit().await?;
    Ok(token)
}

fn welcome(me: &As<Anyone>, token: &Token, return_to: &str) -> Result<Response, AppError> {
    let mut response = see_other(paths::own_path(return_to).unwrap_or(paths::HOME));
    let cookie = HeaderValue::from_str(&session::set_cookie(&me.app.config, token))
        .map_err(|_| AppError::Internal("a session cookie".into()))?;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

fn again(me: &As<Anyone>, submitted: &Submitted, sentence: &str) -> Result<Response, AppError> {
    let mut form = Form::again(submitted);
    form.problem("email", sentence);
    page_again(&SignInPage { frame: me.frame("Sign in"), form, return_to: submitted.raw("return_to").to_owned() })
}

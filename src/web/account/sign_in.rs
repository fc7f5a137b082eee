//! Signing in by e-mail and password.

use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use time::Duration;

use super::not_saved::{self, NotSaved};
use super::{session_start, sign_up};
use crate::db::{AttemptKind, Credentials, Tx};
use crate::domain::text;
use crate::error::AppError;
use crate::secret::verify_password;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, page_again, see_other};
use crate::web::{paths, session};

/// Tries that one account takes in a window before it has to wait; a right password takes its try back.
const TRIES_OF_ACCOUNT: i64 = 5;
/// The same for one network address, behind which a whole office may sit.
const TRIES_OF_ADDRESS: i64 = 50;
const WINDOW: Duration = Duration::minutes(15);

const WRONG: &str = "The e-mail address or the password is wrong";
pub const WAIT: &str = "There were too many wrong passwords. Wait 15 minutes, or reset your password.";

#[derive(Template)]
#[template(path = "account/sign_in.html")]
pub struct SignInPage {
    frame: Frame,
    form: Form,
    return_to: String,
    /// Why one is here, where it was not one's own wish.
    why: &'static str,
    not_saved: Option<NotSaved>,
}

const ENDED: &str = "Your session has ended: that happens after 2 hours without a click, 12 hours after signing in, or \
                     when your password or your roles change. What was saved is safe.";
const NOT_SAVED: &str = "Your session had ended before this could be saved. Nothing is lost: sign in, and the next page \
                         shows what you typed and sends it.";

impl SignInPage {
    /// For a form that came after its session had ended.
    pub fn carrying(frame: Frame, not_saved: NotSaved) -> Self {
        SignInPage { frame, form: Form::empty(), return_to: String::new(), why: NOT_SAVED, not_saved: Some(not_saved) }
    }
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    return_to: String,
}

impl SignInPage {
    /// Making an account leads on to where the person was going, too.
    fn sign_up(&self) -> String {
        match self.return_to.is_empty() {
            true => paths::SIGN_UP.to_owned(),
            false => paths::sign_up_and_return(&self.return_to),
        }
    }
}

pub async fn form(me: As<Anyone>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let had_session = session::cookie(&headers, session::cookie_name(&me.app.config)).is_some();
    let why = if had_session && me.visitor().is_none() { ENDED } else { "" };
    let frame = me.frame("Sign in");
    page(&SignInPage { frame, form: Form::empty(), return_to: asked.return_to, why, not_saved: None })
}

pub async fn sign_in(me: As<Anyone>, submitted: Submitted) -> Result<Response, AppError> {
    // What is no address belongs to nobody, and may be too long to count by.
    let Some(email) = text::email(submitted.raw("email")) else {
        return again(&me, &submitted, WRONG);
    };
    let mut tx = me.begin().await?;
    if !counted(&mut tx, &email, me.address(), me.now).await? {
        return again(&me, &submitted, WAIT);
    }
    let known = tx.credentials(&email).await?;
    tx.commit().await?;
    match proved(known, submitted.raw("password")).await? {
        None => again(&me, &submitted, WRONG),
        Some(known) if !known.confirmed => {
            let sentence = match sign_up::send_link(&me, &known.person).await? {
                true => "Confirm your address first: we have sent you a new link",
                false => "Confirm your address first: follow the last link that we sent, or wait an hour for another",
            };
            again(&me, &submitted, sentence)
        }
        Some(known) => welcome(&me, &known, &submitted).await,
    }
}

/// Counts a try before the password is looked at, so that a flood of tries at once is counted too. Says whether there
/// was room for it.
pub async fn counted(tx: &mut Tx, email: &str, address: &str, now: time::OffsetDateTime) -> Result<bool, AppError> {
    let by = [account(email), network(address)];
    tx.one_try_at_a_time(AttemptKind::SignIn, &by).await?;
    let tries_of_account = tx.attempts(AttemptKind::SignIn, &by[0], WINDOW, now).await?;
    let tries_of_address = tx.attempts(AttemptKind::SignIn, &by[1], WINDOW, now).await?;
    if tries_of_account >= TRIES_OF_ACCOUNT || tries_of_address >= TRIES_OF_ADDRESS {
        return Ok(false);
    }
    tx.add_attempts(AttemptKind::SignIn, &by, now).await?;
    Ok(true)
}

/// A right password clears its account; of its network address only this try goes, since the others may be guesses.
pub async fn forgiven(tx: &mut Tx, email: &str, address: &str, now: time::OffsetDateTime) -> Result<(), AppError> {
    tx.forgive(AttemptKind::SignIn, &account(email)).await?;
    Ok(tx.forgive_try(AttemptKind::SignIn, &network(address), now).await?)
}

/// What tries from a network address are counted by.
pub fn network(address: &str) -> String {
    format!("address:{address}")
}

/// What tries of an account are counted by.
pub fn account(email: &str) -> String {
    format!("account:{email}")
}

/// The account, where the password is its own and the account may be used.
pub async fn proved(known: Option<Credentials>, password: &str) -> Result<Option<Credentials>, AppError> {
    let hash = known.as_ref().and_then(|known| known.password_hash.clone());
    let right = verify_password(password.to_owned(), hash).await?;
    Ok(known.filter(|known| right && known.active))
}

async fn welcome(me: &As<Anyone>, known: &Credentials, submitted: &Submitted) -> Result<Response, AppError> {
    let person = &known.person;
    let hash = known.password_hash.as_deref().unwrap_or_default();
    let mut tx = me.begin().await?;
    forgiven(&mut tx, &person.email, me.address(), me.now).await?;
    let Some(token) = session_start::open(me, &mut tx, person, hash).await? else {
        return again(me, submitted, WRONG);
    };
    tx.commit().await?;
    let response = match NotSaved::carried(submitted) {
        Some(not_saved) => not_saved::show(me, person, &not_saved)?,
        None => see_other(paths::own_path(submitted.raw("return_to")).unwrap_or(paths::HOME)),
    };
    session_start::hand_over(me, response, &token)
}

fn again(me: &As<Anyone>, submitted: &Submitted, sentence: &str) -> Result<Response, AppError> {
    let mut form = Form::again(submitted);
    form.problem("email", sentence);
    let not_saved = NotSaved::carried(submitted);
    let why = if not_saved.is_some() { NOT_SAVED } else { "" };
    let return_to = submitted.raw("return_to").to_owned();
    page_again(&SignInPage { frame: me.frame("Sign in"), form, return_to, why, not_saved })
}

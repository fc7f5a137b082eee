//! Confirming an address. The link proves the mailbox and the password proves who signed up: with the link alone, a
//! stranger could have an account made ready for them by the owner of the address.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::sign_in::{WAIT, counted, forgiven, proved};
use super::{link_ended, session_start};
use crate::db::{DbError, LinkPurpose};
use crate::error::AppError;
use crate::secret::hash_token;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "account/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    form: Form,
    email: String,
    /// Where the person was going when they made the account.
    return_to: String,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    return_to: String,
}

pub async fn form(me: As<Anyone>, Path(token): Path<String>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    match tx.link(&hash_token(&token), LinkPurpose::EmailConfirmation, me.now).await? {
        Some(person) => page(&view(&me, person.email, Form::empty(), &asked.return_to)),
        None => link_ended::page(&me),
    }
}

pub async fn confirm(me: As<Anyone>, Path(token): Path<String>, submitted: Submitted) -> Result<Response, AppError> {
    let token = hash_token(&token);
    let mut tx = me.begin().await?;
    let Some(person) = tx.link(&token, LinkPurpose::EmailConfirmation, me.now).await? else {
        return link_ended::page(&me);
    };
    let room = counted(&mut tx, &person.email, me.address(), me.now).await?;
    let known = tx.credentials(&person.email).await?;
    tx.commit().await?;
    let sentence = match room {
        false => WAIT,
        true => match proved(known, submitted.raw("password")).await? {
            Some(known) => {
                let mut tx = me.begin().await?;
                match tx.use_link(&token, me.now).await {
                    Ok(()) => {}
                    Err(DbError::Stale) => return Ok(link_ended::used_just_now()),
                    Err(error) => return Err(error.into()),
                }
                forgiven(&mut tx, &person.email, me.address(), me.now).await?;
                tx.confirm_email(person.id, me.now).await?;
                let hash = known.password_hash.as_deref().unwrap_or_default();
                let Some(session) = session_start::open(&me, &mut tx, &person, hash).await? else {
                    return Ok(link_ended::used_just_now());
                };
                tx.commit().await?;
                let there = paths::own_path(submitted.raw("return_to")).unwrap_or(paths::ACCOUNT);
                let welcome = see_other_saying(there, "Your address is confirmed and you are signed in");
                return session_start::hand_over(&me, welcome, &session);
            }
            None => "This is not the password that you chose when you made the account",
        },
    };
    let mut form = Form::empty();
    form.problem("password", sentence);
    page_again(&view(&me, person.email, form, submitted.raw("return_to")))
}

fn view(me: &As<Anyone>, email: String, form: Form, return_to: &str) -> ConfirmPage {
    ConfirmPage { frame: me.frame("Confirm your address"), form, email, return_to: return_to.to_owned() }
}

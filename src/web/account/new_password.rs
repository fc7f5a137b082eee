//! Choosing a new password by a link that was sent to the address.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::link_ended;
use super::sign_in::account;
use crate::db::{AttemptKind, DbError, LinkPurpose};
use crate::error::AppError;
use crate::mail::messages::{self, To};
use crate::secret::{hash_password, hash_token, password_problem};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "account/new_password.html")]
struct NewPasswordPage {
    frame: Frame,
    form: Form,
    email: String,
}

pub async fn form(me: As<Anyone>, Path(token): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    match tx.link(&hash_token(&token), LinkPurpose::PasswordReset, me.now).await? {
        Some(person) => page(&view(&me, person.email, Form::empty())),
        None => link_ended::page(&me),
    }
}

pub async fn choose(me: As<Anyone>, Path(token): Path<String>, submitted: Submitted) -> Result<Response, AppError> {
    let token = hash_token(&token);
    let mut tx = me.begin().await?;
    let Some(person) = tx.link(&token, LinkPurpose::PasswordReset, me.now).await? else {
        return link_ended::page(&me);
    };
    drop(tx);
    if let Some(problem) = password_problem(submitted.raw("password"), &person.email) {
        let mut form = Form::empty();
        form.problem("password", problem);
        return page_again(&view(&me, person.email, form));
    }
    let hash = hash_password(submitted.raw("password").to_owned()).await?;

    let mut tx = me.begin().await?;
    match tx.use_link(&token, me.now).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(link_ended::used_just_now()),
        Err(error) => return Err(error.into()),
    }
    tx.set_password(person.id, &hash, me.now).await?;
    tx.end_links(person.id, None, me.now).await?;
    tx.forgive(AttemptKind::SignIn, &account(&person.email)).await?;
    tx.record_access(person.id, &person.name, "password_reset", me.now).await?;
    let to = To { name: &person.name, email: &person.email };
    tx.queue(&messages::password_changed(to, me.now, &me.app.config.link(paths::PASSWORD_RESET)), me.now).await?;
    tx.commit().await?;
    Ok(see_other_saying(paths::SIGN_IN, "Your password is changed: sign in with it"))
}

fn view(me: &As<Anyone>, email: String, form: Form) -> NewPasswordPage {
    NewPasswordPage { frame: me.frame("Choose a new password"), form, email }
}

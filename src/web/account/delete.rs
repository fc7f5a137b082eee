//! Deleting one's own account. Staff are named in their employer's records, so they ask an administrator.

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;

use super::own;
use super::sign_in::{WAIT, counted, proved};
use crate::error::AppError;
use crate::mail::messages::{self, To};
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, SignedIn};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::{paths, session};

#[derive(Template)]
#[template(path = "account/delete.html")]
struct DeletePage {
    frame: Frame,
    form: Form,
    staff: bool,
}

pub async fn form(me: As<SignedIn>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let staff = tx.is_or_was_staff(me.who.person.id).await?;
    page(&view(&me, Form::empty(), staff))
}

pub async fn delete(me: As<SignedIn>, submitted: Submitted) -> Result<Response, AppError> {
    let person = &me.who.person;
    let mut tx = me.begin().await?;
    if tx.is_or_was_staff(person.id).await? {
        return page_again(&view(&me, Form::empty(), true));
    }
    let room = counted(&mut tx, &person.email, me.address(), me.now).await?;
    let known = tx.credentials(&person.email).await?;
    tx.commit().await?;
    if !room || proved(known, submitted.raw("password")).await?.is_none() {
        let mut form = Form::empty();
        form.problem("password", if room { "This is not your password" } else { WAIT });
        return page_again(&view(&me, form, false));
    }
    let granted = grant::<act::DeleteAccount>(&me.actor(), own(person), me.now)?;
    let mut tx = me.begin().await?;
    tx.erase_account(&granted).await?;
    tx.queue(&messages::account_deleted(To { name: &person.name, email: &person.email }), me.now).await?;
    tx.commit().await?;

    let mut response = see_other_saying(paths::JOBS, "Your account is deleted");
    let cleared = HeaderValue::from_str(&session::clear_cookie(&me.app.config))
        .map_err(|_| AppError::Internal("a session cookie".into()))?;
    response.headers_mut().append(SET_COOKIE, cleared);
    Ok(response)
}

fn view(me: &As<SignedIn>, form: Form, staff: bool) -> DeletePage {
    DeletePage { frame: me.frame("Delete your account").crumb("Your account", paths::ACCOUNT), form, staff }
}

//! Changing one's own password, with the old one.

use askama::Template;
use axum::response::Response;

use super::sign_in::{WAIT, counted, forgiven, proved};
use super::{own, session_start};
use crate::error::AppError;
use crate::mail::messages::{self, To};
use crate::policy::{act, grant};
use crate::secret::{hash_password, password_problem};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, SignedIn};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "account/password.html")]
struct PasswordPage {
    frame: Frame,
    form: Form,
}

pub async fn form(me: As<SignedIn>) -> Result<Response, AppError> {
    page(&view(&me, Form::empty()))
}

pub async fn change(me: As<SignedIn>, submitted: Submitted) -> Result<Response, AppError> {
    let person = &me.who.person;
    let mut form = Form::empty();
    if let Some(problem) = password_problem(submitted.raw("new_password"), &person.email) {
        form.problem("new_password", problem);
        return page_again(&view(&me, form));
    }
    // A session left open is no leave to guess.
    let mut tx = me.begin().await?;
    let room = counted(&mut tx, &person.email, me.address(), me.now).await?;
    let known = tx.credentials(&person.email).await?;
    tx.commit().await?;
    if !room || proved(known, submitted.raw("password")).await?.is_none() {
        form.problem("password", if room { "This is not your password" } else { WAIT });
        return page_again(&view(&me, form));
    }
    let hash = hash_password(submitted.raw("new_password").to_owned()).await?;

    let granted = grant::<act::ChangeAccount>(&me.actor(), own(person), me.now)?;
    let mut tx = me.begin().await?;
    tx.change_password(&granted, &hash).await?;
    forgiven(&mut tx, &person.email, me.address(), me.now).await?;
    let to = To { name: &person.name, email: &person.email };
    tx.queue(&messages::password_changed(to, me.now, &me.app.config.link(paths::PASSWORD_RESET)), me.now).await?;
    // Every session ended with the old password; this browser goes on with a new one.
    let session = session_start::open_with_new(&me, &mut tx, person, &hash).await?;
    tx.commit().await?;
    let done = see_other_saying(paths::ACCOUNT, "Your password is changed, and other browsers are signed out");
    session_start::hand_over(&me, done, &session)
}

fn view(me: &As<SignedIn>, form: Form) -> PasswordPage {
    PasswordPage { frame: me.frame("Change your password").crumb("Your account", paths::ACCOUNT), form }
}

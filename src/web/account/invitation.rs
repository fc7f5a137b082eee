//! Taking up an invitation: a name, a password, and in.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::{link_ended, own, session_start};
use crate::db::{DbError, LinkPurpose};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::policy::{Actor, Person, act, grant};
use crate::secret::{hash_password, hash_token, password_problem};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "account/invitation.html")]
struct InvitationPage {
    frame: Frame,
    form: Form,
    email: String,
}

pub async fn form(me: As<Anyone>, Path(token): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    match tx.link(&hash_token(&token), LinkPurpose::Invitation, me.now).await? {
        Some(person) => page(&view(&me, &person, Form::filled([("name", person.name.clone())]))),
        None => link_ended::page(&me),
    }
}

pub async fn accept(me: As<Anyone>, Path(token): Path<String>, submitted: Submitted) -> Result<Response, AppError> {
    let token = hash_token(&token);
    let mut tx = me.begin().await?;
    let Some(person) = tx.link(&token, LinkPurpose::Invitation, me.now).await? else {
        return link_ended::page(&me);
    };
    drop(tx);
    let mut form = Form::again(&submitted);
    let name = submitted.line("name");
    form.require("name", &name, "Type your name");
    form.limit("name", &name, LONGEST_LINE);
    if let Some(problem) = password_problem(submitted.raw("password"), &person.email) {
        form.problem("password", problem);
    }
    if form.has_errors() {
        return page_again(&view(&me, &person, form));
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
    let person = Person { name, ..person };
    let actor = Actor::Applicant(person.clone());
    let granted = grant::<act::ChangeAccount>(&actor, own(&person), me.now)?;
    tx.rename_person(&granted, &person.name).await?;
    let session = session_start::open(&me, &mut tx, &person).await?;
    tx.commit().await?;
    session_start::hand_over(&me, see_other_saying(paths::HOME, "Your account is ready"), &session)
}

fn view(me: &As<Anyone>, person: &Person, form: Form) -> InvitationPage {
    InvitationPage { frame: me.frame("Begin with Rolebook"), form, email: person.email.clone() }
}

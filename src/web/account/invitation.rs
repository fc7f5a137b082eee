//! Taking up an invitation: a name and a password for somebody new, yes or no for somebody who has an account. Nobody
//! is on an employer's staff without having said so.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::{link_ended, own, session_start};
use crate::db::{DbError, Invitation, Tx};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::policy::{Actor, Person, act, grant};
use crate::secret::{hash_password, hash_token, password_problem};
use crate::web::admin::role_in_words;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, page_again, see_other_noting, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "account/invitation.html")]
struct InvitationPage {
    frame: Frame,
    form: Form,
    email: String,
    employer: String,
    roles: Vec<String>,
}

#[derive(Template)]
#[template(path = "account/join.html")]
struct JoinPage {
    frame: Frame,
    email: String,
    employer: String,
    roles: Vec<String>,
}

pub async fn form(me: As<Anyone>, Path(token): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    match tx.invitation(&hash_token(&token), me.now).await? {
        Some(invitation) if invitation.has_account => page(&JoinPage {
            frame: me.frame(format!("Join {}", invitation.employer_name)),
            roles: in_words(&invitation),
            email: invitation.person.email,
            employer: invitation.employer_name,
        }),
        Some(invitation) => {
            let form = Form::filled([("name", invitation.person.name.clone())]);
            page(&view(&me, &invitation, form))
        }
        None => link_ended::page(&me),
    }
}

pub async fn accept(me: As<Anyone>, Path(token): Path<String>, submitted: Submitted) -> Result<Response, AppError> {
    let token = hash_token(&token);
    let mut tx = me.begin().await?;
    let Some(invitation) = tx.invitation(&token, me.now).await? else {
        return link_ended::page(&me);
    };
    if invitation.has_account {
        return answer(&me, tx, &token, &invitation, &submitted).await;
    }
    drop(tx);
    let mut form = Form::again(&submitted);
    let name = submitted.line("name");
    form.require("name", &name, "Type your name");
    form.limit("name", &name, LONGEST_LINE);
    if let Some(problem) = password_problem(submitted.raw("password"), &invitation.person.email) {
        form.problem("password", problem);
    }
    if form.has_errors() {
        return page_again(&view(&me, &invitation, form));
    }
    let hash = hash_password(submitted.raw("password").to_owned()).await?;
    begin(&me, &token, Invitation { person: Person { name, ..invitation.person.clone() }, ..invitation }, &hash).await
}

/// Somebody new: the account is made, they are on the staff, and signed in.
async fn begin(me: &As<Anyone>, token: &[u8], invitation: Invitation, hash: &str) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    match tx.use_link(token, me.now).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(link_ended::used_just_now()),
        Err(error) => return Err(error.into()),
    }
    let person = &invitation.person;
    tx.set_password(person.id, hash, me.now).await?;
    tx.end_links(person.id, None, me.now).await?;
    let actor = Actor::Applicant(person.clone());
    let granted = grant::<act::ChangeAccount>(&actor, own(person), me.now)?;
    tx.rename_person(&granted, &person.name).await?;
    tx.join(&grant(&actor, invitation.subject(), me.now)?).await?;
    let session = session_start::open_with_new(me, &mut tx, person, hash).await?;
    tx.commit().await?;
    session_start::hand_over(me, see_other_saying(paths::HOME, "Your account is ready"), &session)
}

/// Somebody who has an account says yes or no. The link came to their address, so it answers for them; it opens no
/// session.
async fn answer(
    me: &As<Anyone>,
    mut tx: Tx,
    token: &[u8],
    invitation: &Invitation,
    submitted: &Submitted,
) -> Result<Response, AppError> {
    let granted = grant(&Actor::Applicant(invitation.person.clone()), invitation.subject(), me.now)?;
    let employer = &invitation.employer_name;
    if submitted.raw("answer") == "decline" {
        tx.decline(&granted).await?;
        tx.commit().await?;
        let sentence = format!("You are not on the staff of {employer}: the invitation is gone");
        return Ok(see_other_noting(paths::HOME, &sentence));
    }
    match tx.use_link(token, me.now).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(link_ended::used_just_now()),
        Err(error) => return Err(error.into()),
    }
    tx.join(&granted).await?;
    tx.commit().await?;
    let work = paths::Employer(&invitation.employer_slug).work();
    Ok(see_other_saying(&work, &format!("You have joined {employer}")))
}

fn in_words(invitation: &Invitation) -> Vec<String> {
    invitation.roles.iter().map(role_in_words).collect()
}

fn view(me: &As<Anyone>, invitation: &Invitation, form: Form) -> InvitationPage {
    InvitationPage {
        frame: me.frame("Begin with Rolebook"),
        form,
        email: invitation.person.email.clone(),
        employer: invitation.employer_name.clone(),
        roles: in_words(invitation),
    }
}

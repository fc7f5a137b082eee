//! Making an account as an applicant. The page never tells whether an address is known: only mail to it does.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use time::Duration;

use super::sign_in::{account, network};
use crate::db::{AttemptKind, LinkPurpose, Tx};
use crate::domain::text::{self, LONGEST_LINE};
use crate::error::AppError;
use crate::mail::messages::{self, To};
use crate::policy::Person;
use crate::secret::{Token, hash_password, password_problem};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, page_again, see_other};
use crate::web::paths;

const SIGN_UPS_OF_ACCOUNT: i64 = 3;
const SIGN_UPS_OF_ADDRESS: i64 = 20;
const WINDOW: Duration = Duration::hours(1);
/// How long the link works that confirms an address.
const LINK_LASTS: Duration = Duration::days(3);

#[derive(Template)]
#[template(path = "account/sign_up.html")]
struct SignUpPage {
    frame: Frame,
    form: Form,
    /// Where the person was going, such as an advert to save.
    return_to: String,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    return_to: String,
}

#[derive(Template)]
#[template(path = "account/check_mail.html")]
pub struct CheckMail {
    pub frame: Frame,
    pub text: &'static str,
    pub or_else: &'static str,
    pub again: &'static str,
}

/// What was typed, once it is fit to use.
struct Wanted {
    name: String,
    email: String,
    password: String,
}

pub async fn form(me: As<Anyone>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    page(&view(&me, Form::empty(), &asked.return_to))
}

pub async fn sent(me: As<Anyone>) -> Result<Response, AppError> {
    page(&CheckMail {
        frame: me.frame("Look at your e-mail"),
        text: "We have sent you a message with a link. Follow it to confirm your address: then your account is ready.",
        or_else: "The link works for 3 days. If nothing comes in a few minutes, look among unwanted mail, or ask again.",
        again: paths::SIGN_UP,
    })
}

pub async fn sign_up(me: As<Anyone>, submitted: Submitted) -> Result<Response, AppError> {
    // A field that people don't see: whoever fills it is a program, and is told nothing.
    if !submitted.raw("website").is_empty() {
        return Ok(see_other(paths::SIGN_UP_SENT));
    }
    let wanted = match read(&submitted) {
        Ok(wanted) => wanted,
        Err(form) => return page_again(&view(&me, form, submitted.raw("return_to"))),
    };
    if !counted(&me, &wanted.email).await? {
        let mut form = Form::again(&submitted);
        form.problem("email", "There were too many tries to make an account. Wait an hour, then try again.");
        return page_again(&view(&me, form, submitted.raw("return_to")));
    }
    // Before the transaction, and whether or not the address is taken: it takes its time.
    let hash = hash_password(wanted.password).await?;
    let mut tx = me.begin().await?;
    match tx.sign_up(&wanted.name, &wanted.email, &hash, me.now).await? {
        Some(id) => {
            let person = Person { id, name: wanted.name, email: wanted.email };
            tx.record_access(person.id, &person.name, "sign_up", me.now).await?;
            queue_link(&me, &mut tx, &person, paths::own_path(submitted.raw("return_to"))).await?;
        }
        None => tell_owner(&me, &mut tx, &wanted.email).await?,
    }
    tx.commit().await?;
    Ok(see_other(paths::SIGN_UP_SENT))
}

fn view(me: &As<Anyone>, form: Form, return_to: &str) -> SignUpPage {
    SignUpPage { frame: me.frame("Make an account"), form, return_to: return_to.to_owned() }
}

fn read(submitted: &Submitted) -> Result<Wanted, Form> {
    let mut form = Form::again(submitted);
    let name = submitted.line("name");
    form.require("name", &name, "Type your name");
    form.limit("name", &name, LONGEST_LINE);
    let email = text::email(submitted.raw("email"));
    if email.is_none() {
        form.problem("email", "Type your e-mail address, such as name@example.com");
    }
    let email = email.unwrap_or_default();
    let password = submitted.raw("password").to_owned();
    if let Some(problem) = password_problem(&password, &email) {
        form.problem("password", problem);
    }
    match form.has_errors() {
        true => Err(form),
        false => Ok(Wanted { name, email, password }),
    }
}

/// Counts a sign-up, and says whether there was room for it.
async fn counted(me: &As<Anyone>, email: &str) -> Result<bool, AppError> {
    let by = [account(email), network(me.address())];
    let mut tx = me.begin().await?;
    tx.one_try_at_a_time(AttemptKind::SignUp, &by).await?;
    let of_account = tx.attempts(AttemptKind::SignUp, &by[0], WINDOW, me.now).await?;
    let of_address = tx.attempts(AttemptKind::SignUp, &by[1], WINDOW, me.now).await?;
    if of_account >= SIGN_UPS_OF_ACCOUNT || of_address >= SIGN_UPS_OF_ADDRESS {
        return Ok(false);
    }
    tx.add_attempts(AttemptKind::SignUp, &by, me.now).await?;
    tx.commit().await?;
    Ok(true)
}

async fn queue_link(me: &As<Anyone>, tx: &mut Tx, person: &Person, return_to: Option<&str>) -> Result<(), AppError> {
    let token = Token::new()?;
    // Not an invitation: whoever asks for this link need not be the one who was invited.
    tx.end_links(person.id, Some(LinkPurpose::EmailConfirmation), me.now).await?;
    tx.add_link(&token.hash(), LinkPurpose::EmailConfirmation, person.id, me.now, LINK_LASTS).await?;
    let address = me.app.config.link(&paths::confirm_and_return(token.plain(), return_to));
    let to = To { name: &person.name, email: &person.email };
    Ok(tx.queue(&messages::confirm_address(to, &address, me.now + LINK_LASTS), me.now).await?)
}

/// Sends the link once more to somebody who knows the password but has not followed it; no oftener than a sign-up.
/// Says whether it went.
pub async fn send_link(me: &As<Anyone>, person: &Person) -> Result<bool, AppError> {
    let room = counted(me, &person.email).await?;
    if room {
        let mut tx = me.begin().await?;
        queue_link(me, &mut tx, person, None).await?;
        tx.commit().await?;
    }
    Ok(room)
}

async fn tell_owner(me: &As<Anyone>, tx: &mut Tx, email: &str) -> Result<(), AppError> {
    if let Some(known) = tx.credentials(email).await? {
        let to = To { name: &known.person.name, email };
        let config = &me.app.config;
        let message =
            messages::already_registered(to, &config.link(paths::SIGN_IN), &config.link(paths::PASSWORD_RESET));
        tx.queue(&message, me.now).await?;
    }
    Ok(())
}

//! Asking for a new password. The answer is the same whether the address has an account.

use askama::Template;
use axum::response::Response;
use time::Duration;

use super::sign_in::{account, network};
use super::sign_up::CheckMail;
use crate::db::{AttemptKind, LinkPurpose, Tx};
use crate::domain::text;
use crate::error::AppError;
use crate::mail::messages::{self, To};
use crate::policy::Person;
use crate::secret::Token;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, page_again, see_other};
use crate::web::paths;

const RESETS_OF_ACCOUNT: i64 = 3;
const RESETS_OF_ADDRESS: i64 = 20;
const WINDOW: Duration = Duration::hours(1);
const LINK_LASTS: Duration = Duration::hours(1);

#[derive(Template)]
#[template(path = "account/password_reset.html")]
struct ResetPage {
    frame: Frame,
    form: Form,
}

pub async fn form(me: As<Anyone>) -> Result<Response, AppError> {
    page(&ResetPage { frame: me.frame("Reset your password"), form: Form::empty() })
}

pub async fn sent(me: As<Anyone>) -> Result<Response, AppError> {
    page(&CheckMail {
        frame: me.frame("Look at your e-mail"),
        text: "If that address has an account, we have sent it a message with a link to choose a new password.",
        or_else: "The link works for 1 hour. If nothing comes in a few minutes, look among unwanted mail, or ask again.",
        again: paths::PASSWORD_RESET,
    })
}

pub async fn ask(me: As<Anyone>, submitted: Submitted) -> Result<Response, AppError> {
    let mut form = Form::again(&submitted);
    let Some(email) = text::email(submitted.raw("email")) else {
        form.problem("email", "Type your e-mail address, such as name@example.com");
        return page_again(&ResetPage { frame: me.frame("Reset your password"), form });
    };
    let mut tx = me.begin().await?;
    if !counted(&me, &mut tx, &email).await? {
        form.problem("email", "Links were asked for too often. Use the last one that was sent, or wait an hour.");
        return page_again(&ResetPage { frame: me.frame("Reset your password"), form });
    }
    if let Some(known) = tx.credentials(&email).await?.filter(|known| known.active) {
        send(&me, &mut tx, &known.person).await?;
    }
    tx.commit().await?;
    Ok(see_other(paths::PASSWORD_RESET_SENT))
}

/// Counts what was asked, known address or not, and says whether there was room for it.
async fn counted(me: &As<Anyone>, tx: &mut Tx, email: &str) -> Result<bool, AppError> {
    let by = [account(email), network(me.address())];
    tx.one_try_at_a_time(AttemptKind::PasswordReset, &by).await?;
    let of_account = tx.attempts(AttemptKind::PasswordReset, &by[0], WINDOW, me.now).await?;
    let of_address = tx.attempts(AttemptKind::PasswordReset, &by[1], WINDOW, me.now).await?;
    if of_account >= RESETS_OF_ACCOUNT || of_address >= RESETS_OF_ADDRESS {
        return Ok(false);
    }
    tx.add_attempts(AttemptKind::PasswordReset, &by, me.now).await?;
    Ok(true)
}

async fn send(me: &As<Anyone>, tx: &mut Tx, person: &Person) -> Result<(), AppError> {
    let token = Token::new()?;
    tx.add_link(&token.hash(), LinkPurpose::PasswordReset, person.id, me.now, LINK_LASTS).await?;
    let address = me.app.config.link(&paths::password_reset(token.plain()));
    let to = To { name: &person.name, email: &person.email };
    tx.queue(&messages::password_reset(to, &address, me.now + LINK_LASTS), me.now).await?;
    Ok(())
}

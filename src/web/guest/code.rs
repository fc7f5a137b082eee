//! The code by which a guest shows that the address is theirs: sent on request, tried a few times, soon over.

use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use super::link::{PASS_COOKIE, code_page, open};
use crate::db::{CodeTried, Message};
use crate::error::AppError;
use crate::mail::guests;
use crate::secret::{Token, hash_token, six_digits};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::see_other;
use crate::web::paths;

/// What is hashed: a code alone has too few forms, and the link is a secret of its own.
pub fn hashed(token: &str, code: &str) -> [u8; 32] {
    hash_token(&format!("{token} {code}"))
}

/// The six digits that were typed, however they were spaced.
pub fn digits(submitted: &Submitted) -> Option<String> {
    let code: String = submitted.raw("code").chars().filter(char::is_ascii_digit).collect();
    (code.len() == 6).then_some(code)
}

pub async fn send(me: As<Anyone>, Path(token): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let link = match open(&me, &mut tx, &token).await? {
        Ok(link) => link,
        Err(page) => return Ok(page),
    };
    let code = six_digits()?;
    if !tx.set_guest_code(link.id, &hashed(&token, &code), me.now).await? {
        let mut form = Form::empty();
        let who = &link.submitter_name;
        form.problem_at("", format!("So many codes were sent that this link sends no more: ask {who} for a new link"));
        return code_page(&me, &token, link, form);
    }
    let (subject, body) = guests::code(&link.name, &code);
    let message = Message { to: link.email.clone(), subject, body };
    tx.queue_about(Some(link.employer), &message, me.now).await?;
    tx.commit().await?;
    Ok(see_other(paths::guest(&token)))
}

pub async fn enter(me: As<Anyone>, Path(token): Path<String>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let link = match open(&me, &mut tx, &token).await? {
        Ok(link) => link,
        Err(page) => return Ok(page),
    };
    let mut form = Form::empty();
    let Some(code) = digits(&submitted) else {
        form.problem("code", "Type the six digits of the code");
        return code_page(&me, &token, link, form);
    };
    let pass = Token::new()?;
    let tried = tx.try_guest_code(link.id, (&hashed(&token, &code), &pass.hash()), me.now).await?;
    tx.commit().await?;
    match tried {
        CodeTried::Right => Ok(entered(&me, &token, &pass)),
        CodeTried::Wrong => {
            form.problem("code", "That is not the code: look at the newest message, or have another sent");
            code_page(&me, &token, link, form)
        }
        CodeTried::Over => {
            form.problem_at("", "That code is over: it is too old or was tried too often. Have another sent");
            code_page(&me, &token, link, form)
        }
    }
}

/// On to the decision, with the cookie that says the code was right.
fn entered(me: &As<Anyone>, token: &str, pass: &Token) -> Response {
    let mut response = see_other(paths::guest(token));
    let secure = if me.app.config.is_https() { "; Secure" } else { "" };
    let cookie = format!("{PASS_COOKIE}={}; Path=/guest; HttpOnly; SameSite=Lax; Max-Age=14400{secure}", pass.plain());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    debug_assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response
}

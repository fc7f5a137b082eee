//! The link in a message about a task, for staff who are not signed in: who is asked what, a code that shows the mail is
//! theirs, and then the page of the task, and nothing but that. Nothing is decided by opening a link.

use askama::Template;
use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

use crate::clock::london_date;
use crate::db::{CODE_LASTS, CodeTried, Message, TASK_PASS_LASTS, TaskLink, Tx};
use crate::domain::text::long_date;
use crate::domain::working_days::{Due, Nation};
use crate::error::AppError;
use crate::mail::guests;
use crate::reference::bank_holidays;
use crate::secret::{Token, hash_token, six_digits};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::guest::{digits, hashed, hidden};
use crate::web::page::{Frame, page, page_with, see_other};
use crate::web::{paths, session};

#[derive(Template)]
#[template(path = "review/link_ended.html")]
struct EndedPage {
    frame: Frame,
    heading: &'static str,
    sentence: String,
    /// Where signing in leads to the same; empty where it does not.
    sign_in: String,
}

#[derive(Template)]
#[template(path = "review/by_link.html")]
struct LinkPage {
    frame: Frame,
    form: Form,
    title: String,
    asks: &'static str,
    due: Due,
    name: String,
    employer: String,
    /// The address with most of it hidden: `h…@calder-vale.example`.
    address: String,
    sent: bool,
    send: String,
    enter: String,
    sign_in: String,
}

#[derive(Template)]
#[template(path = "review/decided.html")]
struct DecidedPage {
    frame: Frame,
}

/// A link that leads somewhere, or the page that says why it does not.
async fn open(me: &As<Anyone>, tx: &mut Tx, token: &str) -> Result<Result<TaskLink, Response>, AppError> {
    let ended = |status: StatusCode, heading: &'static str, sentence: String, sign_in: String| {
        page_with(status, &EndedPage { frame: me.frame(heading), heading, sentence, sign_in }).map(Err)
    };
    let Some(link) = tx.task_link(&hash_token(token)).await? else {
        let sentence = "Check that the whole address was copied from the message: a letter may be missing at its end. \
                        Nothing was decided. Signed in, you find what waits for you under “My work”.";
        let sign_in = paths::SIGN_IN.to_owned();
        return ended(StatusCode::NOT_FOUND, "This link is not known", sentence.to_owned(), sign_in);
    };
    let signed_in = me.visitor().map(|visitor| &visitor.person);
    if let Some(other) = signed_in.filter(|person| person.id != link.person.id) {
        let sentence = format!(
            "It was sent to {}, and you are signed in as {}. Nothing was decided. Sign out first if it is yours.",
            link.person.name, other.name
        );
        return ended(StatusCode::FORBIDDEN, "This link is for somebody else", sentence, String::new());
    }
    if let Some(at) = link.closed_at {
        let day = long_date(london_date(at));
        let sentence = format!("It was decided on, or taken back, on {day}. There is nothing left to do.");
        return ended(StatusCode::GONE, "Nothing waits for you there any more", sentence, String::new());
    }
    if let Some(other) = &link.now_with {
        let sentence = format!("{other} decides on it now. There is nothing left for you to do.");
        return ended(StatusCode::GONE, "It is with somebody else now", sentence, String::new());
    }
    if link.expires_at <= me.now && signed_in.is_none() {
        let day = long_date(london_date(link.expires_at));
        let sentence = format!("It worked until {day}. The review still waits for you: sign in, and it opens.");
        let sign_in = paths::sign_in_and_return(&task_page(&link));
        return ended(StatusCode::GONE, "This link has expired", sentence, sign_in);
    }
    Ok(Ok(link))
}

fn task_page(link: &TaskLink) -> String {
    paths::Employer(&link.slug).task(link.task)
}

pub async fn page_of(me: As<Anyone>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let link = match open(&me, &mut tx, &token).await? {
        Ok(link) => link,
        Err(page) => return Ok(page),
    };
    let confirmed = session::cookie(&headers, session::TASK_COOKIE)
        .is_some_and(|pass| link.is_confirmed(&hash_token(pass), me.now));
    match me.visitor().is_some() || confirmed {
        true => Ok(see_other(task_page(&link))),
        false => code_page(&me, &token, link, Form::empty()),
    }
}

fn code_page(me: &As<Anyone>, token: &str, link: TaskLink, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let nation = Nation::parse(&link.nation).unwrap_or(Nation::EnglandAndWales);
    let page = LinkPage {
        frame: me.frame(format!("{}: {}", link.kind.label(), link.title)),
        form,
        asks: link.kind.label(),
        due: Due::on(link.due_on, me.today(), bank_holidays::of(nation)),
        address: hidden(&link.person.email),
        sent: link.code_sent_at.is_some_and(|at| me.now - at <= CODE_LASTS),
        send: paths::task_link_act(token, "code"),
        enter: paths::task_link_act(token, "enter"),
        sign_in: paths::sign_in_and_return(&task_page(&link)),
        title: if link.title.is_empty() { "Untitled job".to_owned() } else { link.title },
        name: link.person.name,
        employer: link.employer_name,
    };
    page_with(status, &page)
}

pub async fn send(me: As<Anyone>, Path(token): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let link = match open(&me, &mut tx, &token).await? {
        Ok(link) => link,
        Err(page) => return Ok(page),
    };
    let code = six_digits()?;
    if !tx.set_task_code(link.id, &hashed(&token, &code), me.now).await? {
        let mut form = Form::empty();
        form.problem_at("", "So many codes were sent that this link sends no more: sign in with your password instead");
        return code_page(&me, &token, link, form);
    }
    let (subject, body) = guests::code(&link.person.name, &code);
    let message = Message { to: link.person.email.clone(), subject, body };
    tx.queue_about(Some(link.employer), &message, me.now).await?;
    tx.commit().await?;
    Ok(see_other(paths::task_link(&token)))
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
    let tried = tx.try_task_code(link.id, (&hashed(&token, &code), &pass.hash()), me.now).await?;
    if tried == CodeTried::Right {
        tx.record_access(link.person.id, &link.person.name, "task_link", me.now).await?;
    }
    tx.commit().await?;
    match tried {
        CodeTried::Right => Ok(entered(&me, &link, &pass)),
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

/// On to the task, with the cookie that says the code was right.
fn entered(me: &As<Anyone>, link: &TaskLink, pass: &Token) -> Response {
    let mut response = see_other(task_page(link));
    let secure = if me.app.config.is_https() { "; Secure" } else { "" };
    let (name, lasts) = (session::TASK_COOKIE, TASK_PASS_LASTS.whole_seconds());
    let cookie = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts}{secure}", pass.plain());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// What somebody sees who came by a link and is done; what was done stands above it.
pub async fn decided(me: As<Anyone>) -> Result<Response, AppError> {
    page(&DecidedPage { frame: me.frame("Your review") })
}

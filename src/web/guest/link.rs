//! The page behind a guest's link: who asks what of them, the code, and then the version with the decision.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::db::{GuestLink, Tx, Version};
use crate::documents::render::Html;
use crate::documents::render::sheet::Sheet;
use crate::domain::text::long_date;
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::printing::on_screen;
use crate::reference::bank_holidays;
use crate::secret::hash_token;
use crate::web::form::{Choice, Form};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page_with};
use crate::web::paths::{self, Show};
use crate::web::remarks::Notes;
use crate::web::review::answers::{self, Question};
use crate::web::review::changes::{self, Changes};
use crate::web::session;

/// The cookie of somebody who typed the code. It goes to the guest's pages alone.
pub const PASS_COOKIE: &str = "rolebook_guest";

#[derive(Template)]
#[template(path = "guest/ended.html")]
struct EndedPage {
    frame: Frame,
    heading: &'static str,
    sentence: String,
}

#[derive(Template)]
#[template(path = "guest/code.html")]
struct CodePage {
    frame: Frame,
    form: Form,
    link: GuestLink,
    /// The address with most of it hidden: `j…@union.example`.
    address: String,
    sent: bool,
    send: String,
    enter: String,
}

#[derive(Template)]
#[template(path = "guest/decide.html")]
struct DecidePage<'a> {
    frame: Frame,
    form: Form,
    link: &'a GuestLink,
    version: &'a Version,
    sheet: Sheet,
    questions: Vec<Question>,
    answers: Vec<Choice>,
    due: Due,
    /// What changed since the version in force; none of a first version.
    changes: Option<Changes>,
    /// What staff said to each other beside the lines is theirs.
    notes: Notes,
    done: String,
    send_back: String,
}

/// A link that leads somewhere, or the page that says why it does not.
pub async fn open(me: &As<Anyone>, tx: &mut Tx, token: &str) -> Result<Result<GuestLink, Response>, AppError> {
    let ended = |heading, sentence: String| {
        page_with(StatusCode::GONE, &EndedPage { frame: me.frame("This link has ended"), heading, sentence })
    };
    let Some(link) = tx.guest_link(&hash_token(token)).await? else {
        let sentence = "Check that the whole address was copied from the message: a letter may be missing at its end. \
                        Nothing was decided.";
        let frame = me.frame("This link is not known");
        let heading = "This link is not known";
        let page = EndedPage { frame, heading, sentence: sentence.to_owned() };
        return Ok(Err(page_with(StatusCode::NOT_FOUND, &page)?));
    };
    let who = &link.submitter_name;
    if link.revoked {
        let sentence = format!("It was taken back. If you still have something to say, speak to {who}.");
        return Ok(Err(ended("This link was taken back", sentence)?));
    }
    if link.ended {
        let sentence = "It was answered already, or it is no longer asked. There is nothing left to do.".to_owned();
        return Ok(Err(ended("Nothing is asked of you any more", sentence)?));
    }
    if link.expires_at <= me.now {
        let day = long_date(crate::clock::london_date(link.expires_at));
        let sentence = format!("It worked until {day}. Ask {who} of {} to send another.", link.employer_name);
        return Ok(Err(ended("This link has expired", sentence)?));
    }
    Ok(Ok(link))
}

/// Whether this browser showed the code.
pub fn is_confirmed(me: &As<Anyone>, headers: &HeaderMap, link: &GuestLink) -> bool {
    session::cookie(headers, PASS_COOKIE).is_some_and(|pass| link.is_confirmed(&hash_token(pass), me.now))
}

pub async fn page_of(me: As<Anyone>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let link = match open(&me, &mut tx, &token).await? {
        Ok(link) => link,
        Err(page) => return Ok(page),
    };
    if !is_confirmed(&me, &headers, &link) {
        return code_page(&me, &token, link, Form::empty());
    }
    let version = tx.version_by_id(&link.scope(), link.version).await?.ok_or(AppError::NotFound)?;
    decide_page(&me, &mut tx, &token, (&link, &version), Form::empty()).await
}

pub fn code_page(me: &As<Anyone>, token: &str, link: GuestLink, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let sent = link.code_sent_at.is_some_and(|at| me.now - at <= crate::db::CODE_LASTS);
    let page = CodePage {
        frame: me.frame(format!("{} asks you to look at a job profile", link.employer_name)),
        form,
        address: hidden(&link.email),
        sent,
        send: paths::guest_act(token, "code"),
        enter: paths::guest_act(token, "enter"),
        link,
    };
    page_with(status, &page)
}

pub async fn decide_page(
    me: &As<Anyone>,
    tx: &mut Tx,
    token: &str,
    (link, version): (&GuestLink, &Version),
    form: Form,
) -> Result<Response, AppError> {
    let other = changes::against(tx, &link.scope(), version).await?;
    let (content, changes) = changes::load(tx, other.as_ref(), version, Show::default()).await?;
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let holidays = bank_holidays::of(link.nation);
    let last = link.opened_at.map(|at| holidays.after(crate::clock::london_date(at), link.days));
    let page = DecidePage {
        frame: me.frame(format!("{}: {}", link.kind.label(), version.title())),
        form,
        link,
        version,
        sheet: on_screen(version, &content, &link.employer_name, me.today()),
        questions: answers::questions(&link.questions, &link.section, &content),
        answers: answers::choices(),
        changes,
        due: Due::on(last, me.today(), holidays),
        done: paths::guest_act(token, "done"),
        notes: Notes::default(),
        send_back: paths::guest_act(token, "changes"),
    };
    page_with(status, &page)
}

/// `j…@union.example`: whoever found the link learns no address from it.
pub fn hidden(email: &str) -> String {
    let (name, host) = email.split_once('@').unwrap_or((email, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}…@{host}")
}

impl DecidePage<'_> {
    fn head(&self) -> impl std::fmt::Display {
        Html::head(&self.sheet)
    }

    fn document(&self) -> Html<'_> {
        Html::new(&self.sheet.blocks, &())
    }
}

//! A question about a job, sent on to its contact, whose address stays with us.
//!
//! Of the asker only the message is kept, in the outbox, until it has left. No puzzle keeps robots out: a field that
//! people don't see does, and a limit for each network address and each advert.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use time::Duration;

use super::job::load;
use crate::db::{AttemptKind, PublicAdvert, Tx};
use crate::domain::advert::Standing;
use crate::domain::text::{self, LONGEST_LINE};
use crate::error::AppError;
use crate::mail::adverts::{About, question};
use crate::web::account::network;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::kept::public_page;
use crate::web::page::{Frame, page, page_again, see_other};
use crate::web::paths;

/// The longest question, in characters: about 300 words.
const LONGEST_QUESTION: usize = 2_000;
/// Questions within the window from one network address, behind which a whole library may sit.
const OF_ADDRESS: i64 = 20;
/// Questions within the window about one advert: nobody reads more.
const OF_ADVERT: i64 = 60;
const WINDOW: Duration = Duration::hours(1);
/// People don't see this field, and robots fill it in.
const TRAP: &str = "website";

const WAIT: &str =
    "Too many questions were sent from here or about this job. Nothing was sent: wait an hour, then send it again";

#[derive(Template)]
#[template(path = "public/ask.html")]
struct AskPage {
    frame: Frame,
    form: Form,
    advert: PublicAdvert,
}

#[derive(Template)]
#[template(path = "public/ask_sent.html")]
struct SentPage {
    frame: Frame,
    advert: PublicAdvert,
}

pub async fn form(me: As<Anyone>, Path(advert): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = open(&me, &mut tx, &advert).await?;
    public_page(
        &me,
        StatusCode::OK,
        &AskPage { frame: frame(&me, "Ask a question", &advert), form: Form::empty(), advert },
    )
}

pub async fn sent(me: As<Anyone>, Path(advert): Path<String>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = open(&me, &mut tx, &advert).await?;
    page(&SentPage { frame: frame(&me, "Your question is on its way", &advert), advert })
}

pub async fn send(me: As<Anyone>, Path(advert): Path<String>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = open(&me, &mut tx, &advert).await?;
    let there = paths::job_act(advert.id, "asked");
    // A robot is told what a person is told, so that it learns nothing.
    if !submitted.raw(TRAP).is_empty() {
        return Ok(see_other(there));
    }
    let (name, words) = (submitted.line("name"), submitted.text("question"));
    let mut form = Form::again(&submitted);
    form.require("name", &name, "Type your name");
    form.limit("name", &name, LONGEST_LINE);
    let email = text::email(submitted.raw("email"));
    if email.is_none() {
        form.problem("email", "Type your e-mail address, such as name@example.com: the answer goes there");
    }
    form.require("question", &words, "Type your question");
    form.limit("question", &words, LONGEST_QUESTION);
    let complete = email.filter(|_| !form.has_errors());
    let has_room = complete.is_some() && counted(&me, &mut tx, &advert).await?;
    if complete.is_some() && !has_room {
        form.problem_at("", WAIT);
    }
    let Some(email) = complete.filter(|_| has_room) else {
        return page_again(&AskPage { frame: frame(&me, "Ask a question", &advert), form, advert });
    };
    let (vacancy, link) = (&advert.vacancy, me.app.config.link(&paths::job(advert.id)));
    let about =
        About { title: &vacancy.title, reference: &vacancy.text.reference, employer: &vacancy.employer, link: &link };
    let to = (vacancy.text.contact_name.as_str(), vacancy.text.contact_email.as_str());
    tx.queue_answered(&question(to, about, (&name, &email), &words), Some(&email), me.now).await?;
    tx.commit().await?;
    Ok(see_other(there))
}

/// An advert whose questions come by this form.
async fn open(me: &As<Anyone>, tx: &mut Tx, advert: &str) -> Result<PublicAdvert, AppError> {
    let reader = me.visitor().map(|visitor| visitor.person.id);
    let advert = load(tx, advert, reader, me.now).await?;
    let takes = advert.standing(me.now) == Standing::Open && advert.vacancy.text.offer.ask_by_form;
    if takes { Ok(advert) } else { Err(AppError::NotFound) }
}

fn frame(me: &As<Anyone>, title: &str, advert: &PublicAdvert) -> Frame {
    let vacancy = &advert.vacancy;
    me.frame(format!("{title}: {}", vacancy.title))
        .crumb("Jobs", paths::JOBS)
        .crumb(&vacancy.title, paths::job(advert.id))
}

/// Counts the question, and says whether there was room for it.
async fn counted(me: &As<Anyone>, tx: &mut Tx, advert: &PublicAdvert) -> Result<bool, AppError> {
    let by = [network(me.address()), format!("advert:{}", advert.id)];
    tx.one_try_at_a_time(AttemptKind::Question, &by).await?;
    let of_address = tx.attempts(AttemptKind::Question, &by[0], WINDOW, me.now).await?;
    let of_advert = tx.attempts(AttemptKind::Question, &by[1], WINDOW, me.now).await?;
    if of_address >= OF_ADDRESS || of_advert >= OF_ADVERT {
        return Ok(false);
    }
    tx.add_attempts(AttemptKind::Question, &by, me.now).await?;
    Ok(true)
}

impl AskPage {
    fn advert_page(&self) -> String {
        paths::job(self.advert.id)
    }

    fn here(&self) -> String {
        paths::job_act(self.advert.id, "ask")
    }

    fn trap(&self) -> &'static str {
        TRAP
    }
}

impl SentPage {
    fn advert_page(&self) -> String {
        paths::job(self.advert.id)
    }
}

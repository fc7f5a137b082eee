//! What a guest says: that it is done, or that something has to change first.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

use super::link::{decide_page, is_confirmed, open};
use crate::db::{DbError, GuestLink, ReviewStep, Said, Tx, Version, instance};
use crate::domain::text::LONGEST_TEXT;
use crate::domain::version::Refusal;
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{Actor, Granted, Job, act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{page, see_other};
use crate::web::paths;
use crate::web::review::answers;
use crate::web::review::finish::{self, Office};

#[derive(askama::Template)]
#[template(path = "guest/ended.html")]
struct ThanksPage {
    frame: crate::web::page::Frame,
    heading: &'static str,
    sentence: String,
}

/// A guest who showed who they are, with what they were asked about.
struct Here {
    link: GuestLink,
    version: Version,
    step: ReviewStep,
    granted: Granted<act::DecideAsGuest>,
}

/// Loads all that, with other decisions kept waiting; or the page that says why not.
async fn here(
    me: &As<Anyone>,
    tx: &mut Tx,
    token: &str,
    headers: &HeaderMap,
) -> Result<Result<Here, Response>, AppError> {
    let link = match open(me, tx, token).await? {
        Ok(link) => link,
        Err(page) => return Ok(Err(page)),
    };
    if !is_confirmed(me, headers, &link) {
        return Ok(Err(see_other(paths::guest(token))));
    }
    tx.hold_for_guest(link.version).await?;
    let version = tx.version_by_id(&link.scope(), link.version).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<act::DecideAsGuest>(&Actor::System(Job::Guest), version.subject(), me.now)?;
    let step = tx.review_steps(version.id).await?.into_iter().find(|step| step.id == link.step);
    let step = step.ok_or(AppError::NotFound)?;
    Ok(Ok(Here { link, version, step, granted }))
}

pub async fn done(
    me: As<Anyone>,
    Path(token): Path<String>,
    headers: HeaderMap,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let Here { link, version, step, granted } = match here(&me, &mut tx, &token, &headers).await? {
        Ok(here) => here,
        Err(page) => return Ok(page),
    };
    let mut form = Form::again(&submitted);
    let note = submitted.text("note");
    form.limit("note", &note, LONGEST_TEXT);
    let answers = answers::read(&step, &submitted, &mut form, true);
    if form.has_errors() {
        return decide_page(&me, &mut tx, &token, (&link, &version), form).await;
    }
    let deciders = tx.deciders(&version, me.today()).await?;
    let mut instance = instance(&deciders.steps);
    let Ok(opened) = instance.finish(link.step, None, me.now) else { return Ok(see_other(paths::guest(&token))) };
    let next = finish::next(&version, &deciders, (&instance, opened), (me.today(), me.now))
        .map_err(|refusals| AppError::Conflict(sentences(&refusals)))?;
    let said = Said { note, answers, ..Said::default() };
    match tx.guest_decides(&granted, (&version, &link), &said, next.state.as_ref()).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(see_other(paths::guest(&token))),
        Err(error) => return Err(error.into()),
    }
    let opened = tx.open_next(version.id, &next.openings(), me.now).await?;
    let office = office(&me, &link);
    next.tell(&mut tx, office, (&version, &deciders, &opened), (&link.name, &said.note)).await?;
    tx.commit().await?;
    let sentence = format!("{} has your answer. Nothing more is needed of you.", link.employer_name);
    thanks(&me, "Thank you: it is recorded", sentence)
}

pub async fn changes(
    me: As<Anyone>,
    Path(token): Path<String>,
    headers: HeaderMap,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let Here { link, version, step, granted } = match here(&me, &mut tx, &token, &headers).await? {
        Ok(here) => here,
        Err(page) => return Ok(page),
    };
    let mut form = Form::again(&submitted);
    let reason = submitted.text("reason");
    form.require("reason", &reason, "Say what has to change, and why: it reaches those who wrote it");
    form.limit("reason", &reason, LONGEST_TEXT);
    let answers = answers::read(&step, &submitted, &mut form, false);
    if form.has_errors() {
        return decide_page(&me, &mut tx, &token, (&link, &version), form).await;
    }
    let Ok(next) = version.state.clone().sent_back_by_guest(reason.clone(), me.now) else {
        return Ok(see_other(paths::guest(&token)));
    };
    let others: Vec<_> = tx.review_steps(version.id).await?.into_iter().filter_map(|step| step.task).collect();
    let said = Said { reason: reason.clone(), answers, ..Said::default() };
    match tx.guest_decides(&granted, (&version, &link), &said, Some(&next)).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(see_other(paths::guest(&token))),
        Err(error) => return Err(error.into()),
    }
    let at = paths::Employer(&link.slug).profile(version.profile.number).version(version.number);
    let (edit, page) = (me.app.config.link(&at.edit()), me.app.config.link(&at.page()));
    let mut messages = vec![review::changes_requested(link.submitter, version.title(), &link.name, &reason, &edit)];
    messages.extend(others.iter().map(|(_, who, _)| review::no_longer_asked(*who, version.title(), &link.name, &page)));
    tx.queue_to_members(&messages, me.now).await?;
    tx.commit().await?;
    let sentence =
        format!("{} has your words, and so has the record. You have nothing more to do.", link.submitter_name);
    thanks(&me, "Thank you: it goes back to be changed", sentence)
}

/// Each a sentence of its own.
fn sentences(refusals: &[Refusal]) -> String {
    refusals.iter().map(|refusal| format!("{refusal}.")).collect::<Vec<_>>().join(" ")
}

fn office<'a>(me: &'a As<Anyone>, link: &'a GuestLink) -> Office<'a> {
    Office { app: &me.app, paths: paths::Employer(&link.slug), employer_name: &link.employer_name, now: me.now }
}

fn thanks(me: &As<Anyone>, heading: &'static str, sentence: String) -> Result<Response, AppError> {
    page(&ThanksPage { frame: me.frame(heading), heading, sentence })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_refusals_are_several_sentences() {
        let both = sentences(&[Refusal::OwnEdit, Refusal::OwnSubmission]);
        assert_eq!(both, format!("{}. {}.", Refusal::OwnEdit, Refusal::OwnSubmission));
    }
}

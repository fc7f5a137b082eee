//! What can still happen to an advert once it is published: open for longer, closed early, taken back while it is
//! scheduled. Correcting its text has a page of its own.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use time::Date;

use super::page::show;
use super::{At, list_refusals, load_for_act};
use crate::clock::london_date;
use crate::db::{Advert, DbError, ToKeepers, Tx};
use crate::domain::advert::{ChangedHow, FieldProblem, Refusal, Step, date_problems};
use crate::domain::text::{LONGEST_LINE, long_date, parse_date};
use crate::error::AppError;
use crate::mail::adverts::{About, changed};
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Authors, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};
use crate::web::paths;

pub async fn extend(me: As<Keepers>, Path((_, advert)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let granted = grant::<act::ExtendAdvert>(&me.actor(), advert.subject(), me.now)?;
    let (what, mut form) = read(&submitted, "what");
    let typed = submitted.line("closes_on");
    let to = parse_date(&typed);
    if to.is_none() && !typed.is_empty() {
        form.problem("closes_on", "That is not a date: write it as 28 January 2026");
    }
    let stale = submitted.number::<i32>("lock_version")? != advert.lock_version;
    if let Some(day) = to.filter(|day| stale && Some(*day) == advert.text().closes_on) {
        return Ok(see_other_saying(me.paths().advert(advert.id), &open_until(day)));
    }
    let (standing, from) = (advert.standing(me.now), advert.text().closes_on);
    let problems = to.map(|day| after_extending(&advert, day, me.today())).unwrap_or_default();
    let (of_this_day, problems): (Vec<_>, Vec<_>) = problems.into_iter().partition(|(field, _)| *field == "closes_on");
    for (field, said) in of_this_day.into_iter().filter(|_| to > from) {
        form.problem(field, said);
    }
    let step = Step::Extend { standing, from, to, problems, what: &what };
    let refusals = advert.state.after(step).err().unwrap_or_default();
    let (Some(to), false) = (to, is_refused(&mut form, &me, &advert, &refusals)) else {
        return show(&me, &mut tx, StatusCode::UNPROCESSABLE_ENTITY, advert, form).await;
    };
    if let Some(stale) = is_stale(&me, &advert, &submitted)? {
        return Ok(stale);
    }
    let mail = mail(&me, &advert, ChangedHow::Extended, &format!("It is open until {} now. {what}", long_date(to)));
    tx.extend_advert(&granted, &advert, to, &what, &mail).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().advert(advert.id), &open_until(to)))
}

pub async fn close(me: As<Keepers>, Path((_, advert)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let granted = grant::<act::CloseAdvertEarly>(&me.actor(), advert.subject(), me.now)?;
    let (what, mut form) = read(&submitted, "reason_for_closing");
    let announced = advert.text().offer.may_close_early;
    let step = Step::CloseEarly { standing: advert.standing(me.now), announced, what: &what };
    let mut refusals = advert.state.after(step).err().unwrap_or_default();
    // The page has the form of extending too, whose sentence is another field.
    if refusals.contains(&Refusal::WhatMissing) {
        refusals.retain(|refusal| *refusal != Refusal::WhatMissing);
        form.problem("reason_for_closing", Refusal::WhatMissing.to_string());
    }
    if is_refused(&mut form, &me, &advert, &refusals) {
        return show(&me, &mut tx, StatusCode::UNPROCESSABLE_ENTITY, advert, form).await;
    }
    if let Some(stale) = is_stale(&me, &advert, &submitted)? {
        return Ok(stale);
    }
    let mail = mail(&me, &advert, ChangedHow::ClosedEarly, &what);
    tx.close_advert_early(&granted, &advert, me.today(), &what, &mail).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().advert(advert.id), "The advert is closed"))
}

pub async fn unschedule(me: As<Keepers>, Path((_, advert)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let granted = grant::<act::UnscheduleAdvert>(&me.actor(), advert.subject(), me.now)?;
    let page = me.paths().advert(advert.id);
    if let Err(refusals) = advert.state.after(Step::Unschedule { standing: advert.standing(me.now) }) {
        let sentence = refusals.first().map(ToString::to_string).unwrap_or_default();
        return Ok(see_other_noting(page, &sentence));
    }
    if let Some(stale) = is_stale(&me, &advert, &submitted)? {
        return Ok(stale);
    }
    match tx.unschedule_advert(&granted, &advert).await {
        Ok(()) => {}
        Err(DbError::Constraint(name)) if name == "advert_one_in_work" => {
            let sentence = "This version has another advert that is being written: finish or withdraw that one first.";
            return Err(AppError::Conflict(sentence.into()));
        }
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    Ok(see_other_saying(page, "The advert is a draft again. It has to be confirmed before it is published"))
}

/// What is wrong with the days of an advert that stays open until then: its own first day counts, and interviews that
/// would come too early have to be moved by a correction, which tells its readers.
fn after_extending(advert: &Advert, to: Date, today: Date) -> Vec<FieldProblem> {
    let mut text = advert.text().clone();
    text.closes_on = Some(to);
    let opened = advert.window.map(|(opens, _)| london_date(opens));
    let first = opened.or(text.opens_on).unwrap_or(today);
    date_problems(&text, first)
}

fn open_until(day: Date) -> String {
    format!("The advert is open until the end of {}", long_date(day))
}

/// What readers are told, in the field of that name, and the form to show it again.
fn read(submitted: &Submitted, field: &'static str) -> (String, Form) {
    let what = submitted.line(field);
    let mut form = Form::again(submitted);
    form.limit(field, &what, LONGEST_LINE);
    (what, form)
}

fn is_refused(form: &mut Form, me: &As<Keepers>, advert: &Advert, refusals: &[Refusal]) -> bool {
    list_refusals(form, refusals, &me.paths().advert_act(advert.id, "correct"));
    form.has_errors()
}

/// The advert changed since the form was made: nothing is done, and the page says so.
pub fn is_stale(me: &As<Keepers>, advert: &Advert, submitted: &Submitted) -> Result<Option<Response>, AppError> {
    let sentence = "The advert changed while you were looking at it. Nothing was done: read it as it is now";
    let stale = submitted.number::<i32>("lock_version")? != advert.lock_version;
    Ok(stale.then(|| see_other_noting(me.paths().advert(advert.id), sentence)))
}

/// Mail to those who keep the advert.
pub fn mail(me: &As<Keepers>, advert: &Advert, how: ChangedHow, what: &str) -> ToKeepers {
    let link = format!("{}{}", me.app.config.public_url, paths::job(advert.id));
    let about = About {
        title: &advert.vacancy.title,
        reference: &advert.text().reference,
        employer: &advert.vacancy.employer,
        link: &link,
    };
    changed(about, how, what)
}

/// Another advert with this one's words: the next vacancy of the same job, or this one again.
pub async fn copy(me: As<Authors>, Path((_, advert)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = super::load(&mut tx, &me.scope(), &advert).await?;
    let (Some((version, _)), false) = (advert.version.issued, advert.version.profile_retired) else {
        let sentence = "No version of this job profile is in force, so it can't be advertised again: issue one first.";
        return Err(AppError::Conflict(sentence.into()));
    };
    let version = tx.version_by_id(&me.scope(), version).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<act::CreateAdvert>(&me.actor(), version.subject(), me.now)?;
    let text = copied(&me, &mut tx, &advert).await?;
    let (copy, made) = tx.create_advert(&granted, &version, &text).await?;
    tx.commit().await?;
    let edit = me.paths().advert_act(copy, "edit");
    Ok(match made {
        true => see_other_saying(
            edit,
            "The advert is copied, without its dates: set new ones, then ask for it to be confirmed",
        ),
        false => see_other_noting(edit, "This version has an advert that is being written. Here it is"),
    })
}

/// The words without their days and reference; a hiring manager who has left is not named again.
async fn copied(me: &As<Authors>, tx: &mut Tx, advert: &Advert) -> Result<crate::domain::advert::AdvertText, AppError> {
    let managers = tx.managers_for(advert.employer, advert.version.unit).await?;
    let mut text = advert.text().clone();
    text.reference = String::new();
    (text.opens_on, text.closes_on, text.shortlisting_on, text.interviews_on) = (None, None, None, None);
    text.starts = String::new();
    text.offer.redeployment_until = None;
    let mine = me.staff().membership;
    text.hiring_manager =
        text.hiring_manager.filter(|id| *id != mine && managers.iter().any(|manager| manager.id == *id));
    Ok(text)
}

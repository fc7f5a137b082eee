//! Correcting what a published advert says, with a line that its readers see.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::after::{is_stale, mail};
use super::form::{self, Choices};
use super::{At, load, load_for_act};
use crate::db::{Advert, ToKeepers, Tx};
use crate::domain::advert::{AdvertText, ChangedHow, Refusal, Step, corrections, words_said};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::mail::adverts::{About, corrected};
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/adverts/correct.html")]
struct CorrectPage<'a> {
    frame: Frame,
    form: Form,
    advert: &'a Advert,
    paths: paths::Employer<'a>,
    contracts: Vec<Choice>,
    ways: Vec<Choice>,
    checks: Vec<Choice>,
    patterns: Vec<(&'static str, &'static str)>,
    flexible: Vec<(&'static str, &'static str)>,
}

impl CorrectPage<'_> {
    fn page(&self) -> String {
        self.paths.advert(self.advert.id)
    }

    fn words(&self) -> String {
        words_said(self.form.value("short_text"))
    }

    fn save(&self) -> String {
        self.paths.advert_act(self.advert.id, "correct")
    }
}

pub async fn form(me: As<Keepers>, Path((_, advert)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load(&mut tx, &me.scope(), &advert).await?;
    let step = Step::Correct { standing: advert.standing(me.now), problems: Vec::new(), what: "nothing yet" };
    if let Err(refusals) = advert.state.after(step) {
        let sentence = refusals.first().map(ToString::to_string).unwrap_or_default();
        return Ok(see_other_noting(me.paths().advert(advert.id), &sentence));
    }
    let mut form = form::filled(advert.text());
    form.replace("salary_text", advert.text().salary_text.as_str());
    show(&me, StatusCode::OK, &advert, form)
}

pub async fn save(me: As<Keepers>, Path((_, advert)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let granted = grant::<act::CorrectAdvert>(&me.actor(), advert.subject(), me.now)?;
    let (text, mut form) = read(&mut tx, &me, &submitted, &advert).await?;
    let what = submitted.line("what");
    form.limit("what", &what, LONGEST_LINE);
    let changed = form::changed(advert.text(), &text);
    if changed.is_empty() && !form.has_errors() {
        return Ok(see_other_saying(me.paths().advert(advert.id), "Nothing was changed"));
    }
    // The closing day may be today, and who confirmed it has confirmed it.
    let problems = advert.problems(&text, &Default::default(), me.today());
    let step = Step::Correct { standing: advert.standing(me.now), problems, what: &what };
    for refusal in advert.state.after(step).err().unwrap_or_default() {
        match refusal {
            Refusal::Problem((field, _)) if form.error(field).is_some() => {}
            Refusal::Problem((field, sentence)) => form.problem(field, sentence),
            Refusal::WhatMissing => form.problem("what", refusal.to_string()),
            other => form.problem_at("", other.to_string()),
        }
    }
    if form.has_errors() {
        return show(&me, StatusCode::UNPROCESSABLE_ENTITY, &advert, form);
    }
    if is_stale(&me, &advert, &submitted)?.is_some() {
        form.problem_at("", "Somebody else changed the advert while you were writing. Nothing was saved: your words are below, and the advert's page shows theirs");
        return show(&me, StatusCode::CONFLICT, &advert, form);
    }
    // The writer's words say why, and these what: nobody has to search for it.
    let what = std::iter::once(ended(&what)).chain(corrections(advert.text(), &text)).collect::<Vec<_>>().join(" ");
    let mail = mail(&me, &advert, ChangedHow::Corrected, &what);
    let to_manager = form::touches_confirmed(advert.text(), &text).then(|| to_manager(&me, &advert, &changed, &what));
    tx.correct_advert(&granted, &advert, &text, (&what, &changed), &mail, to_manager.as_ref()).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().advert(advert.id), "The advert is corrected, and those who saved it are told"))
}

/// With a full stop, so that sentences can follow.
fn ended(what: &str) -> String {
    match what.ends_with(['.', '!', '?']) {
        true => what.to_owned(),
        false => format!("{what}."),
    }
}

/// Readers must not wait for what is wrong to be put right, so a correction holds at once; the hiring manager, who
/// confirmed other words, is told what it was.
fn to_manager(me: &As<Keepers>, advert: &Advert, changed: &str, what: &str) -> ToKeepers {
    let link = me.app.config.link(&me.paths().advert(advert.id));
    let about = About {
        title: &advert.vacancy.title,
        reference: &advert.text().reference,
        employer: &advert.vacancy.employer,
        link: &link,
    };
    corrected(about, &me.staff().person.name, changed, what)
}

/// What was typed, with everything that a correction leaves as it is.
async fn read(
    tx: &mut Tx,
    me: &As<Keepers>,
    submitted: &Submitted,
    advert: &Advert,
) -> Result<(AdvertText, Form), AppError> {
    let managers = tx.managers_for(advert.employer, advert.version.unit).await?;
    let choices = Choices { managers, grades: Vec::new(), today: me.today() };
    let (mut text, form) = form::read(submitted, advert, &choices);
    let old = advert.text();
    text.reference = old.reference.clone();
    text.hiring_manager = old.hiring_manager;
    (text.opens_on, text.closes_on) = (old.opens_on, old.closes_on);
    text.offer.audience = old.offer.audience;
    text.offer.redeployment_until = old.offer.redeployment_until;
    text.offer.may_close_early = old.offer.may_close_early;
    text.salary_typed = old.salary_typed || text.salary_text != old.salary_text;
    Ok((text, form))
}

fn show(me: &As<Keepers>, status: StatusCode, advert: &Advert, form: Form) -> Result<Response, AppError> {
    let frame = me
        .frame(format!("Correct the advert for {}", advert.vacancy.title))
        .crumb("Adverts", me.paths().adverts())
        .crumb(&advert.text().reference, me.paths().advert(advert.id));
    let page = CorrectPage {
        frame,
        form,
        advert,
        paths: me.paths(),
        contracts: form::contracts(),
        ways: form::ways_to_apply(),
        checks: form::checks(),
        patterns: form::pattern_boxes(),
        flexible: form::flexible_boxes(),
    };
    page_with(status, &page)
}

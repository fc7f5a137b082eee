//! Writing an advert's text, and asking the hiring manager to confirm it in the same press.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::BTreeSet;

use super::ask::ask_manager;
use super::form::{self, Choices};
use super::{ARCHIVED, At, load, load_for_act};
use crate::db::{Advert, Tx};
use crate::domain::advert::{AdvertState, AdvertText, Step, words_said};
use crate::domain::ids::MembershipId;
use crate::error::AppError;
use crate::policy::{Granted, act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/adverts/edit.html")]
struct EditPage<'a> {
    frame: Frame,
    form: Form,
    advert: &'a Advert,
    paths: paths::Employer<'a>,
    /// What the grade pays; none where only a typed salary is possible.
    pay: Option<String>,
    salary_choices: Vec<Choice>,
    contracts: Vec<Choice>,
    ways: Vec<Choice>,
    managers: Vec<Choice>,
    patterns: Vec<(&'static str, &'static str)>,
    flexible: Vec<(&'static str, &'static str)>,
    checks: Vec<Choice>,
    audiences: Vec<Choice>,
    /// What the form is filled with.
    base: String,
}

impl EditPage<'_> {
    fn page(&self) -> String {
        self.paths.advert(self.advert.id)
    }

    fn words(&self) -> String {
        words_said(self.form.value("short_text"))
    }

    fn save(&self) -> String {
        self.paths.advert_act(self.advert.id, "edit")
    }
}

pub async fn form(me: As<Authors>, Path((_, advert)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load(&mut tx, &me.scope(), &advert).await?;
    if let Err(refusals) = advert.state.after(Step::Edit) {
        let sentence = refusals.first().map(ToString::to_string).unwrap_or_default();
        return Ok(see_other_noting(me.paths().advert(advert.id), &sentence));
    }
    let choices = choices(&me, &mut tx, &advert).await?;
    show(&me, StatusCode::OK, &advert, &choices, form::filled(advert.text()))
}

pub async fn save(me: As<Authors>, Path((_, advert)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let granted = grant::<act::EditAdvert>(&me.actor(), advert.subject(), me.now)?;
    let choices = choices(&me, &mut tx, &advert).await?;
    let submitted = submitted.with_boxes(form::boxes());
    let is_stale = submitted.number::<i32>("lock_version")? != advert.lock_version;
    let (submitted, clashes) = match is_stale {
        true => submitted.merged(&base(&submitted)?, &form::filled(advert.text())),
        false => (submitted, Vec::new()),
    };
    let (text, mut form) = form::read(&submitted, &advert, &choices);
    for (field, theirs) in clashes {
        let said = format!("Somebody else changed this to “{theirs}” meanwhile: save again to use yours");
        form.problem(&field, said);
    }
    let asks = submitted.raw("then") == "ask";
    if asks {
        list_problems(&mut form, &text, &advert, me.staff().membership, &choices);
    }
    if form.has_errors() {
        return show(&me, StatusCode::UNPROCESSABLE_ENTITY, &advert, &choices, form);
    }
    if advert.state.after(Step::Edit).is_err() {
        form.problem_at(
            "",
            format!("This advert is {} now, so its text can't change", advert.state.label().to_lowercase()),
        );
        return show(&me, StatusCode::CONFLICT, &advert, &choices, form);
    }
    let changed = form::changed(advert.text(), &text);
    let mut sentence = keep(&mut tx, &granted, &advert, &text, &changed).await?;
    // An unchanged text that was asked about, or confirmed, needs no second question.
    let is_settled = changed.is_empty() && (advert.asked.is_some() || advert.state == AdvertState::Ready);
    let manager = text.hiring_manager.and_then(|id| choices.manager(id)).filter(|_| asks);
    if let Some(manager) = manager.filter(|_| !is_settled) {
        ask_manager(&me, &mut tx, &granted, &advert, manager, text.opens_on).await?;
        sentence = format!("Saved. {} is asked to confirm the text", manager.name);
    }
    tx.commit().await?;
    Ok(see_other_saying(me.paths().advert(advert.id), &sentence))
}

/// What the form was filled with, so that a save after somebody else's takes nothing of theirs back.
fn base(submitted: &Submitted) -> Result<Vec<(String, String)>, AppError> {
    serde_json::from_str(submitted.raw("base"))
        .map_err(|_| AppError::Bad("A hidden part of the form is missing or damaged."))
}

async fn choices(me: &As<Authors>, tx: &mut Tx, advert: &Advert) -> Result<Choices, AppError> {
    Ok(Choices {
        managers: tx.managers_for(advert.employer, advert.version.unit).await?,
        grades: tx.grades(advert.employer).await?,
        today: me.today(),
    })
}

/// Writes a changed text, and says what that did to a question or a confirmation.
async fn keep(
    tx: &mut Tx,
    granted: &Granted<act::EditAdvert>,
    advert: &Advert,
    text: &AdvertText,
    changed: &str,
) -> Result<String, AppError> {
    if changed.is_empty() {
        return Ok(match &advert.asked {
            Some(asked) => format!("Nothing was changed. {} is asked to confirm the text", asked.assignee),
            None => "Nothing was changed".to_owned(),
        });
    }
    tx.edit_advert(granted, advert, text, changed).await?;
    Ok(match (advert.state, &advert.history.confirmed, &advert.asked) {
        (AdvertState::Ready, Some((manager, _)), _) => {
            format!("Saved. {manager} confirmed an earlier text, so that it has to be confirmed again")
        }
        (_, _, Some(asked)) => {
            format!(
                "Saved. The text changed, so {} is no longer asked to confirm it: ask again when it is ready",
                asked.assignee
            )
        }
        (_, _, None) => "Saved".to_owned(),
    })
}

fn list_problems(form: &mut Form, text: &AdvertText, advert: &Advert, me: MembershipId, choices: &Choices) {
    if advert.version.profile_retired {
        form.problem_at("", ARCHIVED);
    }
    let mut writers: BTreeSet<MembershipId> = advert.writers.clone();
    writers.insert(me);
    for (field, sentence) in advert.problems(text, &writers, choices.today) {
        if form.error(field).is_none() {
            form.problem(field, sentence);
        }
    }
}

fn show(
    me: &As<Authors>,
    status: StatusCode,
    advert: &Advert,
    choices: &Choices,
    form: Form,
) -> Result<Response, AppError> {
    let pay = choices.pay(advert, advert.text().opens_on);
    let from_grade = pay.as_ref().map(|pay| Choice::new("grade", format!("From the grade: {pay}")));
    let salary_choices =
        from_grade.into_iter().chain([Choice::new("typed", "Typed here, and marked so for staff")]).collect();
    let frame = me
        .frame(format!("Advert for {}", advert.vacancy.title))
        .crumb("Adverts", me.paths().adverts())
        .crumb(&advert.text().reference, me.paths().advert(advert.id));
    let page = EditPage {
        frame,
        form,
        advert,
        paths: me.paths(),
        pay,
        salary_choices,
        contracts: form::contracts(),
        ways: form::ways_to_apply(),
        patterns: form::pattern_boxes(),
        flexible: form::flexible_boxes(),
        checks: form::checks(),
        audiences: form::audiences(),
        managers: choices.hiring_managers(&advert.writers, me.staff().membership),
        base: serde_json::to_string(form::filled(advert.text()).values()).unwrap_or_default(),
    };
    page_with(status, &page)
}

//! Issuing without approval, in an emergency: loud, marked for good, and looked at afterwards.

use axum::extract::Path;
use axum::response::Response;

use super::issue::was_quicker;
use super::issue::{in_force, superseded};
use super::reason::ReasonPage;
use super::version::{At, at, frame, not_now, open, show_refusals, too_late};
use crate::db::{DbError, Version};
use crate::domain::checks;
use crate::domain::template;
use crate::domain::text::LONGEST_TEXT;
use crate::domain::version::{Act, Event};
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{see_other_noting, see_other_saying};

const CHANGED: &str = "It changed a moment ago: this is how it stands";

fn shown(me: &As<Admins>, version: &Version, form: Form) -> Result<Response, AppError> {
    ReasonPage {
        frame: frame(me, version, "Issue in an emergency"),
        form,
        heading: format!("Issue version {} of {} without approval", version.number, version.title()),
        means: vec![
            "It comes into force today, and what was in force is superseded.",
            "It is marked as issued in an emergency for good, with your name and your reason.",
            "The unit's manager gets a task to look at it.",
        ],
        reason: Some("Why can't this wait for approval?"),
        button: "Issue it without approval",
        back: at(me, version).page(),
        is_weighty: true,
    }
    .show()
}

pub async fn form(me: As<Admins>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (_tx, version) = open(&me, &profile, &number).await?;
    grant::<act::EmergencyIssue>(&me.actor(), version.subject(), me.now)?;
    if !version.state.name().is_open() {
        return Ok(not_now(&me, &version));
    }
    shown(&me, &version, Form::empty())
}

pub async fn issue(me: As<Admins>, Path((_, profile, number)): At, submitted: Submitted) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let granted = grant::<act::EmergencyIssue>(&me.actor(), version.subject(), me.now)?;
    let at = at(&me, &version);
    match tx.hold_version(&version).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(see_other_noting(at.page(), CHANGED)),
        Err(error) => return Err(error.into()),
    }
    let in_force = in_force(&mut tx, &me.scope(), &version).await?;
    let content = tx.content(version.employer, version.id).await?;
    let problems = checks::before_issuing(&version.details, &content, in_force.as_ref().map(|issued| &issued.details));
    let problems = template::problems(problems, &content, version.template.as_ref());
    let reason = submitted.text("reason");
    let mut form = Form::again(&submitted);
    form.limit("reason", &reason, LONGEST_TEXT);
    if form.has_errors() {
        return shown(&me, &version, form);
    }
    let act = Act { by: me.staff().membership, at: me.now };
    let event = Event::EmergencyIssue { problems, reason: reason.clone(), today: me.today() };
    let next = match version.state.clone().after(event, act) {
        Ok(next) => next,
        Err(refusals) => {
            if let Some(noted) = too_late(&me, &version, &refusals) {
                return Ok(noted);
            }
            show_refusals(&mut form, &refusals, at);
            return shown(&me, &version, form);
        }
    };
    if version.state.name().is_editable() {
        tx.pin_clauses(&granted, &content).await?;
    }
    let superseded = superseded(in_force.as_ref(), act)?;
    let old = superseded.as_ref().map(|(old, state)| (*old, state));
    match tx.issue_in_emergency(&granted, &version, &next, old, &reason).await {
        Ok((task, reviewer)) => {
            let link = me.app.config.link(&me.paths().task(task));
            let from = &me.staff().person.name;
            let message = review::issued_in_emergency(reviewer, version.title(), from, &reason, &link);
            tx.queue_urgently(&message, me.now).await?;
            tx.commit().await?;
        }
        Err(error) if was_quicker(&error) => {
            return Ok(see_other_noting(at.page(), CHANGED));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(at.page(), "Issued without approval. The unit's manager was asked to look at it."))
}

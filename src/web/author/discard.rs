//! Discarding a draft. It is kept for 90 days.

use axum::extract::Path;
use axum::response::Response;

use super::reason::ReasonPage;
use super::version::{At, at, frame, not_now, open, show_refusals, too_late};
use crate::db::{DbError, Version};
use crate::domain::version::{Act, Event};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::Form;
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

fn shown(me: &As<Keepers>, version: &Version, form: Form) -> Result<Response, AppError> {
    ReasonPage {
        frame: frame(me, version, "Discard"),
        form,
        heading: format!("Discard version {} of {}", version.number, version.title()),
        means: vec!["The draft is put away. You can restore it within 90 days.", "What is in force stays as it is."],
        reason: None,
        button: "Discard the draft",
        back: at(me, version).page(),
        is_weighty: true,
    }
    .show()
}

pub async fn form(me: As<Keepers>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (_tx, version) = open(&me, &profile, &number).await?;
    grant::<act::Discard>(&me.actor(), version.subject(), me.now)?;
    if !version.state.name().is_editable() {
        return Ok(not_now(&me, &version));
    }
    shown(&me, &version, Form::empty())
}

pub async fn discard(me: As<Keepers>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let granted = grant::<act::Discard>(&me.actor(), version.subject(), me.now)?;
    let at = at(&me, &version);
    let next = match version.state.clone().after(Event::Discard, Act { by: me.staff().membership, at: me.now }) {
        Ok(next) => next,
        Err(refusals) => {
            if let Some(noted) = too_late(&me, &version, &refusals) {
                return Ok(noted);
            }
            let mut form = Form::empty();
            show_refusals(&mut form, &refusals, at);
            return shown(&me, &version, form);
        }
    };
    match tx.discard(&granted, &version, &next).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => {
            return Ok(see_other_noting(at.page(), "It changed a moment ago: this is how it stands"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(at.page(), "Discarded. You can restore it within 90 days."))
}

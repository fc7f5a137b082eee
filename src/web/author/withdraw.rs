//! Withdrawing an approved version before it is issued. The approval stays in the record.

use axum::extract::Path;
use axum::response::Response;

use super::reason::ReasonPage;
use super::version::{At, at, frame, not_now, open, show_refusals, too_late};
use crate::db::{DbError, Version};
use crate::domain::text::LONGEST_TEXT;
use crate::domain::version::{Act, Event, StateName};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

fn shown(me: &As<Keepers>, version: &Version, form: Form) -> Result<Response, AppError> {
    ReasonPage {
        frame: frame(me, version, "Withdraw"),
        form,
        heading: format!("Withdraw version {} of {}", version.number, version.title()),
        means: vec![
            "It will not be issued. The approval stays in the record.",
            "The next draft starts from its content.",
        ],
        reason: Some("Why is it withdrawn?"),
        button: "Withdraw it",
        back: at(me, version).page(),
        is_weighty: true,
    }
    .show()
}

pub async fn form(me: As<Keepers>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (_tx, version) = open(&me, &profile, &number).await?;
    grant::<act::Withdraw>(&me.actor(), version.subject(), me.now)?;
    if version.state.name() != StateName::Approved {
        return Ok(not_now(&me, &version));
    }
    shown(&me, &version, Form::empty())
}

pub async fn withdraw(
    me: As<Keepers>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let granted = grant::<act::Withdraw>(&me.actor(), version.subject(), me.now)?;
    let at = at(&me, &version);
    let reason = submitted.text("reason");
    let mut form = Form::again(&submitted);
    form.limit("reason", &reason, LONGEST_TEXT);
    if form.has_errors() {
        return shown(&me, &version, form);
    }
    let event = Event::Withdraw { reason: reason.clone() };
    let next = match version.state.clone().after(event, Act { by: me.staff().membership, at: me.now }) {
        Ok(next) => next,
        Err(refusals) => {
            if let Some(noted) = too_late(&me, &version, &refusals) {
                return Ok(noted);
            }
            show_refusals(&mut form, &refusals, at);
            return shown(&me, &version, form);
        }
    };
    match tx.withdraw(&granted, &version, &next, &reason).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => {
            return Ok(see_other_noting(at.page(), "It changed a moment ago: this is how it stands"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(at.page(), "Withdrawn"))
}

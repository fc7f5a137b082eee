//! Taking a profile out of use. Its versions keep their states and stay readable.

use axum::extract::Path;
use axum::response::Response;

use super::profile::{AtProfile, load};
use super::reason::ReasonPage;
use crate::db::{DbError, ProfileHead};
use crate::domain::text::{LONGEST_TEXT, parse_profile_reference};
use crate::error::AppError;
use crate::policy::{Granted, Subject, act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

fn shown(me: &As<Keepers>, profile: &ProfileHead, form: Form) -> ReasonPage {
    let back = me.paths().profile(profile.number).page();
    ReasonPage {
        frame: me.frame(format!("Archive {}", profile.reference())).crumb(profile.reference(), back.clone()),
        form,
        heading: format!("Archive {}", profile.reference()),
        means: vec![
            "No new draft can be started, and lists leave it out unless asked.",
            "Every version stays readable at its address.",
        ],
        reason: Some("Why is the profile no longer needed?"),
        button: "Archive the profile",
        back,
        is_weighty: true,
    }
}

fn granted(me: &As<Keepers>, profile: &ProfileHead) -> Result<Granted<act::RetireProfile>, AppError> {
    let subject = Subject {
        id: profile.id,
        employer: Some(me.employer()),
        unit: Some(profile.unit),
        person: None,
        profile: Some(profile.id),
        name: profile.reference(),
    };
    Ok(grant(&me.actor(), subject, me.now)?)
}

pub async fn form(me: As<Keepers>, Path((_, reference)): AtProfile) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (profile, _, _) = load(&mut tx, &me.scope(), &reference).await?;
    granted(&me, &profile)?;
    shown(&me, &profile, Form::empty()).show()
}

pub async fn retire(
    me: As<Keepers>,
    Path((_, reference)): AtProfile,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    tx.hold_profile(&me.scope(), parse_profile_reference(&reference).ok_or(AppError::NotFound)?).await?;
    let (profile, _, versions) = load(&mut tx, &me.scope(), &reference).await?;
    let granted = granted(&me, &profile)?;
    let page = me.paths().profile(profile.number).page();
    let reason = submitted.text("reason");
    let mut form = Form::again(&submitted);
    form.require("reason", &reason, "Say why: the reason stays in the record");
    form.limit("reason", &reason, LONGEST_TEXT);
    if versions.iter().any(|version| version.state.is_open()) {
        form.problem_at(page.clone(), "A version is still open: issue, withdraw or discard it first");
    }
    if tx.has_open_advert(profile.id, me.now).await? {
        form.problem_at(
            me.paths().adverts(),
            "An advert of this profile is still open: withdraw it or wait until it closes",
        );
    }
    if form.has_errors() {
        return shown(&me, &profile, form).show();
    }
    match tx.retire_profile(&granted, &reason).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(page, "The profile is archived already")),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(page, "The profile is archived"))
}

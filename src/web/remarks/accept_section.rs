//! Accepting every suggestion in a section that still fits; the others stay to be decided one by one.

use axum::extract::Path;
use axum::response::Response;

use super::decide::FROZEN;
use super::desk::{AtRemark, Desk, done, not_done};
use super::take_in::{take_in, tell_accepted};
use crate::db::{DbError, Decision, Suggestion};
use crate::domain::checks;
use crate::domain::ids::{MembershipId, SectionId};
use crate::domain::suggestion::{Fit, fit};
use crate::domain::text::count;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};

/// The most that one press accepts: each is an edit of its own.
const MOST: usize = 100;

pub async fn accept(
    me: As<Authors>,
    Path((_, profile, number, section)): AtRemark,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, false).await?;
    let editing = grant::<act::EditContent>(&me.actor(), desk.version.subject(), me.now)?;
    let id = SectionId(section.parse().map_err(|_| AppError::NotFound)?);
    let place = desk.back(&me, submitted.raw("back"), &format!("section-{id}"));
    if !desk.version.state.name().is_editable() {
        return Ok(not_done(&place, FROZEN));
    }
    desk.tx.lock_order(desk.version.id).await?;
    let mut content = desk.content().await?;
    let name = checks::name(content.section(id).ok_or(AppError::NotFound)?).to_owned();
    let open: Vec<Suggestion> = desk.remarks.suggestions.iter().filter(|one| one.is_open()).cloned().collect();
    let here: Vec<Suggestion> = open.into_iter().filter(|one| one.section == id).take(MOST).collect();
    let (mut makers, mut left): (Vec<MembershipId>, usize) = (Vec::new(), 0);
    for suggestion in &here {
        let fit = fit(&suggestion.proposal, &content);
        if let Fit::NoLonger(_) = fit {
            left += 1;
            continue;
        }
        let deciding = grant::<act::DecideSuggestion>(&me.actor(), desk.version.subject_as(suggestion.id), me.now)?;
        let item = take_in(&mut desk.tx, &editing, &content, suggestion, &fit).await?;
        let decision = Decision::Accept { into: desk.version.id, item };
        match desk.tx.decide_suggestion(&deciding, suggestion, &decision).await {
            Ok(()) => makers.push(suggestion.by),
            // Somebody decides at the same time: nothing of this press is kept, and they look again.
            Err(DbError::Stale) => return Ok(not_done(&place, "Somebody decided on one of them just now: look again")),
            Err(error) => return Err(error.into()),
        }
        content = desk.content().await?;
    }
    tell_accepted(&me, &mut desk.tx, &desk.version, &makers).await?;
    desk.tx.commit().await?;
    Ok(done(&place, &said(makers.len(), left, &name)))
}

fn said(accepted: usize, left: usize, name: &str) -> String {
    let accepted = format!("Accepted {} in {name}", count(accepted, "suggestion", "suggestions"));
    match left {
        0 => accepted,
        1 => format!("{accepted}. 1 no longer fits: decide on it by itself."),
        n => format!("{accepted}. {n} no longer fit: decide on them one by one."),
    }
}

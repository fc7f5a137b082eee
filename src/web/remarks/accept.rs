//! Accepting a suggestion: as it stands, woven with what was changed since, or in words of the author's own.

use axum::extract::Path;
use axum::response::Response;

use super::decide;
use super::desk::{AtRemark, Desk, done, not_done};
use super::take_in::{take_in, tell_accepted};
use super::withdraw::DECIDED;
use crate::db::{DbError, Decision, Suggestion};
use crate::domain::content::{Content, Item};
use crate::domain::ids::ItemId;
use crate::domain::suggestion::{Fit, Proposal, Taken, fit};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::author::edit::item_form;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Authors};

pub async fn accept(
    me: As<Authors>,
    Path((_, profile, number, suggestion)): AtRemark,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, false).await?;
    let suggestion = desk.suggestion(&suggestion)?.clone();
    let deciding = grant::<act::DecideSuggestion>(&me.actor(), desk.version.subject_as(suggestion.id), me.now)?;
    let editing = grant::<act::EditContent>(&me.actor(), desk.version.subject(), me.now)?;
    let back = submitted.raw("back");
    let place = desk.back(&me, back, &format!("suggestion-{}", suggestion.id));
    if let Some(why) = decide::too_late(&desk.version, &suggestion) {
        return Ok(not_done(&place, why));
    }
    if changes_order(&suggestion) {
        desk.tx.lock_order(desk.version.id).await?;
    }
    let content = desk.content().await?;
    let fit = match own_words(&suggestion, &content, &submitted)? {
        Own::None => fit(&suggestion.proposal, &content),
        Own::Fine(taken) => Fit::AsItStands(taken),
        Own::Wrong(form) => return decide::show(&me, &desk, &content, &suggestion, form, back),
    };
    if let Fit::NoLonger(obstacle) = &fit {
        return Ok(not_done(&desk.at(&me).suggestion(suggestion.id), obstacle.said()));
    }
    let item = match take_in(&mut desk.tx, &editing, &content, &suggestion, &fit).await {
        Ok(item) => item,
        Err(AppError::Conflict(_)) => return Ok(not_done(&place, "The line was changed a moment ago: look again")),
        Err(error) => return Err(error),
    };
    let decision = Decision::Accept { into: desk.version.id, item };
    match desk.tx.decide_suggestion(&deciding, &suggestion, &decision).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(not_done(&place, DECIDED)),
        Err(error) => return Err(error.into()),
    }
    tell_accepted(&me, &mut desk.tx, &desk.version, &[suggestion.by]).await?;
    desk.tx.commit().await?;
    Ok(done(&place, said(&fit)))
}

/// Lines that come and go take turns; a line in other words is guarded by its revision.
fn changes_order(suggestion: &Suggestion) -> bool {
    match &suggestion.proposal {
        Proposal::Reword { .. } => false,
        Proposal::Add { .. } | Proposal::Remove { .. } => true,
    }
}

fn said(fit: &Fit) -> &'static str {
    match fit {
        Fit::AsItStands(_) => "Accepted",
        Fit::Woven(_) => "Accepted, together with what was changed since",
        Fit::Already => "Accepted: the text says so already",
        Fit::NoLonger(_) => "",
    }
}

/// What the author wrote where the suggestion no longer fits.
enum Own {
    None,
    Fine(Taken),
    Wrong(Form),
}

fn own_words(suggestion: &Suggestion, content: &Content, submitted: &Submitted) -> Result<Own, AppError> {
    if submitted.raw("own") != "yes" {
        return Ok(Own::None);
    }
    let id: ItemId = suggestion.item().ok_or(AppError::NotFound)?;
    let Some((_, now)) = content.item(id) else { return Ok(Own::None) };
    let mut form = Form::again(submitted);
    if submitted.number::<i32>("revision")? != now.revision {
        form.problem("text", "Somebody changed the line meanwhile: what it says now is shown. Look at it, then save");
        return Ok(Own::Wrong(form));
    }
    match &suggestion.proposal {
        Proposal::Reword { .. } => {
            let mut typed = item_form::typed(now.kind(), submitted);
            let mut form = item_form::checked(now.kind(), &typed, submitted);
            item_form::keep_placed(now, &mut typed, &mut form, submitted);
            let after = Item { text: typed.text, number: typed.number, body: typed.body, sure: true, ..now.clone() };
            Ok(if form.has_errors() { Own::Wrong(form) } else { Own::Fine(Taken::Reword(after)) })
        }
        Proposal::Remove { .. } => Ok(Own::Fine(Taken::Remove)),
        Proposal::Add { .. } => Ok(Own::None),
    }
}

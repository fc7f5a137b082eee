//! Rejecting a suggestion, with a reason that reaches whoever made it.

use axum::extract::Path;
use axum::response::Response;

use super::decide;
use super::desk::{AtRemark, Desk, done, not_done};
use super::withdraw::DECIDED;
use crate::db::{DbError, Decision};
use crate::domain::remark::LONGEST_COMMENT;
use crate::error::AppError;
use crate::mail::remarks::{self, About};
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Authors};

pub async fn reject(
    me: As<Authors>,
    Path((_, profile, number, suggestion)): AtRemark,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, false).await?;
    let suggestion = desk.suggestion(&suggestion)?.clone();
    let granted = grant::<act::DecideSuggestion>(&me.actor(), desk.version.subject_as(suggestion.id), me.now)?;
    let back = submitted.raw("back");
    let place = desk.back(&me, back, &format!("suggestion-{}", suggestion.id));
    if let Some(why) = decide::too_late(&desk.version, &suggestion) {
        return Ok(not_done(&place, why));
    }
    let reason = submitted.text("reason");
    let mut form = Form::again(&submitted);
    form.require("reason", &reason, "Say why not: the reason reaches whoever suggested it");
    form.limit("reason", &reason, LONGEST_COMMENT);
    if form.has_errors() {
        let content = desk.content().await?;
        return decide::show(&me, &desk, &content, &suggestion, form, back);
    }
    match desk.tx.decide_suggestion(&granted, &suggestion, &Decision::Reject { reason: reason.clone() }).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(not_done(&place, DECIDED)),
        Err(error) => return Err(error.into()),
    }
    if suggestion.by != me.staff().membership {
        let link = me.app.config.link(&format!("{}#suggestion-{}", desk.at(&me).page(), suggestion.id));
        let about = About { title: desk.version.title(), from: &me.staff().person.name, link: &link };
        desk.tx.queue_to_member(&remarks::rejected(suggestion.by, &reason, about), me.now).await?;
    }
    desk.tx.commit().await?;
    Ok(done(&place, &format!("Rejected. {} gets your reason.", suggestion.maker)))
}

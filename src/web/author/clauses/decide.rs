//! A second person decides on a proposed text, or its proposer takes it back.

use axum::extract::Path;
use axum::response::Response;

use super::{AtClause, find};
use crate::db::{DbError, NOT_ITS_OWN};
use crate::domain::text::{LONGEST_TEXT, long_date};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::Submitted;
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

const DECIDED: &str = "It was decided a moment ago: this is how it stands";
const OWN: &str = "You proposed this text, so somebody else has to approve it";

pub async fn decide(me: As<Keepers>, Path((_, clause)): AtClause, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&mut tx, &me, &clause).await?;
    let granted = grant::<act::ApproveClause>(&me.actor(), head.subject(head.id, me.employer()), me.now)?;
    let number: i32 = submitted.number("edition")?;
    let editions = tx.clause_editions(&me.scope(), head.id).await?;
    let edition = editions.iter().find(|edition| edition.number == number).ok_or(AppError::NotFound)?;
    let back = me.paths().clause(head.id);
    let mine = edition.proposed_by == Some(me.staff().membership);
    let reason: String = submitted.text("reason").chars().take(LONGEST_TEXT).collect();
    let done = match submitted.raw("decision") {
        "approve" if mine => return Ok(see_other_noting(back, OWN)),
        "approve" => tx.approve_edition(&granted, number).await,
        "refuse" if reason.is_empty() && !mine => {
            return Ok(see_other_noting(back, "Say why it is not taken: its proposer reads the reason"));
        }
        "refuse" => {
            tx.refuse_edition(&granted, number, if mine { "Taken back by its proposer" } else { &reason }).await
        }
        _ => return Err(AppError::Bad("The form does not say what was decided.")),
    };
    match done {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(back, DECIDED)),
        Err(DbError::Constraint(broken)) if broken == NOT_ITS_OWN => return Ok(see_other_noting(back, OWN)),
        Err(error) => return Err(error.into()),
    }
    let said = match submitted.raw("decision") {
        "approve" if edition.effective_from > me.today() => {
            format!("Approved. Drafts show it from {}.", long_date(edition.effective_from))
        }
        "approve" => {
            "Approved. Drafts show it from now on; versions in force keep theirs until it is rolled out.".to_owned()
        }
        _ => "It is not taken. The text that held goes on.".to_owned(),
    };
    Ok(see_other_saying(back, &said))
}

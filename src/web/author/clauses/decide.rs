//! A second person decides on a proposed text, or its proposer takes it back.

use axum::extract::Path;
use axum::response::Response;

use super::{AtClause, find};
use crate::db::{ClauseHead, DbError, EditionRow, NOT_ITS_OWN, Tx};
use crate::domain::text::{LONGEST_TEXT, long_date};
use crate::error::AppError;
use crate::mail::clauses;
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
        Ok(()) => {
            let why = (submitted.raw("decision") == "refuse").then_some(reason.as_str());
            tell(&me, &mut tx, &head, edition, why).await?;
            tx.commit().await?;
        }
        Err(DbError::Stale) => return Ok(see_other_noting(back, DECIDED)),
        Err(DbError::Constraint(broken)) if broken == NOT_ITS_OWN => return Ok(see_other_noting(back, OWN)),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(back, &said(submitted.raw("decision"), edition, me.today())))
}

fn said(decision: &str, edition: &EditionRow, today: time::Date) -> String {
    match decision {
        "approve" if edition.effective_from > today => {
            format!("Approved. Drafts show it from {}.", long_date(edition.effective_from))
        }
        "approve" => {
            "Approved. Drafts show it from now on; versions in force keep theirs until it is rolled out.".to_owned()
        }
        _ => "It is not taken. The text that held goes on.".to_owned(),
    }
}

/// Tells whoever proposed it, unless they decided themselves.
async fn tell(
    me: &As<Keepers>,
    tx: &mut Tx,
    head: &ClauseHead,
    edition: &EditionRow,
    why: Option<&str>,
) -> Result<(), AppError> {
    let Some(to) = edition.proposed_by.filter(|to| *to != me.staff().membership) else { return Ok(()) };
    let link = me.app.config.link(&me.paths().clause(head.id));
    let by = (me.staff().person.name.as_str(), why);
    tx.queue_to_member(&clauses::decided(to, &head.entry.name, by, &link), me.now).await?;
    Ok(())
}

//! Undoing one step of a draft's history, whoever's it was, where that still can be done.

use axum::extract::Path;
use axum::response::Response;
use serde_json::Value;

use super::draft::{Begun, Draft};
use crate::db::{DbError, DeletedThing, Step, What};
use crate::domain::details::Details;
use crate::domain::rearrange::{self, Act, CantUndo, Touch};
use crate::error::AppError;
use crate::web::author::version::At;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_undoable};

pub async fn undo(me: As<Authors>, Path((_, profile, number)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let edit: i64 = submitted.number("edit")?;
    let at = me.paths().profile(draft.version.profile.number).version(draft.version.number);
    let step = draft.tx.step(draft.version.employer, draft.version.id, edit).await?.ok_or(AppError::NotFound)?;
    let said = format!("Undone: {}", super::history::told(&step, &draft.content));
    let (place, undone) = match &step.what {
        What::Items(touches) => match undo_items(&mut draft, touches, &step).await? {
            Ok(edit) => (touches.first().map_or(at.edit(), |touch| at.at_item(touch.id)), Some(edit)),
            Err(cant) => return Ok(see_other_noting(at.edit(), &cant.to_string())),
        },
        What::Heading(id, from, to) => match draft.content.section(*id).cloned() {
            Some(section) if section.heading == *to => {
                draft.tx.rename_section(&draft.granted, &section, section.revision, from).await?;
                (at.at_section(*id), None)
            }
            Some(_) => return Ok(see_other_noting(at.edit(), &CantUndo::Changed.to_string())),
            None => return Ok(see_other_noting(at.edit(), &CantUndo::Gone.to_string())),
        },
        What::Deleted(deleted) => {
            let DeletedThing::Section { section, .. } = &deleted.what else { return Err(AppError::NotFound) };
            match draft.tx.put_back(&draft.granted, deleted).await {
                Ok(()) => (at.at_section(section.id), None),
                Err(DbError::Constraint(_)) => {
                    return Ok(see_other_noting(at.edit(), &CantUndo::Stands.to_string()));
                }
                Err(error) => return Err(error.into()),
            }
        }
        What::Details(before, after) => match earlier(&draft.version.details, before, after) {
            Some(details) => {
                let (version, revision) = (draft.version.clone(), draft.version.details_revision);
                draft.tx.save_details(&draft.granted, &version, revision, &details).await?;
                (at.edit(), None)
            }
            None => return Ok(see_other_noting(at.edit(), &CantUndo::Changed.to_string())),
        },
        What::Section(_) | What::Other(_) => return Ok(see_other_noting(at.edit(), NOT_THIS)),
    };
    draft.tx.commit().await?;
    Ok(match undone {
        Some(edit) => see_other_undoable(place, &said, &at.act("undo"), edit),
        None => crate::web::page::see_other_saying(place, &said),
    })
}

const NOT_THIS: &str = "That can't be undone here: change it in the editor";

async fn undo_items(draft: &mut Draft, touches: &[Touch], step: &Step) -> Result<Result<i64, CantUndo>, AppError> {
    let after = match rearrange::undo(&draft.content, touches) {
        Ok(after) => after,
        Err(cant) => return Ok(Err(cant)),
    };
    let undone = draft.tx.rearrange(&draft.granted, &draft.content, &after, Act::Undo, Some(step.edit)).await?;
    Ok(Ok(undone))
}

/// The details with what one save changed set back; none where one of those fields was changed again since.
pub fn earlier(now: &Details, before: &Value, after: &Value) -> Option<Details> {
    let mut now = serde_json::to_value(now).ok()?;
    for (field, then) in before.as_object()? {
        let saved = after.get(field);
        // The revision that a save was made on is kept beside the fields.
        if saved == Some(then) || field == "revision" {
            continue;
        }
        if now.get(field) != saved {
            return None;
        }
        now[field] = then.clone();
    }
    serde_json::from_value(now).ok()
}

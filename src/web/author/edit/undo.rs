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
use crate::web::page::{see_other_noting, see_other_saying, see_other_undoable};
use crate::web::paths;

pub async fn undo(me: As<Authors>, Path((_, profile, number)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let edit: i64 = submitted.number("edit")?;
    let at = draft.at(&me);
    let step = draft.tx.step(draft.version.employer, draft.version.id, edit).await?.ok_or(AppError::NotFound)?;
    let said = format!("Undone: {}", super::history::told(&step, &draft.content));
    let (place, undone) = match take_back(&mut draft, &step, at).await? {
        Ok(done) => done,
        Err(why) => return Ok(see_other_noting(at.edit(), &why)),
    };
    draft.tx.commit().await?;
    Ok(match undone {
        Some(edit) => see_other_undoable(place, &said, &at.act("undo"), edit),
        None => see_other_saying(place, &said),
    })
}

/// Where what was undone stands, and the edit that undid it where that can be undone too; or why it can't be.
type TakenBack = Result<(String, Option<i64>), String>;

async fn take_back(draft: &mut Draft, step: &Step, at: paths::Version<'_>) -> Result<TakenBack, AppError> {
    let cant = |why: CantUndo| Ok(Err(why.to_string()));
    match &step.what {
        What::Items(touches) => {
            let place = touches.first().map_or(at.edit(), |touch| at.at_item(touch.id));
            Ok(undo_items(draft, touches, step).await?.map(|edit| (place, Some(edit))).map_err(|why| why.to_string()))
        }
        What::Heading(id, from, to) => match draft.content.section(*id).cloned() {
            Some(section) if section.heading == *to => {
                draft.tx.rename_section(&draft.granted, &section, section.revision, from).await?;
                Ok(Ok((at.at_section(*id), None)))
            }
            Some(_) => cant(CantUndo::Changed),
            None => cant(CantUndo::Gone),
        },
        What::Deleted(deleted) => {
            let DeletedThing::Section { section, .. } = &deleted.what else { return Err(AppError::NotFound) };
            match draft.tx.put_back(&draft.granted, deleted).await {
                Ok(()) => Ok(Ok((at.at_section(section.id), None))),
                Err(DbError::Constraint(_)) => cant(CantUndo::Stands),
                Err(error) => Err(error.into()),
            }
        }
        What::Details(before, after) => match earlier(&draft.version.details, before, after) {
            Some(details) => {
                let revision = draft.version.details_revision;
                draft.tx.save_details(&draft.granted, &draft.version, revision, &details).await?;
                Ok(Ok((at.edit(), None)))
            }
            None => cant(CantUndo::Changed),
        },
        What::Section(id) => match super::history::unmade(step, draft.content.section(*id)).cloned() {
            Ok(section) => {
                let position = draft.content.sections.iter().position(|one| one.id == *id).unwrap_or_default() + 1;
                draft.tx.delete_section(&draft.granted, &section, position).await?;
                Ok(Ok((at.edit(), None)))
            }
            Err(why) => cant(why),
        },
        What::SectionMoved(id, shift) => match super::history::unmoved(&draft.content, *id, *shift) {
            Ok(back) => {
                draft.tx.shift_section(&draft.granted, *id, back).await?;
                Ok(Ok((at.at_section(*id), None)))
            }
            Err(why) => cant(why),
        },
        What::Other(_) => Ok(Err(NOT_THIS.to_owned())),
    }
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

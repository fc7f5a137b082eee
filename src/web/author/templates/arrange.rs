//! Moving a section of a template up or down, and removing it.

use axum::extract::Path;
use axum::response::Response;

use super::{AtSlot, held};
use crate::db::DbError;
use crate::domain::template::{Layout, Refusal, moved, removed};
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other, see_other_noting, see_other_saying};

pub async fn up(me: As<Keepers>, at: AtSlot, submitted: Submitted) -> Result<Response, AppError> {
    act(me, at, submitted, "moved up", |layout, slot| moved(layout, slot, true)).await
}

pub async fn down(me: As<Keepers>, at: AtSlot, submitted: Submitted) -> Result<Response, AppError> {
    act(me, at, submitted, "moved down", |layout, slot| moved(layout, slot, false)).await
}

pub async fn remove(me: As<Keepers>, at: AtSlot, submitted: Submitted) -> Result<Response, AppError> {
    act(me, at, submitted, "removed", removed).await
}

async fn act(
    me: As<Keepers>,
    Path((_, template, slot)): AtSlot,
    submitted: Submitted,
    what: &'static str,
    act: impl FnOnce(&Layout, &str) -> Result<Layout, Refusal>,
) -> Result<Response, AppError> {
    let (mut tx, found, granted) = held(&me, &template).await?;
    let edition = found.writing()?;
    let change = found.change(edition, &submitted)?;
    let back = me.paths().template_act(found.head.id, "edit");
    let name = edition.layout.section(&slot).map(|section| section.heading.clone()).unwrap_or_default();
    let layout = match act(&edition.layout, &slot) {
        Ok(layout) => layout,
        Err(refusal) => return Ok(see_other_noting(back, &refusal.to_string())),
    };
    match tx.save_layout(&granted, change, &layout, (what, &name)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(match what {
                "removed" => see_other_saying(back, &format!("Removed the section {name}")),
                _ => see_other(format!("{back}#{slot}")),
            })
        }
        Err(DbError::Stale) => {
            Ok(see_other_noting(back, "Somebody else changed the template meanwhile: this is how it is now"))
        }
        Err(error) => Err(error.into()),
    }
}

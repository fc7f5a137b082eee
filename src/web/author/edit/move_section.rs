//! Moving a section up or down.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::db::Shift;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::see_other;

pub async fn up(me: As<Authors>, at: AtItem, submitted: Submitted) -> Result<Response, AppError> {
    shift(me, at, submitted, Shift::Up).await
}

pub async fn down(me: As<Authors>, at: AtItem, submitted: Submitted) -> Result<Response, AppError> {
    shift(me, at, submitted, Shift::Down).await
}

async fn shift(
    me: As<Authors>,
    Path((_, profile, number, section)): AtItem,
    submitted: Submitted,
    shift: Shift,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let section = draft.section(&section)?.id;
    draft.tx.shift_section(&draft.granted, section, shift).await?;
    let at = draft.at(&me);
    draft.tx.commit().await?;
    Ok(see_other(at.at_section(section)))
}

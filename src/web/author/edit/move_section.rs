//! Moving a section up or down.

use axum::extract::Path;
use axum::response::Response;

use super::draft::{AtItem, Begun, Draft};
use crate::db::Shift;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other, see_other_noting};

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
    if draft.version.template.as_ref().is_some_and(|template| template.of(section).is_some()) {
        let said = "The template says where this section stands, so it was not moved";
        return Ok(see_other_noting(draft.at(&me).at_section(section), said));
    }
    draft.tx.shift_section(&draft.granted, section, shift).await?;
    let at = draft.at(&me);
    draft.tx.commit().await?;
    Ok(see_other(at.at_section(section)))
}

//! Applying an award: its figures are written down at once, and the job carries them to drafts and open adverts.

use axum::extract::Path;
use axum::response::Response;

use super::{award, granted, load, of_scheme};
use crate::db::DbError;
use crate::domain::pay::Award;
use crate::error::AppError;
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn apply(me: As<Keepers>, Path((_, award)): Path<(String, String)>) -> Result<Response, AppError> {
    let granted = granted(&me)?;
    let mut tx = me.begin().await?;
    let award = load(&me, &mut tx, &award).await?;
    let here = me.paths().pay_award(award.id);
    if award.applied.is_some() {
        return Ok(see_other_noting(here, "This award is applied already"));
    }
    let grades = of_scheme(tx.grades(award.employer).await?, &award.pay_scheme);
    let Ok(figures) = Award::of(&award.lines, &grades) else {
        return award::show(&me, &mut tx, &award).await;
    };
    match tx.apply_pay_award(&granted, (award.id, &award.pay_scheme), &figures).await {
        Ok(()) => tx.commit().await?,
        // Of two clicks, or two awards for one day, the other was first; its page says which.
        Err(DbError::Stale | DbError::Constraint(_)) => {
            return Ok(see_other_noting(here, "Somebody applied an award a moment ago. Look at this one again"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(here, "The award is applied"))
}

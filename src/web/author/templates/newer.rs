//! A later version of a template that came from another employer: beginning a change with it, or leaving it out.

use axum::extract::Path;
use axum::response::Response;

use super::{AtTemplate, BEGUN, held};
use crate::db::DbError;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn decide(
    me: As<Keepers>,
    Path((_, template)): AtTemplate,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, found, granted) = held(&me, &template).await?;
    let (id, back) = (found.head.id, me.paths().template(found.head.id));
    let (done, to, said) = match submitted.raw("newer") {
        "take" => (
            tx.take_newer_template(&granted, id).await,
            me.paths().template_act(id, "edit"),
            "This is how it is there. Nothing changes for anybody until you bring it into use.",
        ),
        "leave" => {
            let number = submitted.number("number")?;
            let left = tx.leave_newer_template(&granted, id, number).await;
            (left, back.clone(), "Left out. The next version from there is offered again.")
        }
        _ => return Err(AppError::Bad("The form does not say what was decided.")),
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(to, said))
        }
        Err(DbError::Stale) => {
            Ok(see_other_noting(back, "It was decided on or withdrawn a moment ago: this is how it stands"))
        }
        Err(DbError::Constraint(broken)) if BEGUN.contains(&broken.as_str()) => Ok(see_other_noting(
            back,
            "A change is being written: bring it into use or throw it away first, then begin one with the later version",
        )),
        Err(error) => Err(error.into()),
    }
}

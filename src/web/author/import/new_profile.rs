//! Making a new job profile of a document.

use axum::extract::Path;
use axum::response::Response;

use super::{AtDocument, choices, report};
use crate::domain::ids::{TemplateId, UnitId};
use crate::drafting::{self, DraftError};
use crate::error::AppError;
use crate::fitting::{self, Onto};
use crate::policy::Role;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn make(me: As<Authors>, Path((_, number)): AtDocument, submitted: Submitted) -> Result<Response, AppError> {
    // What was chosen on the report and not saved yet counts too.
    let (mut tx, document) = match choices::keep(&me, &number, &submitted).await? {
        Ok(kept) => kept,
        Err(instead) => return Ok(instead),
    };
    let units = tx.units(me.employer()).await?;
    let chosen = submitted.raw("unit").parse().ok().map(UnitId);
    let unit = units.iter().find(|unit| Some(unit.id) == chosen && me.staff().has_for(Role::Author, chosen));
    let Some(unit) = unit else {
        let mut form = Form::again(&submitted);
        form.problem("unit", "Choose the unit that the job belongs to");
        return report::show(&me, &mut tx, &document, Some(form)).await;
    };
    let templates = tx.template_choices(me.employer()).await?;
    let template = submitted.raw("template").parse().ok().map(TemplateId);
    match drafting::new_profile(&mut tx, &me.actor(), me.now, &document, (unit.id, &unit.name)).await {
        Ok(drafted) => {
            if let Some(choice) = templates.iter().find(|choice| Some(choice.id) == template) {
                let here = (drafted.became.profile, drafted.became.version);
                let who = (&me.actor(), &me.scope(), me.now);
                fitting::put_on(&mut tx, who, here, None, Onto::latest(choice)).await?;
            }
            tx.commit().await?;
            let at = me.paths().profile(drafted.became.profile).version(drafted.became.version);
            let said = format!(
                "{} is a draft made of {}. Look through it line by line.{}",
                drafted.became.name(),
                document.file_name,
                drafted.came_along()
            );
            Ok(see_other_saying(at.edit(), &said))
        }
        // The second of two clicks finds what the first one made.
        Err(DraftError::TooLate) => Ok(see_other_noting(
            me.paths().document(document.id),
            "A draft was made of it a moment ago: it is linked here",
        )),
        Err(DraftError::App(error)) => Err(error),
    }
}

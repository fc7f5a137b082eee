//! Adding a unit.

use askama::Template;
use axum::response::Response;

use super::subject;
use super::unit_choices::{choices, chosen};
use crate::db::{DbError, ManagedUnit};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page, page_again, see_other_saying};

#[derive(Template)]
#[template(path = "admin/new_unit.html")]
struct NewUnitPage {
    frame: Frame,
    form: Form,
    parents: Vec<Choice>,
    back: String,
}

pub async fn form(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let units = tx.all_units(&me.scope()).await?;
    page(&view(&me, Form::empty(), &units))
}

pub async fn add(me: As<Admins>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let units = tx.all_units(&me.scope()).await?;
    let mut form = Form::again(&submitted);
    let name = submitted.line("name");
    form.require("name", &name, "Type the unit's name");
    form.limit("name", &name, LONGEST_LINE);
    let parent = match submitted.raw("parent") {
        "" => None,
        value => chosen(&units, value).flatten(),
    };
    if parent.is_none() && !submitted.raw("parent").is_empty() {
        form.problem("parent", "Choose a unit that is there");
    }
    if form.has_errors() {
        return page_again(&view(&me, form, &units));
    }
    let granted = grant::<act::ChangeUnit>(&me.actor(), subject(&me, me.employer(), &name), me.now)?;
    match tx.add_unit(&granted, &name, parent.map(|unit| unit.id)).await {
        Ok(unit) => {
            tx.commit().await?;
            Ok(see_other_saying(me.paths().unit(unit), &format!("{name} is added: now name its manager")))
        }
        Err(DbError::Constraint(broken)) if broken == NAME_TAKEN => {
            form.problem("name", "There is a unit with this name already");
            page_again(&view(&me, form, &units))
        }
        Err(error) => Err(error.into()),
    }
}

/// The constraint that two units with one name break.
pub const NAME_TAKEN: &str = "unit_employer_id_name_key";

fn view(me: &As<Admins>, form: Form, units: &[ManagedUnit]) -> NewUnitPage {
    let mut parents = vec![Choice::new("", "None: it stands at the top")];
    parents.extend(choices(units));
    NewUnitPage {
        frame: me.frame("Add a unit").crumb("Settings", me.paths().settings()).crumb("Units", me.paths().units()),
        form,
        parents,
        back: me.paths().units(),
    }
}

//! One unit: its name and its manager.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::new_unit::NAME_TAKEN;
use super::subject;
use crate::db::{DbError, ManagedUnit, Tx};
use crate::domain::ids::{MembershipId, UnitId};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::seen::{self, SEEN};

#[derive(Template)]
#[template(path = "admin/unit.html")]
struct UnitPage {
    frame: Frame,
    form: Form,
    unit: ManagedUnit,
    below: Option<String>,
    managers: Vec<Choice>,
    back: String,
    invite: String,
}

impl ManagedUnit {
    fn seen(&self) -> String {
        let manager = self.manager.as_ref().map_or_else(String::new, |(member, _)| member.to_string());
        seen::mark(&[&self.name, &manager])
    }
}

/// A unit with what its page needs.
struct Loaded {
    unit: ManagedUnit,
    below: Option<String>,
    managers: Vec<(MembershipId, String)>,
}

pub async fn form(me: As<Admins>, Path((_, unit)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let loaded = load(&me, &mut tx, unit).await?;
    let manager = loaded.unit.manager.as_ref().map_or_else(String::new, |(member, _)| member.to_string());
    let form = Form::filled([("name", loaded.unit.name.clone()), ("manager", manager), (SEEN, loaded.unit.seen())]);
    page(&view(&me, form, loaded))
}

pub async fn change(
    me: As<Admins>,
    Path((_, unit)): Path<(String, i64)>,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let loaded = load(&me, &mut tx, unit).await?;
    let mut form = Form::again(&submitted);
    let managed = loaded.unit.manager.as_ref().map_or("no manager", |(_, name)| name.as_str());
    seen::check(&mut form, &submitted, &loaded.unit.seen(), &format!("{}, {managed}", loaded.unit.name));
    let name = submitted.line("name");
    form.require("name", &name, "Type the unit's name");
    form.limit("name", &name, LONGEST_LINE);
    let wanted = submitted.raw("manager");
    let manager = loaded.managers.iter().find(|(member, _)| member.to_string() == wanted);
    if manager.is_none() && !wanted.is_empty() {
        form.problem("manager", "Choose somebody whose role as hiring manager covers this unit");
    }
    if form.has_errors() {
        return page_again(&view(&me, form, loaded));
    }
    let granted = grant::<act::ChangeUnit>(&me.actor(), subject(&me, me.employer(), &loaded.unit.name), me.now)?;
    match tx.change_unit(&granted, loaded.unit.id, &name, manager).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(me.paths().units(), &format!("{name} is saved")))
        }
        Err(DbError::Constraint(broken)) if broken == NAME_TAKEN => {
            form.problem("name", "There is a unit with this name already");
            page_again(&view(&me, form, loaded))
        }
        Err(error) => Err(error.into()),
    }
}

async fn load(me: &As<Admins>, tx: &mut Tx, unit: i64) -> Result<Loaded, AppError> {
    let units = tx.all_units(&me.scope()).await?;
    let unit = units.iter().find(|one| one.id == UnitId(unit)).cloned().ok_or(AppError::NotFound)?;
    let below = units.iter().find(|one| Some(one.id) == unit.parent).map(|parent| parent.name.clone());
    let managers = tx.managers_for(me.employer(), unit.id).await?;
    let managers = managers.into_iter().map(|manager| (manager.id, manager.name)).collect();
    Ok(Loaded { unit, below, managers })
}

fn view(me: &As<Admins>, form: Form, loaded: Loaded) -> UnitPage {
    let mut managers = vec![Choice::new("", "Nobody: authors choose who approves")];
    managers.extend(loaded.managers.iter().map(|(member, name)| Choice::new(member, name)));
    let name = loaded.unit.name.clone();
    UnitPage {
        frame: me.frame(name).crumb("Settings", me.paths().settings()).crumb("Units", me.paths().units()),
        form,
        unit: loaded.unit,
        below: loaded.below,
        managers,
        back: me.paths().units(),
        invite: me.paths().invite(),
    }
}

//! One unit: its name, its place in the tree and its manager.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::new_unit::NAME_TAKEN;
use super::{subject, unit_choices};
use crate::clock::london_date;
use crate::db::{DbError, ManagedUnit, Tx, UnitPast};
use crate::domain::ids::{MembershipId, UnitId};
use crate::domain::text::{LONGEST_LINE, long_date};
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
    /// What it can be part of.
    parents: Vec<Choice>,
    managers: Vec<Choice>,
    /// What it was called and where it stood, newest first.
    past: Vec<String>,
    back: String,
    invite: String,
}

impl ManagedUnit {
    fn seen(&self) -> String {
        let manager = self.manager.as_ref().map_or_else(String::new, |(member, _)| member.to_string());
        let parent = self.parent.map_or_else(String::new, |parent| parent.to_string());
        seen::mark(&[&self.name, &manager, &parent])
    }
}

/// A unit with what its page needs.
struct Loaded {
    unit: ManagedUnit,
    /// Every unit that is not below it.
    parents: Vec<ManagedUnit>,
    managers: Vec<(MembershipId, String)>,
    past: Vec<UnitPast>,
}

pub async fn form(me: As<Admins>, Path((_, unit)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let loaded = load(&me, &mut tx, unit).await?;
    let manager = loaded.unit.manager.as_ref().map_or_else(String::new, |(member, _)| member.to_string());
    let form = Form::filled([
        ("name", loaded.unit.name.clone()),
        ("manager", manager),
        ("parent", loaded.unit.parent.map_or_else(String::new, |parent| parent.to_string())),
        (SEEN, loaded.unit.seen()),
    ]);
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
    let wanted = submitted.raw("parent");
    let parent = loaded.parents.iter().find(|one| one.id.to_string() == wanted);
    if parent.is_none() && !wanted.is_empty() {
        form.problem("parent", "Choose a unit that is not below this one");
    }
    if form.has_errors() {
        return page_again(&view(&me, form, loaded));
    }
    let granted = grant::<act::ChangeUnit>(&me.actor(), subject(&me, me.employer(), &loaded.unit.name), me.now)?;
    match tx.change_unit(&granted, loaded.unit.id, &name, manager, parent).await {
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
    let parents = not_below(&units, unit.id);
    let managers = tx.managers_for(me.employer(), unit.id).await?;
    let managers = managers.into_iter().map(|manager| (manager.id, manager.name)).collect();
    let past = tx.unit_past(&me.scope(), unit.id).await?;
    Ok(Loaded { unit, parents, managers, past })
}

/// Every unit that may stand above that one: neither itself nor one below it.
fn not_below(units: &[ManagedUnit], unit: UnitId) -> Vec<ManagedUnit> {
    let mut below = vec![unit];
    let mut at = 0;
    while let Some(one) = below.get(at).copied() {
        below.extend(units.iter().filter(|unit| unit.parent == Some(one)).map(|unit| unit.id));
        at += 1;
    }
    units.iter().filter(|one| !below.contains(&one.id)).cloned().collect()
}

/// `Night Nursing, part of Community: until 28 January 2026, changed by Joanne Blackwood`
fn said(past: &UnitPast) -> String {
    let place = past.parent.as_ref().map_or_else(|| "at the top".to_owned(), |parent| format!("part of {parent}"));
    format!("{}, {place}: until {}, changed by {}", past.name, long_date(london_date(past.until)), past.by)
}

fn view(me: &As<Admins>, form: Form, loaded: Loaded) -> UnitPage {
    let mut managers = vec![Choice::new("", "Nobody: authors choose who approves")];
    managers.extend(loaded.managers.iter().map(|(member, name)| Choice::new(member, name)));
    let name = loaded.unit.name.clone();
    UnitPage {
        frame: me.frame(name).crumb("Settings", me.paths().settings()).crumb("Units", me.paths().units()),
        form,
        unit: loaded.unit,
        parents: std::iter::once(Choice::new("", "Nothing: it stands at the top"))
            .chain(unit_choices::choices(&loaded.parents))
            .collect(),
        managers,
        past: loaded.past.iter().map(said).collect(),
        back: me.paths().units(),
        invite: me.paths().invite(),
    }
}

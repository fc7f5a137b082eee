//! The form of a route. Every button sends it whole, so that steps are added, moved and removed without script.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::super::subject;
use super::super::unit_choices::{WHOLE, choices_and_whole, chosen};
use super::fields::{self, Typed, field};
use super::people;
use crate::clock::london_date;
use crate::db::{DbError, ManagedUnit, ONE_A_UNIT, Route};
use crate::domain::details::ChangeKind;
use crate::domain::route::StepKind;
use crate::domain::text::{count, long_date};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};

#[derive(Template)]
#[template(path = "admin/approval/form.html")]
struct RoutePage {
    frame: Frame,
    form: Form,
    /// Names of the fields of each step, by what they hold.
    steps: Vec<StepFields>,
    units: Vec<Choice>,
    people: Vec<Choice>,
    asked: Vec<Choice>,
    kinds: Vec<Choice>,
    again: Vec<Choice>,
    new: Vec<Choice>,
    sizes: Vec<Choice>,
    grades: Vec<Choice>,
    /// Earlier saves, a line each.
    versions: Vec<String>,
    seen: i32,
    retire: Option<String>,
    back: String,
}

struct StepFields {
    /// `step 2`
    about: String,
    /// What the buttons that move and remove it send.
    up: String,
    down: String,
    remove: String,
    is_first: bool,
    is_last: bool,
    place: String,
    kind: String,
    name: String,
    asked: String,
    person: String,
    guest_name: String,
    guest_email: String,
    days: String,
    new: String,
    size: String,
    grade: String,
    section: String,
    bands: String,
    questions: String,
    /// Something is said in the folded part.
    is_open: bool,
}

fn step_fields(number: usize, all: &[Typed]) -> StepFields {
    let at = |name| field(number, name);
    // All but the days, which stand above it.
    let folded =
        |step: &Typed| step.iter().enumerate().any(|(at, value)| at > 4 && at != 7 && !value.trim().is_empty());
    let is_open = all.get(number).is_some_and(|step| folded(step) || !step[2].is_empty());
    StepFields {
        about: format!("step {}", number + 1),
        up: format!("up_{number}"),
        down: format!("down_{number}"),
        remove: format!("remove_{number}"),
        is_first: number == 0,
        is_last: number + 1 == all.len(),
        place: at("place"),
        kind: at("kind"),
        name: at("name"),
        asked: at("asked"),
        person: at("person"),
        guest_name: at("guest_name"),
        guest_email: at("guest_email"),
        days: at("days"),
        new: at("new"),
        size: at("size"),
        grade: at("grade"),
        section: at("section"),
        bands: at("bands"),
        questions: at("questions"),
        is_open,
    }
}

/// What the page offers to choose from.
struct Offered {
    units: Vec<ManagedUnit>,
    people: Vec<Choice>,
}

fn shown(
    me: &As<Admins>,
    offered: &Offered,
    route: Option<&Route>,
    steps: &[Typed],
    mut form: Form,
) -> Result<Response, AppError> {
    fields::fill(&mut form, steps);
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = route.map_or_else(|| "A new route to approval".to_owned(), |route| route.version.name.clone());
    let any = |text| Choice::new("", text);
    let page = RoutePage {
        frame: me.frame(title).crumb("Routes to approval", me.paths().routes()),
        steps: (0..steps.len()).map(|number| step_fields(number, steps)).collect(),
        units: choices_and_whole(&offered.units),
        people: std::iter::once(any("Nobody in particular")).chain(offered.people.iter().cloned()).collect(),
        asked: fields::asked_choices(),
        kinds: StepKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())).collect(),
        again: vec![Choice::new("no", "Everybody"), Choice::new("yes", "Only those whose part changed")],
        new: vec![any("On every version"), Choice::new("yes", "First versions"), Choice::new("no", "Later versions")],
        sizes: std::iter::once(any("On minor and major changes"))
            .chain(ChangeKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())))
            .collect(),
        grades: vec![
            any("Whether or not it affects the grade"),
            Choice::new("yes", "Where it might affect the grade"),
            Choice::new("no", "Where it does not affect the grade"),
        ],
        versions: route.map(saved).unwrap_or_default(),
        seen: route.map_or(0, |route| route.version.number),
        retire: route.map(|route| me.paths().route_act(route.id, "retire")),
        back: me.paths().routes(),
        form,
    };
    page_with(status, &page)
}

fn saved(route: &Route) -> Vec<String> {
    let line = |one: &crate::db::RouteSaved| {
        let steps = count(usize::try_from(one.steps).unwrap_or_default(), "step", "steps");
        format!(
            "Version {}, “{}”, {steps}: saved by {} on {}",
            one.number,
            one.name,
            one.by,
            long_date(london_date(one.at))
        )
    };
    route.versions.iter().map(line).collect()
}

pub async fn new(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let offered = Offered { units: tx.all_units(&me.scope()).await?, people: people(&me, &mut tx).await? };
    let form = Form::filled([("unit", WHOLE.to_owned()), ("keeps", "no".to_owned())]);
    shown(&me, &offered, None, &[fields::empty(&[])], form)
}

pub async fn open(me: As<Admins>, Path((_, route)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let route = tx.routes(&me.scope(), Some(route)).await?.pop().ok_or(AppError::NotFound)?;
    let offered = Offered { units: tx.all_units(&me.scope()).await?, people: people(&me, &mut tx).await? };
    let unit = route.unit.as_ref().map_or_else(|| WHOLE.to_owned(), |(unit, _)| unit.to_string());
    let keeps = if route.version.keeps { "yes" } else { "no" };
    let form = Form::filled([("name", route.version.name.clone()), ("unit", unit), ("keeps", keeps.to_owned())]);
    let steps: Vec<Typed> = route.version.steps.iter().map(|one| fields::of_step(&one.step)).collect();
    shown(&me, &offered, Some(&route), &steps, form)
}

pub async fn add(me: As<Admins>, submitted: Submitted) -> Result<Response, AppError> {
    sent(me, None, submitted).await
}

pub async fn change(
    me: As<Admins>,
    Path((_, route)): Path<(String, i64)>,
    submitted: Submitted,
) -> Result<Response, AppError> {
    sent(me, Some(route), submitted).await
}

async fn sent(me: As<Admins>, id: Option<i64>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let route = match id {
        Some(id) => Some(tx.routes(&me.scope(), Some(id)).await?.pop().ok_or(AppError::NotFound)?),
        None => None,
    };
    let offered = Offered { units: tx.all_units(&me.scope()).await?, people: people(&me, &mut tx).await? };
    let mut steps = fields::typed(&submitted);
    let mut form = Form::again(&submitted);
    if fields::rearrange(&mut steps, submitted.raw("do")) {
        return shown(&me, &offered, route.as_ref(), &steps, form);
    }
    let unit = chosen(&offered.units, submitted.raw("unit"));
    if unit.is_none() {
        form.problem("unit", "Choose whose profiles take it");
    }
    let place = unit.flatten().map(|unit| unit.id);
    let grades = tx.grades(me.employer()).await?;
    let Some(new) = fields::read(&submitted, &steps, (&offered.people, &grades, place), &mut form) else {
        return shown(&me, &offered, route.as_ref(), &steps, form);
    };
    let granted = grant::<act::ChangeRoutes>(&me.actor(), subject(&me, me.employer(), "Routes to approval"), me.now)?;
    let seen = submitted.number("seen")?;
    match tx.save_route(&granted, (id, seen), &new).await {
        Ok(_) => tx.commit().await?,
        Err(DbError::Constraint(broken)) if broken == ONE_A_UNIT => {
            form.problem("unit", "There is a route for this unit already: change that one, or choose another unit");
            return shown(&me, &offered, route.as_ref(), &steps, form);
        }
        Err(DbError::Stale | DbError::Constraint(_)) => {
            let sentence = "Somebody else saved this route meanwhile. What you typed is still here: look at theirs in \
                            another window, then save yours over it";
            form.problem_at("", sentence);
            return shown(&me, &offered, route.as_ref(), &steps, form);
        }
        Err(error) => return Err(error.into()),
    }
    let sentence = format!(
        "Saved “{}”: what is sent for review from now on takes it. What is under way goes on as it began",
        new.name
    );
    Ok(see_other_saying(me.paths().routes(), &sentence))
}

pub async fn retire(me: As<Admins>, Path((_, route)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let granted = grant::<act::ChangeRoutes>(&me.actor(), subject(&me, me.employer(), "Routes to approval"), me.now)?;
    // Another employer's is not there; one that is out of use is not either.
    tx.routes(&me.scope(), Some(route)).await?.pop().ok_or(AppError::NotFound)?;
    match tx.retire_route(&granted, route).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(me.paths().routes(), "That route is not in use")),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(me.paths().routes(), "The route is no longer used. What is under way on it goes on"))
}

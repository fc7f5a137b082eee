//! Issuing an approved version: now, or by itself on a later day.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::submit::next_look;
use super::version::{At, at, frame, open, show_refusals};
use crate::clock::london_date;
use crate::db::{DbError, Tx, Version};
use crate::domain::checks;
use crate::domain::details::Details;
use crate::domain::template;
use crate::domain::text::{iso_date, long_date, parse_date};
use crate::domain::version::{Act, Event, State, StateName};
use crate::error::AppError;
use crate::policy::{Scope, act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/issue.html")]
struct IssuePage<'a> {
    frame: Frame,
    form: Form,
    version: &'a Version,
    at: paths::Version<'a>,
    /// What has to be said about the grade first.
    first: Option<String>,
    /// The day that is set already.
    set: Option<String>,
    /// When it will be looked at again.
    review: String,
}

fn shown(me: &As<Keepers>, version: &Version, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(
        status,
        &IssuePage {
            review: next_look(version, me.today()),
            frame: frame(me, version, "Issue"),
            form,
            at: at(me, version),
            version,
            first: None,
            set: None,
        },
    )
}

pub async fn form(me: As<Keepers>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    grant::<act::Issue>(&me.actor(), version.subject(), me.now)?;
    if version.state.name() != StateName::Approved {
        return Ok(see_other_noting(at(&me, &version).page(), &already(&version)));
    }
    let in_force = in_force(&mut tx, &me.scope(), &version).await?;
    let set = scheduled(&version);
    let day = set.unwrap_or_else(|| me.today());
    let form = Form::filled([("effective_from", iso_date(day))]);
    let first = grade_problem(&version.details, in_force.as_ref());
    let (frame, at) = (frame(&me, &version, "Issue"), at(&me, &version));
    let (review, set) = (next_look(&version, day), set.map(long_date));
    page_with(StatusCode::OK, &IssuePage { frame, form, at, version: &version, first, set, review })
}

/// The day that was set before, on which it would issue itself.
fn scheduled(version: &Version) -> Option<time::Date> {
    match &version.state {
        State::Approved { scheduled: Some(scheduled), .. } => Some(scheduled.on),
        State::Approved { scheduled: None, .. }
        | State::Draft
        | State::InReview { .. }
        | State::ChangesRequested { .. }
        | State::Issued(_)
        | State::Superseded { .. }
        | State::Withdrawn { .. }
        | State::Discarded { .. } => None,
    }
}

/// What has to be said about the grade before the version can be in force.
pub fn grade_problem(details: &Details, in_force: Option<&Version>) -> Option<String> {
    let content = crate::domain::content::Content::default();
    checks::before_issuing(details, &content, in_force.map(|issued| &issued.details))
        .into_iter()
        .find(|problem| problem.place == checks::Place::GradeBasis)
        .map(|problem| problem.text)
}

fn already(version: &Version) -> String {
    format!("This version is {} now", version.state.name().said())
}

/// What the version takes the place of.
pub async fn in_force(tx: &mut Tx, scope: &Scope, version: &Version) -> Result<Option<Version>, AppError> {
    match version.issued {
        Some((id, _)) if id != version.id => Ok(tx.version_by_id(scope, id).await?),
        Some(_) | None => Ok(None),
    }
}

pub async fn issue(
    me: As<Keepers>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let granted = grant::<act::Issue>(&me.actor(), version.subject(), me.now)?;
    let at = at(&me, &version);
    if version.state.name() != StateName::Approved {
        return Ok(see_other_noting(at.page(), &already(&version)));
    }
    let mut form = Form::again(&submitted);
    let Some(effective_from) = parse_date(submitted.raw("effective_from")) else {
        form.problem("effective_from", "Write the date like 28 January 2026");
        return shown(&me, &version, form);
    };
    if let State::Approved { approval, .. } = &version.state
        && effective_from < london_date(approval.approved.at)
    {
        form.problem("effective_from", "It can't be in force before it was approved");
        return shown(&me, &version, form);
    }
    let in_force = in_force(&mut tx, &me.scope(), &version).await?;
    let content = tx.content(version.employer, version.id).await?;
    let mut problems =
        checks::before_issuing(&version.details, &content, in_force.as_ref().map(|issued| &issued.details));
    problems = template::problems(problems, &content, version.template.as_ref());
    // What an approver let stand does not stand in the way now.
    problems.retain(|problem| !version.waived.contains(&problem.text));
    let act = Act { by: me.staff().membership, at: me.now };
    let event = Event::Issue { problems, effective_from, today: me.today() };
    let next = match version.state.clone().after(event, act) {
        Ok(next) => next,
        Err(refusals) => {
            show_refusals(&mut form, &refusals, at);
            return shown(&me, &version, form);
        }
    };
    let superseded = superseded(in_force.as_ref(), act)?;
    match tx.issue(&granted, &version, &next, superseded.as_ref().map(|(old, state)| (*old, state))).await {
        Ok(()) => tx.commit().await?,
        Err(error) if was_quicker(&error) => {
            return Ok(see_other_noting(at.page(), "It was issued or changed a moment ago: this is how it stands"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(at.page(), &said(&next, in_force.as_ref())))
}

/// The predecessor with its next state.
pub fn superseded(in_force: Option<&Version>, act: Act) -> Result<Option<(&Version, State)>, AppError> {
    in_force
        .map(|old| {
            let state = old.state.clone().after(Event::Supersede, act);
            state.map(|state| (old, state)).map_err(|_| AppError::from(DbError::Stale))
        })
        .transpose()
}

/// Somebody else issued or changed it between the look and the write.
pub fn was_quicker(error: &DbError) -> bool {
    match error {
        DbError::Stale => true,
        // The index that keeps a profile to one version in force.
        DbError::Constraint(name) => name == "version_one_issued",
        DbError::Sqlx(_) | DbError::Unknown(_) | DbError::Frozen | DbError::Inconsistent { .. } => false,
    }
}

fn said(next: &State, in_force: Option<&Version>) -> String {
    match next {
        State::Approved { scheduled: Some(scheduled), .. } => {
            format!("It will issue itself on {}", long_date(scheduled.on))
        }
        State::Approved { scheduled: None, .. }
        | State::Draft
        | State::InReview { .. }
        | State::ChangesRequested { .. }
        | State::Issued(_)
        | State::Superseded { .. }
        | State::Withdrawn { .. }
        | State::Discarded { .. } => match in_force {
            Some(old) => format!("Issued. Version {} is superseded.", old.number),
            None => "Issued. You can make an advert from it.".to_owned(),
        },
    }
}

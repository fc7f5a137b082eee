//! Saying how the grade was decided: possible until a version is issued, since evaluation may come after approval.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::issue;
use super::version::{At, at, frame, open};
use crate::db::{DbError, Tx, Version};
use crate::domain::details::{Details, GradeBasis};
use crate::domain::text::{LONGEST_LINE, LONGEST_TEXT, iso_date, parse_date};
use crate::domain::version::State;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};
use crate::web::paths;
use crate::web::seen::{self, SEEN};

#[derive(Template)]
#[template(path = "author/grade_basis.html")]
struct GradeBasisPage<'a> {
    frame: Frame,
    form: Form,
    version: &'a Version,
    at: paths::Version<'a>,
    bases: Vec<Choice>,
}

fn shown(me: &As<Keepers>, version: &Version, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = GradeBasisPage {
        frame: frame(me, version, "How the grade was decided"),
        form,
        at: at(me, version),
        bases: GradeBasis::ALL.iter().map(|basis| Choice::new(basis.word(), basis.label())).collect(),
        version,
    };
    page_with(status, &page)
}

fn mark(details: &Details) -> String {
    let basis = details.grade_basis.map_or("", |basis| basis.word());
    let day = details.grade_basis_date.map(iso_date).unwrap_or_default();
    seen::mark(&[basis, &details.grade_basis_reference, &day, &details.grade_change_reason])
}

pub async fn form(me: As<Keepers>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (_tx, version) = open(&me, &profile, &number).await?;
    grant::<act::RecordGradeBasis>(&me.actor(), version.subject(), me.now)?;
    let details = &version.details;
    let form = Form::filled([
        ("basis", details.grade_basis.map(|basis| basis.word().to_owned()).unwrap_or_default()),
        ("reference", details.grade_basis_reference.clone()),
        ("date", details.grade_basis_date.map(iso_date).unwrap_or_default()),
        ("reason", details.grade_change_reason.clone()),
        (SEEN, mark(details)),
    ]);
    shown(&me, &version, form)
}

pub async fn record(
    me: As<Keepers>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, version) = open(&me, &profile, &number).await?;
    let granted = grant::<act::RecordGradeBasis>(&me.actor(), version.subject(), me.now)?;
    let at = at(&me, &version);
    if !version.state.name().is_open() {
        return Ok(see_other_noting(at.page(), "The version is no longer open, so its grade stays as it was recorded"));
    }
    let mut form = Form::again(&submitted);
    let now = version.details.grade_basis.map_or("not decided", |basis| basis.label());
    seen::check(&mut form, &submitted, &mark(&version.details), now);
    let basis = GradeBasis::parse(submitted.raw("basis"));
    let typed = submitted.raw("date");
    let date = parse_date(typed);
    if basis.is_none() {
        form.problem("basis", "Say how the grade was decided");
    }
    if date.is_none() && !typed.trim().is_empty() {
        form.problem("date", "Write the date like 28 January 2026");
    }
    let reference = submitted.line("reference");
    if date.is_some_and(|date| date > me.today()) {
        form.problem("date", "The decision can't be in the future");
    }
    match basis {
        Some(GradeBasis::Matched | GradeBasis::Evaluated) => {
            form.require("reference", &reference, "Give the reference of the match or the evaluation");
            if typed.trim().is_empty() {
                form.problem("date", "Give the date of the decision");
            }
        }
        Some(GradeBasis::Indicative) | None => {}
    }
    let reason = submitted.text("reason");
    form.limit("reference", &reference, LONGEST_LINE);
    form.limit("reason", &reason, LONGEST_TEXT);
    if form.has_errors() {
        return shown(&me, &version, form);
    }
    let details = Details {
        grade_basis: basis,
        grade_basis_reference: reference,
        grade_basis_date: date,
        grade_change_reason: reason,
        ..version.details.clone()
    };
    if let Some(problem) = stops_the_issue(&mut tx, &me, &version, &details).await? {
        form.problem("basis", format!("{problem}. The version issues itself on its date, so this can't be left open"));
        return shown(&me, &version, form);
    }
    match tx.record_grade_basis(&granted, &version, &details).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => {
            return Ok(see_other_noting(at.act("grade-basis"), "Somebody else saved it: look again"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(at.page(), "Saved how the grade was decided"))
}

/// What would be missing on the day on which the version issues itself, where that day is set.
async fn stops_the_issue(
    tx: &mut Tx,
    me: &As<Keepers>,
    version: &Version,
    details: &Details,
) -> Result<Option<String>, AppError> {
    let State::Approved { scheduled: Some(_), .. } = version.state else { return Ok(None) };
    let in_force = issue::in_force(tx, &me.scope(), version).await?;
    Ok(issue::grade_problem(details, in_force.as_ref()))
}

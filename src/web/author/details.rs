//! The details of a draft: title, grade, hours, place and lines of reporting.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::profiles::grade_choices;
use super::version::{At, at, frame};
use crate::db::{DbError, Version};
use crate::domain::details::Details;
use crate::domain::ids::GradeId;
use crate::domain::pay::Grade;
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/details.html")]
struct DetailsPage<'a> {
    frame: Frame,
    form: Form,
    version: &'a Version,
    at: paths::Version<'a>,
    grades: Vec<Choice>,
    upper_grades: Vec<Choice>,
    revision: i32,
    /// What the form is filled with, for a save that comes after somebody else's.
    base: String,
}

fn shown<'a>(
    me: &'a As<Authors>,
    version: &'a Version,
    grades: &[Grade],
    form: Form,
    revision: i32,
) -> DetailsPage<'a> {
    DetailsPage {
        frame: frame(me, version, "Details"),
        form,
        at: at(me, version),
        grades: grade_choices(grades, "Choose a grade"),
        upper_grades: grade_choices(grades, "Not a career grade"),
        revision,
        base: serde_json::to_string(&version.details).unwrap_or_default(),
        version,
    }
}

fn filled(details: &Details) -> Form {
    let grade = |grade: Option<GradeId>| grade.map(|grade| grade.to_string()).unwrap_or_default();
    Form::filled([
        ("title", details.title.clone()),
        ("grade_from", grade(details.grade_from)),
        ("grade_to", grade(details.grade_to)),
        ("salary_text", details.salary_text.clone()),
        ("hours", details.hours.clone()),
        ("contract", details.contract.clone()),
        ("working_pattern", details.working_pattern.clone()),
        ("location", details.location.clone()),
        ("directorate", details.directorate.clone()),
        ("service", details.service.clone()),
        ("reports_to", details.reports_to.clone()),
        ("responsible_for", details.responsible_for.clone()),
    ])
}

pub async fn form(me: As<Authors>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let (mut tx, version) = super::version::open(&me, &profile, &number).await?;
    grant::<act::EditContent>(&me.actor(), version.subject(), me.now)?;
    frozen(&version)?;
    let grades = tx.grades(version.employer).await?;
    page(&shown(&me, &version, &grades, filled(&version.details), version.details_revision))
}

fn frozen(version: &Version) -> Result<(), AppError> {
    match version.state.name().is_editable() {
        true => Ok(()),
        false => Err(DbError::Frozen.into()),
    }
}

pub async fn save(me: As<Authors>, Path((_, profile, number)): At, submitted: Submitted) -> Result<Response, AppError> {
    let (mut tx, version) = super::version::open(&me, &profile, &number).await?;
    let granted = grant::<act::EditContent>(&me.actor(), version.subject(), me.now)?;
    frozen(&version)?;
    let grades = tx.grades(version.employer).await?;
    let revision: i32 = submitted.number("revision")?;
    let typed = typed(&submitted, &version.details, &grades);
    // What the form was filled with: so that a save on an older revision takes nothing of anybody's back.
    let (details, clashes) = match revision == version.details_revision {
        true => (typed, Vec::new()),
        false => Details::merged(&base(&submitted)?, typed, &version.details),
    };
    let mut form = checked(&details, &grades);
    for field in clashes {
        let theirs = theirs(field, &version);
        form.problem(field, format!("Somebody else changed this to “{theirs}” meanwhile: save again to use yours"));
    }
    if form.has_errors() {
        return page_again(&shown(&me, &version, &grades, form, version.details_revision));
    }
    if details != version.details {
        tx.save_details(&granted, &version, version.details_revision, &details).await?;
        tx.commit().await?;
    }
    Ok(see_other_saying(at(&me, &version).edit(), &format!("Saved {}: details", crate::clock::london_time(me.now))))
}

fn base(submitted: &Submitted) -> Result<Details, AppError> {
    serde_json::from_str(submitted.raw("base"))
        .map_err(|_| AppError::Bad("A hidden part of the form is missing or damaged."))
}

/// What somebody else saved in that field, in words.
fn theirs(field: &str, version: &Version) -> String {
    match field {
        "grade_from" => version.grade.clone(),
        field => filled(&version.details).value(field).to_owned(),
    }
}

/// The details with what was typed; the basis of the grade has a page of its own.
fn typed(submitted: &Submitted, before: &Details, grades: &[Grade]) -> Details {
    let grade = |name: &str| {
        let id = submitted.raw(name).parse().ok().map(GradeId);
        id.filter(|id| grades.iter().any(|grade| grade.id == *id))
    };
    let typed = Details {
        title: submitted.line("title"),
        grade_from: grade("grade_from"),
        grade_to: grade("grade_to"),
        salary_text: submitted.line("salary_text"),
        hours: submitted.line("hours"),
        contract: submitted.line("contract"),
        working_pattern: submitted.line("working_pattern"),
        location: submitted.text("location"),
        directorate: submitted.line("directorate"),
        service: submitted.line("service"),
        reports_to: submitted.text("reports_to"),
        responsible_for: submitted.text("responsible_for"),
        ..before.clone()
    };
    typed.with_basis_of(before)
}

/// A draft may be incomplete; what is given has to make sense.
fn checked(details: &Details, grades: &[Grade]) -> Form {
    let mut form = filled(details);
    form.limit("title", &details.title, LONGEST_LINE);
    for (field, value) in [
        ("salary_text", &details.salary_text),
        ("hours", &details.hours),
        ("contract", &details.contract),
        ("working_pattern", &details.working_pattern),
        ("directorate", &details.directorate),
        ("service", &details.service),
    ] {
        form.limit(field, value, LONGEST_LINE);
    }
    for (field, value) in [
        ("location", &details.location),
        ("reports_to", &details.reports_to),
        ("responsible_for", &details.responsible_for),
    ] {
        form.limit(field, value, 5 * LONGEST_LINE);
    }
    let rank = |grade: Option<GradeId>| grades.iter().position(|one| Some(one.id) == grade);
    match (rank(details.grade_from), rank(details.grade_to)) {
        (None, Some(_)) => form.problem("grade_from", "Choose the lower grade too"),
        (Some(from), Some(to)) if to < from => {
            form.problem("grade_to", "The upper grade is below the lower one");
        }
        (None, None) | (Some(_), _) => {}
    }
    form
}

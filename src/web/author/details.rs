//! The details of a draft: title, grade, hours, place and lines of reporting.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use time::{Date, OffsetDateTime};

use super::details_clash::{self, Clash};
use super::edit::key;
use super::pay_line::PayLine;
use super::profiles::grade_choices;
use super::version::{At, at, frame, not_editable};
use crate::db::{DbError, Tx, Version};
use crate::domain::details::Details;
use crate::domain::form_key::{FormKey, Past, Standing, standing};
use crate::domain::ids::GradeId;
use crate::domain::pay::{Area, Grade};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::{json, paths};

#[derive(Template)]
#[template(path = "author/details.html")]
struct DetailsPage<'a> {
    frame: Frame,
    key: String,
    form: Form,
    version: &'a Version,
    at: paths::Version<'a>,
    grades: Vec<Choice>,
    upper_grades: Vec<Choice>,
    /// Places that add to pay, where the employer's scheme knows any.
    areas: Vec<Choice>,
    pay: PayLine,
    revision: i32,
    /// What the form is filled with, for a save that comes after somebody else's.
    base: String,
    /// What somebody else changed too.
    clashes: Vec<Clash>,
}

fn shown<'a>(
    me: &'a As<Authors>,
    version: &'a Version,
    grades: &[Grade],
    form: Form,
    revision: i32,
) -> Result<DetailsPage<'a>, AppError> {
    Ok(DetailsPage {
        key: key::fresh()?,
        frame: frame(me, version, "Details"),
        form,
        at: at(me, version),
        grades: grade_choices(grades, "Choose a grade"),
        upper_grades: grade_choices(grades, "Not a career grade"),
        areas: areas(grades),
        pay: PayLine::of(version, me.today()),
        revision,
        base: serde_json::to_string(&version.details).unwrap_or_default(),
        clashes: Vec::new(),
        version,
    })
}

/// The places that a scheme of the employer adds to pay for.
fn areas(grades: &[Grade]) -> Vec<Choice> {
    let known = |area: &&Area| grades.iter().flat_map(|grade| &grade.supplements).any(|one| one.area == **area);
    let areas: Vec<Choice> =
        Area::ALL.iter().filter(known).map(|area| Choice::new(area.word(), area.label())).collect();
    if areas.is_empty() {
        return areas;
    }
    std::iter::once(Choice::new("", "Not in a high cost area")).chain(areas).collect()
}

fn filled(details: &Details) -> Form {
    let grade = |grade: Option<GradeId>| grade.map(|grade| grade.to_string()).unwrap_or_default();
    Form::filled([
        ("title", details.title.clone()),
        ("grade_from", grade(details.grade_from)),
        ("grade_to", grade(details.grade_to)),
        ("salary_text", details.salary_text.clone()),
        ("salary_reason", details.salary_reason.clone()),
        ("pay_area", details.pay_area.map_or("", Area::word).to_owned()),
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
    frozen(&me, &version)?;
    let grades = offered(tx.grades(version.employer).await?, &version.details, me.today());
    page(&shown(&me, &version, &grades, filled(&version.details), version.details_revision)?)
}

/// The grades that can be chosen: those that have not ended, and those that it stands on.
fn offered(mut grades: Vec<Grade>, details: &Details, today: Date) -> Vec<Grade> {
    grades.retain(|grade| !grade.has_ended(today) || [details.grade_from, details.grade_to].contains(&Some(grade.id)));
    grades
}

fn frozen(me: &As<Authors>, version: &Version) -> Result<(), AppError> {
    match version.state.name().is_editable() {
        true => Ok(()),
        false => Err(not_editable(me, version)),
    }
}

/// How often a save is tried that others outrun between its look and its write.
const TRIES: usize = 3;

pub async fn save(me: As<Authors>, Path((_, profile, number)): At, submitted: Submitted) -> Result<Response, AppError> {
    for _ in 0..TRIES {
        if let Some(answer) = try_to_save(&me, &profile, &number, &submitted).await? {
            return Ok(answer);
        }
    }
    Err(DbError::Stale.into())
}

/// None where somebody else saved between our look and our write.
async fn try_to_save(
    me: &As<Authors>,
    profile: &str,
    number: &str,
    submitted: &Submitted,
) -> Result<Option<Response>, AppError> {
    let (mut tx, version) = super::version::open(me, profile, number).await?;
    let granted = grant::<act::EditContent>(&me.actor(), version.subject(), me.now)?;
    frozen(me, &version)?;
    let grades = offered(tx.grades(version.employer).await?, &version.details, me.today());
    let revision: i32 = submitted.number("revision")?;
    let sent = details_clash::chosen(submitted);
    let typed = typed(&sent, &version.details, &grades);
    let key = key::of(me.path(), submitted);
    if let Some(key) = &key {
        tx.carry(key);
    }
    let base = match before(me, &mut tx, &version, revision, key.as_ref(), submitted).await? {
        Before::Base(base) => base,
        Before::Done(at, revision) => return Ok(Some(saved(me, &version, at, revision, &typed))),
    };
    let (details, clashes) = Details::merged(&base, typed.clone(), &version.details);
    let mut form = checked(&details, &grades);
    if !clashes.is_empty() && !form.has_errors() && me.wants_json() {
        return Ok(Some(json::answer(StatusCode::CONFLICT, &json!({"conflict": "changed"}))));
    }
    let both: Vec<Clash> =
        clashes.iter().map(|field| details_clash::clash(field, &details, &version, filled)).collect();
    for field in clashes {
        let theirs = theirs(field, &version);
        form.problem(field, format!("Somebody else changed this to “{theirs}” meanwhile: save again to use yours"));
    }
    if form.has_errors() && me.wants_json() {
        return Ok(Some(json::problems(&form)));
    }
    if form.has_errors() {
        let page = shown(me, &version, &grades, form, version.details_revision)?;
        return page_again(&DetailsPage { clashes: both, ..page }).map(Some);
    }
    let mut revision = version.details_revision;
    if details != version.details {
        match tx.save_details(&granted, &version, revision, &details).await {
            Ok(()) => tx.commit().await?,
            Err(DbError::Stale) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        revision += 1;
    }
    Ok(Some(saved(me, &version, me.now, revision, &typed)))
}

/// What a save starts from.
enum Before {
    /// The details as the sender last knew them.
    Base(Box<Details>),
    /// Nothing: it was done already, at that time, and the details have that revision since.
    Done(OffsetDateTime, i32),
}

async fn before(
    me: &As<Authors>,
    tx: &mut Tx,
    version: &Version,
    revision: i32,
    key: Option<&FormKey>,
    submitted: &Submitted,
) -> Result<Before, AppError> {
    let late = revision != version.details_revision;
    if !late && submitted.raw("base").is_empty() {
        return Ok(Before::Base(Box::new(version.details.clone())));
    }
    // What the form was filled with: so that a save on an older revision takes nothing of anybody's back.
    let mut base: Details = serde_json::from_str(submitted.raw("base"))
        .map_err(|_| AppError::Bad("A hidden part of the form is missing or damaged."))?;
    let since = if late { tx.edits_since(version.id, None, revision).await? } else { Vec::new() };
    let past: Vec<Past> = since.iter().map(|later| later.past.clone()).collect();
    let editor = me.staff().membership;
    match standing(key, editor, version.details_revision.saturating_sub(revision), &past) {
        Standing::Done(at) | Standing::Overtaken(at) => {
            let revision = since[at].after.as_ref().and_then(|after| after["revision"].as_i64());
            return Ok(Before::Done(since[at].at, revision.map_or(version.details_revision, |n| n as i32)));
        }
        Standing::Follows | Standing::Conflict => {}
    }
    // Earlier saves of the same page, whose answers were lost: the sender knows what they changed.
    for own in since.iter().filter(|later| key.is_some_and(|key| key.went_before(editor, &later.past))) {
        if let (Some(before), Some(after)) = (read(own.before.as_ref()), read(own.after.as_ref())) {
            base = Details::merged(&before, base, &after).0;
        }
    }
    Ok(Before::Base(Box::new(base)))
}

fn read(details: Option<&serde_json::Value>) -> Option<Details> {
    serde_json::from_value(details?.clone()).ok()
}

/// Script goes on with what it sent as its base: what others changed meanwhile does not stand in its form.
fn saved(me: &As<Authors>, version: &Version, at: OffsetDateTime, revision: i32, typed: &Details) -> Response {
    let time = crate::clock::london_time(at);
    match me.wants_json() {
        true => {
            let base = serde_json::to_string(typed).unwrap_or_default();
            json::answer(StatusCode::OK, &json!({"saved": time, "revision": revision, "base": base}))
        }
        false => see_other_saying(self::at(me, version).edit(), &format!("Saved {time}: details")),
    }
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
        salary_reason: submitted.line("salary_reason"),
        pay_area: Area::parse(submitted.raw("pay_area")),
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
        ("salary_reason", &details.salary_reason),
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
    let pays = grades.iter().any(|grade| Some(grade.id) == details.grade_from && !grade.amounts.is_empty());
    if pays && !details.salary_text.is_empty() && details.salary_reason.is_empty() {
        form.problem("salary_reason", "Say why the salary is typed: the grade has amounts of its own");
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

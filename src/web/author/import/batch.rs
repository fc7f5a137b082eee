//! Many documents at once: how far reading is, what was read of each, and making profiles of those that are chosen.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use crate::clock::{london_date, london_time};
use crate::db::{Batch, Tx, Unit, UploadRow};
use crate::documents::summary::Summary;
use crate::domain::ids::{BatchId, UnitId, UploadId};
use crate::domain::likeness::clusters;
use crate::domain::text::{count, long_date};
use crate::error::AppError;
use crate::policy::{Role, Subject, act, grant};
use crate::web::author::profiles::unit_choices;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with, see_other_saying};

#[derive(Template)]
#[template(path = "author/import/batch.html")]
struct BatchPage {
    frame: Frame,
    form: Form,
    came: String,
    /// Where the page itself is, to look again.
    here: String,
    progress: Progress,
    counts: Vec<(usize, &'static str)>,
    rows: Vec<Row>,
    refused: Vec<(String, String)>,
    alike: Vec<Vec<String>>,
    units: Vec<Choice>,
    make: String,
    can_choose: bool,
}

/// How far the job is.
struct Progress {
    all: usize,
    done: usize,
    sentence: String,
    is_over: bool,
}

/// One document that was read.
struct Row {
    upload: String,
    name: String,
    href: String,
    title: String,
    facts: String,
    /// What became of it, and where that is.
    became: Option<(String, String)>,
    state: String,
    can_choose: bool,
}

type AtBatch = Path<(String, String)>;

async fn load(me: &As<Authors>, tx: &mut Tx, number: &str) -> Result<Batch, AppError> {
    let id = number.parse().map(BatchId).map_err(|_| AppError::NotFound)?;
    tx.batch(&me.scope(), id).await?.ok_or(AppError::NotFound)
}

pub async fn read(me: As<Authors>, Path((_, batch)): AtBatch) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let batch = load(&me, &mut tx, &batch).await?;
    show(&me, &mut tx, &batch, Form::empty()).await
}

async fn show(me: &As<Authors>, tx: &mut Tx, batch: &Batch, form: Form) -> Result<Response, AppError> {
    let units = mine(me, tx.units(me.employer()).await?);
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let rows: Vec<Row> = batch.rows.iter().filter_map(|row| self::row(me, row)).collect();
    let refused: Vec<(String, String)> =
        batch.rows.iter().filter_map(|row| Some((row.file_name.clone(), row.refusal.clone()?))).collect();
    let drafts = batch.rows.iter().filter(|row| row.became.is_some()).count();
    page_with(
        status,
        &BatchPage {
            frame: me.frame("Documents that came together").crumb("Import", me.paths().import()),
            form,
            came: format!("{}, {}", long_date(london_date(batch.created_at)), london_time(batch.created_at)),
            here: me.paths().batch(batch.id),
            progress: progress(batch),
            counts: vec![
                (rows.len(), "read"),
                (refused.len(), "can’t be read"),
                (drafts, if drafts == 1 { "became a profile" } else { "became profiles" }),
            ],
            alike: alike(batch),
            can_choose: rows.iter().any(|row| row.can_choose),
            rows,
            refused,
            units: unit_choices(&units, "Choose a unit"),
            make: me.paths().drafts_from_batch(batch.id),
        },
    )
}

fn mine(me: &As<Authors>, units: Vec<Unit>) -> Vec<Unit> {
    units.into_iter().filter(|unit| me.staff().has_for(Role::Author, Some(unit.id))).collect()
}

fn progress(batch: &Batch) -> Progress {
    let all = batch.rows.len();
    let waiting = batch.rows.iter().filter(|row| row.document.is_none() && row.refusal.is_none()).count();
    let wanted = batch.rows.iter().filter(|row| is_wanted(row)).count();
    let sentence = match (waiting, wanted) {
        (0, 0) => format!("All {} are done.", count(all, "document", "documents")),
        (0, wanted) => format!("{} still to be made.", count(wanted, "profile is", "profiles are")),
        (waiting, _) => format!("{} of {} are read. You can leave this page and come back.", all - waiting, all),
    };
    Progress { all, done: all - waiting, sentence, is_over: waiting + wanted == 0 }
}

/// Somebody asked for a profile of it, and it is not made yet.
fn is_wanted(row: &UploadRow) -> bool {
    row.unit.is_some() && row.problem.is_none() && row.became.is_none()
}

fn row(me: &As<Authors>, row: &UploadRow) -> Option<Row> {
    let (document, facts) = (row.document?, row.facts.clone().unwrap_or_default());
    let became = row
        .became
        .as_ref()
        .map(|became| (became.name(), me.paths().profile(became.profile).version(became.version).page()));
    Some(Row {
        upload: row.id.to_string(),
        name: row.file_name.clone(),
        href: me.paths().document(document),
        title: facts.title.clone(),
        facts: told(&facts),
        state: match (&row.problem, is_wanted(row)) {
            (Some(problem), _) => problem.clone(),
            (None, true) => "A profile of it is being made.".to_owned(),
            (None, false) => String::new(),
        },
        can_choose: became.is_none() && !is_wanted(row),
        became,
    })
}

/// `NHS job description · Band 4 · 1,890 words, 100 % placed · 12 duties, 8 criteria · 2 to confirm`
fn told(facts: &Summary) -> String {
    let grade = if facts.grade.is_empty() { "no grade found" } else { facts.grade.as_str() };
    let mut parts = vec![facts.layout.clone(), grade.to_owned()];
    parts.push(format!("{}, {} % placed", count(facts.words, "word", "words"), facts.placed()));
    parts.push(format!(
        "{}, {}",
        count(facts.duties, "duty", "duties"),
        count(facts.criteria, "criterion", "criteria")
    ));
    if facts.unsure > 0 {
        parts.push(format!("{} to confirm", facts.unsure));
    }
    if facts.findings > 0 {
        parts.push(count(facts.findings, "finding", "findings"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// Names of documents that are nearly the same, group by group.
fn alike(batch: &Batch) -> Vec<Vec<String>> {
    let read: Vec<&UploadRow> = batch.rows.iter().filter(|row| !row.likeness.is_empty()).collect();
    let signatures: Vec<&[i32]> = read.iter().map(|row| row.likeness.as_slice()).collect();
    let names = |group: Vec<usize>| group.into_iter().map(|at| read[at].file_name.clone()).collect();
    clusters(&signatures).into_iter().map(names).collect()
}

pub async fn make(me: As<Authors>, Path((_, number)): AtBatch, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let batch = load(&me, &mut tx, &number).await?;
    let units = tx.units(me.employer()).await?;
    let chosen: Vec<UploadId> =
        submitted.all("upload").into_iter().filter_map(|id| id.parse().ok()).map(UploadId).collect();
    let unit = submitted.raw("unit").parse().ok().map(UnitId);
    let unit = mine(&me, units).into_iter().find(|own| Some(own.id) == unit);
    let mut form = Form::again(&submitted);
    if chosen.is_empty() {
        form.problem("upload", "Choose the documents to make profiles of");
    }
    let Some(unit) = unit.filter(|_| !form.has_errors()) else {
        if !form.has_errors() {
            form.problem("unit", "Choose the unit that the jobs belong to");
        }
        return show(&me, &mut tx, &batch, form).await;
    };
    let subject = Subject {
        id: unit.id,
        employer: Some(me.employer()),
        unit: Some(unit.id),
        person: None,
        profile: None,
        name: unit.name.clone(),
    };
    let granted = grant::<act::CreateProfile>(&me.actor(), subject, me.now)?;
    let asked = tx.want_drafts(&granted, batch.id, &chosen).await?;
    tx.commit().await?;
    let asked = count(usize::try_from(asked).unwrap_or(0), "profile is", "profiles are");
    Ok(see_other_saying(me.paths().batch(batch.id), &format!("{asked} being made in {}.", unit.name)))
}

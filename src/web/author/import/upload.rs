//! Uploading a document, and the list of what was uploaded before.

use askama::Template;
use axum::response::Response;
use sha2::{Digest, Sha256};

use crate::clock::{london_date, london_time};
use crate::db::{BatchRow, DocumentRow, NewDocument};
use crate::documents::extract::refusal::Refusal;
use crate::domain::text::{count, long_date};
use crate::error::AppError;
use crate::policy::{Subject, act, grant};
use crate::web::form::Form;
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page, page_with, see_other, see_other_saying};
use crate::web::upload::{FIELD, Upload};

/// How many earlier uploads are listed.
const LISTED: i64 = 20;

#[derive(Template)]
#[template(path = "author/import/upload.html")]
struct UploadPage {
    frame: Frame,
    form: Form,
    before: Vec<Before>,
    batches: Vec<Before>,
    many: String,
}

/// An upload in the list.
struct Before {
    href: String,
    name: String,
    facts: String,
    state: String,
}

pub async fn form(me: As<Authors>) -> Result<Response, AppError> {
    shown(&me, Form::empty()).await
}

/// The batches stand on the page of uploads: who comes back to where the files were sent finds them there.
pub async fn instead(me: As<Authors>) -> Result<Response, AppError> {
    Ok(see_other(me.paths().import()))
}

async fn shown(me: &As<Authors>, form: Form) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let rows = tx.my_documents(&me.scope(), LISTED).await?;
    let batches = tx.my_batches(&me.scope(), LISTED).await?.iter().map(|row| batch(me, row)).collect();
    let before = rows.iter().map(|row| before(me, row)).collect();
    let status =
        if form.has_errors() { axum::http::StatusCode::UNPROCESSABLE_ENTITY } else { axum::http::StatusCode::OK };
    let upload = UploadPage { frame: me.frame("Import a document"), form, before, batches, many: me.paths().batches() };
    match status.is_success() {
        true => page(&upload),
        false => page_with(status, &upload),
    }
}

fn batch(me: &As<Authors>, row: &BatchRow) -> Before {
    let files = count(usize::try_from(row.files).unwrap_or(0), "document", "documents");
    let state = match row.waiting {
        0 => "all read".to_owned(),
        waiting => format!("{waiting} still to be read"),
    };
    let came = format!("{}, {}", long_date(london_date(row.created_at)), london_time(row.created_at));
    Before {
        href: me.paths().batch(row.id),
        name: files,
        facts: format!("Uploaded {came} · {state}"),
        state: String::new(),
    }
}

fn before(me: &As<Authors>, row: &DocumentRow) -> Before {
    let uploaded = format!("{}, {}", long_date(london_date(row.uploaded_at)), london_time(row.uploaded_at));
    let (became, state) = match &row.became {
        Some((became, state)) => (format!("became {}", became.name()), state.label().to_owned()),
        None => ("no draft was made of it yet".to_owned(), String::new()),
    };
    Before {
        href: me.paths().document(row.id),
        name: row.file_name.clone(),
        facts: format!("Uploaded {uploaded} · {became}"),
        state,
    }
}

pub async fn upload(me: As<Authors>, upload: Upload) -> Result<Response, AppError> {
    let (name, bytes) = match upload {
        Upload::File { name, bytes } => (name, bytes),
        Upload::Nothing => return again(&me, FIELD, "Choose the document to import").await,
        Upload::TooLarge => return again(&me, FIELD, &Refusal::too_large().to_string()).await,
    };
    // Reading takes seconds: no transaction is open meanwhile.
    let extract = match me.app.extractor.extract(&bytes, &name).await {
        Ok(extract) => extract,
        Err(refusal) => return again(&me, FIELD, &refusal.to_string()).await,
    };
    let employer = me.employer();
    let subject =
        Subject { id: employer, employer: Some(employer), unit: None, person: None, profile: None, name: name.clone() };
    let granted = grant::<act::ImportDocument>(&me.actor(), subject, me.now)?;
    let sha256 = Sha256::digest(&bytes).into();
    let new = NewDocument { file_name: &name, sha256, bytes: &bytes, extract: &extract };
    let mut tx = me.begin().await?;
    let document = tx.add_document(&granted, &new).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().document(document), &format!("{name} was read. Nothing is in a job profile yet.")))
}

/// The page again, with what is wrong with one of its two fields.
pub async fn again(me: &As<Authors>, field: &str, sentence: &str) -> Result<Response, AppError> {
    let mut form = Form::empty();
    form.problem(field, sentence);
    shown(me, form).await
}

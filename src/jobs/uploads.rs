//! Reads the files that came many at once, and makes profiles of those that were chosen, as the person who sent them.
//!
//! Each file is one transaction that locks its row: several servers share the work, a server that is killed leaves the
//! file waiting, and none is done twice. One that can't be read or made holds up no other.

use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::watch;

use crate::app::App;
use crate::db::{NewDocument, Tx, WaitingUpload, Wanted};
use crate::documents::summary::{Summary, own_words};
use crate::domain::ids::{EmployerId, UploadId};
use crate::domain::likeness::signature;
use crate::drafting::{self, DraftError};
use crate::error::AppError;
use crate::policy::{Actor, Staff, Subject, Via, act, grant};

const EVERY: Duration = Duration::from_secs(2);

const GONE: &str = "Whoever sent it is no HR author here any more: send it again as somebody who is.";
const NOT_KEPT: &str = "The file was read but could not be kept: send it again by itself.";

/// Works through what waits now and every few seconds, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        match work(&app, &stop).await {
            Ok(0) => {}
            Ok(done) => tracing::info!(done, "files that came together were worked through"),
            Err(error) => tracing::warn!(%error, "files that came together still wait"),
        }
        if !super::wait(&mut stop, EVERY).await {
            return;
        }
    }
}

/// Reads everything that waits, then makes what was chosen; says how many files it dealt with.
pub async fn work(app: &App, stop: &watch::Receiver<bool>) -> Result<usize, AppError> {
    let mut done = 0;
    while !*stop.borrow() && (read_one(app).await? || draft_one(app).await?) {
        done += 1;
    }
    Ok(done)
}

/// Reads one file, if one waits that no other server reads.
pub async fn read_one(app: &App) -> Result<bool, AppError> {
    let mut tx = app.database.begin().await?;
    let Some(waiting) = tx.next_upload().await? else { return Ok(false) };
    match read(app, &mut tx, &waiting).await {
        Ok(Ok(())) => tx.commit().await?,
        Ok(Err(sentence)) => {
            tx.upload_refused(waiting.id, &sentence).await?;
            tx.commit().await?;
        }
        Err(error) => {
            drop(tx);
            tracing::warn!(upload = waiting.id.0, %error, "a file was read but not kept");
            refuse(app, waiting.id).await?;
        }
    }
    Ok(true)
}

async fn refuse(app: &App, upload: UploadId) -> Result<(), AppError> {
    let mut tx = app.database.begin().await?;
    tx.upload_refused(upload, NOT_KEPT).await?;
    Ok(tx.commit().await?)
}

/// The inner error is a sentence for the person.
async fn read(app: &App, tx: &mut Tx, waiting: &WaitingUpload) -> Result<Result<(), String>, AppError> {
    let Some(staff) = staff(tx, waiting.employer, &waiting.email).await? else { return Ok(Err(GONE.to_owned())) };
    let subject = Subject {
        id: waiting.employer,
        employer: Some(waiting.employer),
        unit: None,
        person: None,
        profile: None,
        name: waiting.file_name.clone(),
    };
    let Ok(granted) = grant::<act::ImportDocument>(&Actor::Staff(staff), subject, app.clock.now()) else {
        return Ok(Err(GONE.to_owned()));
    };
    let extract = match app.extractor.extract(&waiting.bytes, &waiting.file_name).await {
        Ok(extract) => extract,
        Err(refusal) => return Ok(Err(refusal.to_string())),
    };
    let sha256 = Sha256::digest(&waiting.bytes).into();
    let new = NewDocument { file_name: &waiting.file_name, sha256, bytes: &waiting.bytes, extract: &extract };
    let document = tx.add_document(&granted, &new).await?;
    tx.upload_read(waiting.id, document, &Summary::of(&extract), &signature(&own_words(&extract))).await?;
    Ok(Ok(()))
}

async fn staff(tx: &mut Tx, employer: EmployerId, email: &str) -> Result<Option<Staff>, AppError> {
    Ok(tx.staff_by_email(employer, email, Via::Web).await?)
}

/// Makes one profile that was chosen, if there is one that no other server makes.
pub async fn draft_one(app: &App) -> Result<bool, AppError> {
    let mut tx = app.database.begin().await?;
    let Some(wanted) = tx.next_wanted().await? else { return Ok(false) };
    match draft(app, &mut tx, &wanted).await {
        Ok(()) => tx.commit().await?,
        Err(DraftError::TooLate) => {}
        Err(DraftError::App(error)) => {
            drop(tx);
            let sentence = format!("No profile could be made of it: {error}.");
            let mut tx = app.database.begin().await?;
            tx.no_draft(wanted.id, &sentence).await?;
            tx.commit().await?;
        }
    }
    Ok(true)
}

async fn draft(app: &App, tx: &mut Tx, wanted: &Wanted) -> Result<(), DraftError> {
    let staff = staff(tx, wanted.employer, &wanted.email).await?.ok_or(AppError::Denied)?;
    let document = tx.document(&staff.scope(), wanted.document).await?.ok_or(AppError::NotFound)?;
    let place = (wanted.unit, wanted.unit_name.as_str());
    drafting::new_profile(tx, &Actor::Staff(staff), app.clock.now(), &document, place).await?;
    Ok(())
}

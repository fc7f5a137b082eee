//! Reads the files that came many at once, and makes profiles of those that were chosen, as the person who sent them.
//!
//! Each file is one transaction that locks its row: several servers share the work, a server that is killed leaves the
//! file waiting, and none is done twice. One that can't be read or made holds up no other.

use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::watch;

use crate::app::App;
use crate::db::{NewDocument, Tx, WaitingUpload, Wanted};
use crate::documents::extract::refusal::Refusal;
use crate::documents::summary::{Summary, own_words};
use crate::domain::ids::{EmployerId, UploadId};
use crate::domain::likeness::signature;
use crate::drafting::DraftError;
use crate::error::AppError;
use crate::fitting;
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

/// What came of reading a file.
enum Outcome {
    Kept,
    /// What is wrong with it, as a sentence for the person.
    Refused(String),
    /// This machine could not read it just now.
    Waits,
}

/// Reads one file, if one waits that no other server reads. What is not the file's fault leaves it waiting and ends the
/// round.
pub async fn read_one(app: &App) -> Result<bool, AppError> {
    let mut tx = app.database.begin().await?;
    let Some(waiting) = tx.next_upload().await? else { return Ok(false) };
    match read(app, &mut tx, &waiting).await {
        Ok(Outcome::Kept) => tx.commit().await?,
        Ok(Outcome::Refused(sentence)) => {
            tx.upload_refused(waiting.id, &sentence).await?;
            tx.commit().await?;
        }
        Ok(Outcome::Waits) => {
            tracing::warn!(upload = waiting.id.0, "no process could be started to read a file; it waits");
            return Ok(false);
        }
        Err(error) if error.passes() => return Err(error),
        Err(error) => {
            drop(tx);
            tracing::error!(upload = waiting.id.0, %error, "a file was read but not kept");
            let mut tx = app.database.begin().await?;
            tx.upload_refused(waiting.id, NOT_KEPT).await?;
            tx.commit().await?;
        }
    }
    Ok(true)
}

async fn read(app: &App, tx: &mut Tx, waiting: &WaitingUpload) -> Result<Outcome, AppError> {
    let gone = || Ok(Outcome::Refused(GONE.to_owned()));
    let Some(staff) = staff(tx, waiting.employer, &waiting.email).await? else { return gone() };
    let subject = Subject {
        id: waiting.employer,
        employer: Some(waiting.employer),
        unit: None,
        person: None,
        profile: None,
        name: waiting.file_name.clone(),
    };
    let Ok(granted) = grant::<act::ImportDocument>(&Actor::Staff(staff), subject, app.clock.now()) else {
        return gone();
    };
    let extract = match app.extractor.extract(&waiting.bytes, &waiting.file_name).await {
        Ok(extract) => extract,
        Err(Refusal::NotStarted) => return Ok(Outcome::Waits),
        Err(refusal) => return Ok(Outcome::Refused(refusal.to_string())),
    };
    let sha256 = Sha256::digest(&waiting.bytes).into();
    let new = NewDocument { file_name: &waiting.file_name, sha256, bytes: &waiting.bytes, extract: &extract };
    let document = tx.add_document(&granted, &new).await?;
    tx.upload_read(waiting.id, document, &Summary::of(&extract), &signature(&own_words(&extract))).await?;
    Ok(Outcome::Kept)
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
        Err(DraftError::App(error)) if error.passes() => return Err(error),
        Err(DraftError::App(error)) => {
            drop(tx);
            let mut tx = app.database.begin().await?;
            tx.no_draft(wanted.id, no_profile(wanted.id, &error)).await?;
            tx.commit().await?;
        }
    }
    Ok(true)
}

/// Why no profile was made, for the person; what only an engineer understands goes to the log.
fn no_profile(upload: UploadId, error: &AppError) -> &'static str {
    match error {
        AppError::Denied => "No profile was made: whoever chose it may not start one in that unit any more.",
        AppError::NotFound => "No profile was made: the document was deleted in the meantime.",
        AppError::SignIn { .. }
        | AppError::Conflict(_)
        | AppError::Bad(_)
        | AppError::TooLarge
        | AppError::Busy(_)
        | AppError::Database(_)
        | AppError::Internal(_) => {
            tracing::error!(upload = upload.0, %error, "no profile was made of a document");
            "No profile was made, and the fault is ours. Import this file by itself; if that fails too, tell whoever looks \
             after Rolebook."
        }
    }
}

async fn draft(app: &App, tx: &mut Tx, wanted: &Wanted) -> Result<(), DraftError> {
    let staff = staff(tx, wanted.employer, &wanted.email).await?.ok_or(AppError::Denied)?;
    let document = tx.document(&staff.scope(), wanted.document).await?.ok_or(AppError::NotFound)?;
    let place = (wanted.unit, wanted.unit_name.as_str());
    fitting::new_profile_on_usual(tx, &staff, app.clock.now(), &document, place).await?;
    Ok(())
}

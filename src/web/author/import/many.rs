//! Taking many documents at once: several files, or a zip of them. A job reads them; the page of the batch shows how far.

use axum::response::Response;

use super::upload;
use crate::documents::extract::{bundle, limits, refusal::Refusal};
use crate::error::AppError;
use crate::policy::{Subject, act, grant};
use crate::web::gate::{As, Authors};
use crate::web::page::see_other_saying;
use crate::web::upload::{FILES, Uploads};

pub async fn upload(me: As<Authors>, uploads: Uploads) -> Result<Response, AppError> {
    let files = match uploads {
        Uploads::Files(files) if files.is_empty() => {
            return upload::again(&me, FILES, "Choose the documents to import, or a zip of them").await;
        }
        Uploads::Files(files) => files,
        Uploads::TooLarge => {
            let sentence = "The files are larger than 25 MB together: send them in several parts.";
            return upload::again(&me, FILES, sentence).await;
        }
    };
    // unpacking is work for a processor, not for a thread that answers requests
    let unpacked = tokio::task::spawn_blocking(move || unpack(files)).await;
    let files = match unpacked.map_err(|_| AppError::Internal("unpacking ended early".to_owned()))? {
        Ok(files) if files.is_empty() => return upload::again(&me, FILES, "There is no document in the zip").await,
        Ok(files) => files,
        Err(refusal) => return upload::again(&me, FILES, &refusal.to_string()).await,
    };
    let employer = me.employer();
    let name = crate::domain::text::count(files.len(), "document", "documents");
    let subject =
        Subject { id: employer, employer: Some(employer), unit: None, person: None, profile: None, name: name.clone() };
    let granted = grant::<act::ImportDocument>(&me.actor(), subject, me.now)?;
    let mut tx = me.begin().await?;
    let batch = tx.add_batch(&granted, &files).await?;
    tx.commit().await?;
    let said = format!("{name} came. They are read one after the other; you can leave this page.");
    Ok(see_other_saying(me.paths().batch(batch), &said))
}

/// The files with those of every zip in place of the zip.
fn unpack(files: Vec<(String, Vec<u8>)>) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut out = Vec::new();
    for (name, bytes) in files {
        if bundle::is_bundle(&bytes) {
            out.extend(bundle::files(&bytes)?);
        } else {
            out.push((name, bytes));
        }
        if out.len() > limits::BUNDLE_FILES {
            return Err(Refusal::TooManyFiles(limits::BUNDLE_FILES));
        }
        // What one zip may unpack to is what all of them may: many small ones are one large one.
        if out.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > limits::TOTAL_BYTES {
            return Err(Refusal::UnpacksTooLarge);
        }
    }
    Ok(out)
}

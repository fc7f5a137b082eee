//! Importing a document: upload it, see what was read of it, and make a draft.

mod batch;
mod beside;
mod choices;
mod from_word;
mod lines;
mod many;
mod matching;
mod new_profile;
mod next_draft;
mod original;
mod report;
mod upload;

use axum::extract::Path;

use crate::db::{Document, Tx};
use crate::domain::ids::DocumentId;
use crate::error::AppError;
use crate::policy::Scope;
use crate::web::routes::Routes;
use crate::web::upload::LARGEST_UPLOAD;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/import", upload::form)
        .upload("/staff/{employer}/import", upload::upload, LARGEST_UPLOAD)
        .page("/staff/{employer}/import/batches", upload::instead)
        .upload("/staff/{employer}/import/batches", many::upload, LARGEST_UPLOAD)
        .page("/staff/{employer}/import/batches/{batch}", batch::read)
        .action("/staff/{employer}/import/batches/{batch}/drafts", batch::make)
        .page("/staff/{employer}/import/{document}", report::read)
        .action("/staff/{employer}/import/{document}/choices", choices::choose)
        .page("/staff/{employer}/import/{document}/original", original::download)
        .page("/staff/{employer}/import/{document}/lines", beside::read)
        .action("/staff/{employer}/import/{document}/profile", new_profile::make)
        .page("/staff/{employer}/import/{document}/match", next_draft::form)
        .action("/staff/{employer}/import/{document}/match", next_draft::make)
}

/// The parts of a document's address: employer and number.
type AtDocument = Path<(String, String)>;

/// Loads the document that an address names, or answers that there is none.
async fn load(tx: &mut Tx, scope: &Scope, number: &str) -> Result<Document, AppError> {
    let id = number.parse().map(DocumentId).map_err(|_| AppError::NotFound)?;
    tx.document(scope, id).await?.ok_or(AppError::NotFound)
}

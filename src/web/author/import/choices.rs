//! Keeping what a person chose on a report: places for lines that found none, and corrections.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::response::Response;

use super::{AtDocument, load, report};
use crate::db::{DbError, Document, Tx};
use crate::documents::choices::{Choices, places, remedy};
use crate::domain::text::count;
use crate::error::AppError;
use crate::policy::{Subject, act, grant};
use crate::web::form::Submitted;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other, see_other_noting, see_other_saying};

/// The field that holds the place of an unplaced line.
pub fn place_field(line: usize) -> String {
    format!("place-{line}")
}

/// "Save these choices", and "Match it line by line", which goes on to the matches.
pub async fn choose(
    me: As<Authors>,
    Path((_, number)): AtDocument,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (_, document) = match keep(&me, &number, &submitted).await? {
        Ok(kept) => kept,
        Err(instead) => return Ok(instead),
    };
    if submitted.raw("then") == "match" {
        return Ok(see_other(me.paths().match_with_named(document.id, submitted.raw("profile"))));
    }
    let said = format!(
        "{} a place now, and {} taken. The draft will be made so.",
        count(document.choices.places.len(), "more line has", "more lines have"),
        count(document.choices.corrections.len(), "correction is", "corrections are")
    );
    Ok(see_other_saying(me.paths().document(document.id), &said))
}

/// Keeps the choices that came with a form of the report, whatever else the form is for, and answers the document as it
/// stands then. A form without choices changes none. Otherwise: where to go instead.
pub async fn keep(
    me: &As<Authors>,
    number: &str,
    submitted: &Submitted,
) -> Result<Result<(Tx, Document), Response>, AppError> {
    let mut tx = me.begin().await?;
    let document = load(&mut tx, &me.scope(), number).await?;
    if let Some(became) = &document.became {
        let said = format!("{} was made of it already: this is it", became.name());
        return Ok(Err(see_other_noting(report::version(me.paths(), became), &said)));
    }
    let report = me.paths().document(document.id);
    match submitted.raw("state") {
        "" => return Ok(Ok((tx, document))),
        state if state == document.state() => {}
        _ => {
            let said = "Something was chosen here in another window meanwhile. This is how it stands: choose again.";
            return Ok(Err(see_other_noting(report, said)));
        }
    }
    let choices = chosen(submitted, &document);
    if choices == document.choices {
        return Ok(Ok((tx, document)));
    }
    let employer = me.employer();
    let name = document.file_name.clone();
    let subject = Subject { id: employer, employer: Some(employer), unit: None, person: None, profile: None, name };
    let granted = grant::<act::ImportDocument>(&me.actor(), subject, me.now)?;
    match tx.choose_in_document(&granted, &document, &choices).await {
        Ok(()) => {}
        Err(DbError::Stale) => return Ok(Err(see_other_noting(report, "A draft was made of it a moment ago"))),
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    Ok(Ok((me.begin().await?, Document { choices, ..document })))
}

/// What a form says, of what the document offers.
fn chosen(submitted: &Submitted, document: &Document) -> Choices {
    let extract = &document.extract;
    let offered: BTreeMap<String, _> = places(extract).into_iter().map(|(place, _)| (place.key(), place)).collect();
    let place = |line: usize| offered.get(submitted.raw(&place_field(line))).map(|place| (line, *place));
    let all = submitted.raw("corrections") == "all";
    let ticked: BTreeSet<usize> = submitted.all("correction").into_iter().filter_map(|at| at.parse().ok()).collect();
    let findings = extract.findings.iter().enumerate();
    let taken = findings.filter(|(at, finding)| remedy(finding).is_some() && (all || ticked.contains(at)));
    Choices {
        places: (0..extract.unplaced.len()).filter_map(place).collect(),
        corrections: taken.map(|(at, _)| at).collect(),
    }
}

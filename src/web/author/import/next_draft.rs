//! Making the next version of a profile of a document: each line meets the earlier line that it goes on from.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::matching::{Proposal, field, state};
use super::{AtDocument, load, report};
use crate::db::{Document, Tx, Version};
use crate::domain::content::Content;
use crate::domain::ids::ItemId;
use crate::domain::text::{count, parse_profile_reference, profile_reference};
use crate::drafting::{self, DraftError, Drafted, made_for};
use crate::error::AppError;
use crate::fitting;
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other, see_other_noting, see_other_saying};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    profile: String,
}

/// The document, the version in force and its content: what both ends of the form need.
struct Meeting {
    tx: Tx,
    document: Document,
    from: Version,
    old: Content,
}

/// None where the profile has nothing in force that the author could go on from.
async fn meet(me: &As<Authors>, document: &str, profile: &str) -> Result<Result<Meeting, Response>, AppError> {
    let mut tx = me.begin().await?;
    let document = load(&mut tx, &me.scope(), document).await?;
    if let Some(became) = &document.became {
        let said = format!("{} was made of it already: this is it", became.name());
        return Ok(Err(see_other_noting(report::version(me.paths(), became), &said)));
    }
    let number = parse_profile_reference(profile);
    let from = match number {
        Some(number) => tx.issued_version(&me.scope(), number).await?,
        None => None,
    };
    let Some(from) = from.filter(|from| from.profile.retired_at.is_none()) else {
        let mut form = Form::filled([("profile", profile.to_owned())]);
        form.problem("profile", "Choose a job profile that has a version in force");
        return report::show(me, &mut tx, &document, Some(form)).await.map(Err);
    };
    grant::<act::StartDraft>(&me.actor(), from.profile_subject(), me.now)?;
    let old = tx.content(from.employer, from.id).await?;
    Ok(Ok(Meeting { tx, document, from, old }))
}

pub async fn form(
    me: As<Authors>,
    Path((_, document)): AtDocument,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    match meet(&me, &document, &asked.profile).await? {
        Ok(Meeting { document, from, old, .. }) => {
            Proposal::of(&made_for(&document, &from), &old).page(&me, &document, &from, Form::empty())
        }
        Err(instead) => Ok(instead),
    }
}

pub async fn make(
    me: As<Authors>,
    Path((_, document)): AtDocument,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let Meeting { mut tx, document, from, old } = match meet(&me, &document, submitted.raw("profile")).await? {
        Ok(meeting) => meeting,
        Err(instead) => return Ok(instead),
    };
    let reference = profile_reference(from.profile.number);
    let again = me.paths().match_with(document.id, from.profile.number);
    if submitted.number::<i32>("base")? != from.number {
        let said =
            format!("Version {} of {reference} came into force meanwhile: match the document with it", from.number);
        return Ok(see_other_noting(again, &said));
    }
    let made = made_for(&document, &from);
    if submitted.raw("state") != state(&made) {
        let said = "What is read from the document has changed meanwhile: look at the matches again";
        return Ok(see_other_noting(again, said));
    }
    let (kept, form) = chosen(&submitted, &made.content, &old);
    if form.has_errors() {
        return Proposal::of(&made, &old).page(&me, &document, &from, form);
    }
    match drafting::next_draft(&mut tx, &me.actor(), me.now, &document, (&from, &old), kept).await {
        Ok(drafted) => {
            if let Some(template) = &from.template {
                let here = (drafted.became.profile, drafted.became.version);
                let who = (&me.actor(), &me.scope(), me.now);
                fitting::put_on(&mut tx, who, here, Some(template), fitting::Onto::same(template)).await?;
            }
            tx.commit().await?;
            let at = me.paths().profile(drafted.became.profile).version(drafted.became.version);
            Ok(see_other_saying(at.edit(), &said(&drafted)))
        }
        Err(DraftError::TooLate) => too_late(&me, &document, &from).await,
        Err(DraftError::App(error)) => Err(error),
    }
}

/// The earlier line that was chosen for each new one; a problem where one was chosen twice.
fn chosen(submitted: &Submitted, new: &Content, old: &Content) -> (BTreeMap<ItemId, ItemId>, Form) {
    let mut form = Form::again(submitted);
    let kinds: BTreeMap<ItemId, _> = old.all_items().into_iter().map(|item| (item.id, item.kind())).collect();
    let (mut kept, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for item in new.all_items() {
        let name = field(item.id);
        let Some(old) = submitted.raw(&name).parse().ok().map(ItemId) else { continue };
        if kinds.get(&old) != Some(&item.kind()) {
            form.problem(&name, "That line is no longer there: choose another, or none");
        } else if !taken.insert(old) {
            form.problem(&name, "This earlier line is chosen for another line too: choose it once");
        } else {
            kept.insert(item.id, old);
        }
    }
    (kept, form)
}

fn said(drafted: &Drafted) -> String {
    format!(
        "{} is a draft made of the document: {} from the version in force, {} new, {} no longer there.{}",
        drafted.became.name(),
        count(drafted.kept, "line goes on", "lines go on"),
        drafted.new,
        drafted.gone,
        drafted.came_along()
    )
}

/// Somebody was first: with this document, or with another draft of the profile.
async fn too_late(me: &As<Authors>, document: &Document, from: &Version) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let document = tx.document(&me.scope(), document.id).await?.ok_or(AppError::NotFound)?;
    if let Some(became) = &document.became {
        return Ok(see_other(report::version(me.paths(), became)));
    }
    let said = "There is an open version already, so no draft was made of the document. Finish or discard it first.";
    Ok(see_other_noting(me.paths().profile(from.profile.number).page(), said))
}

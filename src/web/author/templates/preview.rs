//! What a change of a template does to five real profiles, before it binds; and bringing it into use, with every draft
//! moved in the same transaction.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::edit::frame;
use super::{AtTemplate, EffectLine, Found, effect_lines, find, granted};
use crate::db::{DbError, MovedDraft, TemplateDraft, Tx};
use crate::domain::content::Content;
use crate::domain::ids::VersionId;
use crate::domain::template::{Layout, effects};
use crate::domain::text::{LONGEST_LINE, count};
use crate::error::AppError;
use crate::fitting;
use crate::policy::{Granted, act};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_saying};

/// Real profiles on which a change is tried.
const SAMPLES: i64 = 5;
/// Drafts that are written at once.
const TOGETHER: usize = 100;

struct Sample {
    name: String,
    title: String,
    href: String,
    on_it: bool,
    lines: Vec<EffectLine>,
}

#[derive(Template)]
#[template(path = "author/templates/preview.html")]
struct PreviewPage {
    frame: Frame,
    form: Form,
    name: String,
    revision: i32,
    samples: Vec<Sample>,
    drafts: i64,
    at: String,
}

async fn show(me: &As<Keepers>, tx: &mut Tx, found: &Found, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let edition = found.writing()?;
    let samples = tx.template_samples(&me.scope(), found.head.id, SAMPLES).await?;
    let ids: Vec<VersionId> = samples.iter().map(|sample| sample.version).collect();
    let contents = tx.contents(me.employer(), &ids).await?;
    page_with(
        status,
        &PreviewPage {
            frame: frame(me, found, "See what it changes")
                .crumb("Change", me.paths().template_act(found.head.id, "edit")),
            form,
            name: found.head.name.clone(),
            revision: edition.revision,
            samples: samples.iter().map(|sample| tried(me, found, sample, &contents, &edition.layout)).collect(),
            drafts: found.drafts,
            at: me.paths().template(found.head.id),
        },
    )
}

fn tried(
    me: &As<Keepers>,
    found: &Found,
    sample: &TemplateDraft,
    contents: &BTreeMap<VersionId, Content>,
    layout: &Layout,
) -> Sample {
    let none = Content::default();
    let content = contents.get(&sample.version).unwrap_or(&none);
    let now = sample.template.as_ref();
    let after = fitting::tried(content, now, layout);
    Sample {
        name: sample.name(),
        title: if sample.title.is_empty() { "Untitled job".to_owned() } else { sample.title.clone() },
        href: me.paths().profile(sample.profile).version(sample.number).page(),
        on_it: now.is_some_and(|now| now.template == found.head.id),
        lines: effect_lines(&effects(content, now, &after, layout)),
    }
}

pub async fn page(me: As<Keepers>, Path((_, template)): AtTemplate) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let found = find(&mut tx, &me, &template).await?;
    granted(&me, &found.head.name)?;
    show(&me, &mut tx, &found, Form::empty()).await
}

pub async fn bind(
    me: As<Keepers>,
    Path((_, template)): AtTemplate,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let found = find(&mut tx, &me, &template).await?;
    let granted = granted(&me, &found.head.name)?;
    let edition = found.writing()?;
    let change = found.change(edition, &submitted)?;
    let note = submitted.line("note");
    let mut form = Form::again(&submitted);
    form.require("note", &note, "Say why it changes: it stays in the record");
    form.limit("note", &note, LONGEST_LINE);
    if form.has_errors() {
        return show(&me, &mut tx, &found, form).await;
    }
    let drafts = tx.hold_template_drafts(&granted, found.head.id).await?;
    match tx.bind_template(&granted, change, &note, drafts.len()).await {
        Ok(()) => {}
        Err(DbError::Stale) => {
            form.problem(
                "note",
                "Somebody else changed the template meanwhile: look at what it does now, then bring it into use",
            );
            return show(&me, &mut tx, &found, form).await;
        }
        Err(error) => return Err(error.into()),
    }
    for together in drafts.chunks(TOGETHER) {
        carry(&mut tx, &granted, together, (&found, edition.number, &edition.layout)).await?;
    }
    tx.commit().await?;
    let moved = count(drafts.len(), "draft was moved", "drafts were moved");
    let said = format!("In use from now on. {moved}. What is in force keeps the version of its day.");
    Ok(see_other_saying(me.paths().template(found.head.id), &said))
}

/// Moves these drafts to the edition.
async fn carry(
    tx: &mut Tx,
    granted: &Granted<act::ChangeTemplates>,
    drafts: &[TemplateDraft],
    (found, number, layout): (&Found, i32, &Layout),
) -> Result<(), AppError> {
    let ids: Vec<VersionId> = drafts.iter().map(|draft| draft.version).collect();
    let contents = tx.contents(granted.id(), &ids).await?;
    let mut moved = Vec::new();
    let none = Content::default();
    let mut fresh = tx.new_identities(drafts.len() * layout.sections.len() * 2).await?.into_iter();
    for draft in drafts {
        let before = contents.get(&draft.version).unwrap_or(&none);
        let identity = || fresh.next().unwrap_or_default();
        let after = crate::domain::template::arrange(before, draft.template.as_ref(), layout, identity);
        moved.push(MovedDraft { version: draft.version, before, after });
    }
    tx.settle(granted, (found.head.id, number), &moved).await?;
    Ok(())
}

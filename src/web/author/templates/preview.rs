//! What a change of a template does to five real profiles, before it binds; and bringing it into use. Its drafts are moved
//! in batches, of which the first is done at once.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::edit::frame;
use super::{AtTemplate, EffectLine, Found, effect_lines, held};
use crate::db::{DbError, TemplateDraft, TemplateEdition, TemplateMove, Tx};
use crate::domain::content::Content;
use crate::domain::ids::VersionId;
use crate::domain::template::{Layout, effects};
use crate::domain::text::{LONGEST_LINE, count};
use crate::error::AppError;
use crate::fitting;
use crate::jobs::templates;
use crate::mail::sharing;
use crate::policy::{Granted, act};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_saying};
use crate::web::paths::Employer;

/// Real profiles on which a change is tried.
const SAMPLES: i64 = 5;

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
    let (mut tx, found, _) = held(&me, &template).await?;
    show(&me, &mut tx, &found, Form::empty()).await
}

pub async fn bind(
    me: As<Keepers>,
    Path((_, template)): AtTemplate,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, found, granted) = held(&me, &template).await?;
    let edition = found.writing()?;
    let change = found.change(edition, &submitted)?;
    let note = submitted.line("note");
    let mut form = Form::again(&submitted);
    form.require("note", &note, "Say why it changes: it stays in the record");
    form.limit("note", &note, LONGEST_LINE);
    if form.has_errors() {
        return show(&me, &mut tx, &found, form).await;
    }
    match tx.bind_template(&granted, change, &note).await {
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
    let said = move_drafts(&me, &mut tx, &granted, (&found, edition)).await?;
    tell_takers(&me, &mut tx, &granted, &found).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().template(found.head.id), &said))
}

/// Writes down the drafts that move to the edition, and moves the first of them. Says what came of it.
async fn move_drafts(
    me: &As<Keepers>,
    tx: &mut Tx,
    granted: &Granted<act::ChangeTemplates>,
    (found, edition): (&Found, &TemplateEdition),
) -> Result<String, AppError> {
    let onto = TemplateMove {
        employer: me.employer(),
        template: found.head.id,
        name: found.head.name.clone(),
        edition: edition.number,
        layout: edition.layout.clone(),
    };
    let mut moving = None;
    if tx.queue_moves(granted, &onto).await? > 0 {
        templates::move_some(tx, granted, &onto).await?;
        moving = tx.moving(&me.scope(), onto.template).await?;
    }
    Ok(match moving {
        Some(moving) if moving.waiting() > 0 => {
            "In use from now on. Its drafts are being moved: you can leave this page and come back.".to_owned()
        }
        moving => {
            let moved = moving.map_or(0, |moving| usize::try_from(moving.moved).unwrap_or(0));
            let moved = count(moved, "draft was moved", "drafts were moved");
            format!("In use from now on. {moved}. What is in force keeps the version of its day.")
        }
    })
}

/// Offers the version to the employers that have the template from this one.
async fn tell_takers(
    me: &As<Keepers>,
    tx: &mut Tx,
    granted: &Granted<act::ChangeTemplates>,
    found: &Found,
) -> Result<(), AppError> {
    for taker in tx.takers_of_template(granted, found.head.id).await? {
        let link = me.app.config.link(&Employer(&taker.slug).template(taker.copy));
        let (subject, body) = sharing::newer_template(&me.who.employer.name, &taker.name, &link);
        tx.queue_to_admins(taker.employer, (&subject, &body), me.now).await?;
    }
    Ok(())
}

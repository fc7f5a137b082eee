//! The template of a draft: what it is, what another would change here, and moving to it. Nothing that is written is lost.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::draft::{Begun, Draft};
use crate::db::{TemplateChoice, Version};
use crate::domain::template::effects;
use crate::error::AppError;
use crate::fitting::{self, Onto};
use crate::web::author::templates::{EffectLine, effect_lines, template_choices};
use crate::web::author::version::At;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page, see_other_noting, see_other_saying};
use crate::web::paths;

/// The template that the page tries on the draft.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    template: String,
}

#[derive(Template)]
#[template(path = "author/edit/template.html")]
struct TemplatePage<'a> {
    frame: Frame,
    key: String,
    form: Form,
    at: paths::Version<'a>,
    version: &'a Version,
    choices: Vec<Choice>,
    /// What was asked for, and what it would change here.
    tried: Option<(String, String, Vec<EffectLine>)>,
}

pub async fn form(
    me: As<Authors>,
    Path((_, profile, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let mut draft = Draft::open(&me, &profile, &number).await?;
    let choices = draft.tx.template_choices(me.employer()).await?;
    let version = &draft.version;
    let now = version.template.as_ref();
    // A newer edition of its own template is tried without being asked for.
    let newer = now.filter(|now| now.is_behind()).map(|now| now.template.to_string()).unwrap_or_default();
    let wanted = if asked.template.is_empty() { newer } else { asked.template };
    let tried = choices.iter().find(|choice| choice.id.to_string() == wanted).map(|choice| {
        let after = fitting::tried(&draft.content, now, &choice.layout);
        let lines = effect_lines(&effects(&draft.content, now, &after, &choice.layout));
        (choice.id.to_string(), choice.name.clone(), lines)
    });
    let chosen = match (&tried, now) {
        (Some((id, ..)), _) => id.clone(),
        (None, Some(now)) => now.template.to_string(),
        (None, None) => String::new(),
    };
    page(&TemplatePage {
        frame: super::history::frame(&me, version, "Template"),
        key: super::key::fresh()?,
        form: Form::filled([("template", chosen)]),
        at: me.paths().profile(version.profile.number).version(version.number),
        choices: template_choices(&choices),
        tried,
        version,
    })
}

pub async fn change(
    me: As<Authors>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let choices = draft.tx.template_choices(me.employer()).await?;
    let wanted = submitted.raw("template");
    let Some(choice) = choices.iter().find(|choice| choice.id.to_string() == wanted) else {
        let said = "Nothing was changed: that template is not in use. Choose another";
        return Ok(see_other_noting(draft.at(&me).act("template"), said));
    };
    let said = moved(choice);
    let Draft { mut tx, version, content, granted } = draft;
    fitting::move_draft(&mut tx, &granted, (&version, &content), None, Onto::latest(choice)).await?;
    tx.commit().await?;
    let at = me.paths().profile(version.profile.number).version(version.number);
    Ok(see_other_saying(at.edit(), &said))
}

fn moved(choice: &TemplateChoice) -> String {
    format!("The draft is on the template {}. What has no place in it is kept at its end.", choice.name)
}

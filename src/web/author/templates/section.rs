//! One section of a template: adding it, and what holds of it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::edit::frame;
use super::{AtSlot, AtTemplate, Found, held};
use crate::db::DbError;
use crate::domain::content::SectionKind;
use crate::domain::template::{Layout, Need, Numbering, SectionCheck, SectionEntry, Strength, TemplateSection};
use crate::domain::text::one_line;
use crate::error::AppError;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_saying};

#[derive(Template)]
#[template(path = "author/templates/section.html")]
struct SectionPage {
    frame: Frame,
    form: Form,
    title: String,
    revision: i32,
    /// What it holds, which stays; none for a new one.
    kind: Option<SectionKind>,
    kinds: Vec<Choice>,
    needs: Vec<Choice>,
    numberings: Vec<Choice>,
    /// The field and the words of each check, and what can come of one.
    checks: Vec<(String, &'static str)>,
    strengths: Vec<Choice>,
    at: String,
    back: String,
}

fn choices<T: Copy>(all: &[T], word: fn(T) -> &'static str, label: fn(T) -> &'static str) -> Vec<Choice> {
    all.iter().map(|one| Choice::new(word(*one), label(*one))).collect()
}

fn show(me: &As<Keepers>, found: &Found, section: Option<&TemplateSection>, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = section.map_or_else(|| "Add a section".to_owned(), |section| format!("Change {}", section.heading));
    let kind = section.map(|section| section.kind);
    let kinds = choices(SectionKind::ALL, SectionKind::word, SectionKind::label);
    page_with(
        status,
        &SectionPage {
            frame: frame(me, found, &title).crumb("Change", me.paths().template_act(found.head.id, "edit")),
            form,
            title,
            revision: found.writing()?.revision,
            kind,
            kinds: std::iter::once(Choice::new("", "Choose one")).chain(kinds).collect(),
            needs: choices(Need::ALL, Need::word, Need::label),
            numberings: choices(Numbering::ALL, Numbering::word, Numbering::label),
            checks: kind
                .map_or(SectionCheck::ALL, TemplateSection::checks_for)
                .iter()
                .map(|check| (field(*check), check.label()))
                .collect(),
            strengths: choices(Strength::ALL, Strength::word, Strength::label),
            at: match section {
                Some(section) => me.paths().template_slot(found.head.id, &section.slot),
                None => me.paths().template_slot(found.head.id, "new"),
            },
            back: me.paths().template_act(found.head.id, "edit"),
        },
    )
}

/// What a form calls a check.
fn field(check: SectionCheck) -> String {
    format!("check_{}", check.word())
}

fn filled(section: &TemplateSection) -> Form {
    let mut form = Form::filled([
        ("heading", section.heading.clone()),
        ("also", section.also.join("\n")),
        ("need", section.need.word().to_owned()),
        ("fixed", section.fixed.clone()),
        ("guidance", section.guidance.clone()),
        ("source", section.source.clone()),
        ("numbering", section.numbering.word().to_owned()),
    ]);
    if section.applicants {
        form.set("applicants", "yes");
    }
    for check in SectionCheck::ALL {
        form.set(&field(*check), section.strength(*check).word());
    }
    form
}

fn typed(submitted: &Submitted) -> SectionEntry {
    let also = submitted.text("also").lines().map(one_line).filter(|name| !name.is_empty()).collect();
    SectionEntry {
        kind: SectionKind::parse(submitted.raw("kind")),
        heading: submitted.line("heading"),
        also,
        need: Need::parse(submitted.raw("need")),
        fixed: submitted.text("fixed"),
        guidance: submitted.text("guidance"),
        source: submitted.line("source"),
        numbering: Numbering::parse(submitted.raw("numbering")).unwrap_or(Numbering::Numbers),
        applicants: submitted.raw("applicants") == "yes",
        checks: SectionCheck::ALL
            .iter()
            .filter_map(|check| Some((*check, Strength::parse(submitted.raw(&field(*check)))?)))
            .collect(),
    }
}

pub async fn new(me: As<Keepers>, Path((_, template)): AtTemplate) -> Result<Response, AppError> {
    let (_tx, found, _) = held(&me, &template).await?;
    let form = Form::filled([
        ("need", "required".to_owned()),
        ("numbering", "numbers".to_owned()),
        ("applicants", "yes".to_owned()),
    ]);
    show(&me, &found, None, form)
}

pub async fn form(me: As<Keepers>, Path((_, template, slot)): AtSlot) -> Result<Response, AppError> {
    let (_tx, found, _) = held(&me, &template).await?;
    let section = found.writing()?.layout.section(&slot).ok_or(AppError::NotFound)?;
    show(&me, &found, Some(section), filled(section))
}

pub async fn add(me: As<Keepers>, Path((_, template)): AtTemplate, submitted: Submitted) -> Result<Response, AppError> {
    keep(me, &template, None, submitted).await
}

pub async fn save(
    me: As<Keepers>,
    Path((_, template, slot)): AtSlot,
    submitted: Submitted,
) -> Result<Response, AppError> {
    keep(me, &template, Some(slot), submitted).await
}

async fn keep(
    me: As<Keepers>,
    template: &str,
    slot: Option<String>,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let (mut tx, found, granted) = held(&me, template).await?;
    let edition = found.writing()?;
    let change = found.change(edition, &submitted)?;
    let before = match &slot {
        Some(slot) => Some(edition.layout.section(slot).ok_or(AppError::NotFound)?),
        None => None,
    };
    let name = match &slot {
        Some(slot) => slot.clone(),
        // Nothing else ever has it: what is new here means nothing in another template.
        None => format!("s{}", tx.new_identities(1).await?.first().copied().unwrap_or_default()),
    };
    let mut form = Form::again(&submitted);
    let section = match typed(&submitted).section(&name, &edition.layout, before) {
        Ok(section) => section,
        Err(problems) => {
            problems.into_iter().for_each(|(field, problem)| form.problem(field, problem));
            return show(&me, &found, before, form);
        }
    };
    let (heading, layout) = (section.heading.clone(), with(&edition.layout, section));
    let what = if before.is_some() { "changed" } else { "added" };
    match tx.save_layout(&granted, change, &layout, (what, &heading)).await {
        Ok(()) => {
            tx.commit().await?;
            let at = format!("{}#{name}", me.paths().template_act(found.head.id, "edit"));
            Ok(see_other_saying(at, &format!("Saved the section {heading}")))
        }
        Err(DbError::Stale) => {
            form.problem(
                "heading",
                "Somebody else changed the template meanwhile. What you typed is still here: save again",
            );
            show(&me, &found, before, form)
        }
        Err(error) => Err(error.into()),
    }
}

/// The layout with the section in its place, or at the end.
fn with(layout: &Layout, section: TemplateSection) -> Layout {
    let mut layout = layout.clone();
    match layout.sections.iter_mut().find(|one| one.slot == section.slot) {
        Some(one) => *one = section,
        None => layout.sections.push(section),
    }
    layout
}

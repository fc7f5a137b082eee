//! Starting a profile from blank: a title and a unit, and the draft opens.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use super::profiles::unit_choices;
use super::templates::template_choices;
use crate::db::{DbError, LikeProfile, Origin, TemplateChoice, Tx, Unit};
use crate::domain::alike::{How, how_alike};
use crate::domain::content::{Body, Content, Item, Section, SectionKind};
use crate::domain::details::Details;
use crate::domain::ids::{ItemId, SectionId, UnitId};
use crate::domain::text::{LONGEST_LINE, LONGEST_TEXT, one_line, profile_reference, tidy};
use crate::error::AppError;
use crate::fitting::{self, Onto};
use crate::policy::{Role, Subject, act, grant};
use crate::secret::Token;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page, page_again, see_other, see_other_saying};

/// The sections that a blank profile starts with: the parts that every job description has.
const USUAL: [(SectionKind, &str); 3] = [
    (SectionKind::Prose, "Purpose of the job"),
    (SectionKind::Duties, "Main duties"),
    (SectionKind::Criteria, "Person specification"),
];

#[derive(Template)]
#[template(path = "author/new_profile.html")]
struct NewProfilePage {
    frame: Frame,
    form: Form,
    units: Vec<Choice>,
    /// Empty where the employer has no template.
    templates: Vec<Choice>,
    import: String,
    form_key: String,
    here: String,
    /// What is there already and may be the same job; none where nobody looked yet.
    alike: Option<Vec<Alike>>,
    employer: String,
}

/// A profile that may be the same job.
struct Alike {
    href: String,
    title: String,
    facts: String,
    how: &'static str,
}

/// What was typed so far, as the address holds it.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    title: String,
    #[serde(default)]
    duties: String,
    #[serde(default)]
    unit: String,
    template: Option<String>,
}

/// Lines that a draft starts with.
const MOST_DUTIES: usize = 50;
/// Profiles that are named, the most alike first.
const NAMED: usize = 6;

pub async fn form(me: As<Authors>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let units = tx.units(me.employer()).await?;
    let templates = tx.template_choices(me.employer()).await?;
    let template = asked.template.unwrap_or_else(|| usual(&templates));
    let title: String = one_line(&asked.title).chars().take(LONGEST_LINE).collect();
    let duties: String = tidy(&asked.duties).chars().take(LONGEST_TEXT).collect();
    let form = Form::filled([
        ("title", title.clone()),
        ("duties", duties.clone()),
        ("unit", asked.unit),
        ("template", template),
    ]);
    let mut shown = shown(&me, (&units, &templates), form, Token::new()?.plain().to_owned());
    if !title.is_empty() || !duties.is_empty() {
        shown.alike = Some(alike(&me, &mut tx, &title, &duties).await?);
    }
    page(&shown)
}

async fn alike(me: &As<Authors>, tx: &mut Tx, title: &str, duties: &str) -> Result<Vec<Alike>, AppError> {
    let first = duties.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut found: Vec<(How, LikeProfile)> = tx
        .alike(&me.scope(), title, first)
        .await?
        .into_iter()
        .filter_map(|one| Some((how_alike((title, duties), (&one.title, &one.duties))?, one)))
        .collect();
    // Candidates come by the likeness of their titles, which the sort keeps among equals.
    found.sort_by_key(|(how, _)| *how);
    let named = found.into_iter().take(NAMED).map(|(how, one)| Alike {
        href: me.paths().profile(one.number).page(),
        facts: [profile_reference(one.number), one.grade, one.unit]
            .into_iter()
            .filter(|fact| !fact.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        title: if one.title.is_empty() { "Untitled job".to_owned() } else { one.title },
        how: how.in_words(),
    });
    Ok(named.collect())
}

/// What is chosen where nobody has chosen yet.
fn usual(templates: &[TemplateChoice]) -> String {
    templates.iter().find(|choice| choice.is_default).map(|choice| choice.id.to_string()).unwrap_or_default()
}

fn shown(
    me: &As<Authors>,
    (units, templates): (&[Unit], &[TemplateChoice]),
    form: Form,
    form_key: String,
) -> NewProfilePage {
    let mine: Vec<Unit> =
        units.iter().filter(|unit| me.staff().has_for(Role::Author, Some(unit.id))).cloned().collect();
    NewProfilePage {
        frame: me.frame("Start a job profile").crumb("Profiles", me.paths().profiles()),
        form,
        units: unit_choices(&mine, "Choose a unit"),
        templates: template_choices(templates),
        import: me.paths().import(),
        form_key,
        here: me.paths().new_profile(),
        alike: None,
        employer: me.who.employer.name.clone(),
    }
}

pub async fn create(me: As<Authors>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let units = tx.units(me.employer()).await?;
    let templates = tx.template_choices(me.employer()).await?;
    // A form that asks nothing of templates means the usual one.
    let asked = submitted.fields().iter().find(|(name, _)| name == "template").map(|(_, value)| value.clone());
    let asked = asked.unwrap_or_else(|| usual(&templates));
    let template = templates.iter().find(|choice| choice.id.to_string() == asked);
    let title = submitted.line("title");
    let form_key = form_key(submitted.raw("form_key"));
    let mut form = Form::again(&submitted);
    form.require("title", &title, "Give the job a title");
    form.limit("title", &title, LONGEST_LINE);
    let duties = submitted.text("duties");
    form.limit("duties", &duties, LONGEST_TEXT);
    let unit = submitted.raw("unit").parse().ok().map(UnitId).and_then(|id| units.iter().find(|unit| unit.id == id));
    if unit.is_none() {
        form.problem("unit", "Choose the unit that the job belongs to");
    }
    if template.is_none() && !asked.is_empty() {
        form.problem("template", "That template is no longer in use: choose another");
    }
    let (Some(unit), false) = (unit, form.has_errors()) else {
        return page_again(&shown(&me, (&units, &templates), form, form_key));
    };
    let subject = Subject {
        id: unit.id,
        employer: Some(me.employer()),
        unit: Some(unit.id),
        person: None,
        profile: None,
        name: unit.name.clone(),
    };
    let granted = grant::<act::CreateProfile>(&me.actor(), subject, me.now)?;
    let content = beginning(&mut tx, &duties, template.is_some()).await?;
    let origin = Origin {
        details: Details { title: title.clone(), ..Details::default() },
        content,
        post_numbers: String::new(),
        form_key: (!form_key.is_empty()).then(|| form_key.clone()),
    };
    let begun = match tx.create_profile(&granted, &origin).await {
        Ok(begun) => begun,
        Err(DbError::Constraint(name)) if name == "profile_form_key" => {
            // One connection a request: this one is of no use any more.
            drop(tx);
            return first_click(me, &form_key).await;
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(template) = template {
        let who = (&me.actor(), &me.scope(), me.now);
        fitting::put_on(&mut tx, who, (begun.profile_number, 1), None, Onto::latest(template)).await?;
    }
    tx.commit().await?;
    let at = me.paths().profile(begun.profile_number).version(1);
    Ok(see_other_saying(at.edit(), &format!("Started {title}. Fill in its details and its sections.")))
}

/// The usual sections, with the duties that are known; for a template the duties alone, since it brings the sections.
async fn beginning(tx: &mut Tx, duties: &str, has_template: bool) -> Result<Content, AppError> {
    let lines: Vec<&str> = duties.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_DUTIES).collect();
    let ids = tx.new_identities(USUAL.len() + lines.len()).await?;
    let (of_sections, of_lines) = ids.split_at(USUAL.len());
    let duty = |(line, id): (&&str, &i64)| Item::new(ItemId(*id), *line, Body::duty());
    let sections = USUAL.iter().zip(of_sections).map(|((kind, heading), id)| Section {
        id: SectionId(*id),
        kind: *kind,
        heading: (*heading).to_owned(),
        revision: 1,
        items: match *kind == SectionKind::Duties {
            true => lines.iter().zip(of_lines).map(duty).collect(),
            false => Vec::new(),
        },
    });
    Ok(Content { sections: sections.filter(|section| !has_template || !section.items.is_empty()).collect() })
}

/// The key that our page gave the form; anything else is none, and never reaches the database.
fn form_key(sent: &str) -> String {
    match sent.len() <= 64 && sent.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => sent.to_owned(),
        false => String::new(),
    }
}

/// The second of two clicks leads to what the first one made.
async fn first_click(me: As<Authors>, form_key: &str) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let number = tx.profile_of_form(me.employer(), form_key).await?.ok_or(AppError::NotFound)?;
    Ok(see_other(me.paths().profile(number).version(1).edit()))
}

#[cfg(test)]
mod tests {
    use super::form_key;

    #[test]
    fn only_a_key_of_ours_is_kept() {
        assert_eq!(form_key("a1b2"), "a1b2");
        for other in ["\0", "a1b2\0", "xyz", "'", &"a".repeat(65)] {
            assert_eq!(form_key(other), "", "{other:?}");
        }
    }
}

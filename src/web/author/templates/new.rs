//! Making a template: a name, and what it begins as.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{NAME_TAKEN, granted};
use crate::db::{DbError, TemplateChoice};
use crate::domain::template::{Layout, MOST_TEMPLATES};
use crate::error::AppError;
use crate::reference::templates::{StarterTemplate, starter_templates};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_saying};

#[derive(Template)]
#[template(path = "author/templates/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    beginnings: Vec<Choice>,
    at: String,
    back: String,
}

/// The longest name of a template.
const LONGEST_NAME: usize = 200;

/// What a new template can begin as: the ready ones, and those of the employer.
struct Beginnings {
    ready: Vec<StarterTemplate>,
    own: Vec<TemplateChoice>,
}

impl Beginnings {
    fn choices(&self) -> Vec<Choice> {
        let own = self.own.iter().map(|one| Choice::new(one.id, format!("A copy of {}", one.name)));
        let ready = self.ready.iter().map(|one| Choice::new(&one.key, format!("Ready: {}", one.name)));
        std::iter::once(Choice::new("", "Choose one")).chain(own).chain(ready).collect()
    }

    fn layout(&self, word: &str) -> Option<Layout> {
        let own = self.own.iter().find(|one| one.id.to_string() == word).map(|one| one.layout.clone());
        own.or_else(|| self.ready.iter().find(|one| one.key == word).map(|one| one.layout.clone()))
    }
}

fn show(me: &As<Keepers>, beginnings: &Beginnings, form: Form) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let back = me.paths().templates();
    page_with(
        status,
        &NewPage {
            frame: me.frame("Make a template").crumb("Templates", back.clone()),
            form,
            beginnings: beginnings.choices(),
            at: me.paths().templates_at("new"),
            back,
        },
    )
}

fn ready() -> Result<Vec<StarterTemplate>, AppError> {
    starter_templates().map_err(|error| AppError::Internal(error.to_string()))
}

pub async fn form(me: As<Keepers>) -> Result<Response, AppError> {
    granted(&me, "")?;
    let own = me.begin().await?.template_choices(me.employer()).await?;
    show(&me, &Beginnings { ready: ready()?, own }, Form::empty())
}

pub async fn make(me: As<Keepers>, submitted: Submitted) -> Result<Response, AppError> {
    let name = submitted.line("name");
    let granted = granted(&me, &name)?;
    let mut tx = me.begin().await?;
    let beginnings = Beginnings { ready: ready()?, own: tx.template_choices(me.employer()).await? };
    let mut form = Form::again(&submitted);
    form.require("name", &name, "Give the template a name");
    form.limit("name", &name, LONGEST_NAME);
    let layout = beginnings.layout(submitted.raw("begins"));
    if layout.is_none() {
        form.problem("begins", "Choose what it begins as");
    }
    if tx.templates(&me.scope()).await?.len() >= MOST_TEMPLATES {
        form.problem("name", format!("There are {MOST_TEMPLATES} templates, which is the most"));
    }
    let Some(layout) = layout.filter(|_| !form.has_errors()) else { return show(&me, &beginnings, form) };
    match tx.add_template(&granted, &name, &layout).await {
        Ok(id) => {
            tx.commit().await?;
            let said = "Made. Change its sections, see what it does to real profiles, and bring it into use.";
            Ok(see_other_saying(me.paths().template_act(id, "edit"), said))
        }
        Err(DbError::Constraint(broken)) if broken == NAME_TAKEN => {
            form.problem("name", "There is a template of that name: change it, or choose another name");
            show(&me, &beginnings, form)
        }
        Err(error) => Err(error.into()),
    }
}

//! The routes in use, and a draft to try them on.

use askama::Template;
use axum::response::Response;

use crate::domain::route::{Asked, Step};
use crate::domain::text::{count, profile_reference};
use crate::error::AppError;
use crate::web::form::{Choice, Form};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page};

struct Row {
    href: String,
    name: String,
    facts: String,
    steps: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin/approval/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    rows: Vec<Row>,
    new: String,
    try_out: String,
    drafts: Vec<Choice>,
    kinds: Vec<Choice>,
    yes_no: Vec<Choice>,
}

/// The most drafts that are offered to try a route on.
const MOST_DRAFTS: i64 = 200;

pub async fn page_of(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let routes = tx.routes(&me.scope(), None).await?;
    let drafts = tx.open_drafts(&me.scope(), MOST_DRAFTS).await?;
    let row = |route: &crate::db::Route| Row {
        href: me.paths().route(route.id),
        name: route.version.name.clone(),
        facts: format!(
            "{} · version {} · {}",
            route.unit.as_ref().map_or("The whole employer", |(_, name)| name),
            route.version.number,
            count(route.version.steps.len(), "step", "steps"),
        ),
        steps: route.version.steps.iter().map(|one| in_words(&one.step)).collect(),
    };
    let named = |draft: &(crate::domain::ids::VersionId, i32, i32, String)| {
        let (id, profile, version, title) = draft;
        Choice::new(id, format!("{title} ({} version {version})", profile_reference(*profile)))
    };
    page(&ListPage {
        frame: me.frame("Routes to approval").crumb("Reviews", me.paths().reviews()),
        form: Form::filled([("kind", "minor".to_owned()), ("grade", "no".to_owned())]),
        rows: routes.iter().map(row).collect(),
        new: me.paths().new_route(),
        try_out: me.paths().try_routes(),
        drafts: drafts.iter().map(named).collect(),
        kinds: super::try_out::kinds(),
        yes_no: super::try_out::yes_no(),
    })
}

/// `2. Evaluate the job: job evaluation panel, if the change is major`
fn in_words(step: &Step) -> String {
    let who = match &step.asked {
        Asked::UnitManager => "the unit’s manager".to_owned(),
        Asked::Group(group) => group.label().to_owned(),
        Asked::Person(_) => "a named person".to_owned(),
        Asked::Guest { name, .. } => format!("{name}, by a link"),
    };
    let when = match step.when.in_words() {
        words if words.is_empty() => words,
        words => format!(", {words}"),
    };
    format!("{}. {}: {who}{when}", step.place, step.title())
}

//! The dry run: who would get a draft if it were sent now, and by when. Nothing is written, nobody is told.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use crate::db::{Deciders, PlannedStep, Version};
use crate::domain::content::Content;
use crate::domain::details::ChangeKind;
use crate::domain::ids::VersionId;
use crate::domain::route::{Facts, changed_sections};
use crate::domain::working_days::weekday_and_date;
use crate::error::AppError;
use crate::reference::bank_holidays;
use crate::web::form::{Choice, Form};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page};
use crate::web::review::plan::{self, Placed};
use crate::web::review::{largest, way};

/// Which draft, and what its author would say of it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    draft: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    grade: String,
}

struct Row {
    place: u32,
    title: String,
    who: String,
    due: String,
    note: String,
}

#[derive(Template)]
#[template(path = "admin/approval/try.html")]
struct TryPage {
    frame: Frame,
    form: Form,
    draft: String,
    title: String,
    route: String,
    /// Steps that nobody can take.
    nobody: Vec<String>,
    rows: Vec<Row>,
    kinds: Vec<Choice>,
    yes_no: Vec<Choice>,
    back: String,
}

pub fn kinds() -> Vec<Choice> {
    ChangeKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())).collect()
}

pub fn yes_no() -> Vec<Choice> {
    vec![Choice::new("yes", "Yes, or it might"), Choice::new("no", "No")]
}

pub async fn page_of(me: As<Admins>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let id = asked.draft.parse().map(VersionId).map_err(|_| AppError::NotFound)?;
    let version = tx.version_by_id(&me.scope(), id).await?.ok_or(AppError::NotFound)?;
    let deciders = tx.deciders(&version, me.today()).await?;
    let mut contents = tx.contents(version.employer, &largest::compared(&version)).await?;
    let content = contents.remove(&version.id).unwrap_or_default();
    let kind = ChangeKind::parse(&asked.kind).unwrap_or(ChangeKind::Minor);
    let facts = Facts {
        is_new: version.issued.is_none() && version.base.is_none(),
        kind,
        affects_grade: asked.grade == "yes",
        sections: changed_sections(contents.values().next(), &content),
        grades: version.pay.iter().map(|grade| grade.id).collect(),
    };
    let (rows, nobody) = rows(&me, (&version, &content), &deciders, &facts);
    let grade = if facts.affects_grade { "yes" } else { "no" };
    page(&TryPage {
        frame: me.frame("Who would get it").crumb("Routes to approval", me.paths().routes()),
        form: Form::filled([("kind", kind.word().to_owned()), ("grade", grade.to_owned())]),
        draft: asked.draft,
        title: format!("{} ({})", version.title(), version.name()),
        route: match &deciders.route {
            Some(route) => format!("The route “{}”, version {}. {}", route.name, route.number, way::again(route.keeps)),
            None => "There is no route for its unit: whoever sends it chooses who approves it.".to_owned(),
        },
        nobody,
        rows,
        kinds: kinds(),
        yes_no: yes_no(),
        back: me.paths().routes(),
    })
}

fn rows(
    me: &As<Admins>,
    (version, content): (&Version, &Content),
    deciders: &Deciders,
    facts: &Facts,
) -> (Vec<Row>, Vec<String>) {
    let Some(route) = &deciders.route else { return (Vec::new(), Vec::new()) };
    let draft = plan::Draft { facts, content, sender: version.history.created_by, today: me.today() };
    match plan::planned(deciders, route, &draft, |_| None) {
        Ok(planned) => (in_order(me, deciders, &planned), Vec::new()),
        Err(none) => (Vec::new(), none.into_iter().map(|one| one.step).collect()),
    }
}

fn in_order(me: &As<Admins>, deciders: &Deciders, planned: &[(PlannedStep, Option<Placed>)]) -> Vec<Row> {
    let holidays = bank_holidays::of(deciders.settings.nation);
    let mut begins = me.today();
    let mut rows = Vec::with_capacity(planned.len());
    for group in planned.chunk_by(|(one, _), (other, _)| one.place == other.place) {
        for (step, placed) in group {
            let name = |placed: &Placed| deciders.name(placed.opening.to);
            let because = |placed: &Placed| placed.stuck.clone().unwrap_or_else(|| placed.opening.because.clone());
            rows.push(Row {
                place: step.place,
                title: if step.name.is_empty() { step.kind.label().to_owned() } else { step.name.clone() },
                who: placed.as_ref().map(name).unwrap_or_default(),
                due: weekday_and_date(holidays.after(begins, step.days), me.today()),
                note: step.kept.clone().or_else(|| placed.as_ref().map(because)).unwrap_or_default(),
            });
        }
        begins = holidays.after(begins, group.iter().map(|(step, _)| step.days).max().unwrap_or_default());
    }
    rows
}

//! How a review goes, step by step; where administrators skip a step, begin it again or cancel it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use crate::clock::london_date;
use crate::db::{ReviewStep, StepEnd, instance};
use crate::domain::route::Asked;
use crate::domain::text::long_date;
use crate::domain::version::StateName;
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::policy::Action;
use crate::reference::bank_holidays;
use crate::web::author::version::{At, at, frame, load_with_remarks, may};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};

/// A step on the page.
struct Row {
    number: i64,
    place: u32,
    title: String,
    text: String,
    due: Due,
    /// What was said with it, a line each.
    said: Vec<String>,
    /// Where an administrator gives it to somebody else.
    give: Option<String>,
    may_skip: bool,
    /// It has not begun, and others before it are not over.
    may_jump: bool,
    /// A guest's link can be sent anew or taken back.
    guest: bool,
}

#[derive(Template)]
#[template(path = "review/steps.html")]
struct StepsPage {
    frame: Frame,
    title: String,
    rows: Vec<Row>,
    path: String,
    back: String,
    steers: bool,
    fingerprint: String,
}

pub async fn page_of(me: As<StaffOnly>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (version, _) = load_with_remarks(&mut tx, &me.scope(), &profile, &number).await?;
    let at = at(&me, &version);
    let in_review = version.state.name() == StateName::InReview;
    let steers = in_review && may(&me, &version, Action::SkipStep);
    let keeps = in_review && may(&me, &version, Action::ChangeGuestLink);
    let row = |step: &ReviewStep| Row {
        number: step.id.0,
        place: step.place,
        title: step.title().to_owned(),
        text: stands(step),
        due: due(step, me.today()),
        said: said(step),
        give: step.task.as_ref().filter(|_| steers).map(|(task, ..)| me.paths().reassign(*task)),
        // Not the only approval that is left, nor past it.
        may_skip: steers && instance(&version.steps).skip(step.id).is_ok(),
        may_jump: steers && instance(&version.steps).jump(step.id).is_ok(),
        guest: keeps && step.ended.is_none() && step.opened_at.is_some() && matches!(step.asked, Asked::Guest { .. }),
    };
    page(&StepsPage {
        frame: frame(&me, &version, "The review"),
        title: version.title().to_owned(),
        rows: version.steps.iter().map(row).collect(),
        path: at.act("review"),
        back: at.page(),
        steers,
        fingerprint: version
            .open_task
            .as_ref()
            .map(|open| format!("submission {}, fingerprint {}", open.submission_number, open.fingerprint))
            .unwrap_or_default(),
    })
}

/// By when it is decided: a guest has so many working days from the day on which they were asked.
fn due(step: &ReviewStep, today: time::Date) -> Due {
    let holidays = bank_holidays::of(step.nation);
    let of_guest = |opened| holidays.after(london_date(opened), step.days);
    let is_guest = matches!(step.asked, Asked::Guest { .. });
    let last = step.due_on.or_else(|| step.opened_at.filter(|_| is_guest).map(of_guest));
    Due::on(last.filter(|_| step.ended.is_none()), today, holidays)
}

/// Everything that was said at a step.
fn said(step: &ReviewStep) -> Vec<String> {
    let answers = step.answers.iter().map(|answer| match answer.note.is_empty() {
        true => format!("{} {}.", answer.question, answer.answer),
        false => format!("{} {}: {}", answer.question, answer.answer, answer.note),
    });
    let texts = [&step.reason, &step.note, &step.waives, &step.ended_because];
    answers.chain(texts.into_iter().filter(|text| !text.is_empty()).cloned()).collect()
}

/// How a step stands, in a sentence without its end.
pub fn stands(step: &ReviewStep) -> String {
    let day = |at| long_date(london_date(at));
    match (&step.ended, &step.task, step.opened_at) {
        (Some((at, StepEnd::Done)), _, _) => format!("{} {} it on {}", who(step), step.kind.done(), day(*at)),
        (Some((at, StepEnd::ChangesRequested)), _, _) => format!("{} asked for changes on {}", who(step), day(*at)),
        (Some((_, StepEnd::Kept)), _, _) => "Kept from the submission before".to_owned(),
        (Some((at, StepEnd::Skipped)), _, _) => {
            format!("{} skipped it on {}", step.ended_by.as_deref().unwrap_or("Somebody"), day(*at))
        }
        (Some((at, StepEnd::Ended | StepEnd::Replaced)), _, _) => format!("Nobody was asked after {}", day(*at)),
        (None, Some((_, _, name)), Some(since)) => format!("Waits for {name} since {}", day(since)),
        (None, _, Some(since)) => format!("Waits for {} since {}", planned(step), day(since)),
        (None, _, None) => format!("Comes later: {}", planned(step)),
    }
}

/// The same with the step's name before it.
pub fn in_words(step: &ReviewStep) -> String {
    format!("{}: {}", step.title(), stands(step))
}

fn who(step: &ReviewStep) -> String {
    match (&step.decider, &step.asked) {
        (Some(name), _) => name.clone(),
        (None, Asked::Guest { name, .. }) => format!("{name} (guest)"),
        (None, Asked::UnitManager | Asked::Group(_) | Asked::Person(_)) => "Somebody".to_owned(),
    }
}

fn planned(step: &ReviewStep) -> String {
    match &step.asked {
        Asked::Guest { name, .. } => format!("{name} (guest)"),
        Asked::UnitManager | Asked::Group(_) | Asked::Person(_) if !step.chosen_name.is_empty() => {
            step.chosen_name.clone()
        }
        Asked::Group(group) => group.label().to_owned(),
        Asked::UnitManager | Asked::Person(_) => "the unit’s manager".to_owned(),
    }
}

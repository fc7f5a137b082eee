//! Starting a roll-out, and how far it is. The job carries it out; whoever leaves the page misses nothing.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::impact::{self, Asked};
use super::propose::current;
use super::{AtClause, find};
use crate::clock::london_moment;
use crate::db::{DbError, Rollout, RolloutRow};
use crate::domain::clause::{InReviewChoice, Mode, Outcome};
use crate::domain::text::profile_reference;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Keepers, StaffOnly};
use crate::web::page::{Frame, page as shown, see_other_noting, see_other_saying};

/// Profiles that the page lists; those that wait come first.
const MOST: i64 = 200;
/// The constraint that a second roll-out of one text breaks.
const ONCE: &str = "clause_rollout_employer_id_clause_id_edition_key";

pub async fn start(me: As<Keepers>, Path((_, clause)): AtClause, submitted: Submitted) -> Result<Response, AppError> {
    let mode = Mode::parse(submitted.raw("mode"));
    let review = InReviewChoice::parse(submitted.raw("in_review"));
    let (Some(mode), Some(review)) = (mode, review) else {
        let mut form = Form::again(&submitted);
        if mode.is_none() {
            form.problem("mode", "Choose how it is rolled out");
        }
        if review.is_none() {
            form.problem("in_review", "Choose what happens to versions in review");
        }
        return impact::show(&me, &clause, form, &Asked::default()).await;
    };
    let mut tx = me.begin().await?;
    let head = find(&mut tx, &me, &clause).await?;
    let granted = grant::<act::RollOutClause>(&me.actor(), head.subject(head.id, me.employer()), me.now)?;
    let edition: i32 = submitted.number("edition")?;
    let editions = tx.clause_editions(&me.scope(), head.id).await?;
    let back = me.paths().clause_act(head.id, "impact");
    if current(&editions, me.today()).map(|now| now.number) != Some(edition) {
        return Ok(see_other_noting(back, "Another text holds by now: look at what it changes first"));
    }
    let at = me.paths().clause_act(head.id, "rollout");
    match tx.start_rollout(&granted, edition, (mode, review), me.today()).await {
        Ok(_) => tx.commit().await?,
        Err(DbError::Constraint(broken)) if broken == ONCE => {
            return Ok(see_other_noting(at, "It is being rolled out already"));
        }
        Err(DbError::Stale) => {
            return Ok(see_other_noting(back, "A second person has to approve a text before it is rolled out"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(see_other_saying(at, "The roll-out has begun. You can leave this page and come back."))
}

#[derive(Template)]
#[template(path = "author/clauses/rollout.html")]
struct RolloutPage {
    frame: Frame,
    name: String,
    rollout: Rollout,
    started: String,
    here: String,
    all: i64,
    done: i64,
    sentence: String,
    is_over: bool,
    counts: Vec<(i64, &'static str)>,
    rows: Vec<(String, String, String)>,
}

pub async fn page(me: As<StaffOnly>, Path((_, clause)): AtClause) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let id = clause.parse().map(crate::domain::ids::ClauseId).map_err(|_| AppError::NotFound)?;
    let rollout = tx.rollout_of(me.employer(), id).await?.ok_or(AppError::NotFound)?;
    let (rows, counts) = tx.rollout_rows(rollout.id, MOST).await?;
    let all = counts.iter().map(|(_, count)| count).sum();
    let waiting: i64 = counts.iter().filter(|(outcome, _)| outcome.is_none()).map(|(_, count)| count).sum();
    let held = rows.iter().filter(|row| !row.waits_for.is_empty()).count() as i64;
    let is_over = rollout.finished_at.is_some();
    shown(&RolloutPage {
        frame: me
            .frame(format!("Rolling out {}", rollout.name))
            .crumb("Standard clauses", me.paths().clauses())
            .crumb(rollout.name.clone(), me.paths().clause(id)),
        name: rollout.name.clone(),
        started: london_moment(rollout.started_at),
        here: me.paths().clause_act(id, "rollout"),
        all,
        done: all - waiting,
        sentence: sentence(is_over, all, waiting, held),
        is_over,
        counts: counts
            .iter()
            .map(|(outcome, count)| (*count, outcome.map_or("Not done yet", Outcome::label)))
            .collect(),
        rows: rows.iter().map(|row| shown_row(&me, row)).collect(),
        rollout,
    })
}

fn sentence(is_over: bool, all: i64, waiting: i64, held: i64) -> String {
    match (is_over, waiting) {
        (true, _) => format!("All {all} profiles are done."),
        (false, 0) => "The last are being finished.".to_owned(),
        (false, waiting) if waiting == held => format!(
            "{} of {all} profiles are done. The others wait for a decision on a version; they follow by themselves.",
            all - waiting
        ),
        (false, waiting) => {
            format!("{} of {all} profiles are done. You can leave this page and come back.", all - waiting)
        }
    }
}

fn shown_row(me: &As<StaffOnly>, row: &RolloutRow) -> (String, String, String) {
    let said = match row.outcome {
        Some(outcome) => outcome.label().to_owned(),
        None if row.waits_for.is_empty() => "Not done yet".to_owned(),
        None => row.waits_for.clone(),
    };
    (me.paths().profile(row.profile).page(), format!("{} {}", profile_reference(row.profile), row.title), said)
}

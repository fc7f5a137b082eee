//! What the text of the day would change: every profile that holds an earlier one, before and after, and what becomes of
//! it either way.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::propose::current;
use super::{AtClause, find};
use crate::db::{Affected, EditionRow, Holds};
use crate::domain::clause::{InReviewChoice, Mode, Outcome, Standing, Step, step};
use crate::domain::diff::{Stretch, marked};
use crate::domain::text::{count, profile_reference};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Choice, Form};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with, see_other_noting};

/// Profiles on one page.
const PAGE: usize = 250;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    page: String,
}

/// An earlier text that profiles hold, against the one that is rolled out.
struct Before {
    edition: i32,
    words: Vec<Stretch>,
}

struct Row {
    href: String,
    name: String,
    title: String,
    /// `Version 3: text 1`
    in_force: String,
    open: String,
    /// The earlier text, to lead to it.
    edition: Option<i32>,
    silent: String,
    controlled: String,
}

#[derive(Template)]
#[template(path = "author/clauses/impact.html")]
struct ImpactPage {
    frame: Frame,
    form: Form,
    name: String,
    edition: i32,
    count: String,
    /// How many come to what, by the silent way and by the controlled one.
    sums: Vec<(String, usize, usize)>,
    befores: Vec<Before>,
    rows: Vec<Row>,
    modes: Vec<Choice>,
    reviews: Vec<Choice>,
    /// Why it can't be rolled out.
    barred: Option<&'static str>,
    start: String,
    previous: Option<String>,
    next: Option<String>,
}

pub async fn page(
    me: As<Keepers>,
    Path((_, clause)): AtClause,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    show(&me, &clause, Form::filled([("in_review", "wait".to_owned())]), &asked).await
}

pub async fn show(me: &As<Keepers>, clause: &str, form: Form, asked: &Asked) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&mut tx, me, clause).await?;
    grant::<act::RollOutClause>(&me.actor(), head.subject(head.id, me.employer()), me.now)?;
    let editions = tx.clause_editions(&me.scope(), head.id).await?;
    let back = me.paths().clause(head.id);
    let Some(now) = current(&editions, me.today()).filter(|now| now.approved_at.is_some()) else {
        return Ok(see_other_noting(back, "No text holds yet, so there is nothing to roll out"));
    };
    let affected = tx.clause_impact(me.employer(), (head.id, now.number), None).await?;
    let at = me.paths().clause_act(head.id, "impact");
    let page: usize = asked.page.parse().unwrap_or(1).clamp(1, 1_000);
    let turn = |page: usize| format!("{at}?page={page}");
    let shown: Vec<Row> = affected.iter().skip((page - 1) * PAGE).take(PAGE).map(|one| row(me, one)).collect();
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(
        status,
        &ImpactPage {
            frame: me
                .frame("See every effect")
                .crumb("Standard clauses", me.paths().clauses())
                .crumb(head.entry.name.clone(), back),
            form,
            name: head.entry.name,
            edition: now.number,
            count: count(affected.len(), "profile holds this clause", "profiles hold this clause"),
            sums: sums(&affected),
            befores: befores(&affected, &editions, now),
            rows: shown,
            modes: Mode::ALL.iter().map(|mode| Choice::new(mode.word(), mode.label())).collect(),
            reviews: InReviewChoice::ALL.iter().map(|one| Choice::new(one.word(), one.label())).collect(),
            barred: barred(now, &affected),
            start: me.paths().clause_act(head.id, "rollout"),
            previous: (page > 1).then(|| turn(page - 1)),
            next: (affected.len() > page * PAGE).then(|| turn(page + 1)),
        },
    )
}

fn barred(now: &EditionRow, affected: &[Affected]) -> Option<&'static str> {
    let is_old =
        |one: &Affected| [one.in_force, one.open].iter().flatten().any(|holds| holds.standing == Standing::Old);
    match (now.starter, affected.iter().any(is_old)) {
        (true, _) => {
            Some("The text of the day came with Rolebook. Propose one of your own, have it approved, then roll it out.")
        }
        (false, false) => Some("Every profile that holds this clause has the text of the day, or words of its own."),
        (false, true) => None,
    }
}

fn ahead(one: &Affected, mode: Mode) -> Step {
    let in_force = one.in_force.map(|holds| (holds.standing, holds.basis));
    let open = one.open.map(|holds| (holds.state, holds.standing));
    step(in_force, open, (mode, InReviewChoice::Wait))
}

fn said(step: Step) -> String {
    match step {
        Step::Done(outcome) => ahead_of(outcome).to_owned(),
        Step::Issue | Step::IssueBeside => "A minor version".to_owned(),
        Step::Draft => "A draft to approve".to_owned(),
        Step::Recall => "Recalled from review".to_owned(),
        Step::Wait(state) => format!("Waits: {}", state.label().to_lowercase()),
    }
}

fn sums(affected: &[Affected]) -> Vec<(String, usize, usize)> {
    let mut sums: std::collections::BTreeMap<String, (usize, usize)> = std::collections::BTreeMap::new();
    for one in affected {
        sums.entry(said(ahead(one, Mode::Silent))).or_default().0 += 1;
        sums.entry(said(ahead(one, Mode::Controlled))).or_default().1 += 1;
    }
    sums.into_iter().map(|(what, (silent, controlled))| (what, silent, controlled)).collect()
}

fn befores(affected: &[Affected], editions: &[EditionRow], now: &EditionRow) -> Vec<Before> {
    let mut held: Vec<i32> =
        affected.iter().flat_map(|one| [one.in_force, one.open]).flatten().filter_map(old).collect();
    held.sort_unstable();
    held.dedup();
    held.into_iter()
        .filter_map(|number| editions.iter().find(|edition| edition.number == number))
        .map(|old| Before { edition: old.number, words: marked(&old.text, &now.text) })
        .collect()
}

fn old(holds: Holds) -> Option<i32> {
    holds.edition.filter(|_| holds.standing == Standing::Old)
}

fn row(me: &As<Keepers>, one: &Affected) -> Row {
    let stands = |holds: Holds| match (holds.standing, holds.edition) {
        (Standing::Old | Standing::New, Some(edition)) => format!("text {edition}"),
        (Standing::Own, _) => "words of its own".to_owned(),
        (Standing::Absent, _) | (Standing::Old | Standing::New, None) => "without it".to_owned(),
    };
    let at = |holds: Option<Holds>| match holds {
        Some(holds) => format!("Version {}, {}: {}", holds.number, holds.state.label().to_lowercase(), stands(holds)),
        None => "–".to_owned(),
    };
    Row {
        href: me.paths().profile(one.number).page(),
        name: profile_reference(one.number),
        title: one.title.clone(),
        in_force: at(one.in_force),
        open: at(one.open),
        edition: one.in_force.and_then(old).or(one.open.and_then(old)),
        silent: said(ahead(one, Mode::Silent)),
        controlled: said(ahead(one, Mode::Controlled)),
    }
}

/// What is to come, before it has.
fn ahead_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Issued => "A minor version",
        Outcome::Drafted => "A draft to approve",
        Outcome::TakenByDraft => "The open draft shows it",
        Outcome::Overridden => "Keeps words of its own",
        Outcome::UpToDate => "Has it already",
    }
}

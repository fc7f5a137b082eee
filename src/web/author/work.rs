//! My work: tasks first, then drafts of mine, then what needs review.

use askama::Template;
use axum::response::Response;
use time::Duration;

use super::profiles::facts;
use crate::clock::london_date;
use crate::db::{ProfileRow, Task, TaskKind, Waiting, WaitsFor};
use crate::domain::text::{self, long_date, profile_reference};
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::policy::Role;
use crate::reference::bank_holidays;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths;

/// How long before its date a review is announced.
const REVIEW_NOTICE: Duration = Duration::days(60);

struct Entry {
    href: String,
    title: String,
    facts: String,
    state: &'static str,
    due: Due,
}

#[derive(Template)]
#[template(path = "author/work.html")]
struct WorkPage<'a> {
    frame: Frame,
    paths: paths::Employer<'a>,
    tasks: Vec<Entry>,
    /// Clauses to decide on, and drafts with suggestions to decide or comments to answer.
    waiting: Vec<Entry>,
    /// Approved or confirmed, and waiting for somebody to issue or publish it; and adverts to finish.
    next: Vec<Entry>,
    drafts: Vec<Entry>,
    reviews: Vec<Entry>,
    is_author: bool,
}

pub async fn work(me: As<StaffOnly>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let tasks = tx.my_tasks(&me.scope()).await?;
    let due = me.today() + REVIEW_NOTICE;
    let is_author = me.staff().has(Role::Author);
    let mine = tx.work_of(&me.scope(), due).await?;
    let waiting = tx.waiting_for(&me.scope()).await?;
    let issues = is_author || me.staff().has(Role::Admin);
    let (drafts, reviews): (Vec<ProfileRow>, Vec<ProfileRow>) = mine.into_iter().partition(|row| row.state.is_open());
    let paths = me.paths();
    page(&WorkPage {
        frame: me.frame("My work"),
        paths,
        tasks: tasks.iter().map(|task| entry_of_task(task, paths, me.today())).collect(),
        waiting: waiting
            .iter()
            .filter_map(|one| entry_of_clause(one, paths))
            .chain(drafts.iter().filter_map(|row| entry_of_remarks(row, &waiting, is_author, paths)))
            .collect(),
        next: waiting.iter().filter(|_| issues).filter_map(|one| entry_of_step(one, paths)).collect(),
        drafts: drafts.iter().map(|row| entry_of_draft(row, is_author, paths)).collect(),
        reviews: reviews.iter().map(|row| entry_of_review(row, paths, me.today())).collect(),
        is_author,
    })
}

fn entry_of_task(task: &Task, paths: paths::Employer<'_>, today: time::Date) -> Entry {
    let reference = profile_reference(task.profile_number);
    let (href, what, why) = match (task.kind, task.advert) {
        (TaskKind::Approve, _) => (paths.task(task.id), "Review and decide", "asked you to approve it"),
        (TaskKind::Review, _) => (paths.task(task.id), "Review and comment", "asked what you think of it"),
        (TaskKind::Evaluate, _) => (paths.task(task.id), "Evaluate the job", "asked for its evaluation"),
        (TaskKind::Agree, _) => (paths.task(task.id), "Read and agree", "asked whether you agree to it"),
        (TaskKind::Acknowledge, _) => (paths.task(task.id), "Read and say so", "asked you to read it"),
        (TaskKind::ReviewEmergencyIssue, _) => {
            (paths.task(task.id), "Look at what was issued in an emergency", "issued it without approval")
        }
        (TaskKind::ConfirmAdvert, Some(advert)) => {
            (format!("{}/confirm", paths.advert(advert)), "Confirm the advert's text", "named you as hiring manager")
        }
        (TaskKind::ConfirmAdvert, None) => {
            (paths.adverts(), "Confirm the advert's text", "named you as hiring manager")
        }
    };
    Entry {
        href,
        title: format!("{what}: {}", task.title),
        facts: format!(
            "{reference} · {} {why} on {}{}",
            task.from,
            long_date(london_date(task.created_at)),
            in_place(task)
        ),
        state: "",
        due: Due::on(task.due_on, today, bank_holidays::of(task.nation)),
    }
}

/// ` · in place of Helen Whitworth`
fn in_place(task: &Task) -> String {
    task.instead_of.as_ref().map_or_else(String::new, |name| format!(" · in place of {name}"))
}

/// `3 suggestions to decide: Occupational Therapist`
fn entry_of_remarks(
    row: &ProfileRow,
    waiting: &[Waiting],
    is_author: bool,
    paths: paths::Employer<'_>,
) -> Option<Entry> {
    let is_here = |one: &&Waiting| one.what == WaitsFor::Answer && one.profile_number == row.number;
    let waiting = waiting.iter().find(is_here)?;
    // While the text is frozen, and for those who don't write it, there is nothing to decide.
    let (one, many) = match is_author && row.state.is_editable() {
        true => ("suggestion to decide", "suggestions to decide"),
        false => ("suggestion", "suggestions"),
    };
    let suggestions = text::count(waiting.suggestions as usize, one, many);
    let comments = text::count(waiting.comments as usize, "open comment", "open comments");
    let what = match (waiting.suggestions, waiting.comments) {
        (0, 0) => return None,
        (_, 0) => suggestions,
        (0, _) => comments,
        (_, _) => format!("{suggestions}, {comments}"),
    };
    let href = paths.profile(row.number).version(row.version_number).remarks();
    Some(Entry { href, title: format!("{what}: {}", title(row)), facts: facts(row), state: "", due: Due::default() })
}

/// `Decide on the clause’s new text: Health and safety`
fn entry_of_clause(one: &Waiting, paths: paths::Employer<'_>) -> Option<Entry> {
    let (href, did) = match (one.what, one.clause) {
        (WaitsFor::Clause, Some(clause)) => (paths.clause(clause), "proposed it"),
        (WaitsFor::Shared, _) => (paths.shared(), "offered it"),
        (WaitsFor::Clause, None) | (WaitsFor::Answer | WaitsFor::Issue | WaitsFor::Publish | WaitsFor::Writing, _) => {
            return None;
        }
    };
    let (who, at) = one.decided.as_ref()?;
    let facts = format!("{who} {did} on {}", long_date(london_date(*at)));
    Some(Entry { href, title: format!("{}: {}", one.what.label(), one.title), facts, state: "", due: Due::default() })
}

/// `Publish the advert: Occupational Therapist`
fn entry_of_step(one: &Waiting, paths: paths::Employer<'_>) -> Option<Entry> {
    let version = paths.profile(one.profile_number).version(one.version_number).page();
    let (href, decided) = match (one.what, one.advert) {
        (WaitsFor::Answer | WaitsFor::Clause | WaitsFor::Shared, _) => return None,
        (WaitsFor::Issue, _) => (version, "approved by"),
        (WaitsFor::Publish, Some(advert)) => (paths.advert(advert), "confirmed by"),
        (WaitsFor::Writing, Some(advert)) => (paths.advert_act(advert, "edit"), "returned by"),
        (WaitsFor::Publish | WaitsFor::Writing, None) => return None,
    };
    let reference = format!("{}, version {}", profile_reference(one.profile_number), one.version_number);
    let facts = match &one.decided {
        Some((who, at)) => format!("{reference} · {decided} {who} on {}", long_date(london_date(*at))),
        None => reference,
    };
    let title = if one.title.is_empty() { "Untitled job" } else { &one.title };
    Some(Entry { href, title: format!("{}: {title}", one.what.label()), facts, state: "", due: Due::default() })
}

/// Only authors go on with a draft; others read it.
fn entry_of_draft(row: &ProfileRow, is_author: bool, paths: paths::Employer<'_>) -> Entry {
    let version = paths.profile(row.number).version(row.version_number);
    let href = if is_author && row.state.is_editable() { version.edit() } else { version.page() };
    Entry { href, title: title(row), facts: facts(row), state: row.state.label(), due: Due::default() }
}

fn entry_of_review(row: &ProfileRow, paths: paths::Employer<'_>, today: time::Date) -> Entry {
    let due = row.review_date.map(|date| match date < today {
        true => format!("review was due {}", long_date(date)),
        false => format!("review due {}", long_date(date)),
    });
    Entry {
        href: paths.profile(row.number).page(),
        title: title(row),
        facts: format!("{} · {}", profile_reference(row.number), due.unwrap_or_default()),
        state: row.state.label(),
        due: Due::default(),
    }
}

fn title(row: &ProfileRow) -> String {
    if row.title.is_empty() { "Untitled job".to_owned() } else { row.title.clone() }
}

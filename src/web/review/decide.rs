//! The page on which an approver decides: what changed first, then the document, the decision within reach.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;

use super::answers::{self, Question};
use super::changes::{self, Changes};
use super::impact::Impact;
use super::overrides::{Override, overrides};
use super::steps;
use crate::clock::london_date;
use crate::db::{OpenTask, Remarks, ReviewStep, Tx, Version};
use crate::documents::render::Html;
use crate::documents::render::sheet::Sheet;
use crate::domain::ids::TaskId;
use crate::domain::route::{Asked as AskedOf, Group, StepKind};
use crate::domain::text::long_date;
use crate::domain::version::{Authority, State};
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::printing::on_screen;
use crate::reference::bank_holidays;
use crate::web::author::pay_line::PayLine;
use crate::web::form::{Choice, Form};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page_with};
use crate::web::paths::Show;
use crate::web::remarks::{Asked, Back, Notes, Open};

/// The parts of a task's address: employer and task.
pub type AtTask = Path<(String, i64)>;

#[derive(Template)]
#[template(path = "review/decide.html")]
struct DecidePage<'a> {
    frame: Frame,
    form: Form,
    version: &'a Version,
    pay: PayLine,
    task: String,
    version_href: String,
    /// The same changes side by side, whole, or against another version.
    compare_href: String,
    submission_number: i32,
    /// The beginning of what was submitted, as a number that stands for it.
    fingerprint: String,
    /// What stood in the way as it was sent, and why it was sent all the same.
    findings: Vec<String>,
    exception: String,
    kind: StepKind,
    /// Who asks, for what, and why this person.
    why: String,
    questions: Vec<Question>,
    answers: Vec<Choice>,
    /// Who else is or was asked, a line each.
    others: Vec<String>,
    submitted: String,
    changes: Option<Changes>,
    sheet: Sheet,
    /// Only the person who was asked decides; others may look.
    is_mine: bool,
    assignee: String,
    due: Due,
    /// Who was asked at first.
    instead_of: String,
    /// Why it came to somebody else.
    because: String,
    affects_grade: &'static str,
    /// What stands beside its lines.
    notes: Notes,
    /// What it does beyond its words.
    impact: Impact,
    /// Came by a link in mail: everything else is closed to them.
    is_limited: bool,
    /// Whose words were accepted into it.
    proposers: Vec<String>,
    /// Standard clauses whose words differ here.
    overrides: Vec<Override>,
}

impl DecidePage<'_> {
    fn head(&self) -> impl std::fmt::Display {
        Html::head(&self.sheet)
    }

    fn document(&self) -> Html<'_> {
        Html::new(&self.sheet.blocks, &self.notes)
    }
}

#[derive(Template)]
#[template(path = "review/looked.html")]
struct LookedPage<'a> {
    frame: Frame,
    version: &'a Version,
    task: String,
    version_href: String,
    reason: String,
}

pub async fn task(
    me: As<StaffOnly>,
    Path((_, task)): AtTask,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let Some((version, remarks)) = tx.task_with_remarks(&me.scope(), TaskId(task), asked.wants_people()).await? else {
        return super::looked::decided_or_unknown(&mut tx, &me, TaskId(task)).await;
    };
    shown(&me, &mut tx, (&version, &remarks), TaskId(task), Form::empty(), &asked).await
}

/// The page again with what is wrong with the decision.
pub async fn show(
    me: &As<StaffOnly>,
    tx: &mut Tx,
    version: &Version,
    task: TaskId,
    form: Form,
) -> Result<Response, AppError> {
    let remarks = tx.remarks(version.id).await?;
    shown(me, tx, (version, &remarks), task, form, &Asked::default()).await
}

async fn shown(
    me: &As<StaffOnly>,
    tx: &mut Tx,
    (version, remarks): (&Version, &Remarks),
    task: TaskId,
    form: Form,
    asked: &Asked,
) -> Result<Response, AppError> {
    let path = me.paths().task(task);
    let at = me.paths().profile(version.profile.number).version(version.number);
    let (version_href, compare_href) = (at.page(), at.act("compare"));
    let frame = me.task_frame(format!("Review {}", version.title()));
    let Some(open) = version.open_task.as_ref().filter(|open| open.id == task) else {
        let reason = emergency_reason(version);
        return page_with(StatusCode::OK, &LookedPage { frame, version, task: path, version_href, reason });
    };
    let other = changes::against(tx, &me.scope(), version).await?;
    let (content, changes) = changes::load(tx, other.as_ref(), version, Show::default()).await?;
    let open_form = if me.is_limited() { Open::Nothing } else { asked.open() };
    let notes = Notes::new(me, version, &content, remarks, Back::Task(task), open_form);
    let notes = if me.is_limited() { notes.to_read() } else { notes };
    let mine = version.steps.iter().find(|step| step.id == open.step);
    let submitter = version.history.submitter.clone().unwrap_or_default();
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = DecidePage {
        frame,
        pay: PayLine::of(version, me.today()),
        form,
        task: path,
        version_href,
        compare_href,
        impact: Impact::of(version, other.as_ref(), changes.as_ref(), (me.paths(), me.today())),
        is_limited: me.is_limited(),
        submission_number: open.submission_number,
        fingerprint: open.fingerprint.clone(),
        findings: open.findings.clone(),
        exception: open.exception.clone(),
        kind: open.kind,
        why: why(version, open, mine),
        questions: mine.map_or_else(Vec::new, |step| answers::questions(&step.questions, &step.section, &content)),
        answers: answers::choices(),
        others: version.steps.iter().filter(|step| step.id != open.step).map(steps::in_words).collect(),
        submitted: format!(
            "{submitter}, {}",
            long_date(london_date(version.state.sent().map_or(open.created_at, |sent| sent.at)))
        ),
        changes,
        sheet: on_screen(version, &content, &me.who.employer.name, me.today()),
        is_mine: open.assigned_to == me.staff().membership,
        assignee: open.assignee.clone(),
        due: Due::on(open.due_on, me.today(), bank_holidays::of(open.nation)),
        instead_of: open.instead_of.clone().unwrap_or_default(),
        because: open.passed_because.clone(),
        affects_grade: match version.change.affects_grade {
            Some(true) => "The author says it might affect the grade",
            Some(false) => "The author says it does not affect the grade",
            None => "",
        },
        proposers: notes.proposers(remarks, version.number),
        overrides: overrides(&content),
        notes,
        version,
    };
    page_with(status, &page)
}

/// Who asks for what, and why of this person: `Amara Okafor asks you to approve it, because you manage Therapy.`
fn why(version: &Version, open: &OpenTask, step: Option<&ReviewStep>) -> String {
    let submitter = version.history.submitter.as_deref().unwrap_or("The author");
    let unit = &version.profile.unit_name;
    let group = |group: Group| match group {
        Group::Managers => "you are a hiring manager for",
        Group::Authors => "you are an HR author for",
        Group::Panel => "you are on the job evaluation panel for",
        Group::Admins => "you are an HR administrator for",
    };
    let manages = version.profile.unit_manager == Some(open.assigned_to);
    let because = match step.map(|step| &step.asked) {
        _ if open.instead_of.is_some() => String::new(),
        Some(AskedOf::UnitManager | AskedOf::Group(Group::Managers)) | None if manages => {
            format!(", because you manage {unit}")
        }
        Some(AskedOf::Group(of)) => format!(", because {} {unit}", group(*of)),
        Some(AskedOf::UnitManager) | None => format!(", because {} {unit}", group(Group::Managers)),
        Some(AskedOf::Person(_)) => ", because the route to approval names you".to_owned(),
        Some(AskedOf::Guest { .. }) => String::new(),
    };
    let step = if open.step_name.is_empty() { String::new() } else { format!(" ({})", open.step_name) };
    format!("{submitter} asks you to {} it{step}{because}.", open.kind.verb())
}

fn emergency_reason(version: &Version) -> String {
    match &version.state {
        State::Issued(issue) | State::Superseded { issue, .. } => match &issue.authority {
            Authority::Emergency { reason } => reason.clone(),
            Authority::Approval(_) => String::new(),
        },
        State::Draft
        | State::InReview { .. }
        | State::ChangesRequested { .. }
        | State::Approved { .. }
        | State::Withdrawn { .. }
        | State::Discarded { .. } => String::new(),
    }
}

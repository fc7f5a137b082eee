//! Reading one version as a document, with its state and what may be done next.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;

use super::life_line::{Moment, ahead, moments};
use super::pay_line::PayLine;
use super::start_draft::whose;
use crate::db::{OpenVersion, Remarks, StaffVisit, Tx, Version};
use crate::documents::render::Html;
use crate::documents::render::sheet::Sheet;
use crate::domain::checks::{Place, Problem};
use crate::domain::details::ChangeKind;
use crate::domain::text::parse_profile_reference;
use crate::domain::version::{Refusal, State, StateName};
use crate::error::AppError;
use crate::policy::{Action, Scope, allows};
use crate::printing::on_screen;
use crate::web::form::Form;
use crate::web::gate::{As, Gate, StaffOnly};
use crate::web::page::{Frame, page, see_other_noting};
use crate::web::paths;
use crate::web::remarks::{Asked, Back, Notes};

/// The parts of a version's address: employer, profile reference, version number.
pub type At = Path<(String, String, String)>;

/// Loads the version that an address names, or answers that there is none.
pub async fn load(tx: &mut Tx, scope: &Scope, profile: &str, version: &str) -> Result<Version, AppError> {
    let profile = parse_profile_reference(profile).ok_or(AppError::NotFound)?;
    let version = version.parse().map_err(|_| AppError::NotFound)?;
    tx.version(scope, profile, version).await?.ok_or(AppError::NotFound)
}

/// The same with what was said and proposed.
pub async fn load_with_remarks(
    tx: &mut Tx,
    scope: &Scope,
    profile: &str,
    version: &str,
) -> Result<(Version, Remarks), AppError> {
    let profile = parse_profile_reference(profile).ok_or(AppError::NotFound)?;
    let version = version.parse().map_err(|_| AppError::NotFound)?;
    tx.version_with_remarks(scope, profile, version, false).await?.ok_or(AppError::NotFound)
}

/// Why a version can't be edited any more, as a page says it and as a form that was sent.
pub fn not_editable<G: Gate<Who = StaffVisit>>(me: &As<G>, version: &Version) -> AppError {
    let kept = match me.sends_a_form() {
        true => "What you typed is still in the form: go back to copy it.",
        false => "Nothing is lost: everything that was saved is in it.",
    };
    AppError::Conflict(format!(
        "{} is {} now, so it can't be edited. {kept} Its own page says what can be done next.",
        version.name(),
        version.state.name().said()
    ))
}

/// The same in a transaction of its own making.
pub async fn open<G: Gate<Who = StaffVisit>>(
    me: &As<G>,
    profile: &str,
    version: &str,
) -> Result<(Tx, Version), AppError> {
    let mut tx = me.begin().await?;
    let version = load(&mut tx, &me.scope(), profile, version).await?;
    Ok((tx, version))
}

/// The addresses of a version's pages.
pub fn at<'a, G: Gate<Who = StaffVisit>>(me: &'a As<G>, version: &Version) -> paths::Version<'a> {
    me.paths().profile(version.profile.number).version(version.number)
}

/// The frame of a page about a version.
pub fn frame<G: Gate<Who = StaffVisit>>(me: &As<G>, version: &Version, title: &str) -> Frame {
    let at = me.paths().profile(version.profile.number);
    me.frame(format!("{title}: {}", version.title()))
        .crumb("Profiles", me.paths().profiles())
        .crumb(version.profile.reference(), at.page())
        .crumb(format!("Version {}", version.number), at.version(version.number).page())
}

/// Where a problem is put right.
pub fn href_of(problem: &Problem, at: paths::Version<'_>) -> String {
    match problem.place {
        Place::Details(field) => format!("{}#{field}", at.act("details")),
        Place::GradeBasis => at.act("grade-basis"),
        Place::Section(section) => at.at_section(section),
        Place::Item(item) => at.edit_item(item),
        Place::Version => format!("{}#new-section", at.edit()),
    }
}

/// Shows every refusal in a form's summary, each leading to where it can be put right.
pub fn show_refusals(form: &mut Form, refusals: &[Refusal], at: paths::Version<'_>) {
    for refusal in refusals {
        let href = match refusal {
            Refusal::Problem(problem) => href_of(problem, at),
            Refusal::ReasonMissing => "#reason".to_owned(),
            Refusal::ApproverEdited | Refusal::ApproverProposed | Refusal::ApproverSubmits => "#approver".to_owned(),
            Refusal::WrongState(_)
            | Refusal::NotTheApprover
            | Refusal::OwnSubmission
            | Refusal::OwnEdit
            | Refusal::OwnProposal
            | Refusal::NotTheSubmitter
            | Refusal::DiscardedTooLongAgo
            | Refusal::NotDueYet => String::new(),
        };
        form.problem_at(href, refusal.to_string());
    }
}

/// Back to the version where its state no longer allows what was asked: a second click, or somebody was quicker.
pub fn too_late<G: Gate<Who = StaffVisit>>(me: &As<G>, version: &Version, refusals: &[Refusal]) -> Option<Response> {
    let late = refusals.iter().find(|refusal| matches!(refusal, Refusal::WrongState(_)))?;
    Some(see_other_noting(at(me, version).page(), &late.to_string()))
}

/// The same before a form is shown at all.
pub fn not_now<G: Gate<Who = StaffVisit>>(me: &As<G>, version: &Version) -> Response {
    see_other_noting(at(me, version).page(), &Refusal::WrongState(version.state.name()).to_string())
}

/// Something that may be done with the version now.
struct Next {
    text: &'static str,
    href: String,
}

#[derive(Template)]
#[template(path = "author/version.html")]
struct VersionPage<'a> {
    frame: Frame,
    version: &'a Version,
    sheet: Sheet,
    pay: PayLine,
    at: paths::Version<'a>,
    moments: Vec<Moment>,
    /// What else the reader has to know of the profile: `Version 3 is in force.`
    beside: Vec<Beside>,
    /// The one clear next step, where there is one.
    first: Option<Next>,
    others: Vec<Next>,
    may_recall: bool,
    may_restore: bool,
    may_advertise: bool,
    /// What stands beside its lines.
    notes: Notes,
    remarks: String,
    /// An older text may come back as a new draft.
    may_start: bool,
}

/// A sentence about another version, with where it is.
struct Beside {
    text: String,
    href: String,
    link: String,
}

pub async fn read(
    me: As<StaffOnly>,
    Path((_, profile, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let profile = parse_profile_reference(&profile).ok_or(AppError::NotFound)?;
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    let found = tx.version_with_remarks(&me.scope(), profile, number, asked.wants_people()).await?;
    let (version, remarks) = found.ok_or(AppError::NotFound)?;
    let content = tx.content(version.employer, version.id).await?;
    let head = (version.profile.id, version.profile.number);
    let line = tx.life_line(version.employer, head, &[version.id], me.now).await?;
    let at = at(&me, &version);
    let mut next = next_steps(&me, &version, at);
    let first = (!next.is_empty()).then(|| next.remove(0));
    let profile_at = me.paths().profile(version.profile.number);
    let offers = version.state.name().is_open() || asked.wants_remarks();
    let notes = Notes::new(&me, &version, &content, &remarks, Back::Version, asked.open()).offering(offers);
    let frame = me
        .frame(format!("{}, version {}", version.title(), version.number))
        .crumb("Profiles", me.paths().profiles())
        .crumb(version.profile.reference(), profile_at.page());
    page(&VersionPage {
        frame,
        sheet: on_screen(&version, &content, &me.who.employer.name, me.today()),
        pay: PayLine::of(&version, me.today()),
        at,
        moments: moments(&line.happened, version.number, me.paths())
            .into_iter()
            .chain(ahead(&version, me.today()))
            .collect(),
        beside: beside(&version, line.open.as_ref(), profile_at),
        first,
        others: next,
        may_recall: version.state.name() == StateName::InReview && may(&me, &version, Action::Recall),
        may_restore: version.state.name() == StateName::Discarded
            && version.profile.retired_at.is_none()
            && may(&me, &version, Action::Restore),
        may_advertise: version.state.name() == StateName::Issued && may(&me, &version, Action::CreateAdvert),
        remarks: notes.count(),
        notes,
        may_start: line.open.is_none()
            && version.profile.retired_at.is_none()
            && may(&me, &version, Action::StartDraft),
        version: &version,
    })
}

/// What is in force while this one is not, and what is open while this one no longer is.
fn beside(version: &Version, open: Option<&OpenVersion>, at: paths::Profile<'_>) -> Vec<Beside> {
    let is_open = version.state.name().is_open();
    let issued = version.issued.filter(|(id, _)| *id != version.id).map(|(_, number)| Beside {
        text: match is_open {
            true => format!("Version {number} stays in force until this one is issued."),
            false => format!("Version {number} is in force now."),
        },
        href: at.version(number).page(),
        link: format!("Read version {number}"),
    });
    let open = open.filter(|_| !is_open).map(|open| Beside {
        text: format!("Under way: {}. Another draft can be started when it is issued or discarded.", whose(open)),
        href: at.version(open.number).page(),
        link: format!("Open version {}", open.number),
    });
    issued.into_iter().chain(open).collect()
}

/// Whether the rules open that act on the version to this person.
pub fn may<G: Gate<Who = StaffVisit>>(me: &As<G>, version: &Version, action: Action) -> bool {
    let place =
        crate::policy::Place { employer: Some(version.employer), unit: Some(version.profile.unit), person: None };
    allows(action, &me.actor(), place)
}

/// What this person may do with the version in its state; the first is the one to press for.
fn next_steps(me: &As<StaffOnly>, version: &Version, at: paths::Version<'_>) -> Vec<Next> {
    let mut steps = Vec::new();
    let mut add = |allowed: bool, text: &'static str, href: String| {
        if allowed {
            steps.push(Next { text, href });
        }
    };
    let may = |action| may(me, version, action);
    let mine = version.open_task.as_ref().is_some_and(|task| task.assigned_to == me.staff().membership);
    match &version.state {
        State::Draft | State::ChangesRequested { .. } => {
            add(may(Action::EditContent), "Edit", at.edit());
            add(may(Action::Submit), "Send for review", at.act("submit"));
            add(may(Action::Discard), "Discard", at.act("discard"));
        }
        State::InReview { .. } => {
            add(!mine, "See how the review goes", at.act("review"));
            let task = version.open_task.as_ref().map(|task| me.paths().task(task.id));
            if let Some(task) = task {
                add(mine, "Review and decide", task.clone());
                add(may(Action::ReassignTask), "Give the review to somebody else", format!("{task}/reassign"));
            }
        }
        State::Approved { .. } => {
            add(may(Action::Issue), "Issue", at.act("issue"));
            add(may(Action::RecordGradeBasis), "Say how the grade was decided", at.act("grade-basis"));
            add(may(Action::Withdraw), "Withdraw", at.act("withdraw"));
        }
        State::Issued(_) | State::Superseded { .. } | State::Withdrawn { .. } | State::Discarded { .. } => {}
    }
    let compares = version.base.is_some() || version.issued.is_some_and(|(id, _)| id != version.id);
    add(compares, "See what changed", at.act("compare"));
    add(true, "Compare with…", at.act("compare-with"));
    let open = version.state.name().is_open();
    add(open && may(Action::EmergencyIssue), "Issue in an emergency", at.act("emergency-issue"));
    steps
}

impl VersionPage<'_> {
    fn head(&self) -> impl std::fmt::Display {
        Html::head(&self.sheet)
    }

    fn document(&self) -> Html<'_> {
        Html::new(&self.sheet.blocks, &self.notes)
    }

    /// `Minor: wording, corrections, facts · does not affect the grade`
    fn change_facts(&self) -> String {
        change_facts(self.version.change.kind, self.version.change.affects_grade)
    }
}

/// What the author said of the change, in one line.
pub fn change_facts(kind: Option<ChangeKind>, affects_grade: Option<bool>) -> String {
    let grade = affects_grade.map(|affects| match affects {
        true => "might affect the grade",
        false => "does not affect the grade",
    });
    kind.map(ChangeKind::label).into_iter().chain(grade).collect::<Vec<_>>().join(" · ")
}

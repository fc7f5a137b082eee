//! One profile: what is in force, what is under way, and every version there was.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::life_line::{Moment, moments, when};
use super::start_draft::whose;
use super::version::change_facts;
use crate::db::{LifeLine, ProfileHead, Tx, VersionRow};
use crate::domain::text::{long_date, parse_profile_reference};
use crate::domain::version::StateName;
use crate::error::AppError;
use crate::policy::{Action, Place, Scope, allows};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths;

/// The parts of a profile's address: employer and reference.
pub type AtProfile = Path<(String, String)>;

/// Loads the profile that an address names, or answers that there is none.
pub async fn load(
    tx: &mut Tx,
    scope: &Scope,
    reference: &str,
) -> Result<(ProfileHead, Option<String>, Vec<VersionRow>), AppError> {
    let number = parse_profile_reference(reference).ok_or(AppError::NotFound)?;
    tx.profile(scope, number).await?.ok_or(AppError::NotFound)
}

struct Listed {
    href: String,
    title: String,
    name: String,
    facts: String,
    note: String,
    state: &'static str,
    life: Vec<Moment>,
}

#[derive(Template)]
#[template(path = "author/profile.html")]
struct ProfilePage<'a> {
    frame: Frame,
    profile: &'a ProfileHead,
    at: paths::Profile<'a>,
    title: String,
    state: &'static str,
    facts: Vec<(&'static str, String)>,
    retired_reason: Option<String>,
    versions: Vec<Listed>,
    /// What is being worked on.
    open: Option<(String, String)>,
    issued: Option<String>,
    compare: Option<String>,
    may_start: bool,
    may_change: bool,
    may_retire: bool,
}

pub async fn read(me: As<StaffOnly>, Path((_, reference)): AtProfile) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (profile, retired_reason, versions) = load(&mut tx, &me.scope(), &reference).await?;
    let at = me.paths().profile(profile.number);
    let ids: Vec<_> = versions.iter().map(|version| version.id).collect();
    let line = tx.life_line(me.employer(), (profile.id, profile.number), &ids, me.now).await?;
    let open = versions.iter().find(|version| version.state.is_open());
    let issued = versions.iter().find(|version| version.state == StateName::Issued);
    let shown = open.or(issued).or(versions.first());
    let title = shown.map(|version| version.title.clone()).filter(|title| !title.is_empty());
    let place = Place { employer: Some(me.employer()), unit: Some(profile.unit), person: None };
    let may = |action| profile.retired_at.is_none() && allows(action, &me.actor(), place);
    let title = title.unwrap_or_else(|| "Untitled job".to_owned());
    page(&ProfilePage {
        frame: me.frame(title.clone()).crumb("Profiles", me.paths().profiles()),
        at,
        title,
        state: match profile.retired_at {
            Some(_) => "Archived",
            None => shown.map_or("", |version| version.state.label()),
        },
        facts: facts(&profile),
        retired_reason,
        open: open.map(|version| (step_href(version, at, may(Action::EditContent)), under_way(version, issued, &line))),
        issued: issued.map(|version| at.version(version.number).page()),
        compare: shown.map(|version| at.version(version.number).act("compare-with")),
        may_start: open.is_none() && may(Action::StartDraft),
        may_change: may(Action::ChangeProfile),
        may_retire: open.is_none() && may(Action::RetireProfile),
        versions: versions.iter().map(|version| listed(version, &line, at, me.paths())).collect(),
        profile: &profile,
    })
}

/// To where somebody goes on with it: the editor, for those who may be there.
fn step_href(version: &VersionRow, at: paths::Profile<'_>, may_edit: bool) -> String {
    match version.state.is_editable() && may_edit {
        true => at.version(version.number).edit(),
        false => at.version(version.number).page(),
    }
}

fn facts(profile: &ProfileHead) -> Vec<(&'static str, String)> {
    vec![
        ("Unit", profile.unit_name.clone()),
        ("Owner", profile.owner_name.clone()),
        ("Post numbers", profile.post_numbers.clone()),
        ("Review date", profile.review_date.map(long_date).unwrap_or_default()),
    ]
}

/// Whose the open version is, and what holds meanwhile.
fn under_way(version: &VersionRow, issued: Option<&VersionRow>, line: &LifeLine) -> String {
    let whose = line.open.as_ref().map(whose).unwrap_or_default();
    let stays = issued.map(|issued| format!(" Version {} stays in force until it is issued.", issued.number));
    format!("Under way: {whose}; it is {}.{}", version.state.said(), stays.unwrap_or_default())
}

fn listed(version: &VersionRow, line: &LifeLine, at: paths::Profile<'_>, paths: paths::Employer<'_>) -> Listed {
    let happened = match (version.issued_at, version.approved_at, version.issue_on) {
        (Some(issued), _, _) if version.emergency_reason.is_some() => {
            format!("issued in an emergency {}", when(issued))
        }
        (Some(issued), _, _) => format!("issued {}", when(issued)),
        (None, Some(_), Some(day)) => format!("issues itself on {}", long_date(day)),
        (None, Some(approved), None) => format!("approved {}", when(approved)),
        (None, None, _) => format!("started {}", when(version.created_at)),
    };
    let by = match &version.approver {
        Some(approver) => format!("approved by {approver}"),
        None => format!("by {}", version.creator),
    };
    let change = change_facts(version.change_kind, version.affects_grade);
    let facts = [format!("{happened} · {by}"), change];
    Listed {
        href: at.version(version.number).page(),
        title: format!("Version {}", version.number),
        facts: facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · "),
        life: moments(&line.happened, version.number, paths),
        name: format!("version {}", version.number),
        note: version.change_note.clone(),
        state: version.state.label(),
    }
}

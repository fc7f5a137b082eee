//! Changing what belongs to a profile rather than to a version: owner, unit, post numbers, review date.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::profile::{AtProfile, load};
use super::profiles::unit_choices;
use crate::db::{ProfileChange, ProfileHead, Unit};
use crate::domain::ids::{MembershipId, UnitId};
use crate::domain::text::{LONGEST_LINE, iso_date, long_date, parse_date, parse_profile_reference};
use crate::domain::version::StateName;
use crate::error::AppError;
use crate::policy::{Role, Subject, act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::seen::{self, SEEN};

#[derive(Template)]
#[template(path = "author/change_profile.html")]
struct ChangeProfilePage {
    frame: Frame,
    form: Form,
    units: Vec<Choice>,
    owners: Vec<Choice>,
    back: String,
}

fn shown(
    me: &As<Keepers>,
    profile: &ProfileHead,
    units: &[Unit],
    owners: &[(MembershipId, String)],
    form: Form,
) -> ChangeProfilePage {
    let back = me.paths().profile(profile.number).page();
    let open: Vec<Unit> = units.iter().filter(|unit| may_move_to(me, profile, unit)).cloned().collect();
    let units = unit_choices(&open, "Choose a unit");
    let mut owners: Vec<Choice> = owners.iter().map(|(id, name)| Choice::new(id, name)).collect();
    if !owners.iter().any(|choice| choice.value == profile.owner.to_string()) {
        owners.push(Choice::new(profile.owner, &profile.owner_name));
    }
    let frame = me
        .frame(format!("Owner and dates of {}", profile.reference()))
        .crumb("Profiles", me.paths().profiles())
        .crumb(profile.reference(), back.clone());
    ChangeProfilePage { frame, form, units, owners, back }
}

/// Whoever could start a profile in a unit may put one there; an administrator anywhere.
fn may_move_to(me: &As<Keepers>, profile: &ProfileHead, unit: &Unit) -> bool {
    let staff = me.staff();
    unit.id == profile.unit || staff.has(Role::Admin) || staff.has_for(Role::Author, Some(unit.id))
}

fn subject(me: &As<Keepers>, profile: &ProfileHead) -> Subject<crate::domain::ids::ProfileId> {
    Subject {
        id: profile.id,
        employer: Some(me.employer()),
        unit: Some(profile.unit),
        person: None,
        profile: Some(profile.id),
        name: profile.reference(),
    }
}

fn mark(profile: &ProfileHead) -> String {
    let day = profile.review_date.map(iso_date).unwrap_or_default();
    seen::mark(&[&profile.unit.to_string(), &profile.owner.to_string(), &profile.post_numbers, &day])
}

fn stands(profile: &ProfileHead) -> String {
    let posts = if profile.post_numbers.is_empty() { "no post numbers" } else { &profile.post_numbers };
    let day =
        profile.review_date.map_or_else(|| "no review date".to_owned(), |day| format!("review on {}", long_date(day)));
    format!("{}, {}, {posts}, {day}", profile.owner_name, profile.unit_name)
}

pub async fn form(me: As<Keepers>, Path((_, reference)): AtProfile) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (profile, _, _) = load(&mut tx, &me.scope(), &reference).await?;
    grant::<act::ChangeProfile>(&me.actor(), subject(&me, &profile), me.now)?;
    let units = tx.units(me.employer()).await?;
    let owners = tx.authors_of(me.employer()).await?;
    let form = Form::filled([
        ("unit", profile.unit.to_string()),
        ("owner", profile.owner.to_string()),
        ("post_numbers", profile.post_numbers.clone()),
        ("review_date", profile.review_date.map(iso_date).unwrap_or_default()),
        (SEEN, mark(&profile)),
    ]);
    page(&shown(&me, &profile, &units, &owners, form))
}

pub async fn change(
    me: As<Keepers>,
    Path((_, reference)): AtProfile,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    tx.hold_profile(&me.scope(), parse_profile_reference(&reference).ok_or(AppError::NotFound)?).await?;
    let (profile, _, versions) = load(&mut tx, &me.scope(), &reference).await?;
    let granted = grant::<act::ChangeProfile>(&me.actor(), subject(&me, &profile), me.now)?;
    let units = tx.units(me.employer()).await?;
    let owners = tx.authors_of(me.employer()).await?;
    let mut form = Form::again(&submitted);
    seen::check(&mut form, &submitted, &mark(&profile), &stands(&profile));
    let unit = submitted.raw("unit").parse().ok().map(UnitId);
    let unit = unit.filter(|id| units.iter().any(|unit| unit.id == *id && may_move_to(&me, &profile, unit)));
    let moves = unit.is_some_and(|unit| unit != profile.unit);
    let may_move = unit.is_some_and(|unit| me.staff().has(Role::Admin) || me.staff().has_for(Role::Author, Some(unit)));
    if moves && !may_move {
        form.problem("unit", "You can only move it to a unit that you write for: ask an administrator");
    }
    if moves && versions.iter().any(|version| version.state == StateName::InReview) {
        form.problem(
            "unit",
            "A version is in review: wait for the decision, or recall it, before you move the profile",
        );
    }
    let owner = submitted.raw("owner").parse().ok().map(MembershipId);
    let owner = owner.filter(|id| *id == profile.owner || owners.iter().any(|(one, _)| one == id));
    let post_numbers = submitted.line("post_numbers");
    form.limit("post_numbers", &post_numbers, LONGEST_LINE);
    let typed = submitted.raw("review_date");
    let review_date = parse_date(typed);
    if review_date.is_none() && !typed.trim().is_empty() {
        form.problem("review_date", "Write the review date like 28 January 2026");
    }
    if unit.is_none() {
        form.problem("unit", "Choose the unit that the job belongs to");
    }
    if owner.is_none() {
        form.problem("owner", "Choose who looks after this profile");
    }
    let (Some(unit), Some(owner), false) = (unit, owner, form.has_errors()) else {
        return page_again(&shown(&me, &profile, &units, &owners, form));
    };
    let named = |id: UnitId| units.iter().find(|unit| unit.id == id).map_or("", |unit| unit.name.as_str());
    let owner_name = owners.iter().find(|(id, _)| *id == owner).map_or(profile.owner_name.as_str(), |(_, name)| name);
    let date = review_date.map(long_date).unwrap_or_default();
    let facts = [("unit", named(unit)), ("owner", owner_name), ("post numbers", &post_numbers), ("review date", &date)];
    let change = ProfileChange { owner, unit, post_numbers: &post_numbers, review_date };
    tx.change_profile(&granted, &change, &facts).await?;
    tx.commit().await?;
    Ok(see_other_saying(me.paths().profile(profile.number).page(), "Saved"))
}

//! Giving and taking roles. Roles decide what each request may do, so the person signs in again afterwards.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::invite::role_and_place;
use super::member::{TakeOver, again, field_of, load, takeover};
use super::member_state::{give as give_to, taker, went_over, without_manager};
use super::subject;
use super::unit_choices::place;
use crate::db::{Member, MemberState, OpenDuty, Tx};
use crate::error::AppError;
use crate::policy::{Granted, Role, act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page_with, see_other_saying};

pub async fn give(
    me: As<Admins>,
    Path((_, member)): Path<(String, i64)>,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let member = load(&me, &mut tx, member).await?;
    if member.state == MemberState::Deactivated {
        return again(&me, tx, member, Form::again(&submitted), "Reactivate them before you give them a role").await;
    }
    let units = tx.all_units(&me.scope()).await?;
    let mut form = Form::again(&submitted);
    let Some((role, unit)) = role_and_place(&mut form, &submitted, &units) else {
        return again(&me, tx, member, form, "").await;
    };
    let granted = granted(&me, &member)?;
    let place = place(unit.map(|unit| unit.name.as_str()));
    if !tx.give_role(&granted, role, unit.map(|unit| unit.id), place).await? {
        form.problem("role", format!("{} is {} for {place} already", member.name, role.label()));
        return again(&me, tx, member, form, "").await;
    }
    sign_out(&me, &mut tx, &member).await?;
    tx.commit().await?;
    let sentence = format!("{} is now {} for {place}", member.name, role.label());
    Ok(see_other_saying(me.paths().member(member.id), &sentence))
}

pub async fn take(
    me: As<Admins>,
    Path((_, member)): Path<(String, i64)>,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let member = load(&me, &mut tx, member).await?;
    let units = tx.all_units(&me.scope()).await?;
    let Some((role, unit)) = role_and_place(&mut Form::empty(), &submitted, &units) else {
        return Err(AppError::Bad("A hidden part of the form is missing or damaged."));
    };
    if role == Role::Admin && member.person == me.staff().person.id {
        let sentence = "You can't take your own role as administrator: ask another administrator";
        return again(&me, tx, member, Form::empty(), sentence).await;
    }
    let granted = granted(&me, &member)?;
    let place = place(unit.map(|unit| unit.name.as_str()));
    let before = tx.member_duties(&me.scope(), member.id, me.today()).await?.tasks;
    tx.take_role(&granted, role, unit.map(|unit| unit.id), place).await?;
    if role == Role::Admin && tx.count_admins(&me.scope()).await? == 0 {
        return Err(AppError::Conflict(LAST.into()));
    }
    let why = format!("they are no longer {} for {place}", role.label());
    let lost = lost(&before, tx.member_duties(&me.scope(), member.id, me.today()).await?.tasks);
    let mut form = Form::again(&submitted);
    for duty in &lost {
        match taker(&me, duty, submitted.raw(&field_of(duty))) {
            Some(to) => give_to(&me, &mut tx, (&member, &why), (duty, &to)).await?,
            None if submitted.raw("again").is_empty() => {}
            None => form.problem(&field_of(duty), format!("Choose who takes over “{}”", duty.title)),
        }
    }
    if form.has_errors() || !lost.is_empty() && submitted.raw("again").is_empty() {
        // Nothing was kept: the page asks who takes over first.
        return take_page(&me, &member, (role.label(), place), &lost, form);
    }
    let without = without_manager(&tx.clear_manager(&granted).await?);
    sign_out(&me, &mut tx, &member).await?;
    tx.commit().await?;
    let sentence =
        format!("{} is no longer {} for {place}{without}{}", member.name, role.label(), went_over(lost.len()));
    Ok(see_other_saying(me.paths().member(member.id), &sentence))
}

#[derive(Template)]
#[template(path = "admin/take_role.html")]
struct TakeRolePage {
    frame: Frame,
    form: Form,
    name: String,
    role: String,
    takeovers: Vec<TakeOver>,
    back: String,
}

/// Tasks that somebody could do before and can't any more.
fn lost(before: &[OpenDuty], after: Vec<OpenDuty>) -> Vec<OpenDuty> {
    let could = |duty: &OpenDuty| before.iter().any(|one| one.task == duty.task && one.fits);
    after.into_iter().filter(|duty| !duty.fits && could(duty)).collect()
}

/// Who takes over what waits for them, before the role is taken.
fn take_page(
    me: &As<Admins>,
    member: &Member,
    (role, place): (&str, &str),
    lost: &[OpenDuty],
    form: Form,
) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = TakeRolePage {
        frame: me.frame("Who takes over?").crumb(member.name.clone(), me.paths().member(member.id)),
        name: member.name.clone(),
        role: format!("{role} for {place}"),
        takeovers: lost.iter().map(|duty| takeover(duty, me.staff().membership)).collect(),
        back: me.paths().member(member.id),
        form,
    };
    page_with(status, &page)
}

/// Two administrators who take each other's role at the same moment: the second is told this.
pub const LAST: &str = "There would be no administrator left who can sign in. Nothing was changed.";

fn granted(me: &As<Admins>, member: &Member) -> Result<Granted<act::ChangeRoles>, AppError> {
    Ok(grant(&me.actor(), subject(me, member.id, &member.name), me.now)?)
}

/// Administrators who change their own roles stay signed in: they have just shown who they are.
async fn sign_out(me: &As<Admins>, tx: &mut Tx, member: &Member) -> Result<(), AppError> {
    if member.person != me.staff().person.id {
        tx.close_sessions_of(member.person).await?;
    }
    Ok(())
}

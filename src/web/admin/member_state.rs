//! Deactivating somebody who leaves, and reactivating somebody who comes back.

use axum::extract::Path;
use axum::response::Response;

use super::member::{again, field_of, load};
use super::roles::LAST;
use super::subject;
use crate::db::{DbError, Manager, Member, OpenDuty, TASK_LEFT, Tx};
use crate::domain::text::count;
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{Granted, act, grant};
use crate::reference::bank_holidays;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::see_other_saying;

/// Why a task comes to somebody else.
const LEAVES: &str = "they no longer work here";

pub async fn deactivate(
    me: As<Admins>,
    Path((_, member)): Path<(String, i64)>,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let member = load(&me, &mut tx, member).await?;
    if member.person == me.staff().person.id {
        let sentence = "You can't deactivate yourself: ask another administrator";
        return again(&me, tx, member, Form::empty(), sentence).await;
    }
    let duties = tx.member_duties(&me.scope(), member.id, me.today()).await?.tasks;
    let mut form = Form::again(&submitted);
    let mut takers = Vec::with_capacity(duties.len());
    for duty in &duties {
        match taker(&me, duty, submitted.raw(&field_of(duty))) {
            Some(to) => takers.push((duty, to)),
            None => form.problem(&field_of(duty), format!("Choose who takes over “{}”", duty.title)),
        }
    }
    if form.has_errors() {
        return again(&me, tx, member, form, "").await;
    }
    for (duty, to) in &takers {
        give(&me, &mut tx, (&member, LEAVES), (duty, to)).await?;
    }
    let granted = granted(&me, &member)?;
    match tx.set_member_active(&granted, false).await {
        Ok(()) => {}
        Err(DbError::Constraint(broken)) if broken == TASK_LEFT => {
            drop(tx);
            let sentence = "Something came to them a moment ago: say who takes it over, and deactivate them again";
            return again(&me, me.begin().await?, member, form, sentence).await;
        }
        Err(error) => return Err(error.into()),
    }
    if tx.count_admins(&me.scope()).await? == 0 {
        return Err(AppError::Conflict(LAST.into()));
    }
    let without = without_manager(&tx.clear_manager(&granted).await?);
    tx.close_sessions_of(member.person).await?;
    tx.commit().await?;
    let sentence = format!("{} is deactivated and signed out{without}{}", member.name, went_over(takers.len()));
    Ok(see_other_saying(me.paths().member(member.id), &sentence))
}

/// Who takes a task over, where they may.
pub fn taker(me: &As<Admins>, duty: &OpenDuty, wanted: &str) -> Option<Manager> {
    let staff = me.staff();
    let myself = Manager { id: staff.membership, name: staff.person.name.clone() };
    let found = duty.candidates.iter().find(|one| one.id.to_string() == wanted).cloned();
    found.or_else(|| (myself.id.to_string() == wanted).then_some(myself))
}

pub async fn give(
    me: &As<Admins>,
    tx: &mut Tx,
    (member, why): (&Member, &str),
    (duty, to): (&OpenDuty, &Manager),
) -> Result<(), AppError> {
    let granted = grant::<act::ReassignTask>(&me.actor(), duty.subject(me.employer()), me.now)?;
    let because = format!("{}: {why}", member.name);
    tx.take_over_task(&granted, (member.id, &member.name), (to.id, &to.name), &because).await?;
    let link = me.app.config.link(&me.paths().task_page(duty.task, duty.advert));
    let by = me.staff().person.name.as_str();
    let due = Due::on(duty.due_on, me.today(), bank_holidays::of(duty.nation)).text;
    let about = review::About { title: &duty.title, largest: &duty.largest, due: &due, link: &link };
    tx.queue_to_member(&review::task_given(to.id, about, (by, &because)), me.now).await?;
    Ok(())
}

/// The end of a sentence: what others have to decide now.
pub fn went_over(tasks: usize) -> String {
    match tasks {
        0 => String::new(),
        tasks => format!(". {} went to others, who were told", count(tasks, "open task", "open tasks")),
    }
}

pub async fn reactivate(me: As<Admins>, Path((_, member)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let member = load(&me, &mut tx, member).await?;
    tx.set_member_active(&granted(&me, &member)?, true).await?;
    tx.commit().await?;
    let sentence = format!("{} is active again, with the roles from before", member.name);
    Ok(see_other_saying(me.paths().member(member.id), &sentence))
}

/// The end of a sentence: which units are now without a manager.
pub fn without_manager(units: &[String]) -> String {
    match units {
        [] => String::new(),
        units => format!(". Without a manager now: {}", units.join(", ")),
    }
}

fn granted(me: &As<Admins>, member: &Member) -> Result<Granted<act::DeactivateMember>, AppError> {
    Ok(grant(&me.actor(), subject(me, member.id, &member.name), me.now)?)
}

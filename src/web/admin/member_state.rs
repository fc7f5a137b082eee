//! Deactivating somebody who leaves, and reactivating somebody who comes back.

use axum::extract::Path;
use axum::response::Response;

use super::member::{again, load};
use super::roles::LAST;
use super::subject;
use crate::db::Member;
use crate::error::AppError;
use crate::policy::{Granted, act, grant};
use crate::web::form::Form;
use crate::web::gate::{Admins, As};
use crate::web::page::see_other_saying;

pub async fn deactivate(me: As<Admins>, Path((_, member)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let member = load(&me, &mut tx, member).await?;
    if member.person == me.staff().person.id {
        let sentence = "You can't deactivate yourself: ask another administrator";
        return again(&me, tx, member, Form::empty(), sentence).await;
    }
    let granted = granted(&me, &member)?;
    tx.set_member_active(&granted, false).await?;
    if tx.count_admins(&me.scope()).await? == 0 {
        return Err(AppError::Conflict(LAST.into()));
    }
    let without = without_manager(&tx.clear_manager(&granted).await?);
    tx.close_sessions_of(member.person).await?;
    tx.commit().await?;
    let sentence = format!("{} is deactivated and signed out{without}", member.name);
    Ok(see_other_saying(me.paths().member(member.id), &sentence))
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

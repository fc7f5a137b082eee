//! Asking the hiring manager named on an advert to confirm its text.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use time::Date;

use super::page::show;
use super::{ARCHIVED, At, list_refusals, load_for_act, with_pay};
use crate::db::{Advert, Manager, Tx};
use crate::domain::advert::Step;
use crate::error::AppError;
use crate::mail::adverts::{About, asked};
use crate::policy::{Granted, act, grant};
use crate::web::form::Form;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn ask(me: As<Authors>, Path((_, advert)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let grades = tx.grades(advert.employer).await?;
    let advert = with_pay(advert, &grades, me.today());
    let granted = grant::<act::EditAdvert>(&me.actor(), advert.subject(), me.now)?;
    if let Some(asked) = &advert.asked {
        let sentence = format!("{} is asked already, and has not decided yet", asked.assignee);
        return Ok(see_other_noting(me.paths().advert(advert.id), &sentence));
    }
    if advert.version.profile_retired {
        let mut form = Form::empty();
        form.problem_at("", ARCHIVED);
        return show(&me, &mut tx, StatusCode::UNPROCESSABLE_ENTITY, advert, form).await;
    }
    let managers = tx.managers_for(advert.employer, advert.version.unit).await?;
    let manager = managers.iter().find(|manager| Some(manager.id) == advert.text().hiring_manager);
    let mut problems = advert.problems(advert.text(), &advert.writers, me.today());
    if problems.is_empty() && manager.is_none() {
        problems
            .push(("hiring_manager", "The person named as hiring manager can't confirm for this unit any more".into()));
    }
    if let Err(refusals) = advert.state.after(Step::Ask { problems }) {
        let mut form = Form::empty();
        list_refusals(&mut form, &refusals, &me.paths().advert_act(advert.id, "edit"));
        return show(&me, &mut tx, StatusCode::UNPROCESSABLE_ENTITY, advert, form).await;
    }
    let Some(manager) = manager else { return Err(AppError::NotFound) };
    let opens_on = advert.text().opens_on;
    ask_manager(&me, &mut tx, &granted, &advert, manager, opens_on).await?;
    tx.commit().await?;
    let sentence = format!("{} is asked to confirm the text", manager.name);
    Ok(see_other_saying(me.paths().advert(advert.id), &sentence))
}

/// The task and the mail.
pub async fn ask_manager(
    me: &As<Authors>,
    tx: &mut Tx,
    granted: &Granted<act::EditAdvert>,
    advert: &Advert,
    manager: &Manager,
    opens_on: Option<Date>,
) -> Result<(), AppError> {
    tx.ask_to_confirm(granted, advert.id, manager.id, &manager.name).await?;
    if let Some((name, address)) = tx.member_address(advert.employer, manager.id).await? {
        let link = format!("{}{}", me.app.config.public_url, me.paths().advert_act(advert.id, "confirm"));
        let about = About {
            title: &advert.vacancy.title,
            reference: &advert.text().reference,
            employer: &advert.vacancy.employer,
            link: &link,
        };
        let message = asked((&name, &address), about, &me.staff().person.name, opens_on);
        tx.queue(&message, me.now).await?;
    }
    Ok(())
}

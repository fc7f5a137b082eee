//! Publishing: from its first day until the end of its last, in London, with the pay of its first day.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::page::show;
use super::{ARCHIVED, At, list_refusals, load_for_act, with_pay};
use crate::domain::advert::{AdvertState, Step, window};
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::see_other_saying;

const PUBLISHED: &str = "The advert is published";

pub async fn publish(me: As<Keepers>, Path((_, advert)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let grades = tx.grades(advert.employer).await?;
    let advert = with_pay(advert, &grades, me.today());
    let granted = grant::<act::PublishAdvert>(&me.actor(), advert.subject(), me.now)?;
    let page = me.paths().advert(advert.id);
    if advert.state == AdvertState::Published {
        return Ok(see_other_saying(page, PUBLISHED));
    }
    if advert.version.profile_retired {
        let mut form = Form::empty();
        form.problem_at("", ARCHIVED);
        return show(&me, &mut tx, StatusCode::UNPROCESSABLE_ENTITY, advert, form).await;
    }
    let window = advert.text().closes_on.and_then(|closes| window(advert.text().opens_on, closes, me.now));
    let problems = advert.problems(advert.text(), &advert.writers, me.today());
    if let Err(refusals) = advert.state.after(Step::Publish { problems, window }) {
        let mut form = Form::empty();
        list_refusals(&mut form, &refusals, &me.paths().advert_act(advert.id, "edit"));
        return show(&me, &mut tx, StatusCode::UNPROCESSABLE_ENTITY, advert, form).await;
    }
    if submitted.number::<i32>("lock_version")? != advert.lock_version {
        let sentence = "The advert changed while you were looking at it. Nothing was published: read it as it is now.";
        return Err(AppError::Conflict(sentence.into()));
    }
    if let Some(window) = window {
        tx.publish_advert(&granted, &advert, window, &advert.text().salary_text).await?;
        tx.commit().await?;
    }
    Ok(see_other_saying(page, PUBLISHED))
}

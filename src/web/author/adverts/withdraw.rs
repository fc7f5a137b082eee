//! Taking an advert back, with a reason that applicants read.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::page::show;
use super::{At, list_refusals, load_for_act, with_pay};
use crate::domain::advert::{AdvertState, Step};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::mail::adverts::{About, withdrawn};
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Keepers};
use crate::web::page::see_other_saying;
use crate::web::paths;

const WITHDRAWN: &str = "The advert is withdrawn";

pub async fn withdraw(me: As<Keepers>, Path((_, advert)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let granted = grant::<act::WithdrawAdvert>(&me.actor(), advert.subject(), me.now)?;
    let page = me.paths().advert(advert.id);
    if advert.state == AdvertState::Withdrawn {
        return Ok(see_other_saying(page, WITHDRAWN));
    }
    let reason = submitted.line("reason");
    let mut form = Form::again(&submitted);
    form.limit("reason", &reason, LONGEST_LINE);
    if let Err(refusals) = advert.state.after(Step::Withdraw { reason: &reason }) {
        list_refusals(&mut form, &refusals, &me.paths().advert_act(advert.id, "edit"));
    }
    if form.has_errors() {
        let grades = tx.grades(advert.employer).await?;
        let advert = with_pay(advert, &grades, me.today());
        return show(&me, &mut tx, StatusCode::UNPROCESSABLE_ENTITY, advert, form).await;
    }
    let link = me.app.config.link(&paths::job(advert.id));
    let about = About {
        title: &advert.vacancy.title,
        reference: &advert.text().reference,
        employer: &advert.vacancy.employer,
        link: &link,
    };
    tx.withdraw_advert(&granted, &advert, &reason, &withdrawn(about, &reason)).await?;
    tx.commit().await?;
    Ok(see_other_saying(page, WITHDRAWN))
}

//! Adverts at work: made from an issued version, written, confirmed, published, withdrawn.
//!
//! The hiring manager's part is in `web::manager`, the readers' in `web::public`.

mod after;
mod ask;
mod correct;
mod edit;
mod form;
mod list;
mod newer;
mod next;
pub use next::readers;
mod page;
mod publish;
mod start;
mod withdraw;

use axum::extract::Path;
use time::Date;

use crate::db::{Advert, Tx};
use crate::domain::advert::{AdvertState, Refusal, pay_day};
use crate::domain::ids::AdvertId;
use crate::domain::pay::Grade;
use crate::error::AppError;
use crate::policy::Scope;
use crate::web::form::Form;
use crate::web::routes::Routes;

/// The parts of an advert's address: employer, number.
pub type At = Path<(String, String)>;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/adverts", list::list)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/adverts", start::start)
        .page("/staff/{employer}/adverts/{advert}", page::read)
        .page("/staff/{employer}/adverts/{advert}/edit", edit::form)
        .action("/staff/{employer}/adverts/{advert}/edit", edit::save)
        .action("/staff/{employer}/adverts/{advert}/ask", ask::ask)
        .action("/staff/{employer}/adverts/{advert}/version", newer::show_newer)
        .action("/staff/{employer}/adverts/{advert}/publish", publish::publish)
        .action("/staff/{employer}/adverts/{advert}/withdraw", withdraw::withdraw)
        .page("/staff/{employer}/adverts/{advert}/correct", correct::form)
        .action("/staff/{employer}/adverts/{advert}/correct", correct::save)
        .action("/staff/{employer}/adverts/{advert}/extend", after::extend)
        .action("/staff/{employer}/adverts/{advert}/close", after::close)
        .action("/staff/{employer}/adverts/{advert}/unschedule", after::unschedule)
        .action("/staff/{employer}/adverts/{advert}/copy", after::copy)
}

/// Why an advert of an archived profile is neither asked about nor confirmed nor published.
pub const ARCHIVED: &str = "The job profile of this advert is archived, so the advert goes no further: withdraw it";

/// Loads the advert that an address names, or answers that there is none.
pub async fn load(tx: &mut Tx, scope: &Scope, advert: &str) -> Result<Advert, AppError> {
    let id = advert.parse().map(AdvertId).map_err(|_| AppError::NotFound)?;
    tx.advert(scope, id).await?.ok_or(AppError::NotFound)
}

/// The same for an act, so that two presses of one button come one after the other.
pub async fn load_for_act(tx: &mut Tx, scope: &Scope, advert: &str) -> Result<Advert, AppError> {
    let id = advert.parse().map(AdvertId).map_err(|_| AppError::NotFound)?;
    tx.lock_advert(scope, id).await?;
    load(tx, scope, advert).await
}

/// Prints the salary as it would be published now: a new pay award reaches what is not published yet.
pub fn with_pay(mut advert: Advert, grades: &[Grade], today: Date) -> Advert {
    match advert.state {
        AdvertState::Draft | AdvertState::Ready if !advert.text().salary_typed => {
            let day = pay_day(advert.text().opens_on, today);
            advert.vacancy.text.salary_text = advert.pay(grades, day).unwrap_or_default();
        }
        AdvertState::Draft | AdvertState::Ready | AdvertState::Published | AdvertState::Withdrawn => {}
    }
    advert
}

/// Lists refusals on a form: what is wrong with the text leads to where it is typed.
fn list_refusals(form: &mut Form, refusals: &[Refusal], edit: &str) {
    for refusal in refusals {
        match refusal {
            Refusal::Problem((field, text)) => form.problem_at(format!("{edit}#{field}"), text.as_str()),
            Refusal::ReasonMissing => form.problem("reason", refusal.to_string()),
            Refusal::RemarkMissing => form.problem("remark", refusal.to_string()),
            Refusal::WhatMissing => form.problem("what", refusal.to_string()),
            Refusal::NotLater => form.problem("closes_on", refusal.to_string()),
            Refusal::WrongState(_)
            | Refusal::WrongStanding(_)
            | Refusal::NotAnnounced
            | Refusal::NotAsked
            | Refusal::NotTheOneAsked
            | Refusal::OwnText
            | Refusal::TooLate => form.problem_at("", refusal.to_string()),
        }
    }
}

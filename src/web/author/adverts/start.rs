//! Making an advert from an issued version, filled with what the version and its unit already say.

use axum::extract::Path;
use axum::response::Response;

use crate::db::{Manager, Version};
use crate::domain::advert::{AdvertText, ApplyKind, ContractKind, Dbs, Flexible, Offer, Pattern, check_read};
use crate::domain::pay::Day;
use crate::domain::version::StateName;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::author::version;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_saying};

pub async fn start(me: As<Authors>, Path((_, profile, number)): version::At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let version = version::load(&mut tx, &me.scope(), &profile, &number).await?;
    let granted = grant::<act::CreateAdvert>(&me.actor(), version.subject(), me.now)?;
    if version.state.name() != StateName::Issued || version.profile.retired_at.is_some() {
        return Err(AppError::Conflict(format!(
            "{} is not in force, so it can't be advertised. Issue it first, or make the advert from the issued version.",
            version.name()
        )));
    }
    let managers = tx.managers_for(version.employer, version.profile.unit).await?;
    let manager = managers
        .into_iter()
        .find(|manager| Some(manager.id) == version.profile.unit_manager && manager.id != me.staff().membership);
    let check = check_read(&tx.said_of_checks(version.employer, version.id).await?);
    // A salary that the profile gives a reason for stands for the grade's.
    let typed = !version.details.salary_text.is_empty() && !version.details.salary_reason.is_empty();
    let day = Day::of(me.today());
    let pay = version.salary_on(day).filter(|_| !typed).map(|salary| salary.words());
    let text = prefilled(&version, manager.as_ref(), pay, check);
    let (advert, made) = tx.create_advert(&granted, &version, &text).await?;
    tx.commit().await?;
    let edit = me.paths().advert_act(advert, "edit");
    Ok(match made {
        true => see_other_saying(edit, "The advert is made, and filled in with what the job profile says"),
        false => see_other_noting(edit, "This version has an advert that is being written. Here it is"),
    })
}

fn prefilled(version: &Version, manager: Option<&Manager>, pay: Option<String>, check: Option<Dbs>) -> AdvertText {
    let details = &version.details;
    let kind = ContractKind::read(&details.contract);
    // "Permanent" alone is said by the kind.
    let says_more = kind.is_none_or(|kind| !details.contract.trim().eq_ignore_ascii_case(kind.label()));
    AdvertText {
        headline: details.title.clone(),
        short_text: String::new(),
        reference: String::new(),
        salary_typed: pay.is_none(),
        salary_text: pay.unwrap_or_else(|| details.salary_text.clone()),
        contract_kind: kind,
        contract: if says_more { details.contract.clone() } else { String::new() },
        working_pattern: details.working_pattern.clone(),
        offer: Offer {
            patterns: Pattern::read(&details.working_pattern),
            flexible: Flexible::read(&details.working_pattern),
            dbs: check,
            ..Offer::default()
        },
        locations: details.location.clone(),
        contact_name: manager.map(|manager| manager.name.clone()).unwrap_or_default(),
        contact_email: String::new(),
        contact_phone: String::new(),
        apply_kind: ApplyKind::Link,
        apply_value: String::new(),
        hiring_manager: manager.map(|manager| manager.id),
        opens_on: None,
        closes_on: None,
        shortlisting_on: None,
        interviews_on: None,
        starts: String::new(),
    }
}

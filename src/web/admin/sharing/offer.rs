//! Whom a clause or a template is shared with: offering it to another employer, and ending that.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::page_of;
use crate::clock::london_date;
use crate::db::{DbError, OFFERED_ALREADY, Offerable, Share, Taker, Tx};
use crate::domain::sharing::{ShareState, Shareable};
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::mail::sharing;
use crate::policy::{Denied, Granted, act};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};
use crate::web::paths::Employer;

struct Row {
    id: String,
    other: String,
    /// `Taken on 28 January 2026`
    stands: String,
    can_end: bool,
}

#[derive(Template)]
#[template(path = "admin/sharing/offer.html")]
struct OfferPage {
    frame: Frame,
    form: Form,
    name: String,
    kind: Shareable,
    rows: Vec<Row>,
    /// Why it can't be offered; empty where it can.
    barred: String,
    withdraw: String,
    back: String,
}

/// Employer, kind and number.
type At = Path<(String, String, String)>;

fn granted(me: &As<Admins>, thing: &Offerable) -> Result<Granted<act::ShareLibrary>, Denied> {
    me.leave(thing.kind.named(&thing.name))
}

async fn find(me: &As<Admins>, (kind, id): (&str, &str)) -> Result<(Tx, Offerable), AppError> {
    let (kind, id) = Shareable::parse(kind).zip(id.parse().ok()).ok_or(AppError::NotFound)?;
    let mut tx = me.begin().await?;
    let thing = tx.offerable(&me.scope(), kind, id).await?.ok_or(AppError::NotFound)?;
    Ok((tx, thing))
}

pub async fn form(me: As<Admins>, Path((_, kind, id)): At) -> Result<Response, AppError> {
    let (mut tx, thing) = find(&me, (&kind, &id)).await?;
    show(&me, &mut tx, &thing, Form::empty()).await
}

pub async fn offer(me: As<Admins>, Path((_, kind, id)): At, submitted: Submitted) -> Result<Response, AppError> {
    let (mut tx, thing) = find(&me, (&kind, &id)).await?;
    let mut form = Form::again(&submitted);
    let typed = submitted.line("employer");
    let taker: Option<Taker> = match typed.is_empty() {
        true => None,
        false => tx.employer_called(&typed).await?,
    };
    match &taker {
        None if typed.is_empty() => form.problem("employer", "Type the employer’s name"),
        None => {
            form.problem("employer", format!("No employer here is called “{typed}”: type its name as its page has it"))
        }
        Some(taker) if taker.id == me.employer() => form.problem("employer", "That is this employer itself"),
        Some(_) => {}
    }
    let Some(taker) = taker.filter(|_| !form.has_errors()) else {
        return show(&me, &mut tx, &thing, form).await;
    };
    let (here, name) = (me.paths().share(thing.kind, thing.id), &taker.name);
    match tx.offer(&granted(&me, &thing)?, &thing, &taker).await {
        Ok(()) => {}
        Err(DbError::Constraint(broken)) if broken == OFFERED_ALREADY => {
            return Ok(see_other_noting(here, &format!("It is offered to {name} already, or {name} has it")));
        }
        Err(DbError::Stale) => {
            return Ok(see_other_noting(here, "It can’t be offered now: this is how it stands"));
        }
        Err(error) => return Err(error.into()),
    }
    let link = me.app.config.link(&Employer(&taker.slug).shared());
    let (subject, body) = sharing::offered(&me.who.employer.name, thing.kind, &thing.name, &link);
    tx.queue_to_admins(taker.id, (&subject, &body), me.now).await?;
    tx.commit().await?;
    Ok(see_other_saying(here, &format!("Offered to {name}. An administrator there takes or declines it.")))
}

pub async fn withdraw(me: As<Admins>, Path((_, kind, id)): At, submitted: Submitted) -> Result<Response, AppError> {
    let (mut tx, thing) = find(&me, (&kind, &id)).await?;
    let shares = tx.shares_of(&me.scope(), &thing).await?;
    let wanted = submitted.raw("share");
    let share = shares.iter().find(|share| share.id.to_string() == wanted).ok_or(AppError::NotFound)?;
    let here = me.paths().share(thing.kind, thing.id);
    match tx.withdraw_share(&granted(&me, &thing)?, share).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(here, "It ended already: this is how it stands")),
        Err(error) => return Err(error.into()),
    }
    let said = match share.state {
        ShareState::Taken => format!("{} keeps what it has, and gets nothing new", share.other),
        ShareState::Offered | ShareState::Declined | ShareState::Withdrawn => "The offer is withdrawn".to_owned(),
    };
    Ok(see_other_saying(here, &said))
}

fn row(share: &Share) -> Row {
    let day = |at: Option<time::OffsetDateTime>| at.map(|at| long_date(london_date(at))).unwrap_or_default();
    let stands = match share.state {
        ShareState::Offered => format!("Offered on {}, not answered yet", day(Some(share.granted_at))),
        ShareState::Taken => format!("Taken on {}: {}", day(share.answered_at), comes_after(share.kind)),
        ShareState::Declined => format!("Declined on {}", day(share.answered_at)),
        ShareState::Withdrawn => format!("Withdrawn on {}", day(share.withdrawn_at)),
    };
    Row {
        id: share.id.to_string(),
        other: share.other.clone(),
        stands,
        can_end: matches!(share.state, ShareState::Offered | ShareState::Taken),
    }
}

/// What reaches whoever took it.
fn comes_after(kind: Shareable) -> &'static str {
    match kind {
        Shareable::Clause => "new texts reach it as proposals",
        Shareable::Template => "each later version is offered to it",
    }
}

async fn show(me: &As<Admins>, tx: &mut Tx, thing: &Offerable, form: Form) -> Result<Response, AppError> {
    let shares = tx.shares_of(&me.scope(), thing).await?;
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let barred = match (&thing.words_of, thing.in_use, thing.kind) {
        (Some(giver), _, Shareable::Clause) => {
            format!("Its words are those of {giver}, so it is not yours to pass on.")
        }
        (Some(giver), _, Shareable::Template) => format!("It comes from {giver}, so it is not yours to pass on."),
        (None, false, Shareable::Clause) => "It was taken out of the library, so it can’t be offered.".to_owned(),
        (None, false, Shareable::Template) => "It is not in use, so it can’t be offered.".to_owned(),
        (None, true, _) => String::new(),
    };
    let (list, all) = match thing.kind {
        Shareable::Clause => ("Standard clauses", me.paths().clauses()),
        Shareable::Template => ("Templates", me.paths().templates()),
    };
    let back = page_of(me.paths(), thing.kind, thing.id);
    page_with(
        status,
        &OfferPage {
            frame: me.frame("Share it").crumb(list, all).crumb(thing.name.clone(), back.clone()),
            form,
            name: thing.name.clone(),
            kind: thing.kind,
            rows: shares.iter().map(row).collect(),
            barred,
            withdraw: format!("{}/withdraw", me.paths().share(thing.kind, thing.id)),
            back,
        },
    )
}

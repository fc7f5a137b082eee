//! Whom a clause is shared with: offering it to another employer, and ending that.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::subject;
use crate::clock::london_date;
use crate::db::{ClauseHead, DbError, OFFERED_ALREADY, Share, ShareState, Tx};
use crate::domain::ids::{ClauseId, EmployerId};
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::policy::{Denied, Granted, act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};

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
    rows: Vec<Row>,
    /// Why it can't be offered; empty where it can.
    barred: String,
    withdraw: String,
    back: String,
}

type At = Path<(String, String)>;

fn granted(me: &As<Admins>, name: &str) -> Result<Granted<act::ShareLibrary>, Denied> {
    grant::<act::ShareLibrary>(&me.actor(), subject(me, me.employer(), &format!("Clause “{name}”")), me.now)
}

async fn find(me: &As<Admins>, tx: &mut Tx, clause: &str) -> Result<ClauseHead, AppError> {
    let id = clause.parse().map(ClauseId).map_err(|_| AppError::NotFound)?;
    tx.clause(&me.scope(), id).await?.ok_or(AppError::NotFound)
}

pub async fn form(me: As<Admins>, Path((_, clause)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&me, &mut tx, &clause).await?;
    show(&me, &mut tx, &head, Form::empty()).await
}

pub async fn offer(me: As<Admins>, Path((_, clause)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&me, &mut tx, &clause).await?;
    let mut form = Form::again(&submitted);
    let typed = submitted.line("employer");
    let taker: Option<(EmployerId, String)> = match typed.is_empty() {
        true => None,
        false => tx.employer_called(&typed).await?,
    };
    match &taker {
        None if typed.is_empty() => form.problem("employer", "Type the employer’s name"),
        None => {
            form.problem("employer", format!("No employer here is called “{typed}”: type its name as its page has it"))
        }
        Some((id, _)) if *id == me.employer() => form.problem("employer", "That is this employer itself"),
        Some(_) => {}
    }
    let (Some((taker, name)), false) = (taker, form.has_errors()) else {
        return show(&me, &mut tx, &head, form).await;
    };
    let here = me.paths().clause_act(head.id, "share");
    match tx.offer_clause(&granted(&me, &head.entry.name)?, (head.id, &head.entry.name), (taker, &name)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other_saying(here, &format!("Offered to {name}. An administrator there takes or declines it.")))
        }
        Err(DbError::Constraint(broken)) if broken == OFFERED_ALREADY => {
            Ok(see_other_noting(here, &format!("It is offered to {name} already, or {name} has it")))
        }
        Err(DbError::Stale) => Ok(see_other_noting(here, "It can’t be offered now: this is how it stands")),
        Err(error) => Err(error.into()),
    }
}

pub async fn withdraw(me: As<Admins>, Path((_, clause)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = find(&me, &mut tx, &clause).await?;
    let shares = tx.shares_of_clause(&me.scope(), head.id).await?;
    let wanted = submitted.raw("share");
    let share = shares.iter().find(|share| share.id.to_string() == wanted).ok_or(AppError::NotFound)?;
    let here = me.paths().clause_act(head.id, "share");
    match tx.withdraw_share(&granted(&me, &head.entry.name)?, share.id, (&head.entry.name, &share.other)).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(here, "It ended already: this is how it stands")),
        Err(error) => return Err(error.into()),
    }
    let said = match share.state {
        ShareState::Taken => format!("{} keeps what it has, and gets no new texts", share.other),
        ShareState::Offered | ShareState::Declined | ShareState::Withdrawn => "The offer is withdrawn".to_owned(),
    };
    Ok(see_other_saying(here, &said))
}

fn row(share: &Share) -> Row {
    let day = |at: Option<time::OffsetDateTime>| at.map(|at| long_date(london_date(at))).unwrap_or_default();
    let stands = match share.state {
        ShareState::Offered => format!("Offered on {}, not answered yet", day(Some(share.granted_at))),
        ShareState::Taken => format!("Taken on {}: new texts reach it as proposals", day(share.answered_at)),
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

async fn show(me: &As<Admins>, tx: &mut Tx, head: &ClauseHead, form: Form) -> Result<Response, AppError> {
    let shares = tx.shares_of_clause(&me.scope(), head.id).await?;
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let barred = match (head.words_of(), head.retired) {
        (Some(giver), _) => format!("Its words are those of {giver}, so it is not yours to pass on."),
        (None, true) => "It was taken out of the library, so it can’t be offered.".to_owned(),
        (None, false) => String::new(),
    };
    let back = me.paths().clause(head.id);
    page_with(
        status,
        &OfferPage {
            frame: me
                .frame("Share it")
                .crumb("Standard clauses", me.paths().clauses())
                .crumb(head.entry.name.clone(), back.clone()),
            form,
            name: head.entry.name.clone(),
            rows: shares.iter().map(row).collect(),
            barred,
            withdraw: me.paths().clause_act(head.id, "withdraw"),
            back,
        },
    )
}

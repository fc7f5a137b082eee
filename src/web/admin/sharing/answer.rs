//! What other employers share with this one: offers to take or decline, and what was taken.

use askama::Template;
use axum::response::Response;

use super::subject;
use crate::clock::london_date;
use crate::db::{DbError, Share, ShareState};
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::Submitted;
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page as shown, see_other_noting, see_other_saying};

/// The constraint that two clauses of one name break.
const NAME_TAKEN: &str = "clause_name";

struct Offer {
    id: String,
    name: String,
    from: String,
    basis: String,
    heading: String,
    text: String,
}

struct Taken {
    href: Option<String>,
    name: String,
    stands: String,
}

#[derive(Template)]
#[template(path = "admin/sharing/answer.html")]
struct SharedPage {
    frame: Frame,
    offers: Vec<Offer>,
    taken: Vec<Taken>,
    here: String,
}

pub async fn page(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (offers, rest): (Vec<Share>, Vec<Share>) = tx
        .shares_with(&me.scope(), me.today())
        .await?
        .into_iter()
        .partition(|share| share.state == ShareState::Offered);
    shown(&SharedPage {
        frame: me.frame("Shared by others").crumb("Standard clauses", me.paths().clauses()),
        offers: offers.into_iter().map(offer).collect(),
        taken: rest.iter().map(|share| taken(&me, share)).collect(),
        here: me.paths().shared(),
    })
}

fn offer(share: Share) -> Offer {
    Offer {
        id: share.id.to_string(),
        from: format!("{}, offered on {}", share.other, long_date(london_date(share.granted_at))),
        name: share.name,
        basis: share.legal_basis,
        heading: share.text.0,
        text: share.text.1,
    }
}

fn taken(me: &As<Admins>, share: &Share) -> Taken {
    let day = |at: Option<time::OffsetDateTime>| at.map(|at| long_date(london_date(at))).unwrap_or_default();
    let from = &share.other;
    let stands = match share.state {
        ShareState::Taken => format!("From {from}, taken on {}", day(share.answered_at)),
        ShareState::Declined => format!("From {from}, declined on {}", day(share.answered_at)),
        ShareState::Withdrawn => format!(
            "From {from}, who withdrew it on {}: it stays as it stands here, and is yours to change now",
            day(share.withdrawn_at)
        ),
        ShareState::Offered => format!("From {from}"),
    };
    Taken { href: share.copy.map(|clause| me.paths().clause(clause)), name: share.name.clone(), stands }
}

pub async fn answer(me: As<Admins>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let shares = tx.shares_with(&me.scope(), me.today()).await?;
    let wanted = submitted.raw("share");
    let share = shares.iter().find(|share| share.id.to_string() == wanted).ok_or(AppError::NotFound)?;
    let name = format!("Clause “{}”", share.name);
    let granted = grant::<act::TakeShared>(&me.actor(), subject(&me, me.employer(), &name), me.now)?;
    let here = me.paths().shared();
    let done = match submitted.raw("answer") {
        "take" => tx.take_share(&granted, share, me.today()).await.map(Some),
        "decline" => tx.decline_share(&granted, share).await.map(|()| None),
        _ => return Err(AppError::Bad("The form does not say what was decided.")),
    };
    match done {
        Ok(clause) => {
            tx.commit().await?;
            Ok(match clause {
                Some(clause) => see_other_saying(
                    me.paths().clause(clause),
                    "Taken into your library. Say who looks after it, and for which posts it is placed.",
                ),
                None => see_other_saying(here, "Declined"),
            })
        }
        Err(DbError::Stale) => {
            Ok(see_other_noting(here, "It was answered or withdrawn a moment ago: this is how it stands"))
        }
        Err(DbError::Constraint(broken)) if broken == NAME_TAKEN => {
            Ok(see_other_noting(here, "You have clauses of that name already: give yours another name first"))
        }
        Err(error) => Err(error.into()),
    }
}

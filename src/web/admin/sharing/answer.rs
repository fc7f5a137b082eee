//! What other employers share with this one: offers to take or decline, and what was taken.

use askama::Template;
use axum::response::Response;

use super::page_of;
use crate::clock::london_date;
use crate::db::{DbError, Share};
use crate::domain::sharing::{ShareState, Shareable};
use crate::domain::template::MOST_TEMPLATES;
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::policy::act;
use crate::web::form::Submitted;
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page as shown, see_other_noting, see_other_saying};

/// The constraints that two clauses or two templates of one name break.
const NAME_TAKEN: [&str; 2] = ["clause_name", "template_name"];

struct Offer {
    id: String,
    kind: &'static str,
    take: &'static str,
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
        frame: me.frame("Shared by others").crumb("My work", me.paths().work()),
        offers: offers.into_iter().map(offer).collect(),
        taken: rest.iter().map(|share| taken(&me, share)).collect(),
        here: me.paths().shared(),
    })
}

fn offer(share: Share) -> Offer {
    Offer {
        id: share.id.to_string(),
        kind: share.kind.label(),
        take: match share.kind {
            Shareable::Clause => "Take it into the library",
            Shareable::Template => "Take it as a template of ours",
        },
        from: format!("{}, offered on {}", share.other, long_date(london_date(share.granted_at))),
        name: share.name,
        basis: share.about,
        heading: share.words.0,
        text: share.words.1,
    }
}

fn taken(me: &As<Admins>, share: &Share) -> Taken {
    let day = |at: Option<time::OffsetDateTime>| at.map(|at| long_date(london_date(at))).unwrap_or_default();
    let from = &share.other;
    let stands = match share.state {
        ShareState::Taken if share.has_newer => {
            format!("From {from}, which brought a later version into use: decide on its page")
        }
        ShareState::Taken => format!("From {from}, taken on {}", day(share.answered_at)),
        ShareState::Declined => format!("From {from}, declined on {}", day(share.answered_at)),
        ShareState::Withdrawn => format!(
            "From {from}, who withdrew it on {}: it stays as it stands here, and is yours to change now",
            day(share.withdrawn_at)
        ),
        ShareState::Offered => format!("From {from}"),
    };
    Taken { href: share.copy.map(|id| page_of(me.paths(), share.kind, id)), name: share.name.clone(), stands }
}

pub async fn answer(me: As<Admins>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let shares = tx.shares_with(&me.scope(), me.today()).await?;
    let wanted = submitted.raw("share");
    let share = shares.iter().find(|share| share.id.to_string() == wanted).ok_or(AppError::NotFound)?;
    let granted = me.leave::<act::TakeShared>(share.kind.named(&share.name))?;
    let here = me.paths().shared();
    let done = match (submitted.raw("answer"), share.kind) {
        ("take", Shareable::Clause) => tx.take_clause(&granted, share, me.today()).await.map(|id| Some(id.0)),
        ("take", Shareable::Template) => {
            if tx.templates(&me.scope()).await?.len() >= MOST_TEMPLATES {
                let said = format!("There are {MOST_TEMPLATES} templates, which is the most: it stays offered");
                return Ok(see_other_noting(here, &said));
            }
            tx.take_template(&granted, share).await.map(|id| Some(id.0))
        }
        ("decline", _) => tx.decline_share(&granted, share).await.map(|()| None),
        _ => return Err(AppError::Bad("The form does not say what was decided.")),
    };
    match done {
        Ok(taken) => {
            tx.commit().await?;
            Ok(match taken {
                Some(id) => see_other_saying(page_of(me.paths(), share.kind, id), was_taken(share.kind)),
                None => see_other_saying(here, "Declined"),
            })
        }
        Err(DbError::Stale) => {
            Ok(see_other_noting(here, "It was answered or withdrawn a moment ago: this is how it stands"))
        }
        Err(DbError::Constraint(broken)) if NAME_TAKEN.contains(&broken.as_str()) => {
            Ok(see_other_noting(here, "You have others of that name already: give yours another name first"))
        }
        Err(error) => Err(error.into()),
    }
}

/// What to do next.
fn was_taken(kind: Shareable) -> &'static str {
    match kind {
        Shareable::Clause => "Taken into your library. Say who looks after it, and for which posts it is placed.",
        Shareable::Template => {
            "Taken. It is not in use yet: go on with it, see what it does to real profiles, and bring it into use."
        }
    }
}

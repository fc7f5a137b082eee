//! Sending guests their links, sending another, and taking one back.

use axum::extract::Path;
use axum::response::Response;
use time::Duration;

use crate::clock::london_date;
use crate::db::{DbError, Message, Tx, Version};
use crate::domain::route::StepId;
use crate::domain::text::long_date;
use crate::domain::version::StateName;
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::mail::guests;
use crate::policy::{act, grant};
use crate::reference::bank_holidays;
use crate::secret::Token;
use crate::web::author::version::{At, at, open};
use crate::web::form::Submitted;
use crate::web::gate::{As, Keepers};
use crate::web::page::{see_other_noting, see_other_saying};
use crate::web::paths;
use crate::web::review::finish::Office;

/// How long a link works.
const LINK_LASTS: Duration = Duration::days(30);

/// Opens the steps whose turn it is for guests, and sends each a link of their own.
pub async fn guests(tx: &mut Tx, office: Office<'_>, version: &Version) -> Result<(), AppError> {
    send(tx, office, version, None).await
}

/// The same with a step whose link was taken back: what was taken back is sent anew only when somebody says so.
async fn send(tx: &mut Tx, office: Office<'_>, version: &Version, again: Option<StepId>) -> Result<(), AppError> {
    for guest in tx.waiting_guests(version.id, again).await? {
        let token = Token::new()?;
        let expires = office.now + LINK_LASTS;
        tx.open_guest_step(guest.step, &token.hash(), (office.now, expires)).await?;
        let (today, holidays) = (office.today(), bank_holidays::of(guest.nation));
        // A new link gives no new time: the day stays the one that the pages tell.
        let due_on = holidays.after(london_date(guest.asked_at.unwrap_or(office.now)), guest.days);
        let (subject, body) = guests::asked(guests::Asked {
            name: &guest.name,
            employer: office.employer_name,
            kind: guest.kind,
            title: version.title(),
            note: &guest.note,
            largest: &guest.largest,
            due: &Due::on(Some(due_on), today, holidays).text,
            until: &long_date(london_date(expires)),
            link: &office.app.config.link(&paths::guest(token.plain())),
        });
        let message = Message { to: guest.email, subject, body };
        tx.queue_about(Some(version.employer), &message, office.now).await?;
    }
    Ok(())
}

const NONE: &str = "That step is over, or it waits for no guest";

fn step(submitted: &Submitted) -> Result<StepId, AppError> {
    Ok(StepId(submitted.number("step")?))
}

/// Takes the old link back, and sends a new one.
pub async fn again(
    me: As<Keepers>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    change(&me, (&profile, &number), &submitted, true).await
}

/// Takes a link back: whoever has it is told that it ended.
pub async fn end(me: As<Keepers>, Path((_, profile, number)): At, submitted: Submitted) -> Result<Response, AppError> {
    change(&me, (&profile, &number), &submitted, false).await
}

async fn change(
    me: &As<Keepers>,
    (profile, number): (&str, &str),
    submitted: &Submitted,
    sends_another: bool,
) -> Result<Response, AppError> {
    let (mut tx, version) = open(me, profile, number).await?;
    let granted = grant::<act::ChangeGuestLink>(&me.actor(), version.subject(), me.now)?;
    let back = at(me, &version).act("review");
    if version.state.name() != StateName::InReview {
        return Ok(see_other_noting(back, NONE));
    }
    let step = step(submitted)?;
    match tx.revoke_guest_link(&granted, step).await {
        Ok(()) => {}
        // A link that was taken back before can be sent anew.
        Err(DbError::Stale) if sends_another => {}
        Err(DbError::Stale) => return Ok(see_other_noting(back, NONE)),
        Err(error) => return Err(error.into()),
    }
    if sends_another {
        send(&mut tx, Office::of(me), &version, Some(step)).await?;
    }
    tx.commit().await?;
    let said = match sends_another {
        true => "A new link was sent; the old one no longer works",
        false => "The link was taken back: whoever has it is told that it ended",
    };
    Ok(see_other_saying(back, said))
}

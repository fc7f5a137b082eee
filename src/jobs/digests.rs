//! Writes the messages that tell several in one, to those who want that, and says when one that could leave now does.
//! A digest is a row of the outbox like any other, and leaves with them.

use time::OffsetDateTime;

use crate::app::App;
use crate::clock::{london_date, london_hour};
use crate::db::{DbError, Digest, DigestReader, Message, Queued, Tx};
use crate::domain::mail_times::Leaves;
use crate::domain::text::{count, iso_date};
use crate::mail::digest;
use crate::reference::bank_holidays;
use crate::web::paths;

/// Digests that one round writes.
const MOST: i64 = 500;

/// Writes every digest that is due, and says how many.
pub async fn write_due(app: &App) -> Result<usize, DbError> {
    let now = app.clock.now();
    let readers = app.database.begin().await?.digests_due(now, MOST).await?;
    let mut written = 0;
    for reader in readers {
        written += usize::from(write(app, &reader, now).await?);
    }
    Ok(written)
}

async fn write(app: &App, reader: &DigestReader, now: OffsetDateTime) -> Result<bool, DbError> {
    let mut tx = app.database.begin().await?;
    let told = tx.hold_digest(reader, now).await?;
    let Some(first) = told.first() else { return Ok(false) };
    let things: Vec<(&str, &str)> = told.iter().map(|one| (one.subject.as_str(), one.body.as_str())).collect();
    let (subject, body) = digest::digest(&things, &app.config.link(paths::ACCOUNT_MAIL));
    let (day, hour) = (iso_date(london_date(now)), london_hour(now));
    let digest = Digest {
        message: Message { to: reader.email.clone(), subject, body },
        cause: format!("Digest of {}", count(told.len(), "message", "messages")),
        key: format!("digest:{}:{}:{day}T{hour}:{}", reader.slug, reader.person, first.id),
    };
    let done = tx.write_digest(reader, &digest, &told, now).await?;
    tx.commit().await?;
    Ok(done)
}

/// Puts a message off where its reader wants it later; says whether it did.
pub async fn put_off(tx: &mut Tx, queued: &Queued, now: OffsetDateTime) -> Result<bool, DbError> {
    let Some(wants) = queued.wants else { return Ok(false) };
    let (until, in_digest) = match wants.times.leaves(now, bank_holidays::of(wants.nation)) {
        Leaves::Now => return Ok(false),
        Leaves::At(until) => (until, false),
        Leaves::InDigest(until) => (until, true),
    };
    tx.put_off(queued.id, until, in_digest).await?;
    Ok(true)
}

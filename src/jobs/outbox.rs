//! Sends the mail that waits. Several servers share the work: each locks the message that it sends.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;
use crate::db::{DbError, MOST_TRIES, Queued, Tx};
use crate::mail::{MailError, Transport, review};
use crate::secret::SecretError;
use crate::web::paths;

/// How long mail may lie before it is looked for again.
const EVERY: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Database(#[from] DbError),
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// Sends mail now and every few seconds, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        match send_due(&app).await {
            Ok(0) => {}
            Ok(sent) => tracing::info!(sent, "mail left"),
            Err(error) => tracing::warn!(%error, "mail stays in the outbox"),
        }
        if !super::wait(&mut stop, EVERY).await {
            return;
        }
    }
}

/// Sends every message that is due, and says how many went. One that fails is tried again later, each time twice as
/// much later; a server that does not answer ends the round.
pub async fn send_due(app: &App) -> Result<usize, OutboxError> {
    let transport = Transport::new(&app.config)?;
    super::digests::write_due(app).await?;
    let mut sent = 0;
    loop {
        let now = app.clock.now();
        let mut tx = app.database.begin().await?;
        let Some(queued) = tx.next_message(now).await? else { return Ok(sent) };
        if super::digests::put_off(&mut tx, &queued, now).await? {
            tx.commit().await?;
            continue;
        }
        let message = super::task_links::signed(&app.config, &mut tx, &queued.message, now).await?;
        let leaving = Queued { message, ..queued.clone() };
        match transport.send(&leaving).await {
            Ok(()) => {
                // Links in it are secrets; only the demonstration, which has none to keep, shows mail afterwards.
                let kept = app.config.demonstration.then_some(leaving.message.body.as_str());
                tx.message_sent(queued.id, now, kept).await?;
                tx.commit().await?;
                sent += 1;
            }
            Err(error) => {
                tx.message_failed(&queued, &error.to_string(), now).await?;
                if let MailError::Address(why) = &error {
                    tx.mark_refused(&queued, why, now).await?;
                }
                if queued.tries + 1 >= MOST_TRIES {
                    give_up(app, &mut tx, &queued, &error).await?;
                }
                tx.commit().await?;
                if !matches!(error, MailError::Refused(_) | MailError::Address(_)) {
                    return Err(error.into());
                }
                tracing::warn!(message = queued.id, tries = queued.tries + 1, %error, "a message was refused");
            }
        }
    }
}

/// Loudly: in the log, and to the administrators whose work the message was about. What tells them of it is no message
/// about work itself, so that a server that refuses everything is not written to without end.
async fn give_up(app: &App, tx: &mut Tx, queued: &Queued, error: &MailError) -> Result<(), DbError> {
    tracing::error!(message = queued.id, tries = queued.tries + 1, %error, "a message was given up");
    let Some((employer, slug)) = tx.employer_of_mail(queued.id).await? else { return Ok(()) };
    let link = app.config.link(&paths::Employer(&slug).mail());
    let about = (queued.message.to.as_str(), queued.message.subject.as_str());
    let (subject, body) = review::given_up(about, &error.to_string(), &link);
    if !queued.message.subject.starts_with(review::GIVEN_UP) {
        tx.queue_to_admins(employer, (&subject, &body), app.clock.now()).await?;
    }
    Ok(())
}

//! Sends the mail that waits. Several servers share the work: each locks the message that it sends.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;
use crate::db::DbError;
use crate::mail::{MailError, Transport};

/// How long mail may lie before it is looked for again.
const EVERY: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Database(#[from] DbError),
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
    let mut sent = 0;
    loop {
        let now = app.clock.now();
        let mut tx = app.database.begin().await?;
        let Some(queued) = tx.next_message(now).await? else { return Ok(sent) };
        match transport.send(&queued).await {
            Ok(()) => {
                // Links in it are secrets; only the demonstration, which has none to keep, shows mail afterwards.
                tx.message_sent(queued.id, now, app.config.demonstration).await?;
                tx.commit().await?;
                sent += 1;
            }
            Err(error) => {
                tx.message_failed(&queued, &error.to_string(), now).await?;
                tx.commit().await?;
                if !matches!(error, MailError::Refused(_)) {
                    return Err(error.into());
                }
                tracing::warn!(message = queued.id, tries = queued.tries + 1, %error, "a message was refused");
            }
        }
    }
}

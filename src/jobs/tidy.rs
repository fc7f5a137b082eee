//! Forgets what nobody needs any more: the privacy page promises these periods.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;
use crate::db::{DbError, HERE_FOR};

const EVERY: Duration = Duration::from_secs(60 * 60);

/// Counted tries of signing in and the like; the longest limit looks back an hour.
pub const KEEP_ATTEMPTS: time::Duration = time::Duration::days(1);
/// Sent mail, the text of mail that could not be sent, links, and accounts whose address nobody confirmed.
pub const KEEP_MAIL: time::Duration = time::Duration::days(30);

/// Tidies now and every hour, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        match forget(&app).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "forgot what is no longer needed"),
            Err(error) => tracing::warn!(%error, "tidying failed"),
        }
        if !super::wait(&mut stop, EVERY).await {
            return;
        }
    }
}

/// Says how many rows went, or lost their text.
pub async fn forget(app: &App) -> Result<u64, DbError> {
    let now = app.clock.now();
    let mut tx = app.database.begin().await?;
    let mut gone = tx.forget_attempts_before(now - KEEP_ATTEMPTS).await?;
    gone += tx.forget_ended_sessions(now).await?;
    gone += tx.forget_mail_before(now - KEEP_MAIL).await?;
    gone += tx.forget_texts_of_unsent_mail(now - KEEP_MAIL).await?;
    gone += tx.forget_links_before(now - KEEP_MAIL).await?;
    gone += tx.forget_unconfirmed_before(now - KEEP_MAIL, now).await?;
    gone += tx.forget_presence_before(now - HERE_FOR).await?;
    tx.commit().await?;
    Ok(gone)
}

//! Writes down how often adverts were looked at.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;
use crate::db::DbError;

const EVERY: Duration = Duration::from_secs(5);

/// Writes down what waits every few seconds, and once more when the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let goes_on = super::wait(&mut stop, EVERY).await;
        if let Err(error) = write_down(&app).await {
            tracing::warn!(%error, "views could not be written down yet");
        }
        if !goes_on {
            return;
        }
    }
}

/// Says how many views were written down. They are put back where that fails.
pub async fn write_down(app: &App) -> Result<i64, DbError> {
    let views = app.views.take();
    if views.is_empty() {
        return Ok(0);
    }
    let number = views.iter().map(|(_, number)| i64::from(*number)).sum();
    let written = async {
        let mut tx = app.database.begin().await?;
        tx.add_views(&views).await?;
        tx.commit().await
    };
    match written.await {
        Ok(()) => Ok(number),
        Err(error) => {
            app.views.put_back(views);
            Err(error)
        }
    }
}

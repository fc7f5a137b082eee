//! Lets a server keep finished pages: hears of every change of an advert, whichever server made it, and minds the clock.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use crate::app::App;
use crate::clock::end_of_day;
use crate::db::DbError;

/// How long nothing is kept after the news broke off.
const AGAIN: Duration = Duration::from_secs(1);
/// The clock is looked at this often, should the system's have been set.
const LONGEST: Duration = Duration::from_secs(60);

/// Listens until the server stops. While it can't, every page is made anew.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let ended = tokio::select! {
            ended = listen(&app) => ended,
            _ = stop.wait_for(|stopping| *stopping) => return app.pages.close(),
        };
        app.pages.close();
        if let Err(error) = ended {
            tracing::warn!(%error, "the news of adverts broke off: pages are made anew until it is back");
        }
        if !super::wait(&mut stop, AGAIN).await {
            return;
        }
    }
}

/// Ends when the connection is lost.
async fn listen(app: &App) -> Result<(), DbError> {
    let mut news = app.database.advert_news().await?;
    loop {
        let now = app.clock.now();
        let midnight = end_of_day(app.clock.today());
        let until = app.database.next_opening_or_closing(now).await?.map_or(midnight, |at| at.min(midnight));
        app.pages.open(until, now);
        let rest = Duration::try_from(until - now).unwrap_or_default().min(LONGEST);
        match timeout(rest, news.heard()).await {
            Ok(true) => app.pages.clear(),
            Ok(false) => return Ok(()),
            Err(_nothing_new) => {}
        }
    }
}

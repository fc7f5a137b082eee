//! `rolebook serve`: everything started in order, and everything stopped in order.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::database::{Company, Place, find};
use super::say;
use super::{demonstration, log};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Database, Holding};
use crate::documents::extract::child::Children;
use crate::jobs;
use crate::pages::Pages;
use crate::views::Views;
use crate::web::assets::Assets;

/// How long requests in flight may take once the server is told to stop. A second signal ends the wait.
const LONGEST_STOP: Duration = Duration::from_secs(30);

#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Show Rolebook with made-up employers, people and jobs; an empty database is filled with them
    #[arg(long)]
    demonstration: bool,
}

/// What tells the server to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Signals { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

pub(super) async fn run(mut config: Config, asked: Asked) -> anyhow::Result<()> {
    log::start(&config)?;
    let assets = Assets::load(&config.assets).map_err(|error| anyhow!("{}.", capital(&error.to_string())))?;
    // From here on a signal is an orderly end, also while Postgres starts.
    let mut signals = Signals::new().context("The system lets nobody wait for signals.")?;
    config.demonstration = asked.demonstration;
    let mut place = find(&mut config, Company::Alone).await?;
    let outcome = tokio::select! {
        outcome = with_database(&place, config, assets) => outcome,
        () = signals.next() => Ok(None),
    };
    let (database, outcome) = match outcome {
        Ok(Some(running)) => {
            let database = running.database.clone();
            (Some(database), running.until_told(&mut signals, &mut place).await)
        }
        Ok(None) => (None, Ok(())),
        Err(error) => (None, Err(error)),
    };
    place.leave(database).await;
    outcome
}

/// Prepares the database and begins to serve.
async fn with_database(place: &Place, mut config: Config, assets: Assets) -> anyhow::Result<Option<Running>> {
    let database = place.connect().await?;
    let fill = match config.demonstration {
        true => demonstration::prepare(&database).await?,
        false => {
            database.bring_up_to_date().await?;
            // Pages say so wherever the people and jobs are made up.
            config.demonstration = database.holding().await? == Holding::Demonstration;
            false
        }
    };
    let mut app = app(database, config, assets)?;
    if fill {
        demonstration::fill(&app).await?;
    }
    let preparing = std::mem::replace(&mut app.database, place.connect_to_serve().await?);
    preparing.close().await;
    Running::begin(app).await.map(Some)
}

/// The app of this process, which reads documents in children that are this same program.
pub(super) fn app(database: Database, config: Config, assets: Assets) -> anyhow::Result<App> {
    let program = std::env::current_exe().context("The system does not say where this program is.")?;
    let (config, assets) = (Arc::new(config), Arc::new(assets));
    Ok(App {
        database,
        clock: Clock::System,
        config,
        assets,
        extractor: Children::new(program),
        views: Views::default(),
        pages: Pages::default(),
    })
}

/// A server that answers.
struct Running {
    database: Database,
    stop: watch::Sender<bool>,
    serving: JoinHandle<std::io::Result<()>>,
    jobs: tokio::task::JoinSet<()>,
}

impl Running {
    async fn begin(app: App) -> anyhow::Result<Self> {
        let listen = app.config.listen;
        let listener = TcpListener::bind(listen)
            .await
            .map_err(|error| anyhow!("Rolebook can't listen on {listen}: {error}. Set LISTEN to another address."))?;
        announce(&app, listener.local_addr().unwrap_or(listen));
        if listen.ip().is_loopback() && app.config.is_https() && !app.config.behind_proxy {
            tracing::warn!(
                "PUBLIC_URL is https and LISTEN is this machine, so a proxy stands in front: without BEHIND_PROXY=true \
                 everybody counts as one visitor, and wrong passwords of a stranger lock everybody out"
            );
        }
        let (stop, stopping) = watch::channel(false);
        let jobs = jobs::start(&app, &stopping);
        let database = app.database.clone();
        let service = app.router().into_make_service_with_connect_info::<SocketAddr>();
        let serving =
            tokio::spawn(async move { axum::serve(listener, service).with_graceful_shutdown(told(stopping)).await });
        Ok(Running { database, stop, serving, jobs })
    }

    /// Serves until a signal comes or Postgres ends, then lets requests in flight finish.
    async fn until_told(mut self, signals: &mut Signals, place: &mut Place) -> anyhow::Result<()> {
        tokio::select! {
            () = signals.next() => {}
            // Without its database the server can finish nothing.
            reason = place.ended() => return Err(reason.into()),
            served = &mut self.serving => return Err(anyhow!("The server ended by itself: {served:?}.")),
            // A server without its jobs would say that all is well, and send no mail and issue nothing.
            Some(Err(ended)) = self.jobs.join_next() => return Err(anyhow!("A job ended by itself: {ended}.")),
        };
        tracing::info!("stopping: no new requests");
        self.stop.send_replace(true);
        let finished = async {
            let _ended = (&mut self.serving).await;
            while self.jobs.join_next().await.is_some() {}
        };
        tokio::select! {
            ended = timeout(LONGEST_STOP, finished) => {
                if ended.is_err() {
                    tracing::warn!("some requests were not finished after {} s", LONGEST_STOP.as_secs());
                }
            }
            () = signals.next() => tracing::warn!("told twice: stopping at once"),
        }
        Ok(())
    }
}

async fn told(mut stopping: watch::Receiver<bool>) {
    // A sender that is gone means that the server is going.
    let _told = stopping.wait_for(|stop| *stop).await;
}

/// What a person at the terminal wants to know: where it is, and with whom to sign in.
fn announce(app: &App, listening: SocketAddr) {
    say(format_args!("Rolebook listens on {listening} and answers as {}", app.config.public_url));
    if app.config.demonstration {
        demonstration::announce();
    }
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

//! A whole site for one story: its own database, its own clock, its own folder.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use rolebook::app::App;
use rolebook::clock::Clock;
use rolebook::config::Config;
use rolebook::documents::extract::child::Children;
use rolebook::pages::Pages;
use rolebook::views::Views;
use rolebook::web::assets::Assets;
use sqlx::PgPool;
use time::macros::datetime;

use super::browser::Browser;
use super::database::TestDatabase;

/// When every story begins: a Thursday in winter, when London has no summer time.
pub const BEGINNING: time::OffsetDateTime = datetime!(2026-01-15 10:00 UTC);

/// The address that links in mail begin with.
pub const PUBLIC_URL: &str = "http://rolebook.test";

static ASSETS: LazyLock<Arc<Assets>> = LazyLock::new(assets);

fn assets() -> Arc<Assets> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    Arc::new(Assets::found_in(&folder).unwrap())
}

pub struct Site {
    pub app: App,
    /// For looking behind the pages; helpers that do so are named `db_…`.
    pub db: PgPool,
    folder: PathBuf,
    // Last, so that it goes after everybody who is connected.
    database: TestDatabase,
}

impl Site {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A site whose printer no other site shares.
    pub async fn with_own_printer() -> Self {
        let mut site = Self::new().await;
        site.app.assets = assets();
        site
    }

    /// A site with a configuration of its own.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::on(TestDatabase::new().await, Clock::fixed(BEGINNING), change).await
    }

    /// Lets everybody go, so that the site can be copied; it serves no more.
    pub async fn put_away(&self) {
        self.app.database.close().await;
        self.db.close().await;
    }

    /// The same site again, as it was when it was put away: same people, same sessions, same time.
    pub async fn copy(&self) -> Self {
        self.copy_with(|_| {}).await
    }

    pub async fn copy_with(&self, change: impl FnOnce(&mut Config)) -> Self {
        Self::on(self.database.copy().await, Clock::fixed(self.app.clock.now()), change).await
    }

    async fn on(database: TestDatabase, clock: Clock, change: impl FnOnce(&mut Config)) -> Self {
        let folder = std::env::temp_dir().join(format!("rolebook-{}", database.options.get_database().unwrap()));
        let read = |name: &str| match name {
            "PUBLIC_URL" => Some(PUBLIC_URL.to_owned()),
            "ROLEBOOK_DATA" => Some(folder.display().to_string()),
            _ => None,
        };
        let mut config = Config::from(read).unwrap();
        change(&mut config);
        let app = App {
            database: database.app().await,
            clock,
            config: Arc::new(config),
            assets: ASSETS.clone(),
            extractor: Children::new(PathBuf::from(env!("CARGO_BIN_EXE_rolebook"))),
            views: Views::default(),
            pages: Pages::default(),
        };
        Site { app, db: database.pool(), folder, database }
    }

    /// Somebody's browser, with no cookies yet.
    pub fn browser(&self) -> Browser {
        Browser::new(self.app.clone().router())
    }

    /// A second server on the same database, as behind a balancer.
    pub async fn second_server(&self) -> App {
        App { database: self.database.app().await, pages: Pages::default(), ..self.app.clone() }
    }

    /// Waits until the database has let go of what servers that died were doing; it does so a moment after them. One that
    /// died at the beginning may leave a transaction that holds nothing.
    pub async fn db_let_go(&self) {
        let sql = "select count(*) from pg_locks l join pg_database d on d.oid = l.database
            where d.datname = current_database() and l.pid <> pg_backend_pid()";
        for _ in 0..1_000 {
            let held: i64 = sqlx::query_scalar(sql).fetch_one(&self.db).await.unwrap();
            if held == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("a transaction of a server that died is still open");
    }

    /// Where this site keeps files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lets time pass.
    pub fn pass(&self, time: time::Duration) {
        self.app.clock.advance(time);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

//! A database for each story: a copy of one template that holds the migrations, dropped at the story's end.

use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};

use rolebook::db::Database;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};
use tokio::sync::OnceCell;

/// Connections of the app under test, and as many of the story itself.
const MOST_CONNECTIONS: u32 = 4;
/// Any number: whoever holds this lock makes the template.
const TEMPLATE_LOCK: i64 = 7_265_011;

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Dropped together with its database, also when the story fails.
pub struct TestDatabase {
    name: String,
    pub options: PgConnectOptions,
}

impl TestDatabase {
    pub async fn new() -> Self {
        Self::made_from(TEMPLATE.get_or_init(template).await).await
    }

    /// A copy of this one as it is. Everybody has to be disconnected from it.
    pub async fn copy(&self) -> Self {
        Self::made_from(&self.name).await
    }

    async fn made_from(template: &str) -> Self {
        let name = format!("t_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut server = server().connect().await.expect("DATABASE_URL names a running Postgres");
        drop_database(&mut server, &name).await;
        execute(&mut server, &format!("create database {name} template {template} strategy file_copy")).await;
        server.close().await.unwrap();
        TestDatabase { options: server_options().database(&name), name }
    }

    /// The app's own connections.
    pub async fn app(&self) -> Database {
        Database::connect_with(self.options.clone(), MOST_CONNECTIONS).await.unwrap()
    }

    /// Connections for looking behind the pages.
    pub fn pool(&self) -> PgPool {
        PgPoolOptions::new().max_connections(MOST_CONNECTIONS).connect_lazy_with(self.options.clone())
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = self.name.clone();
        // The story's runtime may be going down, so the goodbye has one of its own.
        let goodbye = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut server = server().connect().await.unwrap();
                drop_database(&mut server, &name).await;
            });
        });
        // A second panic while a story fails would hide why it failed.
        let _ = goodbye.join();
    }
}

/// Makes the template where this state of the migrations has none yet. Its name holds the migrations' checksums, so a
/// server that stays up between runs keeps one for each state.
async fn template() -> String {
    let sums = sqlx::migrate!().iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, migration| {
        migration.checksum.iter().fold(sum, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
    });
    let name = format!("rolebook_template_{sums:016x}");
    let mut server = server().connect().await.expect("DATABASE_URL names a running Postgres");
    sqlx::query("select pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut server).await.unwrap();
    let made: i64 = sqlx::query_scalar("select count(*) from pg_database where datname = $1")
        .bind(&name)
        .fetch_one(&mut server)
        .await
        .unwrap();
    if made == 0 {
        let unfinished = format!("{name}_unfinished");
        drop_database(&mut server, &unfinished).await;
        execute(&mut server, &format!("create database {unfinished}")).await;
        let database = Database::connect_with(server_options().database(&unfinished), 1).await.unwrap();
        database.migrate().await.unwrap();
        database.close().await;
        execute(&mut server, &format!("alter database {unfinished} rename to {name}")).await;
    }
    server.close().await.unwrap();
    name
}

fn server() -> PgConnectOptions {
    server_options().database("postgres")
}

fn server_options() -> PgConnectOptions {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL is set: scripts/with-postgres.sh does that");
    PgConnectOptions::from_str(&url).unwrap()
}

async fn drop_database(server: &mut PgConnection, name: &str) {
    execute(server, &format!("drop database if exists {name} with (force)")).await;
}

async fn execute(server: &mut PgConnection, sql: &str) {
    server.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
}

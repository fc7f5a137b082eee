//! The private Postgres as an operator meets it: first and later starts, two servers on one folder, a killed server,
//! folders that can't be used. Each test has a folder of its own. They pass as root and as an ordinary user.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, geteuid};
use rolebook::db::private::{self, PrivateError, PrivatePostgres};
use sqlx::{ConnectOptions, Connection};

/// A folder that goes away with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("rolebook-private-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn data(&self) -> PathBuf {
        self.0.join("data")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _left_behind = std::fs::remove_dir_all(&self.0);
    }
}

/// The process number of the Postgres that runs on a data folder.
pub fn postmaster(data: &Path) -> Option<Pid> {
    let text = std::fs::read_to_string(data.join("pg/postmaster.pid")).ok()?;
    text.lines().next()?.parse().ok().map(Pid::from_raw)
}

async fn wait_until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..6000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited a minute for this: {what}");
}

async fn number(postgres: &PrivatePostgres, sql: &'static str) -> Result<i32, sqlx::Error> {
    let mut connection = postgres.connect_options("rolebook").connect().await?;
    let number = sqlx::query_scalar(sql).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(number)
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let folder = Folder::new();
    // A first start that was killed leaves this behind.
    std::fs::create_dir_all(folder.data().join("pg.init/base")).unwrap();

    let postgres = private::start(&folder.data()).await.unwrap();
    assert!(postgres.ensure_database("rolebook").await.unwrap());
    assert!(!postgres.ensure_database("rolebook").await.unwrap(), "it is there already");
    number(&postgres, "with made as (select 1) select 41 from made").await.unwrap();
    let mut connection = postgres.connect_options("rolebook").connect().await.unwrap();
    sqlx::raw_sql("create extension pg_trgm; create table kept (n int4); insert into kept values (42)")
        .execute(&mut connection)
        .await
        .unwrap();
    // `stop` ends open sessions instead of waiting for them.
    postgres.stop().await;
    assert_eq!(postmaster(&folder.data()), None);
    assert!(!folder.data().join("pg.init").exists());

    let postgres = private::start(&folder.data()).await.unwrap();
    assert_eq!(number(&postgres, "select n from kept").await.unwrap(), 42);
    assert!(number(&postgres, "select 1 from pg_authid limit 1").await.is_err(), "Rolebook's role is no administrator");
    postgres.drop_database("rolebook").await.unwrap();
    assert!(postgres.ensure_database("rolebook").await.unwrap());
    assert!(number(&postgres, "select n from kept").await.is_err());
    postgres.stop().await;
}

#[tokio::test]
async fn a_second_server_is_refused_and_a_command_joins() {
    let folder = Folder::new();
    let server = private::start(&folder.data()).await.unwrap();
    server.ensure_database("rolebook").await.unwrap();

    let refused = private::start(&folder.data()).await.unwrap_err();
    assert!(refused.to_string().starts_with("Another Rolebook is already running on the data folder"), "{refused}");

    let command = private::start_or_join(&folder.data()).await.unwrap();
    assert_eq!(number(&command, "select 7").await.unwrap(), 7);
    command.stop().await;
    assert_eq!(number(&server, "select 8").await.unwrap(), 8, "the server's Postgres goes on");
    server.stop().await;
}

/// Runs this very test once more as a child that starts Postgres and stays, and kills that child outright.
#[tokio::test]
async fn postgres_ends_when_rolebook_is_killed() {
    const HOLD: &str = "ROLEBOOK_TEST_HOLD";
    if let Some(data) = std::env::var_os(HOLD) {
        let _postgres = private::start(Path::new(&data)).await.unwrap();
        println!("\nholding");
        std::future::pending::<()>().await;
    }
    let folder = Folder::new();
    let name = std::thread::current().name().unwrap().to_owned();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &name, "--nocapture"])
        .env(HOLD, folder.data())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "holding"), "the child could not start Postgres");
    let postgres = postmaster(&folder.data()).unwrap();

    child.kill().unwrap();
    child.wait().unwrap();
    // A clean shutdown removes the file; a crashed Postgres would leave it.
    wait_until("Postgres shuts down in order", || postmaster(&folder.data()).is_none()).await;
    wait_until("its process ends", || ended(postgres)).await;
    private::start(&folder.data()).await.unwrap().stop().await;
}

/// Gone, or a zombie that only waits for its new parent.
pub fn ended(process: Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"));
    kill(process, None).is_err() || stat.is_ok_and(|text| text.contains(") Z "))
}

#[tokio::test]
async fn a_crashed_postgres_is_reported_and_starts_again() {
    let folder = Folder::new();
    let mut postgres = private::start(&folder.data()).await.unwrap();
    postgres.ensure_database("rolebook").await.unwrap();
    let process = postmaster(&folder.data()).unwrap();
    let still_running = tokio::time::timeout(Duration::from_millis(50), postgres.ended()).await;
    assert!(still_running.is_err());

    kill(process, Signal::SIGKILL).unwrap();
    let reason = postgres.ended().await;
    assert!(matches!(reason, PrivateError::Ended { .. }), "{reason}");
    postgres.stop().await;

    // postmaster.pid is still there, and for a moment its helpers hold the shared memory.
    let postgres = private::start(&folder.data()).await.unwrap();
    assert_eq!(number(&postgres, "select 9").await.unwrap(), 9);
    postgres.stop().await;
}

#[tokio::test]
async fn a_deep_folder_has_its_socket_elsewhere() {
    let folder = Folder::new();
    let data = folder.0.join("d".repeat(60)).join("e".repeat(60)).join("data");
    let postgres = private::start(&data).await.unwrap();
    let socket = postgres.socket().to_owned();
    assert!(!socket.starts_with(&folder.0), "{}", socket.display());
    assert_eq!(std::fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o700);
    postgres.ensure_database("rolebook").await.unwrap();
    assert_eq!(number(&postgres, "select 3").await.unwrap(), 3);
    let joined = private::start_or_join(&data).await.unwrap();
    assert_eq!(joined.socket(), socket);
    joined.stop().await;
    postgres.stop().await;
    assert!(!socket.exists());
}

#[tokio::test]
async fn data_of_another_major_version_is_refused() {
    let folder = Folder::new();
    private::start(&folder.data()).await.unwrap().stop().await;
    std::fs::write(folder.data().join("pg/PG_VERSION"), "11\n").unwrap();
    let refused = private::start(&folder.data()).await.unwrap_err().to_string();
    assert!(refused.contains("was made by PostgreSQL 11"), "{refused}");
    assert!(refused.contains("apt-get install postgresql-11"), "{refused}");
}

#[tokio::test]
async fn a_folder_that_the_databases_user_cannot_enter_is_named() {
    let folder = Folder::new();
    let closed = folder.0.join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
    let data = closed.join("data");
    let chosen = private::data_folder(Some(&data));
    if geteuid().is_root() {
        let refused = chosen.unwrap_err().to_string();
        assert!(refused.contains(&format!("can't enter {}", closed.display())), "{refused}");
        assert!(refused.contains("Set ROLEBOOK_DATA"), "{refused}");
        let refused = private::start(&data).await.unwrap_err();
        assert!(matches!(refused, PrivateError::CannotEnter { .. }), "{refused}");
    } else {
        assert_eq!(chosen.unwrap().path, data, "an ordinary user enters their own folder");
        private::start(&data).await.unwrap().stop().await;
    }
}

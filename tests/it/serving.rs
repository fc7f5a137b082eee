//! The program as an operator runs it: started, asked, told to stop.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::private_postgres::Folder;

/// A server of its own data folder, killed with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    fn start(folder: &Path) -> Self {
        let mut child = program(folder).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().unwrap().contains("listens on")).unwrap().unwrap();
        let address = line.split_whitespace().nth(3).unwrap().to_owned();
        Server { child, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        read(stream)
    }

    fn tell(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id() as i32), signal).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The program with a private Postgres in this folder, whatever the test's own environment says.
fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolebook"));
    command.env_remove("DATABASE_URL").env("ROLEBOOK_DATA", folder.join("data")).env("LISTEN", "127.0.0.1:0");
    command.env("ROLEBOOK_ASSETS", assets(folder)).env("PUBLIC_URL", "http://rolebook.test");
    command
}

/// The asset folder that `make assets` would have made, as far as the server looks.
fn assets(folder: &Path) -> PathBuf {
    let assets = folder.join("static");
    for file in [
        "vendor/govuk-frontend.min.css",
        "vendor/govuk-frontend.min.js",
        "vendor/print/AtkinsonHyperlegibleNext_400Regular.ttf",
        "css/tokens.css",
    ] {
        let path = assets.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "").unwrap();
    }
    assets
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_server_told_to_stop_finishes_what_it_began_and_leaves_nothing_running() {
    let folder = Folder::new();
    let mut server = Server::start(&folder.0);
    assert!(server.get("/health/ready").starts_with("HTTP/1.1 200"));
    let postgres = crate::private_postgres::postmaster(&folder.0.join("data")).unwrap();

    // A form of which only half has arrived when the server is told to stop.
    let body = "email=nobody%40nowhere.example&password=a+guess";
    let mut slow = server.connect();
    write!(
        slow,
        "POST /sign-in HTTP/1.1\r\nHost: rolebook.test\r\nOrigin: http://rolebook.test\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
        body.len(),
        &body[..10]
    )
    .unwrap();
    std::thread::park_timeout(Duration::from_millis(200));
    server.tell(Signal::SIGTERM);
    std::thread::park_timeout(Duration::from_millis(200));
    assert!(server.child.try_wait().unwrap().is_none(), "it waits for the form");
    write!(slow, "{}", &body[10..]).unwrap();
    assert!(read(slow).starts_with("HTTP/1.1 422"));

    assert!(server.child.wait().unwrap().success());
    assert!(crate::private_postgres::ended(postgres), "Postgres ended with it");
    assert!(TcpStream::connect(&server.address).is_err());
}

#[test]
fn a_server_whose_postgres_is_gone_says_so_and_ends() {
    let folder = Folder::new();
    let mut child = program(&folder.0).arg("serve").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("listens on")));
    let postgres = crate::private_postgres::postmaster(&folder.0.join("data")).unwrap();
    kill(postgres, Signal::SIGKILL).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("The private PostgreSQL has ended by itself"), "{}", said(&output));
}

#[test]
fn what_keeps_it_from_starting_is_one_sentence() {
    let folder = Folder::new();
    let no_assets = program(&folder.0).arg("serve").env("ROLEBOOK_ASSETS", &folder.0).output().unwrap();
    assert_eq!(no_assets.status.code(), Some(1));
    assert!(
        said(&no_assets).starts_with("The pages' assets are not there: run `make assets` first"),
        "{}",
        said(&no_assets)
    );
    assert!(!folder.0.join("data").exists(), "nothing was begun");

    let wrong = program(&folder.0).arg("serve").env("LISTEN", "here").env("LOG_FORMAT", "xml").output().unwrap();
    assert!(
        said(&wrong).contains("LISTEN has to be") && said(&wrong).contains("LOG_FORMAT has to be"),
        "{}",
        said(&wrong)
    );

    let server = Server::start(&folder.0);
    let second = program(&folder.0).arg("serve").output().unwrap();
    assert!(said(&second).contains("Another Rolebook is already running on the data folder"), "{}", said(&second));
    let mut taken = program(&folder.0);
    taken.arg("serve").env("LISTEN", &server.address).env("ROLEBOOK_DATA", folder.0.join("other"));
    let taken = taken.output().unwrap();
    assert!(said(&taken).contains("can't listen on"), "{}", said(&taken));
}

#[test]
fn a_changed_migration_stops_a_server_and_makes_a_demonstration_anew() {
    let folder = Folder::new();
    let file = folder.0.join("whole.backup");
    let migrated = program(&folder.0).arg("migrate").output().unwrap();
    assert!(migrated.status.success(), "{}", said(&migrated));
    run_sql(&folder.0, "update _sqlx_migrations set checksum = 'x' where version = 1");

    let refused = program(&folder.0).arg("serve").output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("made by another edition of Rolebook"), "{}", said(&refused));
    let backup = program(&folder.0).arg("backup").arg(&file).output().unwrap();
    assert!(backup.status.success(), "what is there can still be taken away: {}", said(&backup));

    let mut child = program(&folder.0)
        .args(["serve", "--demonstration"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Kept open: the server goes on to say whom to sign in as.
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let lines: Vec<String> = said.by_ref().take_while(|line| !line.contains("listens on")).collect();
    kill(Pid::from_raw(child.id() as i32), Signal::SIGTERM).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(lines.iter().any(|line| line.contains("it is made anew")), "{lines:?}");
}

#[test]
fn real_work_is_never_made_a_demonstration() {
    let folder = Folder::new();
    assert!(program(&folder.0).arg("migrate").output().unwrap().status.success());
    run_sql(
        &folder.0,
        "insert into employer (slug, name, kind, evaluation_scheme, created_at) values ('real', 'Real', 'other', 'own', now());
        update _sqlx_migrations set checksum = 'x' where version = 1",
    );
    let refused = program(&folder.0).args(["serve", "--demonstration"]).output().unwrap();
    assert!(said(&refused).contains("holds real work"), "{}", said(&refused));
}

/// Looks behind a stopped server: starts its Postgres, runs this, stops it.
fn run_sql(folder: &Path, sql: &'static str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        use sqlx::{ConnectOptions, Executor};
        let postgres = rolebook::db::private::start(&folder.join("data")).await.unwrap();
        postgres.connect_options("rolebook").connect().await.unwrap().execute(sql).await.unwrap();
        postgres.stop().await;
    });
}

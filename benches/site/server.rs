//! The program itself, serving a database full of made-up adverts.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};

const PROGRAM: &str = env!("CARGO_BIN_EXE_rolebook");

/// Stopped when it is dropped; its database stays with the bench's Postgres.
pub struct Server {
    pub address: String,
    /// From its start to the last byte of its first page.
    pub started: Duration,
    url: String,
    program: Child,
}

impl Server {
    pub async fn with_adverts(adverts: usize) -> Self {
        Self::on(database(adverts).await)
    }

    /// Another server on the same database.
    pub fn beside(&self) -> Self {
        Self::on(self.url.clone())
    }

    fn on(url: String) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let begin = Instant::now();
        let program = Command::new(PROGRAM)
            .arg("serve")
            .envs([("DATABASE_URL", &url), ("LISTEN", &address), ("PUBLIC_URL", &format!("http://{address}"))])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Server { address, started: Duration::ZERO, url, program };
        while TcpStream::connect(&server.address).is_err() {
            assert!(begin.elapsed() < Duration::from_secs(60), "the server did not start");
            std::thread::sleep(Duration::from_millis(5));
        }
        server.body("/jobs");
        server.started = begin.elapsed();
        server
    }

    pub async fn open_adverts(&self) -> Vec<i64> {
        let mut db = self.connect().await;
        let sql =
            "select id from advert where state = 'published' and public_at <= now() and closes_at > now() order by id";
        sqlx::query_scalar(sql).fetch_all(&mut db).await.unwrap()
    }

    pub async fn connect(&self) -> PgConnection {
        self.url.parse::<PgConnectOptions>().unwrap().connect().await.unwrap()
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Resident memory in megabytes.
    pub fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }

    pub fn body(&self, path: &str) -> Vec<u8> {
        after_head(self.answer(path, ""))
    }

    /// A page of any status.
    pub fn whatever(&self, path: &str) -> Vec<u8> {
        let mut answer = Vec::new();
        self.ask(path, "").read_to_end(&mut answer).unwrap();
        after_head(answer)
    }

    pub fn squeezed(&self, path: &str) -> Vec<u8> {
        after_head(self.answer(path, "Accept-Encoding: gzip\r\n"))
    }

    pub fn first_byte(&self, path: &str) {
        let mut stream = self.ask(path, "");
        assert_eq!(stream.read(&mut [0]).unwrap(), 1);
    }

    fn answer(&self, path: &str, headers: &str) -> Vec<u8> {
        let mut answer = Vec::new();
        self.ask(path, headers).read_to_end(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{path}: {}", String::from_utf8_lossy(&answer[..40]));
        answer
    }

    fn ask(&self, path: &str, headers: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n{headers}\r\n").unwrap();
        stream
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.program.kill();
        let _gone = self.program.wait();
    }
}

fn after_head(answer: Vec<u8>) -> Vec<u8> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    answer[end + 4..].to_vec()
}

/// A database with so many adverts, made where it is not there yet.
async fn database(adverts: usize) -> String {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL is set: scripts/with-postgres.sh does that");
    let (name, options) = (format!("rolebook_bench_{adverts}"), url.parse::<PgConnectOptions>().unwrap());
    let mut server = options.clone().database("postgres").connect().await.unwrap();
    let there: i64 = sqlx::query_scalar("select count(*) from pg_database where datname = $1")
        .bind(&name)
        .fetch_one(&mut server)
        .await
        .unwrap();
    let url = options.database(&name).to_url_lossy().to_string();
    if there == 0 {
        sqlx::query(AssertSqlSafe(format!("create database {name}"))).execute(&mut server).await.unwrap();
        let begin = Instant::now();
        let made =
            Command::new(PROGRAM).args(["demo", "--adverts", &adverts.to_string()]).env("DATABASE_URL", &url).output();
        let made = made.unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        println!("{adverts} adverts made in {:.0} s", begin.elapsed().as_secs_f64());
        let mut db = url.parse::<PgConnectOptions>().unwrap().connect().await.unwrap();
        sqlx::query("vacuum analyze").execute(&mut db).await.unwrap();
    }
    url
}

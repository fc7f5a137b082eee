//! What searches can't be quicker than: `pgbench` sending the very statements that the server's pages send, with their
//! values, and nobody making pages of the answers.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnectOptions;

use super::server::Server;

/// Searches whose statements are taken; `pgbench` takes a script each, and 128 at most.
const SEARCHES: usize = 100;

/// How long `pgbench` takes for the statements of one search, at so many connections.
pub async fn each(server: &Server, paths: &[String], connections: u32, seconds: u64) -> Option<Duration> {
    let folder = std::env::temp_dir().join(format!("rolebook-bench-sql-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut scripts = Vec::new();
    for (number, path) in paths.iter().take(SEARCHES).enumerate() {
        let statements = statements_of(server, path).await?;
        let script = folder.join(format!("{number}.sql"));
        std::fs::write(&script, format!("begin;\n{};\ncommit;\n", statements.join(";\n"))).unwrap();
        scripts.push(script);
    }
    let measured = run(server, &scripts, connections, seconds);
    std::fs::remove_dir_all(&folder).unwrap();
    Some(measured)
}

fn run(server: &Server, scripts: &[PathBuf], connections: u32, seconds: u64) -> Duration {
    let bin = std::env::var("PG_BIN").map(PathBuf::from).unwrap_or_default();
    let mut pgbench = Command::new(bin.join("pgbench"));
    pgbench.args(["-n", "-M", "simple", "-c", &connections.to_string(), "-j", "2", "-T", &seconds.to_string()]);
    for script in scripts {
        pgbench.arg("-f").arg(script);
    }
    pgbench.env("PGOPTIONS", "-c jit=off -c max_parallel_workers_per_gather=0");
    // Its own reader of addresses knows no settings but those of Postgres.
    let options = server.url().parse::<PgConnectOptions>().unwrap();
    pgbench.args(["-U", options.get_username()]).arg("-h").arg(options.get_socket().unwrap());
    let ran = pgbench.arg(options.get_database().unwrap()).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse::<f64>().ok());
    let failed = || panic!("pgbench: {said}{}", String::from_utf8_lossy(&ran.stderr));
    Duration::from_secs_f64(1.0 / rate.unwrap_or_else(failed))
}

/// The statements of one page, as the database's log has them; none where its log is not to be read.
async fn statements_of(server: &Server, path: &str) -> Option<Vec<String>> {
    let options = server.url().parse::<PgConnectOptions>().unwrap();
    let log = options.get_socket()?.join("postgres.log");
    let mut db = server.connect().await;
    let set = |to: &str| format!("alter system set log_min_duration_statement = {to}");
    for sql in [set("0"), "select pg_reload_conf()".to_owned()] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
    }
    std::thread::sleep(Duration::from_millis(60)); // until every backend has heard it
    let before = std::fs::metadata(&log).ok()?.len() as usize;
    server.body(path);
    for sql in [set("default"), "select pg_reload_conf()".to_owned()] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
    }
    let whole = std::fs::read(&log).ok()?;
    Some(read(&String::from_utf8_lossy(&whole[before..])))
}

/// The `select`s of a log, with their values in place.
fn read(log: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut sql: Option<String> = None;
    for line in log.lines() {
        if let Some((_, statement)) =
            line.split_once("execute <unnamed>: ").or_else(|| line.split_once("execute sqlx_s_"))
        {
            found.extend(sql.take());
            let statement = statement
                .split_once(": ")
                .filter(|(name, _)| name.parse::<u32>().is_ok())
                .map_or(statement, |(_, rest)| rest);
            let wanted = statement.trim_start().to_lowercase();
            sql = (wanted.starts_with("select") || wanted.starts_with("with")).then(|| statement.to_owned());
        } else if let Some((_, values)) =
            line.split_once("DETAIL:  Parameters: ").or_else(|| line.split_once("DETAIL:  parameters: "))
        {
            found.extend(sql.take().map(|sql| filled(&sql, values)));
        } else if let (Some(sql), Some(more)) = (sql.as_mut(), line.strip_prefix('\t')) {
            sql.push('\n');
            sql.push_str(more);
        }
    }
    found.extend(sql);
    found.retain(|sql| sql.contains("advert"));
    found
}

/// `$2 = 'x'` put where `$2` stands.
fn filled(sql: &str, values: &str) -> String {
    let mut parameters: BTreeMap<usize, String> = BTreeMap::new();
    let mut rest = values;
    while let Some((number, after)) = rest.strip_prefix('$').and_then(|rest| rest.split_once(" = ")) {
        let end = match after.starts_with('\'') {
            true => end_of_literal(after),
            false => after.find(", $").unwrap_or(after.len()),
        };
        parameters.insert(number.parse().unwrap(), after[..end].to_owned());
        rest = after[end..].trim_start_matches(", ");
    }
    let mut out = sql.to_owned();
    // From the last on, so that `$1` is not found in `$12`.
    for (number, value) in parameters.iter().rev() {
        out = out.replace(&format!("${number}"), value);
    }
    out
}

/// After the quotation mark that ends it; one in the text is doubled.
fn end_of_literal(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'\'', Some(b'\'')) => at += 2,
            (b'\'', _) => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

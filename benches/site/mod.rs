//! The public site under load: `wrk` asks a server of its own, which has a database of 10,000 or 100,000 adverts.

mod limits;
mod load;
mod same_sql;
mod seen;
mod server;

use std::time::{Duration, Instant};

use self::limits::Limit;
use self::load::{Load, is_there, paths_file};
use self::server::Server;
use crate::row::Row;

/// How long each load lasts; the first tenth of a second of each warms up.
const LASTS: u64 = 6;

pub const NAMES: [&str; 5] = [
    "advert page",
    "search",
    "advert seen by another server",
    "feed and site map",
    "memory and start of the public site",
];

/// Every row whose group is wanted.
pub async fn rows(is_wanted: impl Fn(&str) -> bool) -> Vec<Row> {
    if !is_there("wrk") {
        println!("wrk is not installed (scripts/needs.sh bench), so the public site is not measured.");
        return Vec::new();
    }
    let (mut rows, large) = (Vec::new(), Server::with_adverts(100_000).await);
    if is_wanted("advert page") {
        rows.extend(advert_pages(&large).await);
    }
    if is_wanted("search") {
        let small = Server::with_adverts(10_000).await;
        rows.extend(searches(&large, &small).await);
    }
    if is_wanted("advert seen by another server") {
        rows.push(seen::elsewhere(&large).await);
    }
    if is_wanted("feed and site map") {
        rows.extend(feeds(&large));
    }
    let started = large.started;
    rows.push(Row::time("start to the first page, 100,000 adverts", started, 1000.0));
    rows.push(Row::most("memory of the server after all that", "MB", large.memory(), 100.0));
    rows
}

async fn advert_pages(server: &Server) -> Vec<Row> {
    let adverts = server.open_adverts().await;
    let hot = paths_file("hot", adverts.iter().take(1_000).map(|id| format!("/jobs/{id}")));
    let cold = paths_file("cold", adverts.iter().map(|id| format!("/jobs/{id}")));
    let load = |name, paths, zipf| Load { name, paths, zipf, connections: 16, seconds: LASTS };
    let (hot, cold) = (load("hot", hot, true), load("cold", cold, false));
    let page = server.body(&format!("/jobs/{}", adverts[0]));
    // The last loads of a pair run one after the other, so that they meet the same machine.
    let ours = hot.run(&server.address, true);
    let same_bytes = Limit::same_bytes(server.squeezed(&format!("/jobs/{}", adverts[0]))).await;
    let limit = hot.run(&same_bytes.address, true);
    let ours_cold = cold.run(&server.address, false);
    let same_reads = Limit::same_reads(server, page).await;
    let limit_cold = cold.run(&same_reads.address, false);
    for (name, one) in [("hot", &ours), ("its limit", &limit), ("cold", &ours_cold), ("its limit", &limit_cold)] {
        println!("advert page, {name}: {one}");
    }
    vec![
        Row::against(
            "hot advert page, 1,000 adverts",
            ours.each(),
            limit.each(),
            "the same bytes ready made",
            1.0 / 0.5,
        ),
        Row::against(
            "cold advert page, 100,000 adverts",
            ours_cold.each(),
            limit_cold.each(),
            "the same reads, nothing made of them",
            1.0 / 0.7,
        ),
    ]
}

async fn searches(large: &Server, small: &Server) -> Vec<Row> {
    let [mix, common, narrowed, rare] = [load::mix(), load::common(), load::narrowed(), load::rare()];
    let load = |name, list: &[String], connections| Load {
        name,
        paths: paths_file(name, list.iter().cloned()),
        zipf: false,
        connections,
        seconds: LASTS,
    };
    let four = load("search", &mix, 4).run(&large.address, true);
    let sixteen = load("search", &mix, 16).run(&large.address, true);
    println!("search, 4 connections: {four}\nsearch, 16 connections: {sixteen}");
    let mut rows = vec![
        Row::time("search mix, 100,000 adverts, p99 at 4 connections", four.p99, 100.0),
        Row::time("search mix, 100,000 adverts, p99 at 16 connections", sixteen.p99, 300.0),
    ];
    match same_sql::each(large, &mix, 4, LASTS).await {
        None => println!("The database's log is not to be read, so searches are not compared with pgbench."),
        Some(bare) => {
            println!("search, the same statements by pgbench: {:.2} ms each at 4 connections", millis(bare));
            let name = "search mix, 100,000 adverts, each";
            rows.push(Row::against(name, four.each(), millis(bare), "pgbench, the same SQL", 1.0 / 0.6));
        }
    }
    let kinds = [("common words", common, 1.5), ("common words, narrowed", narrowed, 8.0), ("rare words", rare, 8.0)];
    for (name, list, bar) in kinds {
        let of = |server: &Server| load(name, &list, 1).run(&server.address, true);
        let (at_small, at_large) = (of(small), of(large));
        println!("search, {name}: {at_small} at 10,000; {at_large} at 100,000");
        let what = format!("search of {name}, 100,000 adverts");
        rows.push(Row::against(&what, at_large.each(), at_small.each(), "at 10,000 adverts", bar));
    }
    rows.push(Row::time("the slowest of odd searches, 100,000 adverts", slowest(large, &load::odd()), 100.0));
    rows
}

/// Each once for the caches and twice for the clock, the better counted: another program may have had the core.
fn slowest(server: &Server, paths: &[String]) -> Duration {
    let once = |path: &String| {
        let begin = Instant::now();
        server.body(path);
        begin.elapsed()
    };
    let best = |path: &String| {
        once(path);
        once(path).min(once(path))
    };
    paths.iter().map(best).max().unwrap_or_default()
}

fn feeds(server: &Server) -> Vec<Row> {
    let paths = ["/jobs.atom", "/jobs.atom?words=nurse", "/sitemap.xml", "/sitemaps/0", "/sitemaps/pages"];
    let row = |path: &str| {
        let begin = Instant::now();
        server.first_byte(path);
        Row::time(&format!("first byte of {path}, 100,000 adverts"), begin.elapsed(), 1000.0)
    };
    paths.map(row).into()
}

/// How often a millisecond fits.
fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

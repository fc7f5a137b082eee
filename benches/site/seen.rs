//! How long it takes until what one server publishes is on the pages and in the search of another.

use std::time::{Duration, Instant};

use super::server::Server;
use crate::row::Row;

/// More than it may ever take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Closes an advert that the other server shows and keeps, and opens it again: until page and search have heard both.
pub async fn elsewhere(server: &Server) -> Row {
    let other = server.beside();
    let advert = server.open_adverts().await[0];
    let (page, reference) = (format!("/jobs/{advert}"), reference(server, advert).await);
    let search = format!("/jobs?words={reference}");
    let mut slowest = Duration::ZERO;
    for (sql, shown) in [
        ("update advert set closes_at = now() - interval '1 minute' where id = $1", false),
        ("update advert set closes_at = now() + interval '7 days' where id = $1", true),
    ] {
        let is_there = || {
            let has = |path: &str, words: &str| String::from_utf8_lossy(&other.whatever(path)).contains(words);
            has(&page, "This advert closed") != shown && has(&search, &page) == shown
        };
        is_there(); // so that it keeps the page as it was
        let begin = Instant::now();
        sqlx::query(sql).bind(advert).execute(&mut server.connect().await).await.unwrap();
        while !is_there() && begin.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(2));
        }
        slowest = slowest.max(begin.elapsed());
    }
    Row::time("a change of an advert seen by another server", slowest, 1000.0)
}

async fn reference(server: &Server, advert: i64) -> String {
    let sql = "select reference from advert where id = $1";
    sqlx::query_scalar(sql).bind(advert).fetch_one(&mut server.connect().await).await.unwrap()
}

//! Requests that truly meet: all wait at one locked row, and go on together.

use std::future::Future;
use std::time::Duration;

use super::site::Site;

/// Holds what `lock` locks until that many requests wait for it, then lets them go; gives what they answered.
///
/// # Panics
/// Where they don't come to wait: the story locked the wrong row.
pub async fn held_up<T>(site: &Site, lock: &str, waiting: i64, requests: impl Future<Output = T>) -> T {
    let mut held = site.db.begin().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(lock.to_owned())).execute(&mut *held).await.unwrap();
    let release = async {
        for _ in 0..500 {
            let sql = "select count(*) from pg_locks where not granted
                and pid in (select pid from pg_stat_activity where datname = current_database())";
            let now: i64 = sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap();
            if now >= waiting {
                return held.commit().await.unwrap();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the requests did not meet at: {lock}");
    };
    let (answers, ()) = tokio::join!(requests, release);
    answers
}

//! What can't be beaten: the smallest handlers that send as many bytes, to measure ours against in the same run.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use rolebook::app::App;
use rolebook::web::protect;
use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgPool, PgPoolOptions};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::server::Server;
use crate::support::site::Site;

/// Stopped when it is dropped.
pub struct Limit {
    pub address: String,
    serving: JoinHandle<()>,
    _site: Option<Site>,
}

#[derive(Template)]
#[template(
    source = "<!doctype html><html lang=\"en\"><title>{{ title }}</title><body>{{ body }}</body></html>",
    ext = "html"
)]
struct Page {
    title: String,
    body: String,
}

#[allow(clippy::disallowed_methods, reason = "a limit has no gate")]
impl Limit {
    /// The same middleware and log as ours around a handler that has the bytes in its hand.
    pub async fn same_bytes(body: Vec<u8>) -> Self {
        let site = Site::new().await;
        let body = Bytes::from(body);
        let handler = move || {
            let body = body.clone();
            async move { ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_ENCODING, "gzip")], body).into_response() }
        };
        let log = std::fs::File::options().write(true).open("/dev/null").unwrap();
        let _once = tracing_subscriber::fmt()
            .with_env_filter(tracing_subscriber::EnvFilter::new("info"))
            .with_target(false)
            .with_writer(log)
            .try_init();
        let router = axum::Router::<App>::new().route("/jobs/{advert}", get(handler));
        let router = protect::around(router, &site.app).with_state(site.app.clone());
        Self::serve(router, Some(site)).await
    }

    /// One row by its number, and a template of as many bytes as ours.
    pub async fn one_row(server: &Server, bytes: usize) -> Self {
        let mut db = server.connect().await;
        let make = format!(
            "create unlogged table if not exists bench_page as select id, title, repeat('Plain words. ', {}) as body from advert",
            bytes / 13
        );
        sqlx::query(AssertSqlSafe(make)).execute(&mut db).await.unwrap();
        sqlx::query("create unique index if not exists bench_page_id on bench_page (id)")
            .execute(&mut db)
            .await
            .unwrap();
        sqlx::query("alter table bench_page alter column body set storage external").execute(&mut db).await.unwrap();
        let pool = PgPoolOptions::new().max_connections(16).connect(server.url()).await.unwrap();
        let router = axum::Router::new().route("/jobs/{advert}", get(row)).with_state(pool);
        Self::serve(router, None).await
    }

    async fn serve(router: axum::Router, site: Option<Site>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Limit { address, serving, _site: site }
    }
}

async fn row(State(pool): State<PgPool>, Path(id): Path<i64>) -> Html<String> {
    let sql = "select title, body from bench_page where id = $1";
    let (title, body): (String, String) = sqlx::query_as(sql).bind(id).fetch_one(&pool).await.unwrap();
    Html(Page { title, body }.render().unwrap())
}

impl Drop for Limit {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

//! What can't be beaten: the smallest handlers that send as many bytes, to measure ours against in the same run.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rolebook::app::App;
use rolebook::db::Database;
use rolebook::domain::ids::AdvertId;
use rolebook::reference::places::of_lines;
use rolebook::web::protect;
use sqlx::postgres::PgConnectOptions;
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

    /// The same reads of the database as a page that is made anew, and bytes of the same number that nobody makes.
    pub async fn same_reads(server: &Server, body: Vec<u8>) -> Self {
        let database = Database::connect(server.url().parse::<PgConnectOptions>().unwrap()).await.unwrap();
        let reads = Reads { database, body: body.into() };
        let router = axum::Router::new().route("/jobs/{advert}", get(read)).with_state(reads);
        Self::serve(router, None).await
    }

    async fn serve(router: axum::Router, site: Option<Site>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Limit { address, serving, _site: site }
    }
}

#[derive(Clone)]
struct Reads {
    database: Database,
    body: Bytes,
}

async fn read(State(reads): State<Reads>, Path(id): Path<i64>) -> Response {
    let now = time::OffsetDateTime::now_utc();
    let mut tx = reads.database.begin().await.unwrap();
    let advert = tx.public_advert(AdvertId(id), None, now).await.unwrap().unwrap();
    let content = tx.content(advert.employer, advert.version).await.unwrap();
    let near = of_lines(&advert.vacancy.text.locations).first().map(|place| place.within(25.0));
    let alike = (advert.id, advert.vacancy.title.as_str(), near.as_ref());
    let others = tx.similar_jobs(alike, advert.employer, 5, now).await.unwrap();
    std::hint::black_box((content, others));
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], reads.body).into_response()
}

impl Drop for Limit {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

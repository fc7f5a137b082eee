//! The pool, which nothing outside this folder sees, and the transaction that a request works in.

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Postgres, Transaction};

use super::DbError;
use crate::domain::form_key::FormKey;

/// Connections one server holds. Two cores serve no more queries than this at once.
const MOST_CONNECTIONS: u32 = 16;
/// No statement of a page or a job takes longer: one that does is ended, so that it holds no connection for good.
const LONGEST_STATEMENT: &str = "20s";

#[derive(Debug, Clone)]
pub struct Database {
    pool: PgPool,
}

/// One request's work: dropped without `commit`, it never happened.
#[derive(Debug)]
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    /// The form that this request came from: the first edit of a draft's content takes it.
    form_key: Option<String>,
    /// The last act that was recorded, in words: what mail that is written after it is about.
    cause: String,
    /// The day on which drafts are read; none: their clauses stay as they were kept.
    day: Option<time::Date>,
}

impl Database {
    pub async fn connect(options: PgConnectOptions) -> Result<Self, DbError> {
        Self::connect_with(options, MOST_CONNECTIONS).await
    }

    /// For a server's pages and jobs, whose statements are short; migrations and the like may take their time.
    pub async fn connect_to_serve(options: PgConnectOptions) -> Result<Self, DbError> {
        // Compiling a plan takes longer than any of our statements; so does starting helpers, and others wait for the cores.
        let short =
            [("statement_timeout", LONGEST_STATEMENT), ("jit", "off"), ("max_parallel_workers_per_gather", "0")];
        Self::connect(options.options(short)).await
    }

    pub async fn connect_with(options: PgConnectOptions, most: u32) -> Result<Self, DbError> {
        let pool = PgPoolOptions::new()
            .max_connections(most)
            .acquire_timeout(std::time::Duration::from_secs(5))
            .connect_with(options)
            .await?;
        Ok(Database { pool })
    }

    /// Applies the migrations that are missing.
    ///
    /// # Errors
    /// Refuses when one that was applied has changed since.
    pub async fn migrate(&self) -> Result<(), sqlx::migrate::MigrateError> {
        sqlx::migrate!().run(&self.pool).await
    }

    /// Whether the database answers and knows the schema.
    pub async fn is_ready(&self) -> bool {
        sqlx::query_scalar!(r#"select count(*) as "n!" from employer"#).fetch_one(&self.pool).await.is_ok()
    }

    pub async fn begin(&self) -> Result<Tx, DbError> {
        Ok(Tx { inner: self.pool.begin().await?, form_key: None, cause: String::new(), day: None })
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.pool
    }
}

impl Tx {
    /// # Errors
    /// [`DbError::Unknown`] where the connection broke before Postgres answered.
    pub async fn commit(self) -> Result<(), DbError> {
        self.inner.commit().await.map_err(|error| match DbError::from(error) {
            DbError::Sqlx(error @ sqlx::Error::Io(_)) => DbError::Unknown(error),
            other => other,
        })
    }

    /// Reads drafts as of that day: their standard clauses have the text that holds then.
    pub fn on(mut self, day: time::Date) -> Self {
        self.day = Some(day);
        self
    }

    pub(super) fn day(&self) -> Option<time::Date> {
        self.day
    }

    /// Notes the key of the form whose work this is.
    pub fn carry(&mut self, form_key: &FormKey) {
        self.form_key = Some(form_key.kept().to_owned());
    }

    pub(super) fn note_cause(&mut self, cause: String) {
        self.cause = cause;
    }

    pub(super) fn cause(&self) -> String {
        self.cause.clone()
    }

    pub(super) fn take_form_key(&mut self) -> Option<String> {
        self.form_key.take()
    }

    pub(super) fn conn(&mut self) -> &mut sqlx::PgConnection {
        &mut self.inner
    }
}

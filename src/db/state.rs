//! A database before anybody works with it: reaching it, whose data it holds, and bringing its tables up to date.

use std::str::FromStr;

use sqlx::migrate::MigrateError;
use sqlx::postgres::PgConnectOptions;

use super::{Database, DbError};

/// Whose data a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// No tables of ours, or nobody in them.
    Nothing,
    /// What the demonstration made, and nothing else.
    Demonstration,
    /// People's own work, or tables of another program.
    Work,
}

/// Why the tables could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    #[error(
        "This database was made by another edition of Rolebook: migration {0} has changed since. Nothing was touched: \
         start the edition that made it, or set ROLEBOOK_DATA or DATABASE_URL to a new one."
    )]
    Changed(i64),
    #[error("The database's tables could not be brought up to date: {0}.")]
    Failed(String),
}

impl Database {
    /// Connects to the database that a `DATABASE_URL` names.
    pub async fn at(url: &str) -> Result<Self, DbError> {
        Self::connect(PgConnectOptions::from_str(url)?).await
    }

    pub async fn bring_up_to_date(&self) -> Result<(), MigrationError> {
        self.migrate().await.map_err(|error| match error {
            MigrateError::VersionMismatch(version) | MigrateError::VersionMissing(version) => {
                MigrationError::Changed(version)
            }
            other => MigrationError::Failed(other.to_string()),
        })
    }

    /// # Errors
    /// The database's own where its tables are those of an edition too far from this one.
    pub async fn holding(&self) -> Result<Holding, DbError> {
        let tables = sqlx::query!(
            r#"select count(*) as "all!", count(*) filter (where c.relname in ('employer', 'person')) as "ours!"
            from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace"#
        )
        .fetch_one(self.pool())
        .await?;
        if tables.ours < 2 {
            return Ok(if tables.all == 0 { Holding::Nothing } else { Holding::Work });
        }
        let people = sqlx::query!(
            r#"select count(*) filter (where demonstration) as "demonstration!", count(*) filter (where not demonstration)
                as "own!", exists (select from person) as "people!" from employer"#
        )
        .fetch_one(self.pool())
        .await?;
        Ok(match (people.own, people.demonstration, people.people) {
            (0, 0, false) => Holding::Nothing,
            (0, 1.., _) => Holding::Demonstration,
            (_, _, _) => Holding::Work,
        })
    }

    /// Drops every table with what is in it. For a demonstration alone.
    pub async fn clear(&self) -> Result<(), DbError> {
        sqlx::raw_sql("drop schema public cascade; create schema public").execute(self.pool()).await?;
        Ok(())
    }
}

//! Databases in the private cluster: made, dropped and connected to. The product's tables are not known here.

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};

use super::{PrivateError, PrivatePostgres};

/// The cluster's administrator, used here alone.
const ADMINISTRATOR: &str = "postgres";

/// The role that Rolebook works as: it owns its databases and is no administrator.
const ROLE: &str = "rolebook";

impl PrivatePostgres {
    /// How to connect to one of its databases as Rolebook's own role. Make the database first, with
    /// [`PrivatePostgres::ensure_database`].
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        self.options(ROLE, database)
    }

    /// Makes the database when it is missing; returns true when it made one.
    ///
    /// # Errors
    /// A name that is not lower-case letters, digits and underscores, or what Postgres said.
    pub async fn ensure_database(&self, name: &str) -> Result<bool, PrivateError> {
        check_name(name)?;
        let mut connection = self.administrator().await?;
        let known = sqlx::query_scalar!(r#"select exists (select from pg_roles where rolname = $1) as "known!""#, ROLE);
        if !known.fetch_one(&mut connection).await? {
            run(&mut connection, format!("create role {ROLE} login")).await?;
        }
        let known =
            sqlx::query_scalar!(r#"select exists (select from pg_database where datname = $1) as "known!""#, name);
        let known = known.fetch_one(&mut connection).await?;
        if !known {
            run(&mut connection, format!("create database {name} owner {ROLE}")).await?;
        }
        connection.close().await?;
        Ok(!known)
    }

    /// Drops the database with everything in it, ending whoever is connected. Does nothing when there is none.
    ///
    /// # Errors
    /// As [`PrivatePostgres::ensure_database`].
    pub async fn drop_database(&self, name: &str) -> Result<(), PrivateError> {
        check_name(name)?;
        let mut connection = self.administrator().await?;
        run(&mut connection, format!("drop database if exists {name} with (force)")).await?;
        Ok(connection.close().await?)
    }

    async fn administrator(&self) -> Result<PgConnection, PrivateError> {
        Ok(self.options(ADMINISTRATOR, "postgres").connect().await?)
    }

    /// Every setting is named, since sqlx takes those that are not from `PGPORT`, `PGSSLMODE` and their like.
    fn options(&self, role: &str, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.socket())
            .port(5432)
            .ssl_mode(PgSslMode::Disable)
            .username(role)
            .database(database)
    }
}

/// Names of databases can't be bound as parameters, so that only names which need no quoting get this far.
async fn run(connection: &mut PgConnection, statement: String) -> Result<(), PrivateError> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await?;
    Ok(())
}

fn check_name(name: &str) -> Result<(), PrivateError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if name.len() <= 63 && name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(plain) {
        return Ok(());
    }
    Err(PrivateError::DatabaseName { name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_need_quoting_is_refused() {
        assert!(check_name("rolebook_demonstration").is_ok());
        for name in ["", "Rolebook", "a b", "a;drop", "1a", "_a", "a-b", &"a".repeat(64)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}

//! The database that is backed up or restored into: ours or one that `DATABASE_URL` names, in the words of both sqlx and
//! PostgreSQL's own programs.

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};

use super::BackupError;
use crate::db::private::PrivatePostgres;

/// A database to back up or to restore into.
#[derive(Clone)]
pub struct Target {
    options: PgConnectOptions,
    /// A connection string for PostgreSQL's programs, without a password.
    conninfo: String,
    password: Option<String>,
    database: String,
}

impl Target {
    /// A database of the private Postgres. It must exist.
    pub fn private(postgres: &PrivatePostgres, database: &str) -> Self {
        let options = postgres.connect_options(database);
        let conninfo = format!(
            "host={} port={} user={} dbname={}",
            quoted(&postgres.socket().to_string_lossy()),
            options.get_port(),
            quoted(options.get_username()),
            quoted(database),
        );
        Self { options, conninfo, password: None, database: database.to_owned() }
    }

    /// The database that a `DATABASE_URL` names.
    ///
    /// # Errors
    /// [`BackupError::Url`] when it is no address of a Postgres database.
    pub fn url(url: &str) -> Result<Self, BackupError> {
        let options: PgConnectOptions =
            url.parse().map_err(|error: sqlx::Error| BackupError::Url(error.to_string()))?;
        let (conninfo, password) =
            without_password(url).ok_or_else(|| BackupError::Url("it is no address".to_owned()))?;
        // libpq's own default when an address names no database is the user's name.
        let database = options.get_database().unwrap_or(options.get_username()).to_owned();
        Ok(Self { options, conninfo, password, database })
    }

    pub(super) fn conninfo(&self) -> &str {
        &self.conninfo
    }

    pub(super) fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }

    pub(super) fn database(&self) -> &str {
        &self.database
    }

    /// The server's major version, such as 15.
    pub(super) async fn server_major(&self) -> Result<u32, BackupError> {
        let mut connection = self.connect().await?;
        let number = sqlx::query_scalar!(r#"select current_setting('server_version_num')::int as "number!""#);
        let number = number.fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(u32::try_from(number / 10_000).unwrap_or(0))
    }

    /// How many tables the database has, PostgreSQL's own and those of extensions apart.
    pub(super) async fn tables(&self) -> Result<i64, BackupError> {
        let mut connection = self.connect().await?;
        let count = sqlx::query_scalar!(
            r#"select count(*) as "tables!" from pg_class c
               join pg_namespace n on n.oid = c.relnamespace
               where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                 and not exists (select from pg_depend d
                                 where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')"#
        );
        let count = count.fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(count)
    }

    async fn connect(&self) -> Result<PgConnection, BackupError> {
        Ok(self.options.connect().await?)
    }
}

/// A value of a connection string, in its quotes.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', r"\\").replace('\'', r"\'"))
}

/// Takes the password out of an address, from before the host or from its parameters, and drops the one parameter that
/// sqlx knows and PostgreSQL's programs refuse.
fn without_password(url: &str) -> Option<(String, Option<String>)> {
    let (scheme, rest) = url.split_once("://")?;
    let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (user, place) = place.rsplit_once('@').map_or((None, place), |(user, place)| (Some(user), place));
    let (user, mut password) = match user.map(|user| user.split_once(':').ok_or(user)) {
        Some(Ok((user, password))) => (Some(user), Some(percent_decoded(password)?)),
        Some(Err(user)) => (Some(user), None),
        None => (None, None),
    };
    let mut kept = Vec::new();
    for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
        match parameter.split_once('=') {
            Some(("password", value)) => password = Some(percent_decoded(value)?),
            Some(("statement-cache-capacity", _)) => {}
            Some(_) | None => kept.push(parameter),
        }
    }
    let user = user.map_or(String::new(), |user| format!("{user}@"));
    let parameters = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    Some((format!("{scheme}://{user}{place}{parameters}"), password))
}

/// `%40` is `@` in an address. `None` when what follows a `%` is no number, or the whole is no text.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_stays_in_the_address() {
        let split = |url| without_password(url).unwrap();
        let secret = |text: &str| Some(text.to_owned());
        let plain = ("postgres://jo@db:5432/jobs".to_owned(), secret("p@ss:word"));
        assert_eq!(split("postgres://jo:p%40ss:word@db:5432/jobs"), plain);
        let parameter = ("postgres:///jobs?host=/run/pg&sslmode=require".to_owned(), secret("x"));
        assert_eq!(split("postgres:///jobs?host=/run/pg&password=x&sslmode=require"), parameter);
        let none = ("postgres://jo@db/jobs".to_owned(), None);
        assert_eq!(split("postgres://jo@db/jobs?statement-cache-capacity=0"), none);
        assert_eq!(without_password("jobs"), None);
        assert_eq!(without_password("postgres://jo:%4@db/jobs"), None);
    }
}

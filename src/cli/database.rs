//! The database that a command works on: the one that `DATABASE_URL` names, or the private one.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use tokio::time::timeout;

use super::say;
use crate::config::{Config, DEFAULT_DATA};
use crate::db::backup::Target;
use crate::db::private::{self, PrivateError, PrivatePostgres};
use crate::db::{Database, MigrationError};

/// Rolebook's database in the private cluster.
const DATABASE: &str = "rolebook";

/// How long connections may take to come back before Postgres ends them.
const LONGEST_CLOSE: Duration = Duration::from_secs(5);

/// Who else may be working on the private Postgres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// A server wants the data folder to itself.
    Alone,
    /// A command works beside a server that runs already.
    Beside,
}

/// Where the database is, with the private Postgres that stands behind it, if one does.
pub(super) struct Place {
    pub target: Target,
    postgres: Option<PrivatePostgres>,
    url: Option<String>,
}

/// Finds the database, starting the private Postgres where there is to be one, and sets `config.data` to where it lies.
pub(super) async fn find(config: &mut Config, company: Company) -> anyhow::Result<Place> {
    if let Some(url) = config.database_url.clone() {
        return Ok(Place { target: Target::url(&url)?, postgres: None, url: Some(url) });
    }
    let configured = (config.data.as_os_str() != DEFAULT_DATA).then_some(config.data.as_path());
    let folder = private::data_folder(configured)?;
    if let Some(notice) = folder.notice {
        eprintln!("{notice}");
    }
    config.data = folder.path;
    let postgres = match company {
        Company::Alone => private::start(&config.data).await?,
        Company::Beside => private::start_or_join(&config.data).await?,
    };
    postgres.ensure_database(DATABASE).await?;
    Ok(Place { target: Target::private(&postgres, DATABASE), postgres: Some(postgres), url: None })
}

impl Place {
    pub async fn connect(&self) -> anyhow::Result<Database> {
        Ok(match (&self.postgres, &self.url) {
            (Some(postgres), _) => Database::connect(postgres.connect_options(DATABASE)).await?,
            (None, Some(url)) => Database::at(url).await?,
            (None, None) => anyhow::bail!("There is no database to work on."),
        })
    }

    /// Connections for a server, whose statements may not take long.
    pub async fn connect_to_serve(&self) -> anyhow::Result<Database> {
        Ok(match (&self.postgres, &self.url) {
            (Some(postgres), _) => Database::connect_to_serve(postgres.connect_options(DATABASE)).await?,
            (None, Some(url)) => Database::connect_to_serve(PgConnectOptions::from_str(url)?).await?,
            (None, None) => anyhow::bail!("There is no database to work on."),
        })
    }

    /// Returns when the private Postgres has ended by itself.
    pub async fn ended(&mut self) -> PrivateError {
        match &mut self.postgres {
            Some(postgres) => postgres.ended().await,
            None => std::future::pending().await,
        }
    }

    /// Gives the connections back and stops the private Postgres.
    pub async fn leave(self, database: Option<Database>) {
        if let Some(database) = database
            && timeout(LONGEST_CLOSE, database.close()).await.is_err()
        {
            tracing::warn!("some connections to the database were still in use");
        }
        if let Some(postgres) = self.postgres {
            postgres.stop().await;
        }
    }
}

/// Runs `work` on a database that is up to date, and leaves it in order however that ended.
pub(super) async fn with<T>(
    config: &mut Config,
    work: impl AsyncFnOnce(&Config, &Database) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let place = find(config, Company::Beside).await?;
    let database = match place.connect().await {
        Ok(database) => database,
        Err(error) => {
            place.leave(None).await;
            return Err(error);
        }
    };
    let outcome = match database.bring_up_to_date().await {
        Ok(()) => work(config, &database).await,
        Err(error) => Err(error.into()),
    };
    place.leave(Some(database)).await;
    outcome
}

/// `rolebook migrate`
pub(super) async fn migrate(mut config: Config) -> anyhow::Result<()> {
    with(&mut config, async |_, _| Ok(())).await?;
    say("The database's tables are up to date.");
    Ok(())
}

/// What to tell somebody whose database another edition made.
pub(super) fn is_changed(error: &MigrationError) -> bool {
    match error {
        MigrationError::Changed(_) => true,
        MigrationError::Failed(_) => false,
    }
}

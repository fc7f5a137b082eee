//! What can go wrong between us and Postgres.

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    #[error("the database: {0}")]
    Sqlx(sqlx::Error),
    /// A row that the program can't have written.
    #[error("an impossible row: {table} {id}: {what}")]
    Inconsistent { table: &'static str, id: i64, what: &'static str },
    /// The row changed, or went, since the actor saw it.
    #[error("it has changed since it was loaded")]
    Stale,
    /// The content was frozen between the look and the write.
    #[error("the version can no longer be edited")]
    Frozen,
    /// Broke the named unique or check constraint.
    #[error("the constraint {0}")]
    Constraint(String),
    /// The answer to COMMIT was lost: what it wrote may stand, or not.
    #[error("no answer to a commit: {0}")]
    Unknown(sqlx::Error),
}

impl DbError {
    /// The database is away, or was too busy just now, rather than refusing what was asked: trying again helps.
    pub fn passes(&self) -> bool {
        match self {
            DbError::Sqlx(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed)
            | DbError::Unknown(_) => true,
            DbError::Sqlx(sqlx::Error::Database(error)) => error.code().is_some_and(|code| passes(&code)),
            DbError::Sqlx(_)
            | DbError::Inconsistent { .. }
            | DbError::Stale
            | DbError::Frozen
            | DbError::Constraint(_) => false,
        }
    }
}

/// Connection exceptions (08), two who waited for each other (40), out of connections (53300), a lock or a statement that
/// took too long (55P03, 57014), shutting down or starting up (57P01 to 57P03).
fn passes(code: &str) -> bool {
    let kinds = ["08", "40", "53300", "55P03", "57014", "57P0"];
    kinds.iter().any(|kind| code.starts_with(kind))
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) if database.code().as_deref() == Some("RB001") => DbError::Frozen,
            sqlx::Error::Database(database) => match database.constraint() {
                Some(name) => DbError::Constraint(name.to_owned()),
                None => DbError::Sqlx(error),
            },
            _ => DbError::Sqlx(error),
        }
    }
}

/// An update has to say how many rows it meant to change: one.
pub(super) fn exactly_one(done: &sqlx::postgres::PgQueryResult) -> Result<(), DbError> {
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(DbError::Stale),
    }
}

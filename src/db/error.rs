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

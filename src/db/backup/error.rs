//! Why a backup or a restore could not be made, as sentences for the person at the terminal.

use std::io;
use std::path::{Path, PathBuf};

use crate::db::private::PrivateError;

/// A reason why a backup or a restore could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("DATABASE_URL can't be used for a backup: {0}. It looks like postgres://user:password@host:5432/database.")]
    Url(String),
    #[error(transparent)]
    Tool(#[from] PrivateError),
    #[error(
        "The database could not be asked about itself: {0}. Check that it is running and that DATABASE_URL is right."
    )]
    Database(#[from] sqlx::Error),
    #[error(
        "The database `{database}` already has {tables} tables, so nothing was restored: restore into an empty database, \
         or set ROLEBOOK_DATA to a new folder."
    )]
    NotEmpty { database: String, tables: i64 },
    #[error("Rolebook could not {action} {path}: {reason}.")]
    File { action: &'static str, path: PathBuf, reason: io::Error },
    #[error("{0} is a folder. Name the file that the backup goes into.")]
    NoFile(PathBuf),
    #[error("{path} is not a backup that can be read. pg_restore said: {said}")]
    NotABackup { path: PathBuf, said: String },
    #[error("`{program}` stopped, and nothing was changed. It said: {said}")]
    Failed { program: &'static str, said: String },
}

impl BackupError {
    /// For `map_err` on a file operation.
    pub(super) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |reason| Self::File { action, path, reason }
    }

    /// A tool that could not list a file's contents means that the file is no backup.
    pub(super) fn about_reading(self, file: &Path) -> Self {
        match self {
            Self::Failed { program: _, said } => Self::NotABackup { path: file.to_owned(), said },
            other => other,
        }
    }
}

//! Why the private Postgres could not be used, as sentences for the person at the terminal. Each says what to do.

use std::io;
use std::path::{Path, PathBuf};

/// A reason why the private Postgres is not there.
#[derive(Debug, thiserror::Error)]
pub enum PrivateError {
    #[error(
        "PostgreSQL is not installed on this machine. Install it with `apt-get install postgresql`, set PG_BIN to the \
         folder that holds its `initdb`, or set DATABASE_URL to a server that already runs."
    )]
    NotInstalled,
    #[error(
        "PG_BIN is {folder}, but that folder has no `{program}`. Set it to the folder that holds PostgreSQL's programs, or remove it."
    )]
    BadPgBin { folder: PathBuf, program: &'static str },
    #[error("The program {program} could not be run: {reason}.")]
    Program { program: PathBuf, reason: String },
    #[error(
        "`{program}` is not installed on this machine. Install it with `apt-get install postgresql-client`, or set PG_BIN to the folder that holds it."
    )]
    NoTool { program: &'static str },
    #[error("Rolebook needs PostgreSQL 15 or later, but {folder} holds version {major}. Install a later one.")]
    TooOld { folder: PathBuf, major: u32 },
    #[error(
        "The data in {cluster} was made by PostgreSQL {made}, but version {found} is installed. Install it with \
         `apt-get install postgresql-{made}`, or back up with the old version and restore into a new data folder."
    )]
    OtherMajor { cluster: PathBuf, made: u32, found: u32 },
    #[error(
        "PostgreSQL refuses to run as root, and this machine has no user `postgres` or `nobody` to run it as. Start Rolebook as an ordinary user."
    )]
    NoUnprivilegedUser,
    #[error(
        "PostgreSQL can't run as user number {uid}, because that number has no entry in /etc/passwd. Start Rolebook as a user with a name, or set DATABASE_URL."
    )]
    UserWithoutName { uid: u32 },
    #[error(
        "Rolebook was started as root, so its database runs as the user `{user}`, who can't enter {blocked}. Set \
         ROLEBOOK_DATA to a folder that this user can reach, such as /var/lib/rolebook."
    )]
    CannotEnter { user: String, blocked: PathBuf },
    #[error(
        "The data in {cluster} belongs to another user. Start Rolebook as that user or as root, or set ROLEBOOK_DATA to a folder of your own."
    )]
    OtherOwner { cluster: PathBuf },
    #[error(
        "Another Rolebook is already running on the data folder {data}. Stop it first, or set ROLEBOOK_DATA to another folder."
    )]
    InUse { data: PathBuf },
    #[error("Rolebook could not {action} {path}: {reason}. Check who owns it, or set ROLEBOOK_DATA to another folder.")]
    Folder { action: &'static str, path: PathBuf, reason: io::Error },
    #[error(
        "The folder {path} is not Rolebook's own, so the database's socket can't go there. Remove it, or set ROLEBOOK_DATA to a shorter path."
    )]
    SocketFolder { path: PathBuf },
    #[error("PostgreSQL could not set up its data folder. It said:\n{output}")]
    Initdb { output: String },
    #[error("PostgreSQL did not start. Its log, {log}, says:\n{tail}")]
    NotStarted { log: PathBuf, tail: String },
    #[error(
        "Another PostgreSQL still runs on {cluster}. Stop it, then start Rolebook again. Its process number is the first line of postmaster.pid in that folder."
    )]
    StillRunning { cluster: PathBuf },
    #[error(
        "PostgreSQL was still not ready after {seconds} seconds. Its log is {log}. Start Rolebook again to let it go on."
    )]
    NotReady { seconds: u64, log: PathBuf },
    #[error("The private PostgreSQL has ended by itself. Its log, {log}, says:\n{tail}")]
    Ended { log: PathBuf, tail: String },
    #[error(
        "`{name}` can't be the name of a database: use lower-case letters, digits and underscores, and start with a letter."
    )]
    DatabaseName { name: String },
    #[error("The private PostgreSQL refused to prepare the database: {0}.")]
    Database(#[from] sqlx::Error),
}

impl PrivateError {
    /// For `map_err` on a file operation: `action` is what could not be done, such as "create the folder".
    pub(super) fn folder(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |reason| Self::Folder { action, path, reason }
    }
}

//! Rolebook's own private Postgres, for an install without `DATABASE_URL`: one cluster below the data folder, reached
//! over a Unix socket that only its owner can open, with no TCP port, stopped when Rolebook ends.
//! What must not be here: the schema, queries of the product, or anything that a server named by `DATABASE_URL` needs.

mod account;
mod binaries;
mod cluster;
mod database;
mod error;
mod folder;
mod layout;
mod pid_file;
mod process;

use std::path::Path;

pub use binaries::{Binaries, tool};
pub use error::PrivateError;
pub use folder::{DataFolder, data_folder};

use account::Account;
use layout::Layout;
use process::Process;

/// A private Postgres that answers on its socket.
#[derive(Debug)]
pub struct PrivatePostgres {
    socket: std::path::PathBuf,
    binaries: Binaries,
    /// `None` when another Rolebook on this machine started it and we only joined.
    own: Option<Own>,
}

/// What only the process that started Postgres holds. Fields drop in this order: Postgres is told to stop before the
/// lock goes.
#[derive(Debug)]
struct Own {
    process: Process,
    layout: Layout,
    _lock: std::fs::File,
}

/// Starts the private Postgres in `data`, making the folder and the cluster when they are missing, and returns once it
/// accepts connections: about 0.7 s the first time, 0.06 s later, longer after a crash.
///
/// Call this from the future that `main` blocks on, never from a spawned task or a blocking thread: the kernel stops
/// Postgres when the *thread* that started it ends, which is how nothing is left behind when Rolebook is killed.
///
/// # Errors
/// One sentence that says what to do: no PostgreSQL installed, a folder that can't be used, a folder in use, a cluster
/// of another PostgreSQL major version, or the last lines of Postgres's own log.
pub async fn start(data: &Path) -> Result<PrivatePostgres, PrivateError> {
    let layout = Layout::create(data)?;
    let lock = layout.lock()?;
    let account = Account::to_run_postgres(&layout.cluster)?;
    folder::check_reachable(&layout.data, account.as_ref())?;
    let binaries = Binaries::find(cluster::major(&layout.cluster)?)?;
    cluster::create_if_missing(&layout, &binaries, account.as_ref()).await?;
    layout.prepare_socket(account.as_ref())?;
    let process = Process::launch(&layout, &binaries, account.as_ref()).await?;
    tracing::info!(data = %layout.data.display(), postgres = binaries.major, "The private Postgres is ready");
    let socket = layout.socket.clone();
    Ok(PrivatePostgres { socket, binaries, own: Some(Own { process, layout, _lock: lock }) })
}

/// Like [`start`], but when a Rolebook already runs on this folder its Postgres is used, and left running by
/// [`PrivatePostgres::stop`]. For commands such as `backup` that must work beside a running server.
///
/// # Errors
/// As [`start`], and [`PrivateError::NotReady`] when the other Rolebook's Postgres does not become ready.
pub async fn start_or_join(data: &Path) -> Result<PrivatePostgres, PrivateError> {
    match start(data).await {
        Err(PrivateError::InUse { data }) => {
            let layout = Layout::create(&data)?;
            let socket = pid_file::wait_for_socket(&layout).await?;
            let binaries = Binaries::find(cluster::major(&layout.cluster)?)?;
            Ok(PrivatePostgres { socket, binaries, own: None })
        }
        other => other,
    }
}

impl PrivatePostgres {
    /// Where its client programs (`pg_dump`, `pg_restore`, `psql`) are, of its own major version.
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// The folder that holds the socket.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Returns when Postgres has ended although nobody asked it to; never returns otherwise. A server waits on this beside
    /// its own work, so that it stops with a sentence instead of answering errors for ever.
    pub async fn ended(&mut self) -> PrivateError {
        match &mut self.own {
            Some(own) => own.process.ended(&own.layout).await,
            None => std::future::pending().await,
        }
    }

    /// Stops Postgres (fast shutdown) and waits until it has ended. Close the pool first. Does nothing to a Postgres that
    /// another Rolebook started.
    pub async fn stop(self) {
        if let Some(own) = self.own {
            own.process.stop().await;
            own.layout.remove_outside_socket();
        }
    }
}

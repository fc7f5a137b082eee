//! Makes the cluster, and reads which PostgreSQL made an existing one.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::account::Account;
use super::layout::{Layout, private_folder};
use super::process::command;
use super::{Binaries, PrivateError};

/// The cluster's folder and the major version of the PostgreSQL that made it; `None` when there is no cluster yet.
pub(super) fn major(cluster: &Path) -> Result<Option<(PathBuf, u32)>, PrivateError> {
    let path = cluster.join("PG_VERSION");
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let unreadable =
                |error| PrivateError::folder("read", &path)(std::io::Error::new(ErrorKind::InvalidData, error));
            let major = text.trim().parse().map_err(unreadable)?;
            Ok(Some((cluster.to_owned(), major)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(PrivateError::folder("read", &path)(error)),
    }
}

/// Makes the cluster under a temporary name and renames it, so that a first start that was killed leaves no half cluster.
pub(super) async fn create_if_missing(
    layout: &Layout,
    binaries: &Binaries,
    account: Option<&Account>,
) -> Result<(), PrivateError> {
    if layout.cluster.exists() {
        return Ok(());
    }
    let unfinished = &layout.unfinished;
    if unfinished.exists() {
        std::fs::remove_dir_all(unfinished).map_err(PrivateError::folder("remove the unfinished", unfinished))?;
    }
    private_folder(unfinished, account)?;
    initdb(unfinished, binaries, account).await?;
    std::fs::rename(unfinished, &layout.cluster).map_err(PrivateError::folder("create", &layout.cluster))
}

async fn initdb(folder: &Path, binaries: &Binaries, account: Option<&Account>) -> Result<(), PrivateError> {
    let program = binaries.program("initdb");
    let mut initdb = command(&program, account);
    // `trust` is safe here: the only way in is a socket in a folder that only its owner can open.
    initdb.arg("-D").arg(folder);
    initdb.args(["-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--data-checksums"]);
    let failed = |error: std::io::Error| PrivateError::Program { program: program.clone(), reason: error.to_string() };
    let output = initdb.output().await.map_err(failed)?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(PrivateError::Initdb { output: said })
}

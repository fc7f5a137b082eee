//! Chooses the data folder and checks that the user who runs Postgres can reach it. Makes nothing.

use std::path::{Path, PathBuf};

use super::PrivateError;
use super::account::Account;
use super::layout::CLUSTER;

/// Where the data goes when nothing is configured, below the working folder.
const DEFAULT: &str = "data";

/// Where it goes instead when root starts Rolebook in a folder that the database's user can't enter.
const FOR_ROOT: &str = "/var/lib/rolebook";

/// The chosen data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFolder {
    /// An absolute path. It may not exist yet.
    pub path: PathBuf,
    /// A sentence to print when this is not the folder that one would expect.
    pub notice: Option<String>,
}

/// The data folder: `configured` (from `ROLEBOOK_DATA`) or `./data`. When root starts Rolebook without configuring one,
/// below a folder that the database's user can't enter (such as /root), it is /var/lib/rolebook, and the notice says so.
///
/// # Errors
/// When the configured folder can't be reached by the database's user: data goes where it was asked to go, or nowhere.
pub fn data_folder(configured: Option<&Path>) -> Result<DataFolder, PrivateError> {
    let wanted = configured.unwrap_or(Path::new(DEFAULT));
    let path = std::path::absolute(wanted).map_err(PrivateError::folder("find", wanted))?;
    let account = Account::to_run_postgres(&path.join(CLUSTER))?;
    match (check_reachable(&path, account.as_ref()), configured) {
        (Ok(()), _) => Ok(DataFolder { path, notice: None }),
        (Err(PrivateError::CannotEnter { user, blocked }), None) => Ok(DataFolder {
            path: PathBuf::from(FOR_ROOT),
            notice: Some(format!(
                "The data is kept in {FOR_ROOT}, because the database runs as the user `{user}`, who can't enter {}. \
                 Set ROLEBOOK_DATA to choose another folder.",
                blocked.display()
            )),
        }),
        (Err(error), _) => Err(error),
    }
}

/// Refuses a folder below one that `account` can't enter. Without an account we run Postgres as ourselves, and the file
/// system tells us soon enough.
pub(super) fn check_reachable(folder: &Path, account: Option<&Account>) -> Result<(), PrivateError> {
    let Some(account) = account else {
        return Ok(());
    };
    let existing = folder.ancestors().find_map(|step| step.canonicalize().ok()).unwrap_or_default();
    for step in existing.ancestors() {
        let metadata = std::fs::metadata(step).map_err(PrivateError::folder("read", step))?;
        if !account.can_enter(&metadata) {
            return Err(PrivateError::CannotEnter { user: account.name.clone(), blocked: step.to_owned() });
        }
    }
    Ok(())
}

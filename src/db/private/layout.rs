//! What lies in the data folder: `pg/` (the cluster), `pg.init/` (one being made), `run/` (the socket), `postgres.log`
//! and `lock`. Also where the socket goes when the data folder's path is too long for one.

use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::unistd::geteuid;

use super::PrivateError;
use super::account::Account;

/// The cluster's folder in the data folder.
pub(super) const CLUSTER: &str = "pg";

/// The file that Postgres makes in the socket's folder, for the port that we always name.
const SOCKET_FILE: &str = ".s.PGSQL.5432";

/// A socket's path must fit into 108 bytes with its closing zero byte (unix(7)).
const LONGEST_SOCKET: usize = 107;

/// A log larger than this is set aside at the next start, in bytes.
const LARGE_LOG: u64 = 8 * 1024 * 1024;

/// The paths of one data folder, all absolute.
#[derive(Debug)]
pub(super) struct Layout {
    pub data: PathBuf,
    pub cluster: PathBuf,
    pub unfinished: PathBuf,
    pub log: PathBuf,
    pub socket: PathBuf,
}

impl Layout {
    /// Makes the data folder where it is missing, and nothing in it.
    pub fn create(data: &Path) -> Result<Self, PrivateError> {
        let wanted = std::path::absolute(data).map_err(PrivateError::folder("find", data))?;
        create_folders(&wanted)?;
        let data = wanted.canonicalize().map_err(PrivateError::folder("open the folder", &wanted))?;
        let inside = data.join("run");
        let socket = if fits(&inside) { inside } else { outside(&data)? };
        Ok(Self {
            cluster: data.join(CLUSTER),
            unfinished: data.join("pg.init"),
            log: data.join("postgres.log"),
            socket,
            data,
        })
    }

    /// Holds the data folder for this process: the kernel lets go of it however the process ends.
    pub fn lock(&self) -> Result<File, PrivateError> {
        let path = self.data.join("lock");
        let failed = PrivateError::folder("lock", &path);
        let file = OpenOptions::new().append(true).create(true).mode(0o644).open(&path);
        let file = match file {
            Ok(file) => file,
            Err(error) => return Err(failed(error)),
        };
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(PrivateError::InUse { data: self.data.clone() }),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Makes the socket's folder, private to the user who runs Postgres.
    pub fn prepare_socket(&self, account: Option<&Account>) -> Result<(), PrivateError> {
        private_folder(&self.socket, account)
    }

    /// Opens the log for Postgres to write to, and tells how long it is so far.
    pub fn open_log(&self) -> Result<(File, u64), PrivateError> {
        let failed = || PrivateError::folder("write to", &self.log);
        if std::fs::metadata(&self.log).is_ok_and(|log| log.len() > LARGE_LOG) {
            std::fs::rename(&self.log, self.log.with_extension("log.1")).map_err(failed())?;
        }
        let log = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.log).map_err(failed())?;
        let length = log.metadata().map_err(failed())?.len();
        Ok((log, length))
    }

    /// Removes a socket folder that is not in the data folder. Failing is harmless: the next start uses it again.
    pub fn remove_outside_socket(&self) {
        if !self.socket.starts_with(&self.data) {
            let _left_behind = std::fs::remove_dir(&self.socket);
        }
    }
}

/// Whether Postgres and its clients can use a socket in this folder: short enough, and free of what their lists of
/// folders are separated and quoted by.
fn fits(folder: &Path) -> bool {
    let bytes = folder.as_os_str().as_encoded_bytes();
    bytes.len() + 1 + SOCKET_FILE.len() <= LONGEST_SOCKET && !bytes.iter().any(|byte| b",\"'\\\n".contains(byte))
}

/// A short folder of its own for each data folder, named by the data folder's device and file number.
fn outside(data: &Path) -> Result<PathBuf, PrivateError> {
    let metadata = std::fs::metadata(data).map_err(PrivateError::folder("open the folder", data))?;
    let name = format!("rolebook-{:x}-{:x}", metadata.dev(), metadata.ino());
    let of_this_user = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_dir());
    let parent = match of_this_user {
        _ if geteuid().is_root() && Path::new("/run").is_dir() => PathBuf::from("/run"),
        Some(folder) if fits(&folder.join(&name)) => folder,
        Some(_) | None => PathBuf::from("/tmp"),
    };
    Ok(parent.join(name))
}

/// Makes a folder that only its owner can open. One that is already there must be such a folder: in /tmp another user
/// could have put something else in its place.
pub(super) fn private_folder(path: &Path, account: Option<&Account>) -> Result<(), PrivateError> {
    let failed = || PrivateError::folder("create the folder", path);
    let made = DirBuilder::new().mode(0o700).create(path);
    if let Err(error) = made
        && error.kind() != std::io::ErrorKind::AlreadyExists
    {
        return Err(failed()(error));
    }
    let found = std::fs::symlink_metadata(path).map_err(failed())?;
    let me = geteuid().as_raw();
    let owner = account.map_or(me, |account| account.uid);
    if !found.is_dir() || (found.uid() != owner && found.uid() != me) {
        return Err(PrivateError::SocketFolder { path: path.to_owned() });
    }
    std::fs::set_permissions(path, Permissions::from_mode(0o700)).map_err(failed())?;
    account.map_or(Ok(()), |account| account.take(path))
}

/// Makes a folder and its missing parents. Those that root makes can be entered by everyone, whatever root's umask: the
/// database's user must get through. What is private lies in folders of its own below.
fn create_folders(path: &Path) -> Result<(), PrivateError> {
    let missing: Vec<&Path> = path.ancestors().take_while(|step| !step.exists()).collect();
    for step in missing.into_iter().rev() {
        let failed = || PrivateError::folder("create the folder", step);
        std::fs::create_dir(step).map_err(failed())?;
        if geteuid().is_root() {
            std::fs::set_permissions(step, Permissions::from_mode(0o755)).map_err(failed())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_folder_is_refused_when_its_path_is_too_long_or_can_not_be_written_in_a_list() {
        let longest = LONGEST_SOCKET - 1 - SOCKET_FILE.len();
        assert!(fits(Path::new(&format!("/{}", "a".repeat(longest - 1)))));
        assert!(!fits(Path::new(&format!("/{}", "a".repeat(longest)))));
        assert!(fits(Path::new("/srv/job profiles/run")));
        assert!(!fits(Path::new("/srv/a,b/run")));
    }
}

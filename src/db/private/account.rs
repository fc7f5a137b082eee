//! Which user of this machine runs Postgres. PostgreSQL refuses to run as root, so root hands it to an unprivileged
//! user; everyone else runs it as themselves.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use nix::unistd::{Uid, User, chown, geteuid};

use super::PrivateError;

/// The unprivileged user to whom root hands Postgres.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

impl Account {
    /// `None` when Rolebook was not started as root. An existing cluster goes on as the user who owns it; a new one
    /// goes to `postgres`, else `nobody`.
    pub fn to_run_postgres(cluster: &Path) -> Result<Option<Self>, PrivateError> {
        let me = geteuid();
        let owner = std::fs::metadata(cluster).ok().map(|found| found.uid());
        if me.is_root() {
            return match owner {
                Some(uid) if uid != 0 => Self::by_uid(uid).map(Some),
                Some(_) | None => Self::by_default().map(Some),
            };
        }
        if owner.is_some_and(|uid| uid != me.as_raw()) {
            return Err(PrivateError::OtherOwner { cluster: cluster.to_owned() });
        }
        Self::by_uid(me.as_raw()).map(|_| None)
    }

    fn by_default() -> Result<Self, PrivateError> {
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| User::from_name(name).ok().flatten())
            .map(Self::from)
            .ok_or(PrivateError::NoUnprivilegedUser)
    }

    fn by_uid(uid: u32) -> Result<Self, PrivateError> {
        let found = User::from_uid(Uid::from_raw(uid)).ok().flatten();
        found.map(Self::from).ok_or(PrivateError::UserWithoutName { uid })
    }

    /// Whether this user may pass through a folder, by its mode bits. Access lists are not read: where one would let the
    /// user in, we say that it can't, which is the safe mistake.
    pub fn can_enter(&self, folder: &Metadata) -> bool {
        let wanted = if folder.uid() == self.uid {
            0o100
        } else if folder.gid() == self.gid {
            0o010
        } else {
            0o001
        };
        folder.mode() & wanted != 0
    }

    /// Gives a file or folder to this user.
    pub fn take(&self, path: &Path) -> Result<(), PrivateError> {
        chown(path, Some(self.uid.into()), Some(self.gid.into()))
            .map_err(|errno| PrivateError::folder("hand over", path)(errno.into()))
    }
}

impl From<User> for Account {
    fn from(user: User) -> Self {
        Self { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw() }
    }
}

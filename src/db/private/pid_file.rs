//! Reads `postmaster.pid`, in which a running Postgres says where its socket is and whether it accepts connections.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::PrivateError;
use super::layout::Layout;

/// How often a waiting start looks at the file.
pub(super) const POLL: Duration = Duration::from_millis(5);

/// How long a command waits for the Postgres of a Rolebook that has only just started.
const JOIN_LIMIT: Duration = Duration::from_secs(30);

/// What we need of the file. Its lines are: process, data folder, start, port, socket folder, address, memory, status.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PidFile {
    pub process: u32,
    pub socket: PathBuf,
    pub ready: bool,
}

impl PidFile {
    /// `None` while Postgres has not written it, or not all of it.
    pub fn read(cluster: &Path) -> Result<Option<Self>, PrivateError> {
        let path = cluster.join("postmaster.pid");
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(PrivateError::folder("read", &path)(error)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let process = lines.first()?.parse().ok()?;
        let socket = PathBuf::from(lines.get(4)?);
        Some(Self { process, socket, ready: lines.get(7) == Some(&"ready") })
    }
}

/// The socket's folder of the Postgres that another Rolebook runs on this data folder.
pub(super) async fn wait_for_socket(layout: &Layout) -> Result<PathBuf, PrivateError> {
    let ready = async {
        loop {
            match PidFile::read(&layout.cluster)? {
                Some(file) if file.ready => return Ok(file.socket),
                Some(_) | None => tokio::time::sleep(POLL).await,
            }
        }
    };
    let late = |_| PrivateError::NotReady { seconds: JOIN_LIMIT.as_secs(), log: layout.log.clone() };
    tokio::time::timeout(JOIN_LIMIT, ready).await.map_err(late)?
}

#[cfg(test)]
mod tests {
    use super::*;

    const STARTING: &str = "4711\n/srv/data/pg\n1700000000\n5432\n/srv/data/run\n\n  1234 5\nstarting\n";

    #[test]
    fn postgres_is_ready_only_when_line_eight_says_so() {
        let starting = PidFile::parse(STARTING).unwrap();
        assert_eq!(starting, PidFile { process: 4711, socket: "/srv/data/run".into(), ready: false });
        let ready = PidFile::parse(&STARTING.replace("starting", "ready   ")).unwrap();
        assert!(ready.ready);
    }

    #[test]
    fn a_half_written_file_is_no_answer() {
        assert_eq!(PidFile::parse(""), None);
        assert_eq!(PidFile::parse("4711\n/srv/data/pg\n"), None);
    }
}

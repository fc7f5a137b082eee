//! The running Postgres: spawn, wait until it is ready, stop. Its log and the kernel's parent-death signal are set up here.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use super::account::Account;
use super::layout::Layout;
use super::pid_file::{POLL, PidFile};
use super::{Binaries, PrivateError};

/// After a crash Postgres first replays its log, which can take minutes; giving up earlier would only begin it again.
const START_LIMIT: Duration = Duration::from_secs(300);

/// How long to try again while a Postgres that was killed, or is being stopped, still holds the cluster.
const RETRIES: u32 = 40;
const RETRY_PAUSE: Duration = Duration::from_millis(250);

/// How long a fast shutdown may take before an immediate one, which loses nothing but makes the next start replay.
const STOP_LIMIT: Duration = Duration::from_secs(60);

/// How much of the log goes into an error, in lines.
const TAIL_LINES: usize = 12;

/// A `postgres` that we started. Dropping it asks it to stop without waiting.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    /// The length of the log when it was spawned, in bytes: what comes after is its own.
    log_start: u64,
}

impl Process {
    /// Starts Postgres and waits until it accepts connections.
    pub async fn launch(layout: &Layout, binaries: &Binaries, account: Option<&Account>) -> Result<Self, PrivateError> {
        for _ in 0..RETRIES {
            let mut process = Self::spawn(layout, binaries, account)?;
            let late = |_| PrivateError::NotReady { seconds: START_LIMIT.as_secs(), log: layout.log.clone() };
            if timeout(START_LIMIT, process.ready(layout)).await.map_err(late)?? {
                return Ok(process);
            }
            let tail = log_tail(&layout.log, process.log_start);
            if !is_held_by_another(&tail) {
                return Err(PrivateError::NotStarted { log: layout.log.clone(), tail });
            }
            sleep(RETRY_PAUSE).await;
        }
        Err(PrivateError::StillRunning { cluster: layout.cluster.clone() })
    }

    fn spawn(layout: &Layout, binaries: &Binaries, account: Option<&Account>) -> Result<Self, PrivateError> {
        let (log, log_start) = layout.open_log()?;
        let second = log.try_clone().map_err(PrivateError::folder("write to", &layout.log))?;
        let program = binaries.program("postgres");
        let mut postgres = command(&program, account);
        let mut socket = std::ffi::OsString::from("unix_socket_directories=");
        socket.push(&layout.socket);
        postgres.arg("-D").arg(&layout.cluster).args(["-c", "port=5432", "-c", "listen_addresses=", "-c"]).arg(socket);
        postgres.stdout(log).stderr(second);
        let failed =
            |error: std::io::Error| PrivateError::Program { program: program.clone(), reason: error.to_string() };
        Ok(Self { child: postgres.spawn().map_err(failed)?, log_start })
    }

    /// True when it accepts connections, false when it has ended.
    async fn ready(&mut self, layout: &Layout) -> Result<bool, PrivateError> {
        loop {
            let ended = self.child.try_wait().map_err(PrivateError::folder("wait for Postgres in", &layout.cluster))?;
            if ended.is_some() {
                return Ok(false);
            }
            let own = self.child.id();
            match PidFile::read(&layout.cluster)? {
                Some(file) if file.ready && Some(file.process) == own => return Ok(true),
                Some(_) | None => sleep(POLL).await,
            }
        }
    }

    /// Waits until it ends, and says what its log said last.
    pub async fn ended(&mut self, layout: &Layout) -> PrivateError {
        let _status = self.child.wait().await;
        PrivateError::Ended { log: layout.log.clone(), tail: log_tail(&layout.log, self.log_start) }
    }

    /// Fast shutdown: ends the sessions, writes everything out, exits.
    pub async fn stop(mut self) {
        self.signal(Signal::SIGINT);
        if timeout(STOP_LIMIT, self.child.wait()).await.is_err() {
            tracing::warn!("The private Postgres took over {} s to stop; stopping it at once", STOP_LIMIT.as_secs());
            self.signal(Signal::SIGQUIT);
            let _status = self.child.wait().await;
        }
    }

    /// Does nothing when it has ended: its process number may already be another's.
    fn signal(&self, signal: Signal) {
        if let Some(id) = self.child.id().and_then(|id| i32::try_from(id).ok()) {
            let _already_gone = kill(Pid::from_raw(id), signal);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal(Signal::SIGINT);
    }
}

/// A PostgreSQL program with an empty environment, as the unprivileged user when there is one, that ends with us.
pub(super) fn command(program: &Path, account: Option<&Account>) -> Command {
    let mut command = Command::new(program);
    command.env_clear().envs([("LC_ALL", "C.UTF-8"), ("TZ", "UTC")]).current_dir("/").stdin(Stdio::null());
    // A group of its own, so that Ctrl-C at the terminal reaches only Rolebook, which then stops Postgres in order.
    command.process_group(0);
    if let Some(account) = account {
        command.uid(account.uid).gid(account.gid);
    }
    end_with_this_process(&mut command);
    command
}

/// Has the kernel send SIGINT (fast shutdown) to the child when the thread that spawned it ends, even by `kill -9`.
fn end_with_this_process(command: &mut Command) {
    let parent = std::process::id();
    let before_exec = move || {
        #[cfg(target_os = "linux")]
        nix::sys::prctl::set_pdeathsig(Signal::SIGINT)?;
        // The parent may have died before the line above: then nobody would send the signal.
        if std::os::unix::process::parent_id() == parent { Ok(()) } else { Err(nix::errno::Errno::ESRCH.into()) }
    };
    // SAFETY: the closure runs between fork and exec, where only async-signal-safe calls are allowed. It makes two system
    // calls (prctl, getppid), takes no lock and allocates nothing: both errors are bare numbers. It must run here, because
    // changing the user, which std does before it, clears the signal.
    #[allow(unsafe_code)]
    unsafe {
        command.pre_exec(before_exec);
    }
}

/// Postgres found its lock file or its shared memory still in use: by one that is stopping, or a dead one not yet reaped.
fn is_held_by_another(tail: &str) -> bool {
    tail.contains("lock file \"postmaster.pid\" already exists") || tail.contains("shared memory block")
}

fn log_tail(log: &Path, start: u64) -> String {
    let bytes = std::fs::read(log).unwrap_or_default();
    let from = usize::try_from(start).unwrap_or(0).min(bytes.len());
    let text = String::from_utf8_lossy(&bytes[from..]).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

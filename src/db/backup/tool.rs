//! Runs `pg_dump` and `pg_restore`. Passwords go to them through the environment, never through the command line, which
//! every user of the machine can read.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

use super::{BackupError, Target};
use crate::db::private;

/// One of PostgreSQL's client programs, about to run.
pub(super) struct Tool {
    name: &'static str,
    command: Command,
}

impl Tool {
    /// The program of the server's major version where it is installed.
    pub fn of(name: &'static str, server_major: u32) -> Result<Self, BackupError> {
        let mut command = Command::new(private::tool(name, server_major)?);
        // Messages in English, and nothing of the terminal's: these programs must not stop to ask for a password.
        command.env("LC_ALL", "C.UTF-8").stdin(Stdio::null()).kill_on_drop(true);
        Ok(Self { name, command })
    }

    pub fn arg(&mut self, argument: impl AsRef<OsStr>) -> &mut Self {
        self.command.arg(argument);
        self
    }

    pub fn args<const N: usize>(&mut self, arguments: [&str; N]) {
        self.command.args(arguments);
    }

    /// Names the database to work on.
    pub fn connect(&mut self, target: &Target) {
        self.command.arg("--no-password").arg("--dbname").arg(target.conninfo());
        if let Some(password) = target.password() {
            self.command.env("PGPASSWORD", password);
        }
    }

    /// As [`Tool::connect`], for `pg_restore`, which takes its file last.
    pub fn connect_and_load(&mut self, target: &Target, file: &Path) {
        self.connect(target);
        self.command.arg(file);
    }
}

/// Runs it to its end and returns what it printed.
pub(super) async fn run(mut tool: Tool) -> Result<String, BackupError> {
    let failed = |said: String| BackupError::Failed { program: tool.name, said };
    let output = tool.command.output().await.map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(failed(said))
}

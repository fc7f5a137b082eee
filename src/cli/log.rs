//! Where the log goes: standard error, for people or for collectors.

use std::io::IsTerminal;

use anyhow::anyhow;
use tracing_subscriber::EnvFilter;

use crate::config::Config;

/// Starts logging for this process.
///
/// # Errors
/// A sentence where LOG is no filter.
pub(super) fn start(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log)
        .map_err(|error| anyhow!("LOG can't be used: {error}. It looks like info, or warn,rolebook=debug."))?;
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    let started = match config.log_json {
        true => log.json().try_init(),
        false => log.with_target(false).try_init(),
    };
    started.map_err(|error| anyhow!("The log could not be started: {error}."))
}

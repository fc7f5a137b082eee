//! `rolebook backup` and `rolebook restore`.

use std::path::PathBuf;

use clap::Args;

use super::database::{Company, find};
use super::say;
use crate::config::Config;
use crate::db::backup;

#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The file that the backup goes into or comes from
    file: PathBuf,
}

pub(super) async fn backup(mut config: Config, asked: Asked) -> anyhow::Result<()> {
    let place = find(&mut config, Company::Beside).await?;
    let done = backup::backup(&place.target, &asked.file).await;
    place.leave(None).await;
    let summary = done?;
    say(format_args!("{} holds {} tables in {} bytes.", asked.file.display(), summary.tables, summary.bytes));
    Ok(())
}

pub(super) async fn restore(mut config: Config, asked: Asked) -> anyhow::Result<()> {
    let place = find(&mut config, Company::Beside).await?;
    let done = backup::restore(&place.target, &asked.file).await;
    place.leave(None).await;
    say(format_args!("{} tables came back from {}.", done?, asked.file.display()));
    Ok(())
}

//! The command line: what can be typed, and who answers it. One file a command below `cli/`.
//!
//! A command prints what it made on standard output; what went wrong is one sentence on standard error.

mod backup;
mod database;
mod demonstration;
mod export;
mod extract;
mod grade_file;
mod import;
mod import_folder;
mod log;
mod people;
mod serve;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::config::Config;

/// Rolebook: job profiles of public-sector employers, kept, reviewed and advertised.
///
/// The configuration comes from environment variables, which .env.example lists: LISTEN, PUBLIC_URL, DATABASE_URL,
/// ROLEBOOK_DATA and more. Without DATABASE_URL, Rolebook keeps its own private Postgres in the data folder.
#[derive(Debug, Parser)]
#[command(name = "rolebook", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal until it is told to stop
    Serve(serve::Asked),
    /// Bring the database's tables up to date, and do nothing else
    Migrate,
    /// Read a document and print its structure as JSON; needs no database
    Extract(extract::Asked),
    /// Write a version, or everything in force, to a file
    Export(export::Asked),
    /// Bring a document into the portal, as a person who is an HR author there
    Import(import::Asked),
    /// Employers of this install
    #[command(subcommand)]
    Employer(people::EmployerCommand),
    /// People of an employer
    #[command(subcommand)]
    Person(people::PersonCommand),
    /// Fill an empty database with made-up employers, people and jobs
    Demo(demonstration::Asked),
    /// Write everything into one file, while people go on working
    Backup(backup::Asked),
    /// Load a backup into an empty database
    Restore(backup::Asked),
}

/// Runs one command and says how it ended: 0 done, 1 failed, 2 a document that can't be read.
pub fn run(cli: Cli) -> ExitCode {
    // Reading a document starts no runtime: the server runs it as a child that has little memory to spare.
    if let Command::Extract(asked) = &cli.command {
        return extract::run(asked);
    }
    match runtime(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints a line. Whoever no longer reads it must not stop the work.
fn say(line: impl std::fmt::Display) {
    let _nobody_reads = writeln!(std::io::stdout(), "{line}");
}

/// The commands run on the main thread itself: the private Postgres ends with the thread that started it.
fn runtime(command: Command) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("The program could not be started: the system gives it no threads.")?.block_on(answer(command))
}

async fn answer(command: Command) -> anyhow::Result<()> {
    let config = Config::from_env()?;
    match command {
        Command::Serve(asked) => serve::run(config, asked).await,
        Command::Migrate => database::migrate(config).await,
        Command::Extract(_) => Ok(()),
        Command::Export(asked) => export::run(config, asked).await,
        Command::Import(asked) => import::run(config, asked).await,
        Command::Employer(command) => people::employer(config, command).await,
        Command::Person(command) => people::person(config, command).await,
        Command::Demo(asked) => demonstration::command(config, asked).await,
        Command::Backup(asked) => backup::backup(config, asked).await,
        Command::Restore(asked) => backup::restore(config, asked).await,
    }
}

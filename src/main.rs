//! The program: reads the command line and runs one command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    rolebook::cli::run(rolebook::cli::Cli::parse())
}

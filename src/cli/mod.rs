//! The command line: arguments and subcommands. It must not know the terminal screen.

pub mod sandbox;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Arguments of the program.
#[derive(Debug, Parser)]
#[command(name = "wabadeck", version, about)]
pub struct Arguments {
    /// What to do; without one the dashboard opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a Graph API on this machine, with a demo fleet or a large invented one
    Sandbox(sandbox::Args),
}

/// Carries out a subcommand and gives the exit code.
pub async fn run(command: Command) -> ExitCode {
    match command {
        Command::Sandbox(arguments) => sandbox::run(arguments).await,
    }
}

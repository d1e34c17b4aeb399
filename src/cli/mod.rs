//! The command line: arguments and subcommands. It must not know the terminal screen.

pub mod sandbox;

use std::{fmt::Display, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::config::Flags;

/// Optimized delivery for WhatsApp Business Accounts: which are on, why one is not, and which way a message goes.
///
/// Without a subcommand the dashboard opens. With nothing configured it opens on a sandbox; set WABADECK_TOKEN to talk
/// to Meta's Graph API.
#[derive(Debug, Parser)]
#[command(name = "wabadeck", version)]
pub struct Arguments {
    /// Configuration file to read instead of the default one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address of the Graph API (default: Meta's; also WABADECK_GRAPH_URL)
    #[arg(long, global = true, value_name = "URL")]
    pub graph_url: Option<String>,
    /// Version of the Graph API (default: v26.0; also WABADECK_API_VERSION)
    #[arg(long, global = true, value_name = "VERSION")]
    pub api_version: Option<String>,
    /// Language of the texts: en or fr (default: the system's)
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// Theme: dark or light
    #[arg(long, global = true, value_name = "THEME")]
    pub theme: Option<String>,
    /// What goes to the log file: off, error, warn, info, debug or trace
    #[arg(long, global = true, value_name = "LEVEL")]
    pub log_level: Option<String>,
    /// Open the embedded sandbox even when a token is set
    #[arg(long, global = true)]
    pub sandbox: bool,
    /// What to do; without one the dashboard opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Arguments {
    /// The flags that take the place of settings.
    pub fn flags(&self) -> Flags {
        Flags {
            config: self.config.clone(),
            graph_url: self.graph_url.clone(),
            api_version: self.api_version.clone(),
            language: self.lang.clone(),
            theme: self.theme.clone(),
            log_level: self.log_level.clone(),
            sandbox: self.sandbox,
            ..Flags::default()
        }
    }
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

/// Says on standard error what went wrong without being the end.
pub fn complain(problem: &dyn Display) {
    use std::io::Write;
    // Nothing can be done when even this fails.
    let _ = writeln!(std::io::stderr(), "wabadeck: {problem}");
}

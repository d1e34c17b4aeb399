//! The program: arguments to screen or subcommand to exit code.

use std::process::ExitCode;

use clap::Parser;

use wabadeck::cli::{self, Arguments};

fn main() -> ExitCode {
    let Some(command) = Arguments::parse().command else {
        return ExitCode::SUCCESS;
    };
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(cli::run(command)),
        Err(_) => ExitCode::FAILURE,
    }
}

//! The program: arguments to screen or subcommand to exit code.

use std::process::ExitCode;

use clap::Parser;
use color_eyre::eyre::{Result, WrapErr};

use wabadeck::{
    cli::{self, Arguments},
    config::Settings,
    logging,
    paths::ProcessEnvironment,
    tui,
};

fn main() -> Result<ExitCode> {
    color_eyre::config::HookBuilder::default().display_env_section(false).display_location_section(false).install()?;
    let arguments = Arguments::parse();
    // Two workers are enough: the screen has the main thread to itself, so that no answer keeps a key waiting.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let settings = Settings::load(&arguments.flags(), &ProcessEnvironment)?;
    if let Err(error) = logging::start(settings.log_level, settings.paths.log_file()) {
        cli::complain(&error);
    }
    let code = match arguments.command {
        Some(command) => runtime.block_on(cli::run(command)),
        None => {
            runtime.block_on(tui::run::run(settings)).wrap_err("the dashboard could not run")?;
            ExitCode::SUCCESS
        }
    };
    // Work that nobody waits for any more must not keep the shell waiting either.
    runtime.shutdown_background();
    Ok(code)
}

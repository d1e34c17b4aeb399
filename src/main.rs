//! The program: arguments to screen or subcommand to exit code.

use std::process::ExitCode;

use color_eyre::eyre::Result;

use wabadeck::{
    cli::{self, Arguments, Exit},
    config::Settings,
    logging,
    paths::ProcessEnvironment,
    secrets, tui,
};

fn main() -> Result<ExitCode> {
    color_eyre::config::HookBuilder::default().display_env_section(false).display_location_section(false).install()?;
    secrets::keep_out_of_core_files();
    let arguments = match Arguments::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(code) => return Ok(code),
    };
    // One worker is enough: the screen has the main thread to itself, so that no answer keeps a key waiting, and what
    // several workers take from the system each keeps for itself.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let settings = Settings::load(&arguments.flags(), &ProcessEnvironment);
    if let Ok(settings) = &settings
        && let Err(error) = logging::start(settings.log_level, settings.paths.log_file())
    {
        cli::complain(&error);
    }
    let code = match (arguments.command, settings) {
        (Some(command), settings) => runtime.block_on(cli::run(command, arguments.lang, settings)),
        (None, Ok(settings)) => match runtime.block_on(tui::run::run(settings)) {
            Ok(()) => Exit::Done.into(),
            Err(error) => {
                cli::complain(&error);
                Exit::Failed.into()
            }
        },
        (None, Err(error)) => {
            cli::complain(&error);
            Exit::Usage.into()
        }
    };
    // Work that nobody waits for any more must not keep the shell waiting either.
    runtime.shutdown_background();
    Ok(code)
}

//! The program: arguments to screen or subcommand to exit code.

use std::process::ExitCode;

use wabadeck::{
    cli::{self, Arguments, Exit},
    config::Settings,
    logging,
    paths::ProcessEnvironment,
    secrets,
    tui::{self, run::Left},
};

fn main() -> ExitCode {
    secrets::keep_out_of_core_files();
    logging::panics::start();
    let arguments = match Arguments::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    // One worker is enough: the screen has the main thread to itself, so that no answer keeps a key waiting, and what
    // several workers take from the system each keeps for itself.
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            cli::complain(&error);
            return Exit::Failed.into();
        }
    };
    let settings = Settings::load(&arguments.flags(), &ProcessEnvironment);
    if let Ok(settings) = &settings
        && let Err(error) = logging::start(settings.log_level, settings.paths.log_file())
    {
        cli::complain(&error);
    }
    let code = match (arguments.command, settings) {
        (Some(command), settings) => runtime.block_on(cli::run(command, arguments.lang, settings)),
        (None, Ok(settings)) => match runtime.block_on(tui::run::run(settings)) {
            Ok(Left::Signed) => Exit::Done.into(),
            // The same code as a subcommand's, and the same words are on the screen that was left.
            Ok(Left::SignedOut) => Exit::NotSignedIn.into(),
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
    code
}

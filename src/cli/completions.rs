//! `wabadeck completions SHELL`: a script that completes commands and options.

use clap_complete::Shell;

use super::{Exit, help, output};
use crate::i18n::{Language, Texts};

/// Arguments of `wabadeck completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which shell.
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints the script.
pub fn run(arguments: &Args) -> Exit {
    let mut command = help::command(&Texts::new(Language::English));
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "wabadeck", &mut script);
    output::print(&String::from_utf8_lossy(&script))
}

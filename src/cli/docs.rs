//! `wabadeck docs keys|cli`: the generated pages of `docs/`, so that they say what the program does. A test compares them.

use std::fmt::Write;

use clap::{Arg, Command, ValueEnum};

use super::{Exit, help, output};
use crate::{
    i18n::{Language, Texts},
    tui,
};

const TEMPLATE: &str = include_str!("../../assets/docs/cli.md");

/// Arguments of `wabadeck docs`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which page.
    #[arg(value_name = "PAGE")]
    pub page: Page,
}

/// A generated page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Page {
    Keys,
    Cli,
}

/// Prints a page. The documentation is in English.
pub fn run(arguments: &Args) -> Exit {
    let texts = Texts::new(Language::English);
    output::print(&match arguments.page {
        Page::Keys => tui::docs::keys_page(&texts),
        Page::Cli => cli_page(&texts),
    })
}

fn cli_page(texts: &Texts) -> String {
    let root = help::command(texts);
    let mut commands = String::new();
    section(&root, "wabadeck", &mut commands);
    let codes: String = Exit::ALL.iter().map(|exit| format!("| {} | {} |\n", exit.code(), texts.get(exit.text_id()))).collect();
    TEMPLATE.replace("{{commands}}\n", commands.trim_start()).replace("{{exit-codes}}\n", &codes)
}

/// A command, its arguments, and the commands below it. Global options are described once, with the root.
fn section(command: &Command, name: &str, page: &mut String) {
    let is_root = name == "wabadeck";
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let _ = write!(page, "\n### `{name}`\n\n{about}\n\n```text\n{usage}\n```\n");
    let arguments: Vec<&Arg> = command
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
        .filter(|argument| is_root || !(argument.is_global_set() || matches!(argument.get_id().as_str(), "help" | "version")))
        .collect();
    if !arguments.is_empty() {
        page.push_str("\n| argument | what it does |\n|---|---|\n");
        for argument in arguments {
            let _ = writeln!(page, "| {} | {} |", spelled(argument), described(argument));
        }
    }
    for child in command.get_subcommands().filter(|child| !child.is_hide_set() && child.get_name() != "help") {
        section(child, &format!("{name} {}", child.get_name()), page);
    }
}

fn spelled(argument: &Arg) -> String {
    let value = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let takes_value = argument.get_action().takes_values();
    match (argument.get_long(), value) {
        (Some(long), Some(value)) if takes_value => format!("`--{long} {value}`"),
        (Some(long), _) => match argument.get_short() {
            Some(short) => format!("`-{short}`, `--{long}`"),
            None => format!("`--{long}`"),
        },
        (None, value) => format!("`{}`", value.unwrap_or_else(|| argument.get_id().to_string())),
    }
}

fn described(argument: &Arg) -> String {
    let mut words = argument.get_help().map(ToString::to_string).unwrap_or_default().replace('|', "\\|");
    let takes_value = argument.get_action().takes_values();
    let possible: Vec<String> = argument.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
    if takes_value && !possible.is_empty() {
        let _ = write!(words, ". One of {}", possible.join(", "));
    }
    if let Some(default) = argument.get_default_values().first().filter(|_| takes_value) {
        let _ = write!(words, ". Default: `{}`", default.to_string_lossy());
    }
    words
}

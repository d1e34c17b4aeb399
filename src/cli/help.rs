//! The help of the command line in the reader's language: clap's tree with every sentence taken from the locales.

use std::ffi::OsString;

use clap::{Arg, Command, CommandFactory};

use super::{Arguments, Exit};
use crate::i18n::{Language, Texts};

/// The language that the help is in: `--lang`, else `WABADECK_LANG`, else the locale. The configuration file is not
/// read for it, so that help is there even when that file is broken.
pub fn language(arguments: &[OsString]) -> Language {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    let mut asked = None;
    while let Some(word) = words.next() {
        if word == "--lang" {
            asked = words.next().map(str::to_owned);
        } else if let Some(value) = word.strip_prefix("--lang=") {
            asked = Some(value.to_owned());
        }
    }
    Language::detect(asked.or_else(|| std::env::var("WABADECK_LANG").ok()).as_deref())
}

/// The whole tree of commands, built, with its words in this language.
pub fn command(texts: &Texts) -> Command {
    let mut command = Arguments::command();
    // Built first, so that what clap itself adds (help, version, the copies of global arguments) is there to be worded.
    command.build();
    let command = worded(command, texts, &[]);
    let codes = Exit::ALL.map(|exit| format!("  {}  {}", exit.code(), texts.get(exit.text_id()))).join("\n");
    let after = format!("{}\n{codes}\n\n{}", texts.get("cli-heading-exit-codes"), texts.get("cli-after-help"));
    command.after_help(after)
}

/// The text id of a command's one-line description.
fn about_id(path: &[&str]) -> String {
    if path.is_empty() { "cli-about".to_owned() } else { format!("cli-about-{}", path.join("-")) }
}

/// The text ids that may describe an argument, the most particular first.
fn argument_ids(path: &[&str], argument: &str) -> [String; 2] {
    let argument = argument.replace('_', "-");
    [format!("cli-arg-{}-{argument}", path.join("-")), format!("cli-arg-{argument}")]
}

fn worded(command: Command, texts: &Texts, path: &[&str]) -> Command {
    let id = about_id(path);
    let about = texts.get(&id).into_owned();
    let template = format!("{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}\n", texts.get("cli-heading-usage"));
    command
        .about(about)
        .long_about(None::<&str>)
        .help_template(template)
        .subcommand_help_heading(texts.get("cli-heading-commands").into_owned())
        .mut_args(|argument| worded_argument(argument, texts, path))
        .mut_subcommands(|child| {
            let name = child.get_name().to_owned();
            let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
            // `help` repeats the whole tree below itself; only its own line is ever shown.
            if path == ["help"] { child.about(texts.get("cli-about-help").into_owned()) } else { worded(child, texts, &path) }
        })
}

fn worded_argument(argument: Arg, texts: &Texts, path: &[&str]) -> Arg {
    let name = argument.get_id().as_str().to_owned();
    let heading = if argument.is_positional() {
        "cli-heading-arguments"
    } else if argument.is_global_set() || matches!(name.as_str(), "help" | "version") {
        "cli-heading-everywhere"
    } else {
        "cli-heading-options"
    };
    let ids = argument_ids(path, &name);
    let id = ids.iter().find(|id| texts.has(id));
    let argument = argument.help_heading(texts.get(heading).into_owned()).long_help(None::<&str>);
    match id {
        Some(id) => argument.help(texts.get(id).into_owned()),
        None => argument,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(command: &Command, path: &[&str], look: &mut impl FnMut(&Command, &[&str])) {
        look(command, path);
        for child in command.get_subcommands().filter(|child| child.get_name() != "help") {
            let path: Vec<&str> = path.iter().copied().chain([child.get_name()]).collect();
            walk(child, &path, look);
        }
    }

    #[test]
    fn every_command_and_argument_is_described_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let mut missing = Vec::new();
            let mut described = 0;
            walk(&command(&texts), &[], &mut |command, path| {
                if !texts.has(&about_id(path)) {
                    missing.push(about_id(path));
                }
                for argument in command.get_arguments() {
                    described += 1;
                    let ids = argument_ids(path, argument.get_id().as_str());
                    if !ids.iter().any(|id| texts.has(id)) {
                        missing.push(ids.join(" or "));
                    }
                }
            });
            assert_eq!(missing, Vec::<String>::new(), "{language:?}");
            assert!(described > 40, "only {described} arguments were looked at");
        }
    }

    #[test]
    fn clap_finds_nothing_wrong_with_the_tree() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_language_of_the_help_is_the_one_asked_for() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(language(&words("wabadeck accounts --lang fr")), Language::French);
        assert_eq!(language(&words("wabadeck --lang=fr --help")), Language::French);
        assert_eq!(language(&words("wabadeck --lang=fr --lang en")), Language::English);
    }
}

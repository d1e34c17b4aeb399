//! `docs/keys.md`, generated from the table of commands.

use super::command::{COMMANDS, Scope};
use crate::i18n::Texts;

const TEMPLATE: &str = include_str!("../../assets/docs/keys.md");

/// The page of all commands with their default keys.
pub fn keys_page(texts: &Texts) -> String {
    let mut tables = String::new();
    for scope in Scope::ALL {
        let mut commands = COMMANDS.iter().filter(|command| command.scope == scope).peekable();
        if commands.peek().is_none() {
            continue;
        }
        tables.push_str(&format!("\n## {}\n\n| keys | command | what it does |\n|---|---|---|\n", texts.get(scope.text_id())));
        for command in commands {
            let keys: Vec<String> = command.default_keys().map(|key| format!("`{key}`")).collect();
            let help = texts.get(&command.help_id()).replace('|', "\\|");
            tables.push_str(&format!("| {} | `{}` | {help} |\n", keys.join(" "), command.name));
        }
    }
    format!("{}\n", TEMPLATE.replace("{{keys}}", &tables).trim_end())
}

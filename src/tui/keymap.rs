//! From a key to a command, given where one is: the table's defaults under the user's own bindings.

use std::collections::BTreeMap;

use super::{
    command::{COMMANDS, CommandId, Scope},
    key::Key,
};

/// Which key runs which command, by scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: BTreeMap<(Scope, Key), CommandId>,
}

/// A line of the configuration's `[keys]` that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No such command.
    #[error("[keys] names the command “{0}”, which does not exist; `docs/keys.md` lists them all")]
    UnknownCommand(String),
    /// No such key.
    #[error("[keys] binds {command} to a key that cannot be read: {reason}")]
    UnknownKey {
        /// The command's name.
        command: String,
        /// What is wrong with the key.
        reason: super::key::UnknownKey,
    },
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = COMMANDS.iter().flat_map(|command| command.default_keys().map(|key| ((command.scope, key), command.id)));
        Self { bindings: bindings.collect() }
    }
}

impl Keymap {
    /// The defaults, with the keys of some commands replaced by the user's. What cannot be used is left out and reported.
    pub fn with_user_bindings(user: &BTreeMap<String, Vec<String>>) -> (Self, Vec<KeymapError>) {
        let (mut keymap, mut errors) = (Self::default(), Vec::new());
        for (name, spelled_keys) in user {
            let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
                errors.push(KeymapError::UnknownCommand(name.clone()));
                continue;
            };
            keymap.bindings.retain(|_, bound| *bound != command.id);
            for spelled in spelled_keys {
                match spelled.parse::<Key>() {
                    Ok(key) => {
                        keymap.bindings.insert((command.scope, key), command.id);
                    }
                    Err(reason) => errors.push(KeymapError::UnknownKey { command: name.clone(), reason }),
                }
            }
        }
        (keymap, errors)
    }

    /// The defaults under the `[keys]` table of the configuration: `"account.open" = ["enter", "o"]` or a single key as text.
    pub fn from_table(table: &toml::Table) -> (Self, Vec<KeymapError>) {
        let spelled = |value: &toml::Value| match value {
            toml::Value::String(key) => vec![key.clone()],
            toml::Value::Array(keys) => {
                keys.iter().map(|key| key.as_str().map_or_else(|| key.to_string(), str::to_owned)).collect()
            }
            other => vec![other.to_string()],
        };
        let user = table.iter().map(|(name, value)| (name.clone(), spelled(value))).collect();
        Self::with_user_bindings(&user)
    }

    /// The command that a key runs: the scope's own first, then the one that holds everywhere.
    pub fn resolve(&self, scope: Scope, key: Key) -> Option<CommandId> {
        let find = |scope| self.bindings.get(&(scope, key)).copied();
        find(scope).or_else(|| find(Scope::Everywhere))
    }

    /// The keys of a command; the default one stands first when it still holds.
    pub fn keys(&self, id: CommandId) -> Vec<Key> {
        let mut keys: Vec<Key> = self.bindings.iter().filter(|(_, bound)| **bound == id).map(|((_, key), _)| *key).collect();
        let defaults: Vec<Key> = super::command::command(id).default_keys().collect();
        keys.sort_by_key(|key| defaults.iter().position(|default| default == key).unwrap_or(usize::MAX));
        keys
    }

    /// The key that hints show for a command.
    pub fn hint(&self, id: CommandId) -> Option<String> {
        self.keys(id).first().map(|key| key.hint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::key::KeyCode;

    #[test]
    fn the_screen_goes_before_everywhere() {
        let keymap = Keymap::default();
        let enter = Key::plain(KeyCode::Enter);
        assert_eq!(keymap.resolve(Scope::Accounts, enter), Some(CommandId::OpenAccount));
        assert_eq!(keymap.resolve(Scope::Composer, enter), None);
        assert_eq!(keymap.resolve(Scope::Composer, Key::char('q')), Some(CommandId::Quit));
    }

    #[test]
    fn a_user_binding_replaces_the_default_keys() {
        let user = BTreeMap::from([("fleet.refresh".to_owned(), vec!["ctrl-r".to_owned()])]);
        let (keymap, errors) = Keymap::with_user_bindings(&user);
        assert_eq!(errors, []);
        assert_eq!(keymap.resolve(Scope::Accounts, Key::control('r')), Some(CommandId::Refresh));
        assert_eq!(keymap.resolve(Scope::Accounts, Key::char('r')), None);
        assert_eq!(keymap.hint(CommandId::Refresh).as_deref(), Some("^r"));
    }

    #[test]
    fn what_cannot_be_bound_is_reported_and_the_rest_holds() {
        let user = BTreeMap::from([
            ("fleet.explode".to_owned(), vec!["x".to_owned()]),
            ("accounts.sort".to_owned(), vec!["banana".to_owned(), "o".to_owned()]),
        ]);
        let (keymap, errors) = Keymap::with_user_bindings(&user);
        assert_eq!(errors.len(), 2);
        assert_eq!(keymap.resolve(Scope::Accounts, Key::char('o')), Some(CommandId::Sort));
    }
}

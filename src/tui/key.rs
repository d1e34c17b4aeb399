//! Keys as the keymap knows them, free of any terminal library, and their spelling in the configuration and in hints.

use std::{fmt, str::FromStr};

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A character as typed (shift is in the character itself).
    Char(char),
    /// Function key 1–12.
    Function(u8),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

const NAMED: [(KeyCode, &str, &str); 16] = [
    (KeyCode::Enter, "enter", "⏎"),
    (KeyCode::Escape, "esc", "esc"),
    (KeyCode::Tab, "tab", "tab"),
    (KeyCode::BackTab, "backtab", "⇧tab"),
    (KeyCode::Backspace, "backspace", "⌫"),
    (KeyCode::Delete, "delete", "del"),
    (KeyCode::Up, "up", "↑"),
    (KeyCode::Down, "down", "↓"),
    (KeyCode::Left, "left", "←"),
    (KeyCode::Right, "right", "→"),
    (KeyCode::Home, "home", "home"),
    (KeyCode::End, "end", "end"),
    (KeyCode::PageUp, "pageup", "pgup"),
    (KeyCode::PageDown, "pagedown", "pgdn"),
    (KeyCode::Char(' '), "space", "space"),
    (KeyCode::Char('-'), "minus", "-"),
];

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Whether control was held.
    pub control: bool,
    /// Whether alt was held.
    pub alt: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, control: false, alt: false }
    }

    /// A character without modifiers.
    pub const fn char(character: char) -> Self {
        Self::plain(KeyCode::Char(character))
    }

    /// A character with control held.
    pub const fn control(character: char) -> Self {
        Self { code: KeyCode::Char(character), control: true, alt: false }
    }

    /// The character that this key types into a field, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if !self.control && !self.alt => Some(character),
            _ => None,
        }
    }

    /// How hints show the key: short, with arrows.
    pub fn hint(self) -> String {
        let name = match self.code {
            KeyCode::Function(number) => format!("F{number}"),
            code => match NAMED.iter().find(|(known, ..)| *known == code) {
                Some((_, _, short)) => (*short).to_owned(),
                None => match code {
                    KeyCode::Char(character) => character.to_string(),
                    _ => String::new(),
                },
            },
        };
        let control = if self.control { "^" } else { "" };
        let alt = if self.alt { "alt-" } else { "" };
        format!("{alt}{control}{name}")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.control {
            formatter.write_str("ctrl-")?;
        }
        if self.alt {
            formatter.write_str("alt-")?;
        }
        match self.code {
            KeyCode::Function(number) => write!(formatter, "f{number}"),
            code => match NAMED.iter().find(|(known, ..)| *known == code) {
                Some((_, name, _)) => formatter.write_str(name),
                None => match code {
                    KeyCode::Char(character) => write!(formatter, "{character}"),
                    _ => Ok(()),
                },
            },
        }
    }
}

/// A key that the configuration spells in a way that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a key; write for example `u`, `ctrl-r`, `f5`, `enter` or `space`")]
pub struct UnknownKey(String);

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownKey(text.to_owned());
        let (mut rest, mut control, mut alt) = (text, false, false);
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-") {
                (rest, control) = (after, true);
            } else if let Some(after) = rest.strip_prefix("alt-") {
                (rest, alt) = (after, true);
            } else {
                break;
            }
        }
        let mut characters = rest.chars();
        let code = match (characters.next(), characters.next()) {
            (Some(only), None) => KeyCode::Char(only),
            (Some('f'), Some(_)) if rest.chars().skip(1).all(|digit| digit.is_ascii_digit()) => {
                let number: u8 = rest.chars().skip(1).collect::<String>().parse().map_err(|_| unknown())?;
                if !(1..=12).contains(&number) {
                    return Err(unknown());
                }
                KeyCode::Function(number)
            }
            _ => NAMED.iter().find(|(_, name, _)| *name == rest).map(|(code, ..)| *code).ok_or_else(unknown)?,
        };
        Ok(Self { code, control, alt })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_and_reading_agree() {
        for spelled in ["u", "ctrl-r", "f5", "enter", "space", "alt-x", "backtab", "?", "ctrl-alt-f12", "minus", "pagedown"] {
            let key: Key = spelled.parse().unwrap();
            assert_eq!(key.to_string(), spelled);
        }
    }

    #[test]
    fn what_is_not_a_key_is_said() {
        for wrong in ["", "ctrl-", "f13", "f0", "enterr", "hyper-x"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_plain_characters_type() {
        assert_eq!(Key::char('é').typed(), Some('é'));
        assert_eq!(Key::control('c').typed(), None);
        assert_eq!(Key::plain(KeyCode::Enter).typed(), None);
    }
}

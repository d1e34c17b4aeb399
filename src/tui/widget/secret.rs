//! A field for a secret: what is typed or pasted is held as a secret, and only its length is ever drawn.

use ratatui::{layout::Rect, style::Style, text::Span};
use secrecy::{ExposeSecret, SecretString};

use crate::tui::{
    key::{Key, KeyCode},
    view::Canvas,
};

/// The longest secret that is taken, in bytes; Meta's tokens are a few hundred long.
const LONGEST: usize = 4096;

/// A one-line field that never shows what it holds.
#[derive(Debug, Clone, Default)]
pub struct SecretField {
    typed: SecretString,
}

impl SecretField {
    /// What was typed, without the white space that comes along when copying.
    pub fn secret(&self) -> SecretString {
        self.typed.expose_secret().trim().into()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.typed.expose_secret().trim().is_empty()
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.typed = SecretString::default();
    }

    /// Takes a key if it edits the field, at its end. Says whether the key was taken.
    pub fn press(&mut self, key: Key) -> bool {
        match key.code {
            KeyCode::Char('u') if key.control => self.clear(),
            KeyCode::Char(_) if key.control || key.alt => return false,
            KeyCode::Char(character) => self.append(character.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => {
                let mut rest = self.typed.expose_secret().to_owned();
                rest.pop();
                self.typed = rest.into();
            }
            _ => return false,
        }
        true
    }

    /// Takes pasted text; control characters are left out.
    pub fn paste(&mut self, text: &str) {
        self.append(text);
    }

    fn append(&mut self, text: &str) {
        let mut whole = self.typed.expose_secret().to_owned();
        for character in text.chars().filter(|character| !character.is_control()) {
            if whole.len() + character.len_utf8() > LONGEST {
                break;
            }
            whole.push(character);
        }
        self.typed = whole.into();
    }

    /// Draws a dot for each character, as many as there is room for, and how many there are.
    pub fn draw(&self, area: Rect, canvas: &mut Canvas<'_>, style: Style, dim: Style, placeholder: &str, focused: bool) {
        canvas.fill(area, style);
        let count = self.typed.expose_secret().chars().count();
        if count == 0 {
            canvas.line(Span::styled(placeholder.to_owned(), style.patch(dim)), area);
        } else {
            let number = format!(" {count}");
            let room = usize::from(area.width).saturating_sub(number.len() + 1);
            canvas.line(Span::styled(format!("{}{number}", "•".repeat(count.min(room))), style), area);
        }
        if focused && area.width > 0 {
            let room = usize::from(area.width - 1);
            let x = area.x + u16::try_from(count.min(room.saturating_sub(count.to_string().len() + 1))).unwrap_or(0);
            canvas.fill(Rect { x, width: 1, height: 1, ..area }, style.add_modifier(ratatui::style::Modifier::REVERSED));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_token_is_taken_whole_without_its_line_end_and_never_written() {
        let mut field = SecretField::default();
        field.paste(" EAAtest123\r\n");
        assert_eq!(field.secret().expose_secret(), "EAAtest123");
        assert!(!format!("{field:?}").contains("EAAtest"));
    }

    #[test]
    fn keys_edit_at_the_end_and_screen_keys_are_left_alone() {
        let mut field = SecretField::default();
        assert!(field.press(Key::char('a')) && field.press(Key::char('b')));
        assert!(field.press(Key::plain(KeyCode::Backspace)));
        assert_eq!(field.secret().expose_secret(), "a");
        assert!(!field.press(Key::control('s')) && !field.press(Key::plain(KeyCode::Enter)));
        assert!(field.press(Key::control('u')));
        assert!(field.is_empty());
    }

    #[test]
    fn an_endless_paste_stops_at_the_longest_secret() {
        let mut field = SecretField::default();
        field.paste(&"é".repeat(LONGEST));
        assert_eq!(field.secret().expose_secret().len(), LONGEST);
    }
}

//! A one-line text field.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, widgets::Widget};
use ratatui_textarea::{Input, Key as AreaKey, TextArea};

use crate::tui::key::{Key, KeyCode};

/// A one-line text field: what was typed, and where the cursor stands.
#[derive(Debug, Clone, Default)]
pub struct TextField {
    area: TextArea<'static>,
}

impl TextField {
    /// A field that holds this text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut field = Self::default();
        field.paste(text);
        field
    }

    /// What the field holds.
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Takes a key if it edits the line. Says whether the key was taken.
    pub fn press(&mut self, key: Key) -> bool {
        let code = match key.code {
            KeyCode::Char(character) => AreaKey::Char(character),
            KeyCode::Backspace => AreaKey::Backspace,
            KeyCode::Delete => AreaKey::Delete,
            KeyCode::Left => AreaKey::Left,
            KeyCode::Right => AreaKey::Right,
            KeyCode::Home => AreaKey::Home,
            KeyCode::End => AreaKey::End,
            _ => return false,
        };
        // Of the editor's own control keys only those of a shell's line; the rest belong to the screen.
        let is_editing_chord = key.control && matches!(key.code, KeyCode::Char('a' | 'e' | 'u' | 'w' | 'k' | 'h'));
        if matches!(key.code, KeyCode::Char(_)) && (key.control || key.alt) && !is_editing_chord {
            return false;
        }
        if key.control && key.code == KeyCode::Char('u') {
            self.area.delete_line_by_head();
            return true;
        }
        self.area.input(Input { key: code, ctrl: key.control, alt: key.alt, shift: false });
        true
    }

    /// Inserts pasted text as one line: line ends and tabs become spaces.
    pub fn paste(&mut self, text: &str) {
        let line: String = crate::text::clean(text).replace(['\n', '\r', '\t'], " ");
        self.area.insert_str(line);
    }

    /// Inserts pasted text with its line breaks, each as this sign.
    pub fn paste_lines(&mut self, text: &str, line_break: char) {
        let line: String = crate::text::clean_lines(text).replace('\n', &line_break.to_string()).replace('\t', " ");
        self.area.insert_str(line);
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.area = TextArea::default();
    }

    /// Draws the field; the cursor shows only when it has the focus, the placeholder only when it is empty.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, style: Style, dim: Style, placeholder: &str, focused: bool) {
        if area.is_empty() {
            return;
        }
        let mut shown = self.area.clone();
        shown.set_style(style);
        shown.set_cursor_line_style(Style::new());
        shown.set_placeholder_text(placeholder);
        shown.set_placeholder_style(style.patch(dim));
        shown.set_cursor_style(if focused { style.add_modifier(ratatui::style::Modifier::REVERSED) } else { style });
        (&shown).render(area, buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_of_several_lines_becomes_one() {
        let mut field = TextField::default();
        field.paste("one\ntwo\tthree");
        assert_eq!(field.text(), "one two three");
    }

    #[test]
    fn keys_of_the_screen_are_left_to_it() {
        let mut field = TextField::new("a");
        assert!(!field.press(Key::control('s')));
        assert!(!field.press(Key::plain(KeyCode::Enter)));
        assert!(!field.press(Key::plain(KeyCode::Down)));
        assert_eq!(field.text(), "a");
    }

    #[test]
    fn typing_and_erasing_edit_at_the_cursor() {
        let mut field = TextField::new("ac");
        field.press(Key::plain(KeyCode::Left));
        field.press(Key::char('b'));
        assert_eq!(field.text(), "abc");
        field.press(Key::control('u'));
        assert_eq!(field.text(), "c");
    }
}

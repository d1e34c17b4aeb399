//! What the terminal sends, in our own words. Together with `terminal` the only user of crossterm.

use std::thread;

use crossterm::event::{Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use ratatui::layout::{Position, Size};
use tokio::sync::mpsc;

use super::key::{Key, KeyCode};

/// Something that the person at the terminal did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Pressed a key.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// Pressed the left button on a cell.
    Click(Position),
    /// Turned the wheel by so many lines, down if positive.
    Wheel(i32),
    /// Gave the terminal another size.
    Resize(Size),
}

/// What the person at the terminal does. The channel closes when the terminal is gone.
///
/// A thread of its own waits for it: when a terminal is closed, crossterm's reading can go round in circles, and only a
/// main loop that is free hears the signal that ends the program then.
pub fn inputs() -> mpsc::UnboundedReceiver<Input> {
    let (sender, inputs) = mpsc::unbounded_channel();
    thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if let Some(input) = read(event)
                && sender.send(input).is_err()
            {
                break;
            }
        }
    });
    inputs
}

fn read(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => read_key(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(width, height) => Some(Input::Resize(Size { width, height })),
        Event::Mouse(mouse) => {
            let position = Position { x: mouse.column, y: mouse.row };
            match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(position)),
                MouseEventKind::ScrollUp => Some(Input::Wheel(-3)),
                MouseEventKind::ScrollDown => Some(Input::Wheel(3)),
                _ => None,
            }
        }
        _ => None,
    }
}

fn read_key(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        Code::Char(character) => KeyCode::Char(character),
        Code::F(number) => KeyCode::Function(number),
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Escape,
        Code::BackTab => KeyCode::BackTab,
        Code::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        Code::Tab => KeyCode::Tab,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        _ => return None,
    };
    Some(Key { code, control: event.modifiers.contains(KeyModifiers::CONTROL), alt: event.modifiers.contains(KeyModifiers::ALT) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_released_key_is_no_key_press() {
        let mut event = KeyEvent::new(Code::Char('q'), KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert!(read(Event::Key(event)).is_none());
    }

    #[test]
    fn control_is_told_apart_from_the_plain_key() {
        let event = KeyEvent::new(Code::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(read(Event::Key(event)), Some(Input::Key(Key::control('c'))));
    }
}

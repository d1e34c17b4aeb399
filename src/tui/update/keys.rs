//! Keys, pastes and the wheel: to what lies on top, else to a field that is being typed in, else to a command.

use super::{activity, commands, composer, overlays};
use crate::tui::{
    command::{CommandId, Scope, command},
    effect::Effect,
    key::{Key, KeyCode},
    model::{Model, Screen, overlay::Overlay},
};

/// Takes a key.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    if key == Key::control('c') {
        model.quitting = true;
        return Vec::new();
    }
    if key == Key::control('z') {
        return vec![Effect::Suspend];
    }
    let explains = model.keymap.resolve(Scope::Everywhere, key) == Some(CommandId::Explain) && key.typed().is_none();
    if explains && !matches!(model.overlays.last(), Some(Overlay::Explain(_))) {
        // On top of whatever else lies there.
        return super::explain::open(model);
    }
    if !model.overlays.is_empty() {
        return overlays::press(model, key);
    }
    if model.screen == Screen::Accounts && model.accounts.filtering {
        return press_in_filter(model, key);
    }
    if model.screen == Screen::Activity && model.activity.filtering {
        return activity::press_in_filter(model, key);
    }
    if model.screen == Screen::Composer
        && let Some(effects) = composer::press(model, key)
    {
        return effects;
    }
    match model.keymap.resolve(model.scope(), key) {
        Some(command) => commands::run(model, command),
        None => {
            say_where(model, key);
            Vec::new()
        }
    }
}

/// On the list, a key that an account's own screen knows says so instead of nothing.
fn say_where(model: &mut Model, key: Key) {
    let known = model.keymap.resolve(Scope::Account, key).filter(|_| model.screen == Screen::Accounts);
    let Some(known) = known else { return };
    let open = model.keymap.hint(CommandId::OpenAccount).unwrap_or_default();
    let title = model.text(&command(known).title_id());
    let words = model.texts.with("accounts-key-elsewhere", &[("title", title.into()), ("key", open.into())]);
    super::say(model, words, false);
}

/// Takes pasted text: into the field that is being typed in; elsewhere it is nobody's, so that no paste runs commands.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if !model.overlays.is_empty() {
        return overlays::paste(model, text);
    }
    if model.screen == Screen::Accounts && model.accounts.filtering {
        model.accounts.filter.paste(text);
        model.reorder = true;
        return Vec::new();
    }
    if model.screen == Screen::Activity {
        return activity::paste(model, text);
    }
    if model.screen == Screen::Composer {
        return composer::paste(model, text);
    }
    Vec::new()
}

/// Takes a turn of the wheel.
pub fn wheel(model: &mut Model, lines: i32) -> Vec<Effect> {
    if model.overlays.is_empty() {
        return commands::move_by(model, i64::from(lines));
    }
    overlays::scroll(model, i64::from(lines));
    Vec::new()
}

fn press_in_filter(model: &mut Model, key: Key) -> Vec<Effect> {
    match key.code {
        KeyCode::Enter => model.accounts.filtering = false,
        KeyCode::Escape => {
            model.accounts.filtering = false;
            model.accounts.filter.clear();
            model.reorder = true;
        }
        KeyCode::Up => return commands::move_by(model, -1),
        KeyCode::Down => return commands::move_by(model, 1),
        KeyCode::PageUp => return commands::move_page(model, -1),
        KeyCode::PageDown => return commands::move_page(model, 1),
        _ => {
            if model.accounts.filter.press(key) {
                model.reorder = true;
            }
        }
    }
    Vec::new()
}

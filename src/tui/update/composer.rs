//! What keys and answers do to the composer.

use crate::{
    domain::{Template, WabaId},
    ops::Problem,
    tui::{
        effect::Effect,
        key::Key,
        model::{Model, Screen, composer::Tab, overlay::ChoiceValue, remote::Generation},
    },
};

/// Opens the composer for the selected account.
pub fn open(model: &mut Model) -> Vec<Effect> {
    model.screen = Screen::Composer;
    Vec::new()
}

/// Takes a key, if the composer's focus wants it; `None` leaves it to the keymap.
pub fn press(_model: &mut Model, _key: Key) -> Option<Vec<Effect>> {
    None
}

/// Takes pasted text.
pub fn paste(_model: &mut Model, _text: &str) -> Vec<Effect> {
    Vec::new()
}

/// Moves the focus, or scrolls the preview.
pub fn move_by(_model: &mut Model, _lines: i64) {}

/// Puts the focus on a field.
pub fn focus(_model: &mut Model, _field: usize) -> Vec<Effect> {
    Vec::new()
}

/// Shows a tab.
pub fn show_tab(model: &mut Model, tab: Tab) -> Vec<Effect> {
    model.composer.tab = tab;
    Vec::new()
}

/// Goes to the next or the previous tab.
pub fn turn_tab(_model: &mut Model, _by: i64) -> Vec<Effect> {
    Vec::new()
}

/// Opens the picker of templates.
pub fn pick_template(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Takes what a picker's choice stands for.
pub fn choose(_model: &mut Model, _value: ChoiceValue) -> Vec<Effect> {
    Vec::new()
}

/// Asks before sending.
pub fn ask_to_send(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Sends; the question was answered with yes.
pub fn send(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Copies the request.
pub fn copy_request(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Asks for the templates of the composer's account again.
pub fn reload_templates(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Takes templates.
pub fn take_templates(
    _model: &mut Model,
    _account: &WabaId,
    _generation: Generation,
    _result: Result<Vec<Template>, Problem>,
) -> Vec<Effect> {
    Vec::new()
}

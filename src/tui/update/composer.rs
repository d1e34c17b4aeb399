//! What keys and answers do to the composer.

pub mod draft;
mod pick;
mod pictures;
mod request;
mod send;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use self::{
    draft::{
        ask_export, ask_import, described, exported, find as find_drafts, keep_due, keep_now, note, take_drafts, take_imported,
        take_last, take_up_kept, use_path,
    },
    pick::{choose, pick_account, pick_template, reload_templates, take_templates},
    pictures::{take as take_picture, toggle as toggle_pictures, want as want_pictures, want_due as want_due_pictures},
    request::{prepare as prepare_request, take as take_request},
    send::{ask_to_send, send, send_again, take_outcome, take_report},
};
use super::{commands::moved, say};
use crate::{
    domain::{Account, Template, delivery::ProductPolicy, free_form::FreeFormPart, template::TemplateStatus},
    tui::{
        effect::Effect,
        key::{Key, KeyCode},
        model::{
            Model, Screen,
            composer::{Field, Kind, Tab, free},
        },
        screen,
        widget::bubble::Device,
    },
};

/// Seconds after which templates are asked for again when the composer is opened: Meta pauses and approves at any time.
const TEMPLATES_AGE: i64 = 60;

/// Opens the composer for the selected account. What was begun for it before is still there.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let selected = model.selected_account().or_else(|| model.composed_account()).or_else(|| model.fleet.all().first()).cloned();
    let Some(account) = selected else { return Vec::new() };
    let already_there = model.screen == Screen::Composer && model.composed_account().is_some();
    model.screen = Screen::Composer;
    let mut effects = Vec::new();
    if !std::mem::replace(&mut model.composer.asked_for_sends, true) {
        effects.extend([Effect::LoadSends, Effect::LookForDraft]);
    }
    if !already_there {
        if model.composer.account.as_ref() != Some(&account.id) {
            // Another message begins where messages begin.
            model.composer.tab = Tab::Compose;
        }
        effects.extend(compose_for(model, &account));
    }
    effects
}

/// Composes for an account. Another account means another message (R32).
fn compose_for(model: &mut Model, account: &Arc<Account>) -> Vec<Effect> {
    let composer = &mut model.composer;
    let another = composer.account.as_ref() != Some(&account.id);
    let mut effects = Vec::new();
    if another {
        effects.extend(keep_now(model));
        let composer = &mut model.composer;
        composer.account = Some(account.id.clone());
        model.accounts.choose(&account.id);
        let composer = &mut model.composer;
        composer.number = None;
        composer.template = None;
        composer.begin_message();
    }
    settle(model);
    let fresh = model.composed_templates().is_some_and(|templates| {
        let age = templates.known.as_ref().map(|(_, at)| model.now.as_second().saturating_sub(at.as_second()));
        // Asking for another account's templates ends this asking: what was under way then never answers.
        if templates.is_loading() { !another } else { age.is_some_and(|age| age < TEMPLATES_AGE) }
    });
    if another && !model.composer.account_creative.contains_key(&account.id) {
        effects.push(Effect::LoadCreative(account.id.clone()));
    }
    if !fresh {
        effects.extend(reload_templates(model));
    }
    effects
}

/// Begins another message from the same account: everything that was typed and chosen is gone (R32).
pub fn begin_anew(model: &mut Model) -> Vec<Effect> {
    let effects = keep_now(model);
    model.composer.begin_message();
    model.composer.template = None;
    settle(model);
    effects
}

/// Chooses what nobody has chosen yet, and makes room for the values that the template asks for.
pub fn settle(model: &mut Model) {
    if model.composed_number().is_none() {
        let account = model.composed_account();
        let first = account.and_then(|account| account.usable_numbers().next().or_else(|| account.numbers.first()));
        model.composer.number = first.map(|number| number.id.clone());
    }
    draft::take_wanted(model);
    if model.chosen_template().is_none() && model.composed_templates().is_some_and(|templates| templates.value().is_some()) {
        let templates = model.composed_templates().and_then(|templates| templates.value()).map(Vec::as_slice).unwrap_or_default();
        let first = crate::tui::model::composer::first_template(templates).cloned();
        match first {
            Some(template) => take_template(model, &template),
            None => model.composer.template = None,
        }
    }
}

/// Composes with a template. The delivery option and its choice are the message's, not the template's (R30).
fn take_template(model: &mut Model, template: &Arc<Template>) {
    let composer = &mut model.composer;
    composer.template = Some(template.id.clone());
    composer.fit_values(template);
    (composer.scroll, composer.preview_scroll, composer.card) = (0, 0, 0);
}

/// Makes the message of something else. What was typed stays, for when it is made of that again.
fn make_of(model: &mut Model, kind: Kind) {
    model.composer.message.kind = kind;
    fit_free(model);
    (model.composer.scroll, model.composer.preview_scroll, model.composer.card) = (0, 0, 0);
    if kind.is_free() {
        let first = model.free_fields().first().copied();
        first.into_iter().for_each(|field| model.composer.focus(field));
    } else {
        model.composer.focus(Field::Template);
    }
}

/// Makes room for every part that can be typed now.
fn fit_free(model: &mut Model) {
    for field in model.free_fields() {
        if let Field::Free(part) = field {
            model.composer.message.free.entry(part).or_default();
        }
    }
}

/// Asks the history since when a paused template is paused.
pub fn want_pauses(model: &mut Model) -> Vec<Effect> {
    let paused = model.composed_template().is_some_and(|template| template.status == TemplateStatus::Paused);
    match &model.composer.account {
        Some(account) if paused && model.screen == Screen::Composer && !model.composer.pauses.contains_key(account) => {
            let account = account.clone();
            model.composer.pauses.insert(account.clone(), Vec::new());
            vec![Effect::LoadPauses(account)]
        }
        _ => Vec::new(),
    }
}

/// Takes a key, if the composer's focus wants it; `None` leaves it to the keymap.
pub fn press(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let focus = model.composer_focus();
    match key.code {
        KeyCode::Enter if key.alt && focus == Some(Field::Free(FreeFormPart::Body)) => break_line(model),
        KeyCode::Enter => return Some(enter(model, focus)),
        KeyCode::Char(' ') if matches!(focus, Some(Field::Optimized | Field::Strict | Field::ActivitySharing | Field::Proof)) => {
            return Some(enter(model, focus));
        }
        KeyCode::PageUp => scroll_preview(model, -page(model)),
        KeyCode::PageDown => scroll_preview(model, page(model)),
        _ => return type_key(model, key, focus),
    }
    Some(Vec::new())
}

/// A line break in a text without a template; values of templates cannot hold one.
fn break_line(model: &mut Model) {
    if let Some(field) = model.composer.typed_field() {
        field.paste_lines("\n", free::LINE_BREAK);
    }
}

/// A key for the text field with the focus. A command of the composer goes before the editing keys of a line.
fn type_key(model: &mut Model, key: Key, focus: Option<Field>) -> Option<Vec<Effect>> {
    let is_command = (key.control || key.alt)
        && model
            .keymap
            .resolve(crate::tui::command::Scope::Composer, key)
            .is_some_and(|id| crate::tui::command::command(id).scope == crate::tui::command::Scope::Composer);
    let is_typing = matches!(focus, Some(Field::Value(_) | Field::Free(_) | Field::Recipient));
    if is_command || !is_typing {
        return None;
    }
    let taken = model.composer.typed_field().is_some_and(|field| field.press(key));
    if taken {
        fit_free(model);
        keep_focus_in_sight(model);
    }
    // No letter that was meant for a field may run a command.
    (taken || key.typed().is_some()).then(Vec::new)
}

/// Enter on a field: opens its list, checks its box, goes on to the next one.
fn enter(model: &mut Model, focus: Option<Field>) -> Vec<Effect> {
    match focus {
        Some(Field::Kind) => pick::pick_kind(model),
        Some(Field::Account) => pick::pick_account(model),
        Some(Field::Number) => pick::pick_number(model),
        Some(Field::Template) => return pick_template(model),
        Some(Field::Optimized) => toggle_optimized(model),
        Some(Field::Strict) => toggle_strict(model),
        Some(Field::ActivitySharing) => turn_activity_sharing(model),
        Some(Field::Proof) => model.composer.message.test_as_composed = !model.composer.message.test_as_composed,
        Some(Field::Sent(ticket)) => return send::ask_to_send_again(model, ticket),
        Some(Field::Value(_) | Field::Free(_) | Field::Recipient) => move_focus(model, 1),
        None => {}
    }
    Vec::new()
}

/// R32: by hand, for this message only.
fn toggle_optimized(model: &mut Model) {
    let (Some(kind), Some(account)) = (model.composed_kind(), model.composed_account().cloned()) else { return };
    model.composer.message.choice.toggle(kind, &account);
}

/// As the account has it, on, off, and round again.
fn turn_activity_sharing(model: &mut Model) {
    let sharing = &mut model.composer.message.choice.activity_sharing;
    *sharing = match sharing {
        None => Some(true),
        Some(true) => Some(false),
        Some(false) => None,
    };
}

/// R34: chosen per message.
fn toggle_strict(model: &mut Model) {
    let policy = &mut model.composer.message.choice.policy;
    *policy = match policy {
        ProductPolicy::CloudApiFallback => ProductPolicy::Strict,
        ProductPolicy::Strict => ProductPolicy::CloudApiFallback,
    };
}

/// Takes pasted text.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let is_text = model.composer_focus() == Some(Field::Free(FreeFormPart::Body));
    if let Some(field) = model.composer.typed_field() {
        if is_text {
            field.paste_lines(text, free::LINE_BREAK);
        } else {
            field.paste(text);
            if text.trim().contains(['\n', '\r', '\t']) {
                let words = model.text("composer-pasted-lines");
                say(model, words, false);
            }
        }
        fit_free(model);
        keep_focus_in_sight(model);
    }
    Vec::new()
}

/// One line moves the focus; more (the wheel, a page) scroll what is beside or below.
pub fn move_by(model: &mut Model, lines: i64) {
    match (lines, model.composer.tab) {
        (-1 | 1, Tab::Preview) => scroll_preview(model, lines),
        (-1 | 1, _) => move_focus(model, lines),
        (_, Tab::Compose | Tab::Preview) => scroll_preview(model, lines),
        _ => scroll_content(model, lines),
    }
}

fn page(model: &Model) -> i64 {
    let height = screen::composer::layout(model).content.height;
    i64::from(height.saturating_sub(1).max(1))
}

fn scroll_preview(model: &mut Model, lines: i64) {
    let last = screen::composer::preview_last_start(model);
    model.composer.preview_scroll = moved(model.composer.preview_scroll.min(last), lines, last);
}

fn scroll_content(model: &mut Model, lines: i64) {
    let last = screen::composer::content_last_start(model);
    model.composer.scroll = moved(model.composer.scroll.min(last), lines, last);
}

/// Moves the focus by so many fields. Past the last one the words below come into sight.
fn move_focus(model: &mut Model, by: i64) {
    let fields = model.composer_fields();
    let place = model.composer_focus().and_then(|focus| fields.iter().position(|field| *field == focus));
    let wanted = place.map(|place| moved(place, by, fields.len().saturating_sub(1)));
    match wanted.and_then(|place| fields.get(place)) {
        Some(field) if wanted != place => set_focus(model, *field),
        _ => scroll_content(model, by),
    }
}

fn set_focus(model: &mut Model, field: Field) {
    model.composer.focus(field);
    keep_focus_in_sight(model);
    // The card that is being written stands in the preview.
    if let Some(card) = screen::composer::card_of(model, field) {
        model.composer.card = card;
        model.composer.preview_scroll = screen::composer::first_row_of_cards(model);
    }
}

fn keep_focus_in_sight(model: &mut Model) {
    model.composer.scroll = screen::composer::first_content_row(model);
}

/// Puts the focus on a field that was clicked: opens its list, or checks its box.
pub fn focus(model: &mut Model, place: usize) -> Vec<Effect> {
    let Some(field) = model.composer_fields().get(place).copied() else { return Vec::new() };
    let had_it = model.composer_focus() == Some(field);
    set_focus(model, field);
    match field {
        Field::Value(_) | Field::Free(_) | Field::Recipient => Vec::new(),
        Field::Sent(_) if !had_it => Vec::new(),
        _ => enter(model, Some(field)),
    }
}

/// Shows a tab.
pub fn show_tab(model: &mut Model, tab: Tab) -> Vec<Effect> {
    if model.composer.tab != tab {
        model.composer.tab = tab;
        model.composer.scroll = 0;
        keep_focus_in_sight(model);
    }
    Vec::new()
}

/// Goes to the next or the previous tab.
pub fn turn_tab(model: &mut Model, by: i64) -> Vec<Effect> {
    show_tab(model, model.composer.tab.turned(by))
}

/// Fills every empty field that has an example. What stands in the fields then says enough.
pub fn fill_examples(model: &mut Model) {
    model.composer.fill_examples();
}

/// Shows the next or the previous card of a carousel, or language where they stand side by side.
pub fn turn_card(model: &mut Model, by: i64) {
    if screen::composer::compares_languages(model) {
        let last = model.composed_languages().len().saturating_sub(1);
        model.composer.look.first_language = moved(model.composer.look.first_language, by, last);
        return;
    }
    let last = screen::composer::card_count(model).saturating_sub(1);
    model.composer.card = moved(model.composer.card, by, last);
    model.composer.preview_scroll = screen::composer::first_row_of_cards(model);
}

/// Shows the message as the other kind of device does.
pub fn change_device(model: &mut Model) {
    let look = &mut model.composer.look;
    look.device = match look.device {
        Device::Phone => Device::Desktop,
        Device::Desktop => Device::Phone,
    };
    model.composer.preview_scroll = 0;
}

/// Shows the message in the colours of the other theme, or in its own again.
pub fn change_colours(model: &mut Model) {
    model.composer.look.theme = match model.composer.look.theme {
        Some(_) => None,
        None => model.theme.other().map(Box::new),
    };
}

/// Puts all languages of the template side by side on the Preview tab, or one alone again.
pub fn compare_languages(model: &mut Model) -> Vec<Effect> {
    let look = &mut model.composer.look;
    look.languages = model.composer.tab != Tab::Preview || !look.languages;
    look.first_language = 0;
    model.composer.preview_scroll = 0;
    show_tab(model, Tab::Preview)
}

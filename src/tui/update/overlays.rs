//! Keys for what lies on top of a screen.

use super::{commands, composer, explain, results, session, upgrade};
use crate::tui::{
    command::{COMMANDS, Command, CommandId, Scope},
    effect::Effect,
    key::{Key, KeyCode},
    model::{
        Model,
        overlay::{Choice, Confirm, Confirmed, Overlay, PathPrompt, PathPurpose, Picker, SignInField},
    },
    overlay,
    widget::input::TextField,
};

/// Takes a key for the topmost overlay.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(overlay) = model.overlays.last_mut() else { return Vec::new() };
    if let (Overlay::SignIn(form), false) = (&mut *overlay, key.code == KeyCode::Escape) {
        return session::press(form, key).into_iter().collect();
    }
    if matches!(overlay, Overlay::Upgrade(_)) {
        return upgrade::press(model, key);
    }
    match (overlay, key.code) {
        (_, KeyCode::Escape) => {
            model.overlays.pop();
        }
        (Overlay::Explain(_), KeyCode::Char('y')) => return explain::copy(model),
        (Overlay::Request(view), KeyCode::Tab | KeyCode::BackTab | KeyCode::Left | KeyCode::Right) => {
            view.as_curl = !view.as_curl;
            view.scroll = 0;
        }
        (Overlay::Request(view), KeyCode::Char('y')) => {
            let shown = view.shown();
            let words = model.text("request-copied");
            super::say(model, words, false);
            return vec![Effect::Copy(shown)];
        }
        (Overlay::Path(_), KeyCode::Enter) => return composer::use_path(model),
        (Overlay::Path(prompt), KeyCode::Tab | KeyCode::BackTab) => toggle_recipients(prompt),
        (
            Overlay::Help { .. } | Overlay::Benefits | Overlay::Explain(_) | Overlay::Request(_) | Overlay::Checks { .. },
            KeyCode::Enter | KeyCode::Char('q' | '?' | 'e'),
        ) => {
            model.overlays.pop();
        }
        (Overlay::Confirm(_), KeyCode::Char('n')) => {
            model.overlays.pop();
        }
        (Overlay::Confirm(_), KeyCode::Enter | KeyCode::Char('y')) => return confirm(model),
        (Overlay::Palette { .. } | Overlay::Picker(_), KeyCode::Enter) => return enter(model),
        (_, KeyCode::Up) => scroll(model, -1),
        (_, KeyCode::Down) => scroll(model, 1),
        (_, KeyCode::PageUp) => scroll(model, -10),
        (_, KeyCode::PageDown) => scroll(model, 10),
        (Overlay::Help { .. } | Overlay::Explain(_) | Overlay::Request(_) | Overlay::Checks { .. }, KeyCode::Char('k')) => {
            scroll(model, -1)
        }
        (Overlay::Help { .. } | Overlay::Explain(_) | Overlay::Request(_) | Overlay::Checks { .. }, KeyCode::Char('j')) => {
            scroll(model, 1)
        }
        (Overlay::Path(prompt), _) => {
            prompt.field.press(key);
        }
        (Overlay::Palette { filter, line } | Overlay::Picker(Picker { filter, line, .. }), _) => {
            // What narrows the list begins again at its first line.
            let typed = filter.press(key);
            *line = if typed { 0 } else { *line };
        }
        _ => {}
    }
    Vec::new()
}

/// Takes pasted text, where there is a field for it.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.overlays.last_mut() {
        Some(Overlay::Palette { filter, line } | Overlay::Picker(Picker { filter, line, .. })) => {
            filter.paste(text);
            *line = 0;
        }
        Some(Overlay::SignIn(form)) => session::paste(form, text),
        Some(Overlay::Upgrade(_)) => upgrade::filter_pasted(model, text),
        Some(Overlay::Path(prompt)) => prompt.field.paste(text),
        _ => {}
    }
    Vec::new()
}

/// Moves the chosen line, or scrolls.
pub fn scroll(model: &mut Model, lines: i64) {
    let last = line_count(model).saturating_sub(1);
    match model.overlays.last_mut() {
        Some(Overlay::Request(view)) => view.scroll = commands::moved(view.scroll, lines, last),
        Some(
            Overlay::Help { scroll: line }
            | Overlay::Checks { scroll: line }
            | Overlay::Palette { line, .. }
            | Overlay::Picker(Picker { line, .. }),
        ) => {
            *line = commands::moved(*line, lines, last);
        }
        Some(Overlay::Explain(overlay)) => overlay.line = commands::moved(overlay.line, lines, last),
        Some(Overlay::Upgrade(_)) => upgrade::scroll(model, lines),
        _ => {}
    }
}

fn line_count(model: &Model) -> usize {
    match model.overlays.last() {
        Some(Overlay::Help { .. }) => help_commands(model).len() + Scope::ALL.len(),
        Some(Overlay::Request(view)) => overlay::request::last_start(model, view) + 1,
        Some(Overlay::Checks { .. }) => overlay::checks::last_start(model) + 1,
        Some(Overlay::Palette { filter, .. }) => palette_commands(model, filter).len(),
        Some(Overlay::Explain(overlay)) => overlay.topics.len(),
        Some(Overlay::Picker(picker)) => matching(picker).len(),
        _ => 0,
    }
}

/// Takes a click on a line.
pub fn click_line(model: &mut Model, clicked: usize) -> Vec<Effect> {
    match model.overlays.last_mut() {
        Some(Overlay::Confirm(_)) => {
            return if clicked == 0 { confirm(model) } else { press(model, Key::plain(KeyCode::Escape)) };
        }
        Some(Overlay::Palette { line, .. } | Overlay::Picker(Picker { line, .. })) => *line = clicked,
        Some(Overlay::Upgrade(_)) => return upgrade::click(model, clicked),
        Some(Overlay::Path(prompt)) => {
            toggle_recipients(prompt);
            return Vec::new();
        }
        Some(Overlay::Explain(overlay)) => {
            overlay.line = clicked.min(overlay.topics.len().saturating_sub(1));
            return Vec::new();
        }
        Some(Overlay::SignIn(form)) => {
            form.field = SignInField::ALL.get(clicked).copied().unwrap_or(form.field);
            return Vec::new();
        }
        _ => return Vec::new(),
    }
    enter(model)
}

fn toggle_recipients(prompt: &mut PathPrompt) {
    if let PathPurpose::Export { with_recipients, .. } = &mut prompt.purpose {
        *with_recipients = !*with_recipients;
    }
}

fn enter(model: &mut Model) -> Vec<Effect> {
    match model.overlays.last() {
        Some(Overlay::Palette { filter, line }) => {
            let chosen = palette_commands(model, filter).get(*line).map(|command| command.id);
            model.overlays.pop();
            chosen.map_or_else(Vec::new, |id| commands::run(model, id))
        }
        Some(Overlay::Picker(picker)) => {
            let chosen = matching(picker).get(picker.line).map(|choice| choice.value.clone());
            if chosen.is_some() {
                model.overlays.pop();
            }
            chosen.map_or_else(Vec::new, |value| composer::choose(model, value))
        }
        _ => Vec::new(),
    }
}

fn confirm(model: &mut Model) -> Vec<Effect> {
    match model.overlays.pop() {
        Some(Overlay::Confirm(Confirm { yes: Confirmed::Command(CommandId::Send), .. })) => composer::send(model),
        Some(Overlay::Confirm(Confirm { yes: Confirmed::Command(id), .. })) => commands::run(model, id),
        Some(Overlay::Confirm(Confirm { yes: Confirmed::Invite(portfolio), .. })) => upgrade::invite(model, &portfolio),
        Some(Overlay::Confirm(Confirm { yes: Confirmed::SignUp(portfolio), .. })) => upgrade::sign_up(model, &portfolio),
        Some(Overlay::Confirm(Confirm { yes: Confirmed::Abandon(portfolio), .. })) => upgrade::abandon(model, &portfolio),
        Some(Overlay::Confirm(Confirm { yes: Confirmed::EnableInsights(account), .. })) => results::enable(account),
        Some(Overlay::Confirm(Confirm { yes: Confirmed::SendAgain(ticket), .. })) => composer::send_again(model, ticket),
        _ => Vec::new(),
    }
}

/// The commands that help lists: those of the screen below, then those that hold everywhere.
pub fn help_commands(model: &Model) -> Vec<&'static Command> {
    let own = screen_scope(model);
    let of = |scope: Scope| COMMANDS.iter().filter(move |command| command.scope == scope);
    of(own).chain(of(Scope::Everywhere)).collect()
}

fn screen_scope(model: &Model) -> Scope {
    match model.screen {
        crate::tui::model::Screen::Accounts => Scope::Accounts,
        crate::tui::model::Screen::Account(_) => Scope::Account,
        crate::tui::model::Screen::Activity => Scope::Activity,
        crate::tui::model::Screen::Results => Scope::Results,
        crate::tui::model::Screen::Composer => Scope::Composer,
    }
}

/// The commands of the palette that match what was typed.
pub fn palette_commands(model: &Model, filter: &TextField) -> Vec<&'static Command> {
    let wanted = filter.text().to_lowercase();
    let matches = |command: &&Command| {
        let words =
            format!("{} {} {}", command.name, model.text(&command.title_id()), model.text(&command.help_id())).to_lowercase();
        wanted.split_whitespace().all(|word| words.contains(word))
    };
    help_commands(model).into_iter().filter(matches).filter(|command| command.id != CommandId::OpenPalette).collect()
}

/// The choices of a picker that match what was typed.
pub fn matching(picker: &Picker) -> Vec<&Choice> {
    let wanted = picker.filter.text().to_lowercase();
    let matches = |choice: &&Choice| {
        let words = format!("{} {}", choice.label, choice.note).to_lowercase();
        wanted.split_whitespace().all(|word| words.contains(word))
    };
    picker.choices.iter().filter(matches).collect()
}

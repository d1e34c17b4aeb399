//! The line at the bottom: the keys that work here and now, the most useful ones first, as many as fit.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
};

use super::{Canvas, Target};
use crate::{
    text,
    tui::{
        command::{COMMANDS, Command, CommandId, Scope},
        model::{
            Model,
            overlay::{Overlay, PathPrompt, PathPurpose},
        },
        overlay,
        screen::composer,
        update::out_of_sight,
    },
};

/// Draws the footer.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    if let Some(words) = overlay_hint(model, usize::from(area.width.saturating_sub(1))) {
        canvas.line(Span::styled(format!(" {words}"), theme.dim), area);
        return;
    }
    let mut x = area.x + 1;
    for (command, key, title) in hints(model, area.width.saturating_sub(1)) {
        let line = Line::from(vec![Span::styled(key, theme.key), Span::raw(" "), Span::styled(title, theme.dim)]);
        let width = u16::try_from(line.width()).unwrap_or(u16::MAX);
        let place = Rect { x, width: width.min(area.right().saturating_sub(x)), ..area };
        canvas.line(line, place);
        canvas.target(place, Target::Command(command.id));
        x = x.saturating_add(width + 2);
    }
}

/// The hints that fit, in the order in which they are shown: by rank, but quitting always last and always there.
fn hints(model: &Model, width: u16) -> Vec<(&'static Command, String, String)> {
    let scope = model.scope();
    let mut candidates: Vec<&Command> = COMMANDS
        .iter()
        .filter(|command| (command.scope == scope || command.scope == Scope::Everywhere) && rank(model, scope, command) > 0)
        .filter(|command| (command.enabled)(model).is_ok())
        .filter(|command| command.id != CommandId::ShowActivity || scope != Scope::Activity)
        .filter(|command| command.id != CommandId::ShowResults || scope != Scope::Results)
        .collect();
    candidates.sort_by_key(|command| std::cmp::Reverse(rank(model, scope, command)));
    let mut room = i32::from(width);
    let mut chosen: Vec<(&Command, String, String)> = Vec::new();
    // Help and quit first claim their room, so that a narrow terminal never loses the way out.
    let must = |command: &&Command| matches!(command.id, CommandId::OpenHelp | CommandId::Quit);
    for command in candidates.iter().filter(|command| must(command)).chain(candidates.iter().filter(|command| !must(command))) {
        let typing = model.is_typing();
        let Some(key) = model.keymap.keys(command.id).into_iter().find(|key| !typing || key.typed().is_none()) else { continue };
        let own = if scope == Scope::Composer { composer::for_footer(model, command.id) } else { None };
        let (key, title) = match own {
            Some((keys, title)) => (keys.unwrap_or_else(|| key.hint()), title),
            None => (key.hint(), model.text(&command.title_id())),
        };
        let needed = i32::try_from(text::width(&key) + 1 + text::width(&title) + 2).unwrap_or(i32::MAX);
        if needed - 2 <= room {
            room -= needed;
            chosen.push((command, key, title));
        }
    }
    chosen.sort_by_key(|(command, ..)| {
        (command.id == CommandId::Quit, command.id == CommandId::OpenHelp, std::cmp::Reverse(rank(model, scope, command)))
    });
    chosen
}

/// How early a command stands: as the table has it, unless the screen has its own mind.
fn rank(model: &Model, scope: Scope, command: &Command) -> u8 {
    let own = if scope == Scope::Composer { composer::rank(model, command.id) } else { None };
    own.unwrap_or(command.hint_rank)
}

fn overlay_hint(model: &Model, width: usize) -> Option<String> {
    let id = match model.overlays.last() {
        None if model.accounts.filtering || model.activity.filtering => "hint-filter",
        None => return None,
        Some(Overlay::Help { .. } | Overlay::Benefits) => "hint-read",
        Some(Overlay::Explain(_)) => "hint-explain",
        Some(Overlay::Palette { .. } | Overlay::Picker(_)) => "hint-pick",
        Some(Overlay::Confirm(_)) => "hint-confirm",
        Some(Overlay::Upgrade(upgrade)) if upgrade.filtering => "hint-filter",
        Some(Overlay::Upgrade(upgrade)) => {
            let moving = match &upgrade.page {
                None => "hint-upgrade-choose",
                Some(_) if upgrade.qr.is_some() => "hint-upgrade-qr",
                Some(_) if overlay::upgrade::layout::page(model, upgrade).way_rows.is_empty() => "hint-upgrade-read",
                Some(_) if out_of_sight(model).is_some() => "hint-upgrade-unseen",
                Some(_) => "hint-upgrade",
            };
            return Some(with_own_commands(model, model.text(moving), width));
        }
        Some(Overlay::SignIn(_)) => "hint-sign-in",
        Some(Overlay::Request(_)) => "hint-request",
        Some(Overlay::Checks { .. }) => "hint-read",
        Some(Overlay::Path(PathPrompt { purpose: PathPurpose::Import, .. })) => "hint-path",
        Some(Overlay::Path(_)) => "hint-path-export",
    };
    Some(model.text(id))
}

/// How one moves in what is on top, and behind that the commands that it has of its own, as many as fit.
fn with_own_commands(model: &Model, mut words: String, width: usize) -> String {
    let scope = model.scope();
    let mut own: Vec<&Command> = COMMANDS
        .iter()
        .filter(|command| command.hint_rank > 0 && command.scope == scope && (command.enabled)(model).is_ok())
        .collect();
    own.sort_by_key(|command| std::cmp::Reverse(command.hint_rank));
    for command in own {
        let Some(key) = model.keymap.hint(command.id) else { continue };
        let hint = format!(" · {key} {}", model.text(&command.title_id()));
        if text::width(&words) + text::width(&hint) <= width {
            words.push_str(&hint);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing;

    #[test]
    fn a_narrow_footer_keeps_help_and_quit() {
        let model = testing::model_with_fleet();
        for width in [20, 40, 60, 80, 160] {
            let shown: Vec<_> = hints(&model, width).iter().map(|(command, ..)| command.id).collect();
            assert!(shown.contains(&CommandId::OpenHelp) && shown.contains(&CommandId::Quit), "{width}: {shown:?}");
        }
    }

    #[test]
    fn r10_nothing_is_left_to_press_when_all_accounts_are_on() {
        let shown = |model: &Model| hints(model, 200).iter().any(|(command, ..)| command.id == CommandId::OpenUpgrade);
        assert!(shown(&testing::model_with_fleet()));
        assert!(!shown(&testing::model_with_all_on()));
    }
}

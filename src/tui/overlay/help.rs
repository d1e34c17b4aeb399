//! `?`: every key that works on the screen below.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
};

use super::frame;
use crate::{
    text,
    tui::{
        model::Model,
        update::help_commands,
        view::{Canvas, canvas::row},
    },
};

/// Draws the help.
pub fn draw(model: &Model, scroll: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let width = area.width.saturating_sub(4).min(96);
    let inside = frame(model, &model.text("help-title"), width, area.height, area, canvas);
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut scope = None;
    for command in help_commands(model) {
        if scope != Some(command.scope) {
            scope = Some(command.scope);
            lines.push(Line::from(Span::styled(model.text(command.scope.text_id()), theme.title)));
        }
        let keys = model.keymap.keys(command.id).iter().map(|key| key.hint()).collect::<Vec<_>>().join(" ");
        let room = usize::from(inside.width).saturating_sub(16);
        let help = model.text(&command.help_id());
        let mut first = true;
        for part in text::wrap(&help, room.max(10)) {
            let shown = if first { keys.as_str() } else { "" };
            let padding = " ".repeat(13_usize.saturating_sub(text::width(shown)));
            lines.push(Line::from(vec![
                Span::styled(format!("  {shown}{padding} "), theme.key),
                Span::styled(part.to_string(), theme.text),
            ]));
            first = false;
        }
    }
    let first = scroll.min(lines.len().saturating_sub(usize::from(inside.height)));
    let more = lines.len() > first + usize::from(inside.height);
    for (index, line) in (0_u16..).zip(lines.into_iter().skip(first).take(usize::from(inside.height))) {
        canvas.line(line, row(inside, index));
    }
    if more {
        let place = Rect { x: inside.right().saturating_sub(1), width: 1, ..row(inside, inside.height.saturating_sub(1)) };
        canvas.line(Span::styled("↓", theme.accent), place);
    }
}

//! Every check before sending, one line each, with the remedy below it.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::frame;
use crate::{
    domain::preflight::{Check, State},
    text,
    tui::{
        command::CommandId,
        model::Model,
        view::{Canvas, canvas::row},
    },
    wording::preflight,
};

/// The colour of a state; its glyph tells it as well.
pub fn style(model: &Model, state: State) -> Style {
    match state {
        State::Good => model.theme.good,
        State::Open => model.theme.dim,
        State::Care => model.theme.action,
        State::Bad => model.theme.bad,
    }
}

/// Columns that the names of the checks take.
fn label_width(model: &Model, checks: &[Check], width: usize) -> usize {
    let names = checks.iter().map(|check| text::width(&preflight::item(&model.texts, check.item)));
    (names.max().unwrap_or(0) + 2).min(width / 3)
}

/// Checks as lines, each with its remedy.
pub fn lines(model: &Model, checks: &[Check], width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let labels = label_width(model, checks, width);
    let key = model.keymap.hint(CommandId::OpenUpgrade).unwrap_or_default();
    let mut lines = Vec::new();
    for check in checks {
        let style = style(model, check.state);
        let name = text::truncate(&preflight::item(&model.texts, check.item), labels.saturating_sub(1)).into_owned();
        let found = preflight::finding(&model.texts, check, &model.composer.variables, &model.zone);
        let words = if check.state == State::Good { theme.text } else { style };
        for (index, part) in text::wrap(&found, width.saturating_sub(labels + 2).max(8)).into_iter().enumerate() {
            let (glyph, name) = if index == 0 { (preflight::glyph(check.state), name.as_str()) } else { ("", "") };
            let gap = " ".repeat(labels.saturating_sub(text::width(name)));
            lines.push(Line::from(vec![
                Span::styled(format!("{glyph:1} "), style),
                Span::styled(format!("{name}{gap}"), theme.dim),
                Span::styled(part.into_owned(), words),
            ]));
        }
        let remedy = preflight::remedy(&model.texts, check, &key);
        for (index, part) in
            remedy.iter().flat_map(|remedy| text::wrap(remedy, width.saturating_sub(labels + 4).max(8))).enumerate()
        {
            let arrow = if index == 0 { "→" } else { " " };
            lines.push(Line::from(Span::styled(format!("{}{arrow} {part}", " ".repeat(labels + 2)), theme.accent)));
        }
    }
    lines
}

/// How far they can be scrolled.
pub fn last_start(model: &Model) -> usize {
    let width = model.size.width.saturating_sub(4).min(96).saturating_sub(6);
    let room = usize::from(model.size.height.saturating_sub(5)).max(1);
    lines(model, &model.preflight(), usize::from(width)).len().saturating_sub(room)
}

/// Draws all checks.
pub fn draw(model: &Model, scroll: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let checks = model.preflight();
    let width = area.width.saturating_sub(4).min(96);
    let lines = lines(model, &checks, usize::from(width.saturating_sub(6)));
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(area.height);
    let inside = frame(model, &model.text("preflight-title"), width, height, area, canvas);
    let room = usize::from(inside.height);
    let first = scroll.min(lines.len().saturating_sub(room));
    let more = lines.len() > first + room;
    for (index, line) in (0_u16..).zip(lines.into_iter().skip(first).take(room)) {
        canvas.line(line, row(inside, index));
    }
    if more {
        let place = Rect { x: inside.right().saturating_sub(1), width: 1, ..row(inside, inside.height.saturating_sub(1)) };
        canvas.line(Span::styled("↓", model.theme.accent), place);
    }
}

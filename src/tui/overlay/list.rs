//! Lists to choose from: the palette of commands, and pickers.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
};

use super::frame;
use crate::{
    text,
    tui::{
        model::{Model, overlay::Picker},
        update::{matching, palette_commands},
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
        widget::input::TextField,
    },
};

/// Draws the palette.
pub fn draw_palette(model: &Model, filter: &TextField, line: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let width = area.width.saturating_sub(4).min(80);
    let height = area.height.saturating_sub(1).min(18);
    let inside = frame(model, &model.text("help-palette-title"), width, height, area, canvas);
    let rows: Vec<(String, String)> = palette_commands(model, filter)
        .into_iter()
        .map(|command| {
            let keys = model.keymap.hint(command.id).unwrap_or_default();
            (model.text(&command.title_id()), format!("{keys}  {}", model.text(&command.help_id())))
        })
        .collect();
    draw_list(model, filter, &model.text("help-palette-prompt"), &rows, line, inside, canvas);
}

/// Draws a picker.
pub fn draw_picker(model: &Model, picker: &Picker, area: Rect, canvas: &mut Canvas<'_>) {
    let width = area.width.saturating_sub(4).min(90);
    let wanted = u16::try_from(picker.choices.len()).unwrap_or(u16::MAX).saturating_add(4);
    let height = wanted.clamp(6, area.height.saturating_sub(1).max(6));
    let inside = frame(model, &picker.title, width, height, area, canvas);
    let rows: Vec<(String, String)> =
        matching(picker).into_iter().map(|choice| (choice.label.clone(), choice.note.clone())).collect();
    draw_list(model, &picker.filter, &model.text("picker-prompt"), &rows, picker.line, inside, canvas);
}

fn draw_list(
    model: &Model,
    filter: &TextField,
    prompt: &str,
    rows: &[(String, String)],
    chosen: usize,
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let theme = &model.theme;
    filter.draw(row(area, 0), canvas.buffer, theme.field, theme.dim, prompt, true);
    let list = below(area, 1);
    if rows.is_empty() {
        canvas.line(Span::styled(model.text("picker-none"), theme.dim), row(list, 0));
        return;
    }
    let height = usize::from(list.height).max(1);
    let first = if chosen >= height { chosen + 1 - height } else { 0 };
    let label_width = rows.iter().map(|(label, _)| text::width(label)).max().unwrap_or(0).min(usize::from(area.width) * 3 / 5);
    for (index, (place, (label, note))) in (0_u16..).zip(rows.iter().enumerate().skip(first).take(height)) {
        let line_area = row(list, index);
        let selected = place == chosen;
        let (label_style, note_style) = if selected { (theme.selection, theme.selection) } else { (theme.text, theme.dim) };
        if selected {
            canvas.fill(line_area, theme.selection);
        }
        let label = text::truncate(label, label_width);
        let padding = " ".repeat(label_width.saturating_sub(text::width(&label)) + 2);
        let room = usize::from(line_area.width).saturating_sub(label_width + 3);
        canvas.line(
            Line::from(vec![
                Span::styled(format!(" {label}{padding}"), label_style),
                Span::styled(text::truncate(note, room).into_owned(), note_style),
            ]),
            line_area,
        );
        canvas.target(line_area, Target::OverlayLine(place));
    }
    let last = u16::try_from(height.saturating_sub(1)).unwrap_or(0);
    more(model, (first > 0, first + height < rows.len()), (row(list, 0), row(list, last)), canvas);
}

/// Marks at the right edge that there are lines above the first or below the last row.
pub(super) fn more(model: &Model, (above, below): (bool, bool), (first, last): (Rect, Rect), canvas: &mut Canvas<'_>) {
    for (shown, mark, spot) in [(above, "↑", first), (below, "↓", last)] {
        if shown && spot.width > 0 {
            let edge = Rect { x: spot.right().saturating_sub(1), width: 1, ..spot };
            canvas.line(Span::styled(mark, model.theme.accent), edge);
        }
    }
}

//! All languages of a template side by side, each as the recipient would see it with the same values.

use ratatui::{layout::Rect, text::Span};

use super::preview;
use crate::{
    text,
    tui::{
        model::{Model, composer::Tab},
        view::{
            Canvas,
            canvas::{below, row},
        },
        widget::bubble::{self, BubbleRow},
    },
    wording,
};

/// A column is at least this wide.
const COLUMN: u16 = 38;

/// Whether all languages stand side by side now.
pub fn compares(model: &Model) -> bool {
    model.composer.tab == Tab::Preview && model.composer.look.languages && model.composed_languages().len() > 1
}

/// How many stand side by side, and which is the first.
fn shown(model: &Model, width: u16) -> (usize, usize) {
    let count = model.composed_languages().len();
    let at_once = usize::from(width / COLUMN).clamp(1, count.max(1));
    (at_once, model.composer.look.first_language.min(count.saturating_sub(at_once)))
}

/// Each language's name and its rows.
fn columns(model: &Model, width: u16) -> Vec<(String, Vec<BubbleRow>)> {
    let (at_once, first) = shown(model, width);
    let column = width / u16::try_from(at_once).unwrap_or(1).max(1);
    let languages = model.composed_languages();
    let name = |template: &crate::domain::Template| {
        let glyph = wording::message::template_glyph(&template.status);
        let status = wording::message::template_status(&model.texts, &template.status);
        format!("{glyph} {} · {status}", text::clean(&template.language))
    };
    languages
        .into_iter()
        .skip(first)
        .take(at_once)
        .map(|template| {
            let message = preview::rendered(model, template);
            (name(template), preview::of(model, &message).rows(column.saturating_sub(1)))
        })
        .collect()
}

/// How far the columns can be scrolled.
pub fn last_start(model: &Model, area: Rect) -> usize {
    let tallest = columns(model, area.width).iter().map(|(_, rows)| rows.len()).max().unwrap_or(0);
    tallest.saturating_sub(usize::from(area.height.saturating_sub(1)))
}

/// Draws the columns, with a line above each that names its language.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let columns = columns(model, area.width);
    let width = area.width / u16::try_from(columns.len()).unwrap_or(1).max(1);
    let (at_once, first) = shown(model, area.width);
    let count = model.composed_languages().len();
    for (place, (name, rows)) in (0_u16..).zip(&columns) {
        let column = Rect { x: area.x + place * width, width: width.saturating_sub(1), ..area };
        let back = if place == 0 && first > 0 { "‹ " } else { "" };
        let on = if usize::from(place) + 1 == columns.len() && first + at_once < count { " ›" } else { "" };
        let words = format!("{back}{name}{on}");
        let words = text::truncate(&words, usize::from(column.width.saturating_sub(1))).into_owned();
        canvas.line(Span::styled(words, model.theme.title), row(Rect { x: column.x + 1, ..column }, 0));
        bubble::draw(rows, model.composer.preview_scroll, below(column, 1), model.preview_theme(), canvas);
    }
}

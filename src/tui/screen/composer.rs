//! The composer's screen.

use ratatui::layout::Rect;

use crate::tui::{model::Model, view::Canvas};

/// Draws the screen.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    canvas.wrapped(&model.text(model.composer.tab.text_id()), model.theme.title, area);
}

//! What stands further down on an account's page, at a glance beside it where the terminal is wide: until when, the numbers,
//! what changed lately. Nothing here is chosen; the page has all of it.

use ratatui::{layout::Rect, text::Span, widgets::Widget};

use super::{Page, WIDEST, about, findings, numbers, past};
use crate::{
    domain::Account,
    tui::{
        model::Model,
        view::{Canvas, canvas::row},
    },
};

/// Columns that it needs; in fewer the numbers would be cut.
const LEAST: u16 = 32;

/// Draws it into what the page leaves of the area; nothing where that is too little.
pub fn draw(model: &Model, account: &Account, area: Rect, canvas: &mut Canvas<'_>) {
    let left = area.width.saturating_sub(WIDEST);
    if left < LEAST + 3 {
        return;
    }
    let edge = Rect { x: area.x + WIDEST, width: 1, ..area };
    for y in 0..area.height {
        canvas.line(Span::styled("│", model.theme.border), row(edge, y));
    }
    let inside = Rect { x: edge.x + 2, width: left - 3, ..area };
    let mut page = Page::new(model, usize::from(inside.width), true);
    let found = model.findings_of(account);
    findings::draw_restrictions(&mut page, account, &found);
    numbers::draw(&mut page, account);
    past::draw(&mut page, account);
    about::delivery(&mut page, account);
    about::region(&mut page, account);
    let lines: Vec<_> = page.entries.into_iter().flat_map(|entry| entry.lines).collect();
    let height = usize::from(inside.height);
    // The page says it all, so what does not fit is marked and not missed.
    let shown = if lines.len() > height { height.saturating_sub(1) } else { height };
    let count = lines.len();
    for (place, line) in (0_u16..).zip(lines.into_iter().take(shown)) {
        line.render(row(inside, place).intersection(canvas.buffer.area), canvas.buffer);
    }
    if count > height {
        canvas.line(Span::styled("…", model.theme.dim), row(inside, inside.height.saturating_sub(1)));
    }
}

//! The composer's screen: tabs on top, the tab's fields with the preview beside them, and at the bottom, on every tab, the
//! line that says what will happen on sending (R33).

mod compose;
mod forecast;
mod free;
mod hints;
mod languages;
mod preview;
mod settings;
mod test_send;
#[cfg(test)]
mod tests;

use ratatui::{
    layout::Rect,
    text::{Line, Span},
};

use self::forecast::Said;
pub use self::{
    hints::{for_footer, rank},
    languages::compares as compares_languages,
    preview::{card_count, rendered},
};
use crate::{
    domain::variable::VariableId,
    text,
    tui::{
        model::{
            Model,
            composer::{Field, Tab},
        },
        view::{
            Canvas, Target, body_of,
            canvas::{below, row},
        },
        widget::form::{self, Row},
    },
    wording,
};

/// From this width on the preview stands beside the fields (R35).
const WIDTH_FOR_PREVIEW: u16 = 76;
/// From this width on it stands beside the table of sends as well.
const WIDTH_FOR_PREVIEW_OF_TEST: u16 = 120;

/// What is said about the preview has at least this width beside it.
const NARROWEST_NOTES: u16 = 28;

/// Where everything is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The tabs.
    pub tabs: Rect,
    /// The tab's own content.
    pub content: Rect,
    /// The preview, where it is shown.
    pub preview: Option<Rect>,
    /// What will happen on sending.
    pub forecast: Rect,
}

impl Layout {
    /// Whether the preview has the tab for itself, so that what is said about it follows below it.
    pub fn preview_is_alone(&self) -> bool {
        self.content.width == 0
    }
}

/// Where everything is in a terminal of the model's size.
pub fn layout(model: &Model) -> Layout {
    arrange(model, body_of(model), &Said::of(model))
}

/// The area between the header and the line about sending.
pub fn above_forecast(model: &Model) -> Rect {
    let area = body_of(model);
    let forecast = layout(model).forecast;
    Rect { height: forecast.y.saturating_sub(area.y), ..area }
}

fn arrange(model: &Model, area: Rect, said: &Said) -> Layout {
    let tab = model.composer.tab;
    // Settings are about the delivery, so there everything is said; elsewhere as much as leaves the rest its room.
    let most = match (tab, area.height) {
        (Tab::Settings, height) => height * 2 / 5,
        (_, 0..=16) => 3,
        (_, 17..=29) => 4,
        _ => 6,
    };
    let needed = said.rows_needed(area.width).clamp(2, most.max(2));
    let forecast_rows = area.height.min(needed + 1);
    let tabs = row(area, 0);
    let middle = Rect { height: area.height.saturating_sub(forecast_rows + 1), ..below(area, 1) };
    let forecast = Rect { y: area.bottom() - forecast_rows, height: forecast_rows, ..area };
    let beside = match tab {
        Tab::Compose | Tab::Settings => area.width >= WIDTH_FOR_PREVIEW,
        Tab::Preview => area.width >= WIDTH_FOR_PREVIEW && !compares_languages(model),
        Tab::Test => area.width >= WIDTH_FOR_PREVIEW_OF_TEST,
    };
    if !beside {
        let (content, preview) = match tab {
            Tab::Preview => (Rect { width: 0, ..middle }, Some(middle)),
            _ => (middle, None),
        };
        return Layout { tabs, content, preview, forecast };
    }
    let preview_width = width_beside(model, area.width);
    let content = Rect { width: middle.width - preview_width, ..middle };
    let preview = Rect { x: content.right(), width: preview_width, ..middle };
    Layout { tabs, content, preview: Some(preview), forecast }
}

/// How wide the preview is where something stands beside it.
fn width_beside(model: &Model, width: u16) -> u16 {
    match model.composer.tab {
        // As wide as the device shows it, as far as that leaves room to read what is said about it.
        Tab::Preview => (width * 2 / 5).max(model.composer.look.device.widest() + 2).min(width.saturating_sub(NARROWEST_NOTES)),
        _ => (width * 2 / 5).clamp(32, 60),
    }
}

/// How wide the preview is on its own tab.
fn preview_width(model: &Model) -> u16 {
    let width = body_of(model).width;
    if width >= WIDTH_FOR_PREVIEW { width_beside(model, width) } else { width }
}

/// Draws the screen.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let said = Said::of(model);
    let layout = arrange(model, area, &said);
    draw_tabs(model, layout.tabs, canvas);
    if layout.content.width > 0 {
        let rows = content_rows(model, layout.content.width);
        form::draw(&rows, focused_place(model), model.composer.scroll, layout.content, &model.theme, canvas);
    }
    if let Some(area) = layout.preview {
        preview::draw(model, area, layout.preview_is_alone(), canvas);
    }
    forecast::draw(model, &said, layout.forecast, canvas);
}

fn draw_tabs(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let mut x = area.x;
    for tab in Tab::ALL {
        let style = if tab == model.composer.tab { theme.selection } else { theme.dim };
        let words = format!(" {} ", model.text(tab.text_id()));
        let width = u16::try_from(text::width(&words)).unwrap_or(0).min(area.right().saturating_sub(x));
        let place = Rect { x, width, ..area };
        canvas.line(Span::styled(words, style), place);
        canvas.target(place, Target::Tab(tab));
        x = x.saturating_add(width + 1);
    }
    // On the other tabs nothing else says from where the message goes.
    let Some(account) = model.composed_account() else { return };
    let room = usize::from(area.right().saturating_sub(x + 2));
    let name = wording::account_name(account);
    let number = model.composed_number().map(|number| format!("{name} · {}", text::phone(&number.display)));
    let from = number.filter(|both| text::width(both) <= room).unwrap_or(name);
    let from = text::truncate(&from, room).into_owned();
    let width = u16::try_from(text::width(&from)).unwrap_or(0);
    let place = Rect { x: area.right().saturating_sub(width + 1), width, ..area };
    canvas.line(Span::styled(from, theme.dim), place);
}

/// The rows of the tab's own content.
fn content_rows(model: &Model, width: u16) -> Vec<Row<'_>> {
    // A blank on each side.
    let width = usize::from(width.saturating_sub(2));
    match model.composer.tab {
        Tab::Compose => compose::rows(model, width),
        Tab::Settings => settings::rows(model, width),
        Tab::Preview => preview::notes(model, width),
        Tab::Test => test_send::rows(model, width),
    }
}

fn focused_place(model: &Model) -> Option<usize> {
    let focus = model.composer_focus()?;
    model.composer_fields().iter().position(|field| *field == focus)
}

/// The first row of the content to show so that the focus is in sight.
pub fn first_content_row(model: &Model) -> usize {
    let area = layout(model).content;
    let rows = content_rows(model, area.width);
    form::first_row(&rows, focused_place(model), model.composer.scroll, usize::from(area.height))
}

/// How far the content can be scrolled.
pub fn content_last_start(model: &Model) -> usize {
    let area = layout(model).content;
    content_rows(model, area.width).len().saturating_sub(usize::from(area.height))
}

/// How far the preview can be scrolled.
pub fn preview_last_start(model: &Model) -> usize {
    let layout = layout(model);
    layout.preview.map_or(0, |area| preview::last_start(model, area, layout.preview_is_alone()))
}

/// The first row of the preview to show so that the card that was turned to is in sight, as little moved as can be.
pub fn first_row_of_cards(model: &Model) -> usize {
    let layout = layout(model);
    let first = model.composer.preview_scroll;
    layout.preview.map_or(first, |area| preview::first_row_of_cards(model, area, layout.preview_is_alone()))
}

/// The card that a field belongs to, so that the preview can show it.
pub fn card_of(model: &Model, field: Field) -> Option<usize> {
    let Field::Value(place) = field else { return None };
    let VariableId { card, .. } = &model.composer.variables.get(place)?.id;
    card.map(usize::from)
}

/// Words that take the place of what is not there yet.
fn empty(words: String, model: &Model, width: usize) -> Vec<Row<'static>> {
    form::paragraph(&words, 0, model.theme.dim, width, None)
}

/// A label and what it stands for, wrapped with the label in front.
fn pair(model: &Model, label_id: &str, value: &str, label_width: usize, width: usize) -> Vec<Row<'static>> {
    let label = model.text(label_id);
    let mut rows = Vec::new();
    for (index, line) in text::wrap(value, width.saturating_sub(label_width).max(8)).into_iter().enumerate() {
        let shown = if index == 0 { label.as_str() } else { "" };
        let padding = " ".repeat(label_width.saturating_sub(text::width(shown)));
        rows.push(Row::words(Line::from(vec![
            Span::styled(format!("{shown}{padding}"), model.theme.dim),
            Span::styled(line.into_owned(), model.theme.text),
        ])));
    }
    rows
}

//! The line at the bottom: what will happen on sending, why, what is lost, and what can be done (R33).

use ratatui::{layout::Rect, style::Style, text::Span};

use crate::{
    domain::delivery::{Forecast, Route},
    text,
    tui::{
        command::CommandId,
        model::{Model, composer::Tab},
        view::{
            Canvas,
            canvas::{below, row},
        },
    },
    wording,
};

/// The colour of a route; its glyph and words tell it as well.
fn route_style(model: &Model, route: Route) -> Style {
    match route {
        Route::Optimized => model.theme.good,
        Route::CloudApi => model.theme.waiting,
        Route::Fallback => model.theme.action,
        Route::Refused => model.theme.bad,
    }
}

/// Everything that is to be said, most important first.
fn sentences(model: &Model, forecast: &Forecast) -> Vec<(String, Style)> {
    let (texts, theme) = (&model.texts, &model.theme);
    let glyph = wording::delivery::route_glyph(forecast.route);
    let sentence = wording::delivery::forecast(texts, forecast, &model.zone);
    let unready = model.values_not_ready();
    let mut said = vec![match unready {
        0 => (format!("{glyph} {sentence}"), route_style(model, forecast.route)),
        _ if forecast.route == Route::Refused => (format!("{glyph} {sentence}"), theme.bad),
        // Nothing goes anywhere yet, and no green line may say so.
        count => {
            let before = texts.with("composer-forecast-unready", &[("count", count.into())]);
            (format!("○ {before} {glyph} {sentence}"), theme.action)
        }
    }];
    if let Some(lost) = wording::delivery::losses(texts, &forecast.lost) {
        said.push((lost, theme.action));
    }
    let key = model.keymap.hint(CommandId::OpenUpgrade).unwrap_or_default();
    // On the Settings tab the step stands beside the box already, unless it is about something else.
    let stands_there = model.composer.tab == Tab::Settings && forecast.route != Route::Refused;
    if let Some(step) = wording::delivery::next_step(texts, forecast, &key).filter(|_| !stands_there) {
        said.push((format!("→ {step}"), theme.accent));
    }
    said.extend(forecast.notes.iter().map(|note| (format!("! {}", wording::delivery::note(texts, note)), theme.dim)));
    said
}

fn all_said(model: &Model) -> Vec<(String, Style)> {
    match model.forecast() {
        Some(forecast) => sentences(model, &forecast),
        None => vec![(model.text("composer-nothing-to-forecast"), model.theme.dim)],
    }
}

/// Rows that everything takes, without the rule.
pub fn rows_needed(model: &Model, width: u16) -> u16 {
    let room = usize::from(width.saturating_sub(2));
    let rows: usize = all_said(model).iter().map(|(words, _)| text::wrap(words, room).len()).sum();
    u16::try_from(rows).unwrap_or(u16::MAX)
}

/// Draws the line under a rule.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    canvas.line(Span::styled("─".repeat(area.width as usize), theme.border), row(area, 0));
    let title = format!(" {} ", model.text("composer-on-sending"));
    let width = u16::try_from(text::width(&title)).unwrap_or(0).min(area.width);
    canvas.line(
        Span::styled(title, theme.dim),
        Rect { x: area.x + 1.min(area.width), width: width.min(area.width.saturating_sub(1)), ..row(area, 0) },
    );
    let mut rest = below(area, 1);
    rest = Rect { x: rest.x + 1, width: rest.width.saturating_sub(2), ..rest };
    let said = all_said(model);
    // What does not fit is marked; the Settings tab has room for all of it.
    let count = said.len();
    for (index, (words, style)) in said.into_iter().enumerate() {
        if rest.height == 0 {
            break;
        }
        let needed = text::wrap(&words, rest.width as usize).len();
        let more_follows = index + 1 < count && needed >= usize::from(rest.height);
        let shown = if more_follows && needed <= usize::from(rest.height) { format!("{words} …") } else { words };
        let used = canvas.wrapped(&shown, style, rest);
        rest = below(rest, used);
    }
}

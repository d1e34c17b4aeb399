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

/// What the line says, most important first; worked out once a frame.
pub struct Said(Vec<(String, Style)>);

impl Said {
    /// What is to be said of the message as it stands.
    pub fn of(model: &Model) -> Self {
        Self(match model.forecast() {
            Some(forecast) => sentences(model, &forecast),
            None => vec![(model.text("composer-nothing-to-forecast"), model.theme.dim)],
        })
    }

    /// Rows that everything takes, without the rule.
    pub fn rows_needed(&self, width: u16) -> u16 {
        let room = usize::from(width.saturating_sub(2));
        let rows: usize = self.0.iter().map(|(words, _)| text::wrap_hanging(words, room).len()).sum();
        u16::try_from(rows).unwrap_or(u16::MAX)
    }
}

/// Draws the line under a rule.
pub fn draw(model: &Model, said: &Said, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    canvas.line(Span::styled("─".repeat(area.width as usize), theme.border), row(area, 0));
    let title = format!(" {} ", model.text("composer-on-sending"));
    let width = u16::try_from(text::width(&title)).unwrap_or(0).min(area.width);
    canvas.line(
        Span::styled(title, theme.dim),
        Rect { x: area.x + 1.min(area.width), width: width.min(area.width.saturating_sub(1)), ..row(area, 0) },
    );
    let rest = below(area, 1);
    let rest = Rect { x: rest.x + 1, width: rest.width.saturating_sub(2), ..rest };
    let room = usize::from(rest.width);
    let lines: Vec<(String, Style)> = said
        .0
        .iter()
        .flat_map(|(words, style)| text::wrap_hanging(words, room).into_iter().map(|line| (line.into_owned(), *style)))
        .collect();
    let height = usize::from(rest.height);
    for (index, (words, style)) in (0_u16..).zip(lines.iter().take(height)) {
        // What does not fit is marked; the Settings tab has room for all of it.
        let cut = usize::from(index) + 1 == height && lines.len() > height;
        let shown = if cut { text::truncate(&format!("{words} …"), room).into_owned() } else { words.clone() };
        canvas.line(Span::styled(shown, *style), row(rest, index));
    }
}

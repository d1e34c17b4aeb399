//! The line at the top: where we are, whether it is a sandbox, and how fresh everything is.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::{Canvas, Target};
use crate::{
    ops::connect::Mode,
    text,
    tui::{
        command::CommandId,
        model::{Model, Session},
    },
    wording,
};

/// Percent of a limit from which on the header shows it; below it nobody has to think of it.
const NOTEWORTHY_USAGE: u32 = 50;

/// Draws the header.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    canvas.fill(area, theme.header);
    let on_header = |style: Style| theme.header.patch(Style { bg: None, ..style });
    let right =
        Line::from(freshness(model).into_iter().map(|(words, style)| Span::styled(words, on_header(style))).collect::<Vec<_>>());
    let right_width = u16::try_from(right.width()).unwrap_or(area.width).min(area.width);
    let mut room = usize::from(area.width.saturating_sub(right_width));
    let mut left = Vec::new();
    for (words, style) in identity(model) {
        // What does not fit is left out whole, the least important last in line.
        let width = text::width(&words);
        if width > room {
            break;
        }
        room -= width;
        left.push(Span::styled(words, if style.bg.is_some() { style } else { on_header(style) }));
    }
    canvas.line(Line::from(left), area);
    canvas.line(right, Rect { x: area.right() - right_width, width: right_width, ..area });
}

/// On every screen of a sandbox: that nothing is real, and the key that leads to Meta. The longest wording that fits.
pub fn draw_sandbox_line(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let key = model.keymap.hint(CommandId::SignIn).unwrap_or_default();
    let wordings = ["sandbox-line", "sandbox-line-short"].map(|id| model.texts.with(id, &[("key", key.clone().into())]));
    let fits = |words: &&String| text::width(words) + 2 <= usize::from(area.width);
    let words = wordings.iter().find(fits).or(wordings.last()).map_or("", String::as_str);
    canvas.fill(area, model.theme.dim);
    canvas.line(Span::styled(format!(" {words}"), model.theme.dim), area);
    canvas.target(area, Target::Command(CommandId::SignIn));
}

/// Where we are: what must never be missing first.
fn identity(model: &Model) -> Vec<(String, Style)> {
    let theme = &model.theme;
    let mut parts = vec![(" wabadeck ".to_owned(), theme.accent)];
    match &model.session {
        Session::Connecting => parts.push((format!(" {} ", model.text("frame-connecting")), theme.dim)),
        Session::Failed(_) => parts.push((format!(" {} ", model.text("frame-not-connected")), theme.bad)),
        Session::Ready(connection) => {
            match &connection.mode {
                Mode::Sandbox { .. } => parts.push((format!(" {} ", model.text("frame-sandbox")), theme.badge)),
                Mode::Live { host } => parts.push((format!(" {} ", text::truncate(&text::clean(host), 40)), theme.title)),
            }
            let profile = text::clean(&connection.profile);
            parts.push((model.texts.with("frame-profile", &[("name", text::truncate(&profile, 24).into())]), theme.dim));
            parts.push((format!(" · {}", text::clean(&connection.version)), theme.dim));
        }
    }
    parts
}

fn freshness(model: &Model) -> Vec<(String, Style)> {
    let theme = &model.theme;
    let fleet = &model.fleet;
    let mut parts = Vec::new();
    if !fleet.all().is_empty() {
        parts.push((model.texts.with("accounts-count", &[("count", fleet.all().len().into())]), theme.text));
        parts.push((model.texts.with("accounts-on", &[("count", fleet.onboarded().into())]), theme.good));
    }
    if let Some(until) = fleet.resting_until(model.now) {
        parts.push((model.texts.with("frame-resting", &[("time", wording::clock(until, &model.zone).into())]), theme.bad));
    } else if fleet.highest_usage() >= NOTEWORTHY_USAGE {
        parts.push((model.texts.with("frame-usage", &[("percent", fleet.highest_usage().into())]), theme.action));
    }
    if let Some(seconds) = fleet.slow_for(model.now) {
        parts.push((model.texts.with("frame-refreshing-slowly", &[("seconds", seconds.into())]), theme.action));
    } else if fleet.loading_since.is_some() {
        parts.push((model.text("frame-refreshing"), theme.waiting));
    } else if fleet.failure.is_some() {
        parts.push((model.text("frame-failed"), theme.bad));
    } else if let Some(at) = fleet.refreshed {
        parts.push((model.texts.with("frame-as-of", &[("time", wording::clock(at, &model.zone).into())]), theme.dim));
    }
    let mut spans = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            spans.push((" · ".to_owned(), theme.dim));
        }
        spans.push(part);
    }
    spans.push((" ".to_owned(), theme.dim));
    spans
}

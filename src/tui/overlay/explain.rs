//! What a code or a status means: a list where there are several, and the explanation of the chosen one below it.

use ratatui::{layout::Rect, text::Span};

use super::{frame, list::more};
use crate::{
    text,
    tui::{
        model::{Model, overlay::ExplainOverlay},
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
    },
};

/// Rows of the list, at most.
const MOST_ROWS: usize = 6;

/// Draws the explanation.
pub fn draw(model: &Model, overlay: &ExplainOverlay, area: Rect, canvas: &mut Canvas<'_>) {
    let (theme, texts) = (&model.theme, &model.texts);
    let width = area.width.saturating_sub(4).min(84);
    let inner = usize::from(width.saturating_sub(4)).max(1);
    let several = overlay.topics.len() > 1;
    let rows = if several { overlay.topics.len().min(MOST_ROWS).min(usize::from(area.height / 3).max(2)) } else { 0 };
    let explained = overlay.topics.get(overlay.line).map(|topic| topic.explain(texts)).unwrap_or_default();
    let parts = [
        (&explained.title, theme.title),
        (&explained.class, theme.dim),
        (&explained.meaning, theme.text),
        (&explained.doubt, theme.action),
        (&explained.meta, theme.text),
        (&explained.who, theme.accent),
        (&explained.retry, theme.accent),
        (&explained.source, theme.dim),
        (&explained.trace, theme.dim),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(words, _)| !words.is_empty()).collect();
    let needed: usize = parts.iter().map(|(words, _)| text::wrap(words, inner).len()).sum();
    let height = u16::try_from(needed + rows + usize::from(several) + 2).unwrap_or(area.height).min(area.height);
    let count = ("count", overlay.topics.len().into());
    let title = match &overlay.about {
        _ if !several => model.text("explain-title"),
        Some(account) => texts.with("explain-several-of", &[count, ("account", account.as_str().into())]),
        None => texts.with("explain-several", &[count]),
    };
    let mut inside = frame(model, &title, width, height, area, canvas);
    if several {
        let first = overlay.line.saturating_sub(rows.saturating_sub(1));
        for (index, (place, topic)) in (0_u16..).zip(overlay.topics.iter().enumerate().skip(first).take(rows)) {
            let spot = row(inside, index);
            let style = if place == overlay.line { theme.selection } else { theme.text };
            canvas.fill(spot, style);
            let mark = if place == overlay.line { "▸ " } else { "  " };
            let label = text::truncate(&format!("{mark}{}", topic.label(texts)), usize::from(spot.width)).into_owned();
            canvas.line(Span::styled(label, style), spot);
            canvas.target(spot, Target::OverlayLine(place));
        }
        let last = u16::try_from(rows.saturating_sub(1)).unwrap_or(0);
        more(model, (first > 0, first + rows < overlay.topics.len()), (row(inside, 0), row(inside, last)), canvas);
        inside = below(inside, u16::try_from(rows).unwrap_or(0));
        canvas.line(Span::styled("─".repeat(usize::from(inside.width)), theme.border), row(inside, 0));
        inside = below(inside, 1);
    }
    for (words, style) in parts {
        let used = canvas.wrapped(words, style, inside);
        inside = below(inside, used);
    }
}

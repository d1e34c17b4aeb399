//! Asks for the path of a draft: to read one that was handed on, or to write one to hand on.

use ratatui::{layout::Rect, text::Span};

use super::frame;
use crate::{
    text,
    tui::{
        model::{
            Model,
            overlay::{PathPrompt, PathPurpose},
        },
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
    },
};

/// Draws the question.
pub fn draw(model: &Model, prompt: &PathPrompt, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let (title, help) = match prompt.purpose {
        PathPurpose::Import => ("draft-import-title", "draft-import-help"),
        PathPurpose::Export { .. } => ("draft-export-title", "draft-export-help"),
    };
    let width = area.width.saturating_sub(4).min(76);
    let inner = usize::from(width.saturating_sub(4));
    let help = model.text(help);
    let trouble = prompt.trouble.clone().unwrap_or_default();
    let rows = |words: &str| u16::try_from(text::wrap(words, inner).len()).unwrap_or(1);
    let troubled = if trouble.is_empty() { 0 } else { rows(&trouble) };
    let height = rows(&help) + troubled + 5;
    let mut inside = frame(model, &model.text(title), width, height, area, canvas);
    let used = canvas.wrapped(&help, theme.text, inside);
    inside = below(inside, used);
    prompt.field.draw(row(inside, 0), canvas.buffer, theme.field, theme.dim, &model.text("draft-path-hint"), true);
    inside = below(inside, 1);
    if let PathPurpose::Export { with_recipients, .. } = &prompt.purpose {
        let mark = if *with_recipients { "[x]" } else { "[ ]" };
        let style = if *with_recipients { theme.action } else { theme.text };
        canvas.line(Span::styled(format!("{mark} {}", model.text("draft-with-recipients")), style), row(inside, 0));
        canvas.target(row(inside, 0), Target::OverlayLine(0));
        inside = below(inside, 1);
    }
    if !trouble.is_empty() {
        canvas.wrapped(&trouble, theme.bad, inside);
    }
}

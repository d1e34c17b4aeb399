//! What lies on top of a screen: help, palette, picker, questions, the upgrade.

pub mod checks;
mod explain;
mod help;
mod list;
mod path;
pub mod request;
mod sign_in;
pub mod upgrade;

use ratatui::{layout::Rect, text::Span};

use super::{
    model::{
        Model,
        overlay::{Confirm, Overlay},
    },
    view::{
        Canvas, Target,
        canvas::{below, centered, row},
    },
};
use crate::text;

/// Draws one overlay.
pub fn draw(model: &Model, overlay: &Overlay, area: Rect, canvas: &mut Canvas<'_>) {
    canvas.target(area, Target::Nothing);
    match overlay {
        Overlay::Help { scroll } => help::draw(model, *scroll, area, canvas),
        Overlay::Explain(overlay) => explain::draw(model, overlay, area, canvas),
        Overlay::Benefits => draw_benefits(model, area, canvas),
        Overlay::Palette { filter, line } => list::draw_palette(model, filter, *line, area, canvas),
        Overlay::Picker(picker) => list::draw_picker(model, picker, area, canvas),
        Overlay::Confirm(confirm) => draw_confirm(model, confirm, area, canvas),
        Overlay::Upgrade(upgrade) => upgrade::draw(model, upgrade, area, canvas),
        Overlay::SignIn(form) => sign_in::draw(model, form, area, canvas),
        Overlay::Request(view) => request::draw(model, view, area, canvas),
        Overlay::Checks { scroll } => checks::draw(model, *scroll, area, canvas),
        Overlay::Path(prompt) => path::draw(model, prompt, area, canvas),
    }
}

/// A box in the middle with a title, and a little air inside.
fn frame(model: &Model, title: &str, width: u16, height: u16, area: Rect, canvas: &mut Canvas<'_>) -> Rect {
    let place = centered(area, width, height);
    if area.width - place.width <= 6 {
        // A narrow rest of what lies below would only be noise.
        canvas.clear(Rect { y: place.y, height: place.height, ..area });
    }
    let inside = canvas.boxed(title, model.theme.focus, model.theme.title, place);
    canvas.fill(inside, model.theme.text);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// R5: the benefits, one key away.
fn draw_benefits(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let width = area.width.saturating_sub(4).min(76);
    let paragraphs = [
        model.text("benefits-dynamic"),
        model.text("benefits-reach"),
        model.text("benefits-equal"),
        model.text("benefits-region"),
        model.text("benefits-same"),
    ];
    let inner = width.saturating_sub(6) as usize;
    let rows: usize = paragraphs.iter().map(|words| text::wrap(words, inner).len()).sum();
    let airy = rows + paragraphs.len() < usize::from(area.height.saturating_sub(2));
    let gaps = if airy { paragraphs.len() - 1 } else { 0 };
    let height = u16::try_from(rows + gaps + 2).unwrap_or(area.height);
    let mut inside = frame(model, &model.text("benefits-title"), width, height, area, canvas);
    for words in &paragraphs {
        canvas.line(Span::styled("●", model.theme.accent), Rect { width: 1, ..row(inside, 0) });
        let place = Rect { x: inside.x + 2, width: inside.width.saturating_sub(2), ..inside };
        let used = canvas.wrapped(words, model.theme.text, place);
        inside = below(inside, used + u16::from(airy));
    }
}

fn draw_confirm(model: &Model, confirm: &Confirm, area: Rect, canvas: &mut Canvas<'_>) {
    let width = area.width.saturating_sub(4).min(72);
    let inner = width.saturating_sub(4) as usize;
    let rows: usize = confirm.lines.iter().map(|line| text::wrap(line, inner).len()).sum();
    let height = u16::try_from(rows + 4).unwrap_or(area.height);
    let mut inside = frame(model, &confirm.title, width, height, area, canvas);
    for line in &confirm.lines {
        let used = canvas.wrapped(line, model.theme.text, inside);
        inside = below(inside, used);
    }
    let buttons = row(inside, inside.height.saturating_sub(1));
    let (yes, no) = (format!(" ⏎ {} ", model.text("confirm-yes")), format!(" esc {} ", model.text("confirm-no")));
    let yes_width = u16::try_from(text::width(&yes)).unwrap_or(0);
    let yes_place = Rect { width: yes_width, ..buttons };
    canvas.line(Span::styled(yes, model.theme.button), yes_place);
    canvas.target(yes_place, Target::OverlayLine(0));
    let no_place = Rect { x: buttons.x + yes_width + 2, width: buttons.width.saturating_sub(yes_width + 2), ..buttons };
    canvas.line(Span::styled(no, model.theme.dim), no_place);
    canvas.target(no_place, Target::OverlayLine(1));
}

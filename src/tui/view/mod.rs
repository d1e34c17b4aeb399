//! The frame: header, screen, what lies on top of it, footer. Views read the model and change nothing.

pub mod canvas;
mod footer;
mod header;

use ratatui::{layout::Rect, text::Span};

pub use self::canvas::{Canvas, Target, target_at};
use super::{
    model::{Model, Screen},
    overlay, screen,
};

/// The smallest terminal that the screens are made for.
pub const SMALLEST: (u16, u16) = (60, 15);

/// Draws everything.
pub fn draw(model: &Model, canvas: &mut Canvas<'_>) {
    draw_all(model, canvas);
    canvas.ground(model.theme.ground);
}

fn draw_all(model: &Model, canvas: &mut Canvas<'_>) {
    let area = canvas.buffer.area;
    canvas.fill(area, model.theme.text);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let text = model.texts.with("frame-too-small", &[("width", area.width.into()), ("height", area.height.into())]);
        canvas.wrapped(&text, model.theme.action, area);
        return;
    }
    let header = Rect { height: 1, ..area };
    let body = body_of(model);
    let footer = Rect { y: area.bottom() - 1, height: 1, ..area };
    header::draw(model, header, canvas);
    if model.in_sandbox() {
        header::draw_sandbox_line(model, Rect { y: area.y + 1, height: 1, ..area }, canvas);
    }
    match &model.screen {
        Screen::Accounts => screen::accounts::draw(model, body, canvas),
        Screen::Account(id) => screen::account::draw(model, id, body, canvas),
        Screen::Activity => screen::activity::draw(model, body, canvas),
        Screen::Results => screen::results::draw(model, body, canvas),
        Screen::Composer => screen::composer::draw(model, body, canvas),
    }
    footer::draw(model, footer, canvas);
    for overlay in &model.overlays {
        overlay::draw(model, overlay, body, canvas);
    }
    draw_toast(model, body, footer, canvas);
}

/// The area between the header, with the sandbox's line below it where there is one, and the footer.
pub fn body_of(model: &Model) -> Rect {
    let above = 1 + u16::from(model.in_sandbox());
    Rect { x: 0, y: above, width: model.size.width, height: model.size.height.saturating_sub(above + 1) }
}

/// Rows of the body from which on a notice gets a border.
const LEAST_FOR_BORDER: u16 = 16;

/// A notice: in the place of the keys where one line is enough, so that it covers nothing that is being read; else above.
fn draw_toast(model: &Model, body: Rect, footer: Rect, canvas: &mut Canvas<'_>) {
    let Some(toast) = &model.toast else { return };
    let style = if toast.bad { model.theme.banner_bad } else { model.theme.banner_warn };
    let fits = !toast.text.contains('\n') && crate::text::width(&toast.text) + 2 <= usize::from(footer.width);
    if fits {
        canvas.clear(footer);
        canvas.fill(footer, style);
        canvas.line(Span::styled(format!(" {}", toast.text), style), footer);
        return;
    }
    let body = match &model.screen {
        // What will happen on sending stays in sight.
        Screen::Composer => screen::composer::above_forecast(model),
        _ => body,
    };
    // A border where it covers little of the rest: words over words are hard to tell apart.
    let edge = u16::from(body.height >= LEAST_FOR_BORDER);
    let inner = body.width.saturating_sub(4 + 2 * edge).min(90);
    let lines = crate::text::wrap(&toast.text, inner as usize);
    let height = (u16::try_from(lines.len()).unwrap_or(1) + 2 * edge).min(body.height);
    let widest = lines.iter().map(|line| crate::text::width(line)).max().unwrap_or(0);
    let width = u16::try_from(widest).unwrap_or(inner) + 2 + 2 * edge;
    let area = Rect { x: body.right().saturating_sub(width + 1), y: body.bottom() - height, width, height };
    canvas.clear(area);
    let inside = if edge > 0 { canvas.boxed("", style, style, area) } else { area };
    canvas.fill(inside, style);
    for (index, line) in (0_u16..inside.height).zip(&lines) {
        let place = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..canvas::row(inside, index) };
        canvas.line(Span::styled(line.to_string(), style), place);
    }
}

//! The form for a token: what signs the dashboard in to Meta. Secrets show as dots.

use ratatui::{layout::Rect, text::Span};

use super::frame;
use crate::{
    text,
    tui::{
        model::{
            Model,
            overlay::{SignIn, SignInField},
        },
        view::{
            Canvas, Target,
            canvas::{below, row},
        },
    },
};

/// Draws the form.
pub fn draw(model: &Model, form: &SignIn, area: Rect, canvas: &mut Canvas<'_>) {
    let width = area.width.saturating_sub(4).min(76);
    let inner = usize::from(width.saturating_sub(4));
    let explained = model.text("sign-in-explained");
    let (state, style) = if form.checking {
        (model.text("sign-in-checking"), model.theme.waiting)
    } else if let Some(refused) = &form.refused {
        (text::clean(refused).into_owned(), model.theme.bad)
    } else {
        (model.text("sign-in-kept"), model.theme.dim)
    };
    let lines = text::wrap(&explained, inner).len() + text::wrap(&state, inner).len();
    let airy = usize::from(area.height) >= lines + 9;
    let height = u16::try_from(lines + 5 + if airy { 2 } else { 0 }).unwrap_or(area.height);
    let mut inside = frame(model, &model.text("sign-in-title"), width, height, area, canvas);
    let used = canvas.wrapped(&explained, model.theme.text, inside);
    inside = below(inside, used + u16::from(airy));
    let names = SignInField::ALL.map(|field| model.text(field.text_id()));
    let label_width = names.iter().map(|name| text::width(name)).max().unwrap_or(0) + 2;
    for (index, (field, name)) in SignInField::ALL.into_iter().zip(&names).enumerate() {
        let line = row(inside, 0);
        let focused = form.field == field && !form.checking;
        let style = if focused { model.theme.focus } else { model.theme.dim };
        canvas.line(Span::styled(name.clone(), style), line);
        let label_width = u16::try_from(label_width).unwrap_or(0).min(line.width);
        let place = Rect { x: line.x + label_width, width: line.width - label_width, ..line };
        let optional = model.text("sign-in-optional");
        match field {
            SignInField::Token => {
                form.token.draw(place, canvas, model.theme.field, model.theme.dim, &model.text("sign-in-paste"), focused);
            }
            SignInField::AppSecret => {
                form.app_secret.draw(place, canvas, model.theme.field, model.theme.dim, &optional, focused);
            }
            SignInField::Profile => {
                canvas.fill(place, model.theme.field);
                form.profile.draw(place, canvas.buffer, model.theme.field, model.theme.dim, &optional, focused);
            }
        }
        canvas.target(line, Target::OverlayLine(index));
        inside = below(inside, 1);
    }
    inside = below(inside, u16::from(airy));
    canvas.wrapped(&state, style, inside);
}

//! The request that a send would make, exactly: as method, address, headers and JSON, or as a curl command. The token stands
//! in neither.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::frame;
use crate::{
    text,
    tui::{
        model::{Model, overlay::RequestView},
        view::{
            Canvas,
            canvas::{below, row},
        },
    },
};

/// Columns around the text: frame and air.
const AROUND: u16 = 8;

/// What is shown, line by line; long lines are broken and marked, never cut.
pub fn lines(model: &Model, view: &RequestView) -> Vec<Line<'static>> {
    let width = usize::from(model.size.width.saturating_sub(AROUND).min(132)).max(8);
    let theme = &model.theme;
    let mut lines = Vec::new();
    for source in view.shown().lines() {
        let style = if view.as_curl { theme.text } else { style(model, source) };
        let mut rest = source;
        let mut first = true;
        loop {
            let (part, left) = split(rest, if first { width } else { width - 2 });
            let mark = if first { "" } else { "↳ " };
            lines.push(Line::from(vec![Span::styled(mark, theme.dim), Span::styled(part.to_owned(), style)]));
            first = false;
            rest = left;
            if rest.is_empty() {
                break;
            }
        }
    }
    lines
}

/// How far it can be scrolled.
pub fn last_start(model: &Model, view: &RequestView) -> usize {
    // Frame, tabs and air take five rows; the header and the footer of the screen three more.
    let room = usize::from(model.size.height.saturating_sub(8)).max(1);
    lines(model, view).len().saturating_sub(room)
}

/// Headers stand back, what is sent stands out.
fn style(model: &Model, line: &str) -> Style {
    let theme = &model.theme;
    if line.starts_with("POST ") {
        theme.title
    } else if line.starts_with([' ', '{', '}']) || line.is_empty() {
        theme.text
    } else {
        theme.dim
    }
}

/// As much as fits, and the rest.
fn split(line: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, character) in line.char_indices() {
        used += text::width(character.encode_utf8(&mut [0; 4]));
        if used > width && at > 0 {
            return line.split_at(at);
        }
    }
    (line, "")
}

/// Draws the request.
pub fn draw(model: &Model, view: &RequestView, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &model.theme;
    let lines = lines(model, view);
    let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(5);
    let width = area.width.saturating_sub(4).min(136);
    let inside = frame(model, &model.text("request-title"), width, wanted.min(area.height), area, canvas);
    let tabs = [("request-as-json", !view.as_curl), ("request-as-curl", view.as_curl)];
    let spans =
        tabs.map(|(id, chosen)| Span::styled(format!(" {} ", model.text(id)), if chosen { theme.selection } else { theme.dim }));
    canvas.line(Line::from(spans.to_vec()), row(inside, 0));
    let body = below(inside, 2);
    let height = usize::from(body.height);
    let first = view.scroll.min(lines.len().saturating_sub(height));
    let more = lines.len() > first + height;
    for (index, line) in (0_u16..).zip(lines.into_iter().skip(first).take(height)) {
        canvas.line(line, row(body, index));
    }
    let edge = Rect { x: inside.right(), width: 1, ..body };
    if first > 0 {
        canvas.line(Span::styled("↑", theme.accent), row(edge, 0));
    }
    if more {
        canvas.line(Span::styled("↓", theme.accent), row(edge, edge.height.saturating_sub(1)));
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn long_lines_are_broken_where_they_are_full_and_nothing_is_lost() {
        assert_eq!(split("abcdef", 4), ("abcd", "ef"));
        assert_eq!(split("ab", 4), ("ab", ""));
        assert_eq!(split("日本語", 4), ("日本", "語"));
        assert_eq!(split("日本", 1), ("日", "本"), "one character at least, so that it ends");
    }
}

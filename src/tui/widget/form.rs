//! A form: labelled things to pick, type and check, with words between them, scrolled so that the focus is in sight.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::input::TextField;
use crate::{
    text,
    tui::{
        command::CommandId,
        theme::Theme,
        view::{Canvas, Target, canvas::row},
    },
};

/// One row of a form.
#[derive(Debug)]
pub struct Row<'a> {
    /// Which field it is (or belongs to), by place; `None` for words between fields.
    pub field: Option<usize>,
    /// What is shown.
    pub part: Part<'a>,
}

/// What a row shows.
#[derive(Debug)]
pub enum Part<'a> {
    /// Words.
    Words(Line<'static>),
    /// Something that opens a list.
    Pick {
        /// What it is.
        label: String,
        /// What is chosen.
        chosen: Line<'static>,
    },
    /// Something to type.
    Input {
        /// What it is.
        label: String,
        /// What was typed.
        typed: &'a TextField,
        /// What stands there, greyed, while nothing is typed.
        placeholder: String,
        /// What is said beside it.
        beside: Span<'static>,
    },
    /// A line of a table that can have the focus.
    Entry(Line<'static>),
    /// Something that runs a command.
    Button {
        /// What it says.
        label: String,
        /// What it runs.
        command: CommandId,
        /// Whether it can run now.
        able: bool,
    },
    /// A box to check.
    Check {
        /// What it stands for.
        label: String,
        /// Whether it is checked.
        checked: bool,
    },
}

impl<'a> Row<'a> {
    /// A line of words.
    pub fn words(line: impl Into<Line<'static>>) -> Self {
        Self { field: None, part: Part::Words(line.into()) }
    }

    /// A field.
    pub fn field(place: usize, part: Part<'a>) -> Self {
        Self { field: Some(place), part }
    }
}

/// Wrapped words as rows, hanging below a sign in front; they belong to a field where one is given.
pub fn paragraph(words: &str, indent: usize, style: Style, width: usize, field: Option<usize>) -> Vec<Row<'static>> {
    let room = width.saturating_sub(indent).max(1);
    text::wrap_hanging(words, room)
        .into_iter()
        .map(|line| Row { field, part: Part::Words(Line::from(Span::styled(format!("{}{line}", " ".repeat(indent)), style))) })
        .collect()
}

/// A title with a rule behind it.
pub fn heading(words: &str, theme: &Theme, width: usize) -> Row<'static> {
    let words = text::truncate(words, width).into_owned();
    let rule = "─".repeat(width.saturating_sub(text::width(&words) + 1));
    Row::words(Line::from(vec![Span::styled(format!("{words} "), theme.title), Span::styled(rule, theme.border)]))
}

/// The first row to show so that all rows of a field are in sight (as far as they fit) and as little moves as can be.
pub fn first_row(rows: &[Row<'_>], focus: Option<usize>, offset: usize, height: usize) -> usize {
    let last_start = rows.len().saturating_sub(height);
    let offset = offset.min(last_start);
    let of_field = |row: &Row<'_>| focus.is_some() && row.field == focus;
    let (Some(first), Some(last)) = (rows.iter().position(of_field), rows.iter().rposition(of_field)) else { return offset };
    // The heading above the first field is worth the row it takes.
    let first = if first > 0 && rows.get(first - 1).is_some_and(|row| row.field.is_none()) { first - 1 } else { first };
    if first < offset {
        first
    } else if last >= offset + height {
        (last + 1 - height).min(first)
    } else {
        offset
    }
}

/// Draws the rows from `first` on; arrows at the right edge say that there is more.
pub fn draw(rows: &[Row<'_>], focus: Option<usize>, first: usize, area: Rect, theme: &Theme, canvas: &mut Canvas<'_>) {
    let height = usize::from(area.height);
    let first = first.min(rows.len().saturating_sub(height));
    let label_width = label_width(rows, area.width);
    for (index, shown) in (0_u16..).zip(rows.iter().skip(first).take(height)) {
        draw_row(shown, focus, label_width, row(area, index), theme, canvas);
    }
    let edge = Rect { x: area.right().saturating_sub(1), width: 1.min(area.width), ..area };
    if first > 0 {
        canvas.line(Span::styled("↑", theme.accent), row(edge, 0));
    }
    if rows.len() > first + height {
        canvas.line(Span::styled("↓", theme.accent), row(edge, edge.height.saturating_sub(1)));
    }
}

/// Labels take what the longest needs, but leave most of the row to what is typed.
fn label_width(rows: &[Row<'_>], width: u16) -> u16 {
    let labels = rows.iter().filter_map(|row| match &row.part {
        Part::Pick { label, .. } | Part::Input { label, .. } => Some(text::width(label)),
        _ => None,
    });
    let longest = labels.max().unwrap_or(0);
    u16::try_from(longest + 1).unwrap_or(width).min(width * 2 / 5)
}

fn draw_row(shown: &Row<'_>, focus: Option<usize>, label_width: u16, area: Rect, theme: &Theme, canvas: &mut Canvas<'_>) {
    let focused = shown.field.is_some() && shown.field == focus;
    let mark = if focused { "▌" } else { " " };
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    if !matches!(shown.part, Part::Words(_)) {
        canvas.line(Span::styled(mark, theme.focus), Rect { width: 1.min(area.width), ..area });
        if let Some(place) = shown.field {
            canvas.target(area, Target::Field(place));
        }
    }
    let label_style = if focused { theme.title } else { theme.dim };
    let labelled = |label: &str, canvas: &mut Canvas<'_>| {
        let words = text::truncate(label, usize::from(label_width.saturating_sub(1))).into_owned();
        canvas.line(Span::styled(words, label_style), Rect { width: label_width.min(inside.width), ..inside });
        let used = label_width.min(inside.width);
        Rect { x: inside.x + used, width: inside.width - used, ..inside }
    };
    match &shown.part {
        Part::Words(line) => canvas.line(line.clone(), inside),
        Part::Pick { label, chosen } => {
            let rest = labelled(label, canvas);
            let style = if focused { theme.selection } else { theme.field };
            canvas.fill(rest, style);
            let words = Rect { width: rest.width.saturating_sub(3), ..rest };
            draw_cut(chosen, style, words, canvas);
            let arrow = Rect { x: rest.right().saturating_sub(2), width: 2.min(rest.width), ..rest };
            canvas.line(Span::styled("▾", style), arrow);
        }
        Part::Input { label, typed, placeholder, beside } => {
            let rest = labelled(label, canvas);
            let beside_width = u16::try_from(text::width(&beside.content)).unwrap_or(0).min(rest.width / 2);
            let taken = if beside_width == 0 { 0 } else { beside_width + 1 };
            let field = Rect { width: rest.width.saturating_sub(taken), ..rest };
            let placeholder = text::truncate(placeholder, usize::from(field.width)).into_owned();
            if typed.is_empty() && !focused {
                canvas.fill(field, theme.field);
                canvas.line(Span::styled(placeholder, Style { bg: theme.field.bg, ..theme.dim }), field);
            } else {
                typed.draw(field, canvas.buffer, theme.field, theme.dim, &placeholder, focused);
            }
            let place = Rect { x: field.right() + 1, width: beside_width, ..rest };
            if beside_width > 0 {
                canvas
                    .line(Span::styled(text::truncate(&beside.content, beside_width as usize).into_owned(), beside.style), place);
            }
        }
        Part::Entry(line) => {
            if focused {
                canvas.fill(inside, theme.selection);
            }
            canvas.line(line.clone(), inside);
        }
        Part::Button { label, command, able } => {
            let words = text::truncate(&format!(" {label} "), usize::from(inside.width)).into_owned();
            let place = Rect { width: u16::try_from(text::width(&words)).unwrap_or(inside.width), ..inside };
            canvas.line(Span::styled(words, if *able { theme.button } else { theme.dim }), place);
            canvas.target(place, Target::Command(*command));
        }
        Part::Check { label, checked } => {
            let mark = if *checked { "[x] " } else { "[ ] " };
            let style = if focused { theme.selection } else { theme.text };
            let width = u16::try_from(text::width(label) + 5).unwrap_or(inside.width).min(inside.width);
            let place = Rect { width, ..inside };
            canvas.fill(place, style);
            canvas.line(Span::styled(text::truncate(&format!("{mark}{label}"), place.width as usize).into_owned(), style), place);
        }
    }
}

/// Draws a line in one background; what does not fit is marked.
fn draw_cut(line: &Line<'static>, background: Style, area: Rect, canvas: &mut Canvas<'_>) {
    let room = usize::from(area.width);
    let mut used = 0;
    let mut spans = Vec::new();
    for span in &line.spans {
        let words = text::truncate(&span.content, room.saturating_sub(used)).into_owned();
        let cut = words != span.content;
        used += text::width(&words);
        spans.push(Span::styled(words, Style { bg: background.bg, ..span.style }));
        if cut {
            break;
        }
    }
    canvas.line(Line::from(spans), area);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(fields: &[Option<usize>]) -> Vec<Row<'static>> {
        fields.iter().map(|field| Row { field: *field, part: Part::Words(Line::default()) }).collect()
    }

    #[test]
    fn the_focused_field_and_what_is_said_below_it_come_into_sight() {
        let rows = rows(&[None, Some(0), Some(1), Some(2), Some(2), Some(3)]);
        assert_eq!(first_row(&rows, Some(2), 0, 3), 2);
        assert_eq!(first_row(&rows, Some(0), 4, 3), 0, "with the heading above it");
        assert_eq!(first_row(&rows, Some(1), 1, 3), 1, "nothing moves that need not");
        assert_eq!(first_row(&rows, None, 99, 3), 3);
    }
}

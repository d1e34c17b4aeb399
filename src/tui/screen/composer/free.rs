//! The Compose tab of a message without a template: one field for each of its parts, and what has to hold for it.

use ratatui::text::Span;

use crate::{
    domain::{
        free_form::{FreeForm, FreeFormPart},
        value::ValueProblem,
    },
    tui::{
        model::{
            Model,
            composer::{Field, free},
        },
        widget::{
            form::{self, Part, Row},
            input::TextField,
        },
    },
    wording,
};

/// The rows of all parts; the first has this place among the tab's fields.
pub fn rows<'a>(model: &'a Model, message: &FreeForm, first: usize, width: usize) -> Vec<Row<'a>> {
    let mut rows = form::paragraph(&model.text("composer-free-window"), 0, model.theme.action, width, None);
    for (place, field) in (first..).zip(model.free_fields()) {
        if let Field::Free(part) = field {
            rows.extend(part_rows(model, message, part, place, width));
        }
    }
    rows
}

fn part_rows<'a>(model: &'a Model, message: &FreeForm, part: FreeFormPart, place: usize, width: usize) -> Vec<Row<'a>> {
    let (texts, theme) = (&model.texts, &model.theme);
    let Some(typed) = model.composer.message.free.get(&part) else { return Vec::new() };
    let problem = free::problem(message, part);
    let count = free::count(message, part);
    let beside = match (&problem, count) {
        (Some(ValueProblem::Missing), _) => Span::styled(model.text("composer-missing"), theme.action),
        (Some(_), Some(count)) if count.is_over() => Span::styled(format!("✕ {}/{}", count.used, count.max), theme.bad),
        (Some(_), _) => Span::styled("✕", theme.bad),
        (None, Some(count)) if !typed.is_empty() => Span::styled(format!("{}/{}", count.used, count.max), theme.dim),
        (None, _) if typed.is_empty() => Span::styled(model.text("composer-optional"), theme.dim),
        (None, _) => Span::raw(""),
    };
    let label = wording::message::free_part(texts, message, part);
    let placeholder = hint(model, part, typed);
    let mut rows = vec![Row::field(place, Part::Input { label, typed, placeholder, beside })];
    if let Some(problem) = problem.filter(|problem| *problem != ValueProblem::Missing) {
        rows.extend(form::paragraph(&wording::message::value_problem(texts, &problem), 2, theme.bad, width, Some(place)));
    }
    rows
}

/// What a field takes.
fn hint(model: &Model, part: FreeFormPart, typed: &TextField) -> String {
    let id = match part {
        _ if !typed.is_empty() => return String::new(),
        FreeFormPart::Body => "composer-free-hint-body",
        FreeFormPart::File => "composer-hint-media",
        FreeFormPart::Url => "composer-free-hint-url",
        FreeFormPart::Button(_) | FreeFormPart::Row(_) | FreeFormPart::RowDescription(_) => "composer-hint-text",
    };
    model.text(id)
}
